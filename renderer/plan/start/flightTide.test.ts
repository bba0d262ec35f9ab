import { expect, it } from "vitest";
import type { KnownTide, Tide } from "../../../src/geo/tide/tideModel.js";
import { type FlightTideAsked, FlightTideWatch, flightTideOf } from "./flightTide.js";

const at = (time: string): number => Date.parse(`2026-12-01T${time}:00Z`);
const tideAt = (unixTimeMs: number): KnownTide => ({
  ...{ kind: "known", unixTimeMs, trend: "rising" },
  ...{ heightChartDatumM: 7, heightAmslM: 2, meanHighWaterSpringsM: 8.7 },
  sigma: { chartDatumM: 0.25, amslM: 0.39 },
  nextHigh: { unixTimeMs: at("02:12"), heightChartDatumM: 7.2 },
  nextLow: { unixTimeMs: at("08:40"), heightChartDatumM: 1.9 },
  ports: [{ name: "Boulogne", nameIn: {}, share: 1, distanceM: 500 }],
});
const HOME = { latitudeDeg: 50.73, longitudeDeg: 1.58 };

it("marks the turn that comes while the flight lasts, and puts the earlier one first", () => {
  const of = (end: string) => {
    const tide = flightTideOf(tideAt(at("02:00")), tideAt(at(end)), at(end));
    if (tide.kind !== "known") throw new Error(tide.kind);
    return tide.turns.map(({ kind, isInFlight }) => [kind, isInFlight]);
  };
  expect(of("02:11")).toEqual([
    ["high", false],
    ["low", false],
  ]);
  expect(of("02:12")[0]).toEqual(["high", true]);
  expect(of("08:40")).toEqual([
    ["high", true],
    ["low", true],
  ]);
  expect(flightTideOf({ kind: "unknown" }, undefined, undefined)).toEqual({ kind: "unknown" });
});

it("asks for start and end once, not again in the same minute, and drops an answer for an hour that is no longer wanted", async () => {
  let wanted: FlightTideAsked = { place: HOME, startUnixMs: at("02:00"), endUnixMs: at("02:30") };
  const asked: number[] = [];
  const replies: ((tide: Tide) => void)[] = [];
  const watch = new FlightTideWatch(
    (_place, unixTimeMs) => {
      asked.push(unixTimeMs);
      return new Promise((resolve) => replies.push(resolve));
    },
    () => wanted,
  );
  const answer = async (): Promise<void> => {
    replies.shift()?.(tideAt(asked.at(-1) ?? 0));
    await Promise.resolve();
    await Promise.resolve();
  };
  watch.tick();
  watch.tick();
  expect(asked).toEqual([at("02:00")]);
  wanted = { ...wanted, startUnixMs: at("20:00"), endUnixMs: at("20:30") };
  await answer();
  await answer();
  // Only now the other hour: nothing was shown of the first.
  expect(watch.shown.get()).toEqual({ kind: "waiting" });
  expect(asked).toEqual([at("02:00"), at("02:30"), at("20:00")]);
  await answer();
  await answer();
  expect(watch.shown.get()).toMatchObject({ kind: "known", start: { unixTimeMs: at("20:00") } });
  wanted = { ...wanted, startUnixMs: wanted.startUnixMs + 30_000 };
  watch.tick();
  expect(asked).toHaveLength(4);
  // Another hour: the figure of the one before goes at once, not only with the answer.
  wanted = { ...wanted, startUnixMs: at("10:00"), endUnixMs: at("10:30") };
  watch.tick();
  expect(watch.shown.get()).toEqual({ kind: "waiting" });
});
