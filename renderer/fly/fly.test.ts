import { describe, expect, it } from "vitest";
import type { VehicleState } from "../../src/vehicle/vehicleState.js";
import { makeFormat } from "../app/format.js";
import { flyActions } from "./actions.js";
import { type AlertFacts, flyAlerts } from "./alerts/flyAlerts.js";
import type { FlyDesk } from "./flyDesk.js";
import { type FlyFacts, isPaused, mayCommand } from "./flyRules.js";
import { flyTexts } from "./texts.js";
import { vehicleName } from "../panels/vehicleIdentity.js";

const aVehicle = (isArmed: boolean, heightM: number, modeName = "GUIDED"): VehicleState =>
  ({
    id: "udp/1",
    systemId: 1,
    isSimulated: true,
    lastHeardMonoMs: 1000,
    heartbeat: { value: { isArmed, modeName }, receivedAtMonoMs: 1000 },
    position: { value: { altitudeAboveHomeM: heightM }, receivedAtMonoMs: 1000 },
    mission: { value: { currentSeq: 2, countOfItems: 9 }, receivedAtMonoMs: 1000 },
  }) as unknown as VehicleState;

const facts = (change: Partial<FlyFacts> = {}): FlyFacts => ({
  connection: "open",
  vehicle: aVehicle(false, 0),
  isLost: false,
  aircraftPlan: { kind: "verified", countOfItems: 9, planHash: "x", unixTimeUs: 0 },
  abilities: {},
  pending: new Set(),
  ...change,
});
const because = (key: string) => ({ because: `fly.because.${key}` });

describe("what may be asked of the aircraft", () => {
  it("is what the station says its autopilot allows", () => {
    const abilities = { "take-off": "arm-first", orbit: "not-by-this-autopilot" } as const;
    expect(mayCommand(facts({ abilities }), "arm")).toBe(true);
    expect(mayCommand(facts({ abilities }), "take-off")).toEqual({ because: "reason.arm-first" });
    expect(mayCommand(facts({ abilities }), "orbit")).toEqual({ because: "reason.not-by-this-autopilot" });
  });
  it("is nothing before the station has said so", () => {
    expect(mayCommand(facts({ abilities: undefined }), "arm")).toEqual(because("not-known"));
  });
  it("says why when nothing can be reached", () => {
    expect(mayCommand(facts({ connection: "lost" }), "return")).toEqual(because("station-lost"));
    expect(mayCommand(facts({ vehicle: undefined }), "return")).toEqual(because("no-vehicle"));
    expect(mayCommand(facts({ isLost: true }), "return")).toEqual(because("vehicle-lost"));
    expect(mayCommand(facts({ pending: new Set(["arm"]) }), "arm")).toEqual(because("busy"));
  });
  it("offers to resume what holds in the air with a mission", () => {
    expect(isPaused(facts({ vehicle: aVehicle(true, 30, "LOITER") }))).toBe(true);
    expect(isPaused(facts({ vehicle: aVehicle(true, 30, "AUTO") }))).toBe(false);
    expect(isPaused(facts({ vehicle: aVehicle(false, 0, "LOITER") }))).toBe(false);
  });
  it("takes GUIDED for a pause only once the aircraft stands still", () => {
    const guided = (groundSpeedMps: number): FlyFacts =>
      facts({
        vehicle: {
          ...aVehicle(true, 30, "GUIDED"),
          velocity: { value: { groundSpeedMps } },
        } as unknown as VehicleState,
      });
    expect(isPaused(guided(0.4))).toBe(true);
    expect(isPaused(guided(8))).toBe(false);
  });
});

describe("the table of actions", () => {
  const actions = flyActions({} as FlyDesk, (key) => key);
  it("gives no key to what must be held", () => {
    for (const { id, isHeld, shortcut } of actions) if (isHeld) expect([id, shortcut]).toEqual([id, undefined]);
    const held = actions.filter(({ isHeld }) => isHeld).map(({ id }) => id);
    expect(held).toEqual(["arm", "disarm", "take-off", "start-mission", "land"]);
  });
  it("uses every key once and every id once", () => {
    const keys = actions.flatMap(({ shortcut }) => shortcut ?? []);
    expect(new Set(keys).size).toBe(keys.length);
    expect(new Set(actions.map(({ id }) => id)).size).toBe(actions.length);
  });
  it("has Return on one key", () => {
    expect(actions.find(({ id }) => id === "return")?.shortcut).toBe("R");
  });
});

describe("alerts", () => {
  const none: AlertFacts = {
    vehicle: aVehicle(true, 30),
    vehicles: [aVehicle(true, 30)],
    warnings: [],
    nowMonoMs: 1000,
    nowUnixUs: 1e15,
    failed: undefined,
    reports: [],
    notices: [],
    dismissed: new Set(),
  };
  const words = {
    t: (key: string) => key,
    format: makeFormat("en", { lengths: "m", speeds: "mps", positions: "deg" }),
    onDismiss: () => undefined,
  };
  const refused = {
    command: { kind: "arm" } as const,
    status: { phase: "failed", failure: { kind: "vehicle-lost" } } as const,
    heardMonoMs: 900,
  };
  it("are none when all is well", () => expect(flyAlerts(none, words)).toEqual([]));
  it("keep a lost aircraft on the screen: it cannot be dismissed", () => {
    const [alert] = flyAlerts({ ...none, nowMonoMs: 9000 }, words);
    expect(alert).toMatchObject({ id: "lost udp/1", tone: "danger" });
    expect(alert?.onDismiss).toBeUndefined();
  });
  it("tell of a lost aircraft that is not the target, of a breached fence, and of two that close in", () => {
    const other = { ...aVehicle(true, 30), id: "udp/2", systemId: 2, fence: { value: { isBreached: true } } };
    const vehicles = [aVehicle(true, 30), other as unknown as VehicleState];
    const closing = { kind: "closing", a: "udp/1", b: "udp/2", inS: 4, horizontalM: 20, verticalM: 3 } as never;
    const ids = flyAlerts({ ...none, vehicles, warnings: [closing] }, words).map(({ id }) => id);
    expect(ids).toEqual(["fence udp/2", "closing udp/1 udp/2"]);
  });
  it("say a failed command once, though status and reply both tell of it", () => {
    const failed = { command: { kind: "arm" } as const, failure: { kind: "no-vehicle" } as const, atMonoMs: 950 };
    expect(flyAlerts({ ...none, reports: [refused], failed }, words)).toHaveLength(1);
    expect(flyAlerts({ ...none, failed }, words)).toHaveLength(1);
  });
  it("let go of an old failure, and of one that was dismissed", () => {
    expect(flyAlerts({ ...none, vehicles: [], reports: [refused], nowMonoMs: 60_000 }, words)).toEqual([]);
    expect(flyAlerts({ ...none, reports: [refused], dismissed: new Set(["arm 900"]) }, words)).toEqual([]);
  });
});

it("names simulated and real aircraft apart", () => {
  expect(vehicleName({ systemId: 1, isSimulated: true })).not.toBe(vehicleName({ systemId: 1, isSimulated: false }));
});

it("says everything in both languages", () => {
  expect(Object.keys(flyTexts.fr)).toEqual(Object.keys(flyTexts.en));
});
