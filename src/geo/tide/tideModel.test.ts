import { readFileSync } from "node:fs";
import { findStation } from "neaps";
import { describe, expect, it } from "vitest";
import { geodesicDistanceM } from "../geodesic.js";
import type { Position } from "../position.js";
import { readTide, type TideDocument } from "./tideDocument.js";
import { createTideModel, type KnownTide } from "./tideModel.js";

const read = readTide(readFileSync("missions/tide/channel.json", "utf8"), "channel.json");
if (!read.ok) throw new Error(read.error.problem);
const DOCUMENT: TideDocument = read.value;
const model = createTideModel(DOCUMENT);
const PORTS = [
  ["Dieppe", "ticon/dieppe-24-fra-refmar"],
  ["Boulogne", "ticon/boulogne_sur_mer-111-fra-refmar"],
  ["Calais", "ticon/calais-55-fra-refmar"],
  ["Dunkerque", "ticon/dunkerque-2-fra-refmar"],
  ["Dover", "ticon/dover-dov-gbr-bodc"],
] as const;
const HOUR_MS = 3_600_000;
const NOON = Date.parse("2026-12-01T12:00:00Z");

function port(name: string, document = DOCUMENT) {
  const found = document.ports.find((one) => one.name === name);
  if (!found) throw new Error(`no port ${name}`);
  return found;
}

function known(position: Position, unixTimeMs = NOON, one = model): KnownTide {
  const tide = one.tideAt(position, unixTimeMs);
  if (tide.kind !== "known") throw new Error("the tide is unknown");
  return tide;
}

describe("at a port", () => {
  it.each(PORTS)("%s: the height is that of neaps with its whole database, over 18 years", (name, stationId) => {
    const station = findStation(stationId);
    const { position } = port(name);
    // Steps of months and a few hours, through springs and neaps and a whole round of the moon's node.
    for (let step = 0; step < 60; step++) {
      const unixTimeMs = Date.parse("2020-01-01T00:00:00Z") + step * (112 * 24 + 5.37) * HOUR_MS;
      const time = new Date(unixTimeMs);
      // Not `getWaterLevelAtTime`, which answers for the ten minutes begun.
      const { timeline, datum } = station.getTimelinePrediction({
        start: time,
        end: new Date(unixTimeMs + 1000),
        timeFidelity: 1,
      });
      expect(datum).toBe("LAT");
      expect(known(position, unixTimeMs).heightChartDatumM).toBeCloseTo(timeline[0]?.level ?? Number.NaN, 2);
    }
  });

  it.each(PORTS)(
    "%s: the next high and low water are those of neaps, and rising or falling follows",
    (name, stationId) => {
      const { position } = port(name);
      for (let hour = 0; hour < 26; hour += 1.3) {
        const unixTimeMs = NOON + hour * HOUR_MS;
        const window = { start: new Date(unixTimeMs), end: new Date(unixTimeMs + 30 * HOUR_MS) };
        // The window of neaps opens up to ten minutes early.
        const extremes = findStation(stationId)
          .getExtremesPrediction(window)
          .extremes.filter(({ time }) => time.getTime() > unixTimeMs);
        const tide = known(position, unixTimeMs);
        const [high, low] = [extremes.find((one) => one.high), extremes.find((one) => one.low)];
        if (!high || !low) throw new Error("neaps knows no high and low water");
        for (const [mine, theirs] of [
          [tide.nextHigh, high],
          [tide.nextLow, low],
        ] as const) {
          expect(Math.abs(mine.unixTimeMs - theirs.time.getTime())).toBeLessThan(5000);
          expect(mine.heightChartDatumM).toBeCloseTo(theirs.level, 2);
        }
        expect(tide.trend).toBe(high.time < low.time ? "rising" : "falling");
        const later = known(position, unixTimeMs + 60_000).heightChartDatumM;
        const isNearTurn = Math.min(high.time.getTime(), low.time.getTime()) - unixTimeMs < 120_000;
        if (!isNearTurn) expect(later > tide.heightChartDatumM).toBe(tide.trend === "rising");
      }
    },
  );

  it("names the port, its distance, and mean sea level between chart datum and height", () => {
    const { position, meanSeaLevelM } = port("Boulogne");
    const tide = known(position);
    expect(tide.ports[0]).toMatchObject({ name: "Boulogne", share: expect.closeTo(1, 6) });
    expect(tide.ports[0]?.distanceM).toBeLessThan(1);
    expect(tide.heightChartDatumM - tide.heightAmslM).toBeCloseTo(meanSeaLevelM, 6);
    expect(tide.sigma.chartDatumM).toBeCloseTo(0.25, 3);
    expect(tide.sigma.amslM).toBeCloseTo(Math.hypot(0.25, 0.3), 3);
  });
});

describe("away from the ports", () => {
  /** Without the port, what the others make of its tide. */
  const without = (name: string) =>
    createTideModel({ ...DOCUMENT, ports: DOCUMENT.ports.filter((one) => one.name !== name) });

  it.each(["Boulogne", "Calais", "Dunkerque"])(
    "sigma covers what is found at %s when that port is left out",
    (name) => {
      const { position, meanSeaLevelM } = port(name);
      const [squares, sigmas] = [[] as number[], [] as number[]];
      for (let hour = 0; hour < 24 * 30; hour += 7.7) {
        const guess = known(position, NOON + hour * HOUR_MS, without(name));
        squares.push(
          (guess.heightAmslM - (known(position, NOON + hour * HOUR_MS).heightChartDatumM - meanSeaLevelM)) ** 2,
        );
        sigmas.push(guess.sigma.chartDatumM);
      }
      const rmsM = Math.sqrt(squares.reduce((sum, one) => sum + one, 0) / squares.length);
      expect(rmsM).toBeLessThan(sigmas[0] ?? 0);
      // Better than calm water at mean sea level, by far.
      expect(rmsM).toBeLessThan(0.65);
    },
  );

  it("between two ports: both curves, in proportion to the way along the coast", () => {
    // Wissant lies between Boulogne and Calais, on the way from Gris-Nez.
    const tide = known({ latitudeDeg: 50.89, longitudeDeg: 1.66 });
    expect(tide.ports.map(({ name }) => name).sort()).toEqual(["Boulogne", "Calais"]);
    const [a, b] = tide.ports;
    if (!a || !b) throw new Error("two ports were expected");
    expect(a.share + b.share).toBeCloseTo(1, 9);
    const mixed = [a, b].reduce(
      (sum, { name, share }) => sum + share * known(port(name).position).heightChartDatumM,
      0,
    );
    expect(tide.heightChartDatumM).toBeCloseTo(mixed, 3);
    // As far along the line as Gris-Nez is from both: 16 km of 41 from Boulogne to it, then on to Wissant.
    expect(tide.ports.find(({ name }) => name === "Calais")?.share).toBeCloseTo(0.54, 1);
  });

  it("the error grows with the distance", () => {
    const { latitudeDeg, longitudeDeg } = port("Dunkerque").position;
    const sigmas = [0, 0.2, 0.4, 0.6].map(
      (eastDeg) => known({ latitudeDeg, longitudeDeg: longitudeDeg + eastDeg }).sigma.chartDatumM,
    );
    expect(sigmas).toEqual([...sigmas].sort((a, b) => a - b));
    expect(sigmas.at(-1)).toBeGreaterThan(0.6);
  });

  it("the nearer coast answers: Dover on its own side, France on the other", () => {
    expect(known({ latitudeDeg: 51.08, longitudeDeg: 1.3 }).ports.map(({ name }) => name)).toEqual(["Dover"]);
    expect(known({ latitudeDeg: 50.98, longitudeDeg: 1.7 }).ports.map(({ name }) => name)).not.toContain("Dover");
  });

  it("unknown further than 60 km from every port, never 0", () => {
    const { position } = port("Dieppe");
    const west = (lengthDeg: number) => ({ ...position, longitudeDeg: position.longitudeDeg - lengthDeg });
    expect(geodesicDistanceM(position, west(0.8))).toBeLessThan(60_000);
    expect(model.tideAt(west(0.8), NOON).kind).toBe("known");
    expect(geodesicDistanceM(position, west(0.87))).toBeGreaterThan(60_000);
    expect(model.tideAt(west(0.87), NOON)).toEqual({ kind: "unknown" });
    expect(model.tideAt({ latitudeDeg: 10, longitudeDeg: 10 }, NOON)).toEqual({ kind: "unknown" });
  });

  it("every metre of the French coast between Dieppe and Dunkirk is within reach", () => {
    const line = DOCUMENT.coasts.find(({ id }) => id === "france")?.line ?? [];
    for (const position of line.slice(1, -1)) expect(model.tideAt(position, NOON).kind).toBe("known");
  });
});
