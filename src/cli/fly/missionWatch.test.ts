import { describe, expect, it } from "vitest";
import { CMD } from "../../plan/missionCommands.js";
import type { MissionItem } from "../../plan/plan.js";
import type { Contact } from "../../track/contact.js";
import type { VehicleState } from "../../vehicle/vehicleState.js";
import { MissionWatch } from "./missionWatch.js";
import { NOTHING_KNOWN, PLACE, PX4, shown, type Shown } from "./testing/shownVehicle.js";

const item = (command: number): MissionItem => ({ command, params: [0, 0, 0, 0], autoContinue: true, position: PLACE });
const POINTS = [item(CMD.takeOff), item(CMD.waypoint), item(CMD.waypoint)];
/** Lands by itself, and then sets the camera: its third item is the last that is flown. */
const LANDING = [item(CMD.takeOff), item(CMD.waypoint), item(CMD.land), item(CMD.cameraTriggerDistance)];
/** ArduCopter's AUTO and RTL. */
const AUTO = 3;
const RTL = 6;

/** Looks at each of these states at the time it was received; `nowMonoMs` for another time. */
function watched(items: readonly MissionItem[]) {
  const lines: string[] = [];
  let countOfReturns = 0;
  const watch = new MissionWatch(items, { print: (line) => void lines.push(line), askReturn: () => countOfReturns++ });
  const look = (what: Shown | VehicleState, nowMonoMs?: number, countOfContacts = 0): boolean => {
    const vehicle = "id" in what ? what : shown(what);
    const contacts = Array.from({ length: countOfContacts }, () => CONTACT);
    return watch.look(vehicle, {
      ...NOTHING_KNOWN,
      stationMonoMs: nowMonoMs ?? vehicle.lastReceivedMonoMs,
      contacts,
    });
  };
  return { watch, look, lines, returns: () => countOfReturns };
}
const CONTACT: Contact = {
  id: "C-1",
  class: "boat",
  position: PLACE,
  covariance: { eastEastM2: 1, eastNorthM2: 0, northNorthM2: 1 },
  ellipse95: { semiMajorM: 1, semiMinorM: 1, orientationDeg: 0 },
  ce95M: 1,
  lengthM: 5,
  groundSpeedMps: undefined,
  courseDeg: undefined,
  surface: "sea",
  firstSeenUnixUs: 0,
  lastSeenUnixUs: 0,
  observationCount: 1,
  score: 1,
};

const FLYING = { isArmed: true, landed: "air", customMode: AUTO, speedMps: 8 } as const;

describe("the items of a mission that is watched", () => {
  it("are told once each, from 1, with the contacts so far", () => {
    const { look, lines } = watched(POINTS);
    look({ ...FLYING, seq: 1 });
    look({ ...FLYING, seq: 1 }, 0, 2);
    look({ ...FLYING, seq: 2 }, 0, 2);
    look(FLYING);
    expect(lines).toEqual(["item 1 of 3, 0 contacts", "item 2 of 3, 2 contacts"]);
  });
  it("do not go back to the first when the autopilot resets its counter on the ground", () => {
    const { look, lines, watch } = watched(LANDING);
    look({ ...FLYING, seq: 3 });
    look({ ...FLYING, landed: "ground", seq: 1, atMonoMs: 1000 });
    expect(lines).toEqual(["item 3 of 4, 0 contacts"]);
    expect(watch.reached()).toMatchObject({ item: 2, countOfItems: 4, isWhole: true });
  });
  it("are told on the ground before the flight", () => {
    const { look, lines } = watched(POINTS);
    look({ ...FLYING, landed: "ground", seq: 1 });
    expect(lines).toEqual(["item 1 of 3, 0 contacts"]);
  });
  it("are not told of an aircraft that is lost or disarmed", () => {
    const { look, lines } = watched(POINTS);
    look({ ...FLYING, seq: 1 }, 4000);
    look({ ...FLYING, isArmed: false, seq: 2, heightM: 5 });
    look({ ...FLYING, seq: 2, heightM: 5 });
    look({ ...FLYING, isArmed: false, seq: 3, heightM: 5 });
    expect(lines).toEqual(["item 2 of 3, 0 contacts"]);
  });
});

describe("a mission is flown whole", () => {
  const isWhole = (items: readonly MissionItem[], ...states: readonly Shown[]): boolean => {
    const { look, watch } = watched(items);
    for (const state of states) look(state);
    return watch.reached().isWhole;
  };
  it("from its last flown item on: ArduPilot's items are one higher, for home", () => {
    expect(isWhole(LANDING, { ...FLYING, seq: 2 })).toBe(false);
    expect(isWhole(LANDING, { ...FLYING, seq: 3 })).toBe(true);
    expect(isWhole(LANDING, { ...FLYING, seq: 2, autopilot: PX4 })).toBe(true);
    expect(isWhole(LANDING, FLYING)).toBe(false);
  });
  it("when the autopilot says that it is complete", () => {
    expect(isWhole(LANDING, { ...FLYING, seq: 1, missionState: "complete" })).toBe(true);
    expect(isWhole(LANDING, { ...FLYING, seq: 1, missionState: "active" })).toBe(false);
  });
  it("no longer when it is begun again, and still on the way home", () => {
    expect(isWhole(LANDING, { ...FLYING, seq: 3 }, { ...FLYING, seq: 1 })).toBe(false);
    expect(isWhole(LANDING, { ...FLYING, seq: 3 }, { ...FLYING, customMode: RTL, seq: 1 })).toBe(true);
  });
});

describe("how a watched flight ends", () => {
  it("not while it flies", () => {
    const { look, watch } = watched(POINTS);
    expect(look({ ...FLYING, seq: 1 })).toBe(false);
    expect(watch.end()).toBeUndefined();
  });
  it("with its landing, told with the distance from where the plan ends", () => {
    const { look, watch } = watched(POINTS);
    look(FLYING);
    expect(look({ isArmed: false, landed: "ground", atMonoMs: 1000 })).toBe(true);
    expect(watch.end()).toEqual({ kind: "landed" });
    expect(watch.reached()).toEqual({ item: undefined, countOfItems: 3, isWhole: false, fromPlanEndM: 0 });
  });
  it("at no known distance before anything was seen", () => {
    expect(watched(POINTS).watch.reached().fromPlanEndM).toBeUndefined();
  });
  it("when it has been lost for more than a minute, counted from when it was", () => {
    const { look, watch } = watched(POINTS);
    look(FLYING, 3999);
    expect([look(FLYING, 4000), look(FLYING, 64_000)]).toEqual([false, false]);
    expect(watch.end()).toBeUndefined();
    expect(look(FLYING, 64_001)).toBe(true);
    expect(watch.end()).toEqual({ kind: "lost" });
  });
  it("not when it was heard again in between", () => {
    const { look } = watched(POINTS);
    look(FLYING, 4000);
    look({ ...FLYING, atMonoMs: 50_000 });
    expect(look({ ...FLYING, atMonoMs: 50_000 }, 70_000)).toBe(false);
    expect(look({ ...FLYING, atMonoMs: 50_000 }, 130_001)).toBe(true);
  });
});

describe("the return of a plan without one", () => {
  /** Seen every second with these readings: when the return was sent, and how often. */
  function returned(what: Partial<Shown>, items = POINTS, forMs = 20_000) {
    const { look, returns } = watched(items);
    let firstMonoMs: number | undefined;
    for (let atMonoMs = 0; atMonoMs <= forMs; atMonoMs += 1000) {
      look({ ...FLYING, speedMps: 0, seq: 3, atMonoMs, ...what });
      if (returns() > 0) firstMonoMs ??= atMonoMs;
    }
    return { firstMonoMs, count: returns() };
  }
  const NEVER = { firstMonoMs: undefined, count: 0 };
  it("is sent once, after more than five seconds still at the last item", () => {
    expect(returned({})).toEqual({ firstMonoMs: 6000, count: 1 });
    expect(returned({ speedMps: 0.9 })).toEqual({ firstMonoMs: 6000, count: 1 });
  });
  it("is not sent while it moves, before the last item, or where its speed is not known", () => {
    expect(returned({ speedMps: 1 })).toEqual(NEVER);
    expect(returned({ seq: 2 })).toEqual(NEVER);
    const { look, returns } = watched(POINTS);
    for (let atMonoMs = 0; atMonoMs < 20_000; atMonoMs += 1000)
      look({ ...shown({ ...FLYING, seq: 3, atMonoMs }), velocity: undefined });
    expect(returns()).toBe(0);
  });
  it("is sent when the autopilot says that the mission is complete, whatever the item", () => {
    expect(returned({ missionState: "complete", seq: 1, speedMps: 8 })).toEqual({ firstMonoMs: 6000, count: 1 });
  });
  it("is not sent on the ground", () => {
    expect(returned({ landed: "ground" })).toEqual(NEVER);
  });
  it("is not sent where the plan lands or returns by itself", () => {
    expect(returned({ seq: 5 }, LANDING)).toEqual(NEVER);
    expect(returned({ seq: 3 }, [item(CMD.takeOff), item(CMD.waypoint), item(CMD.returnToLaunch)])).toEqual(NEVER);
  });
  it("counts its five seconds anew after it moved on", () => {
    const { look, returns } = watched(POINTS);
    const still = { ...FLYING, speedMps: 0, seq: 3 };
    const at = (atMonoMs: number, speedMps = 0) => void look({ ...still, speedMps, atMonoMs });
    for (const [atMonoMs, speedMps] of [[0], [4000], [5000, 3], [6000], [11_000]] as const) at(atMonoMs, speedMps);
    expect(returns()).toBe(0);
    at(11_001);
    expect(returns()).toBe(1);
  });
});
