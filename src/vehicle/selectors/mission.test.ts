import { describe, expect, it } from "vitest";
import type { VehicleCommand } from "../commands.js";
import {
  heartbeat,
  NOTHING_RECEIVED,
  phase,
  place,
  receive,
  type Received,
  type VehicleKind,
} from "../testing/vehicleBuilder.js";
import type { MissionProgress } from "../vehicleState.js";
import {
  canResumeMission,
  countOfItemsAboard,
  currentPlanItem,
  isComingHome,
  isFlyingMission,
  isMissionMode,
  isMissionPaused,
  leadsToMission,
  needsSticks,
} from "./mission.js";

const COPTER: VehicleKind = { autopilot: "ardupilot", airframe: "copter" };
const PLANE: VehicleKind = { autopilot: "ardupilot", airframe: "plane" };
const VTOL: VehicleKind = { autopilot: "ardupilot", airframe: "vtol" };
const PX4: VehicleKind = { autopilot: "px4", airframe: "copter" };
const OTHER: VehicleKind = { autopilot: "other", airframe: "copter" };
const KINDS = { COPTER, PLANE, VTOL, PX4, OTHER };
type KindName = keyof typeof KINDS;

/** PX4's custom mode as on the wire: main mode in bits 16 to 23, sub mode in bits 24 to 31. */
const px4 = (main: number, sub = 0): number => main * 0x1_0000 + sub * 0x100_0000;
const MISSION: Readonly<Record<KindName, number>> = { COPTER: 3, PLANE: 10, VTOL: 10, PX4: px4(4, 4), OTHER: 3 };
const range = (count: number): readonly number[] => Array.from({ length: count }, (_, i) => i);

const flying = (kind: KindName, customMode: number, ...events: readonly Received[]) =>
  receive([heartbeat({ ...KINDS[kind], customMode }), phase("air"), ...events]);
const progress = (change: Partial<MissionProgress> = {}): Received => ({
  kind: "mission-progress",
  mission: { currentSeq: 1, countOfItems: undefined, ...change },
});
/** Flies its mission, then goes over to that mode, in the air. */
const leftFor = (kind: KindName, customMode: number, ...events: readonly Received[]) =>
  receive([heartbeat({ ...KINDS[kind], customMode }), ...events], flying(kind, MISSION[kind]));

describe("the modes that fly the mission on board", () => {
  it.each([
    ["COPTER", [3, 27]],
    ["PLANE", [10]],
    ["VTOL", [10]],
    ["OTHER", []],
  ] as const)("of a %s are %j", (kind, expected) => {
    const vehicle = flying(kind, 0);
    expect(range(40).filter((customMode) => isMissionMode(vehicle, customMode))).toEqual(expected);
  });
  it("of PX4 is AUTO with the sub mode MISSION", () => {
    const vehicle = flying("PX4", 0);
    expect(range(12).filter((sub) => isMissionMode(vehicle, px4(4, sub)))).toEqual([4]);
    expect(isMissionMode(vehicle, 3)).toBe(false);
  });
  it("are never an unknown mode", () => {
    expect(isMissionMode(flying("COPTER", 0), undefined)).toBe(false);
  });
  it("count as flown while armed only", () => {
    expect(isFlyingMission(flying("COPTER", 3))).toBe(true);
    expect(isFlyingMission(flying("COPTER", 4))).toBe(false);
    expect(isFlyingMission(flying("COPTER", 3, heartbeat({ isArmed: false, customMode: 3 })))).toBe(false);
    expect(isFlyingMission(NOTHING_RECEIVED)).toBe(false);
  });
});

describe("a mission to resume", () => {
  it("was begun since arming and left for another mode, in the air", () => {
    expect(canResumeMission(leftFor("COPTER", 5))).toBe(true);
    expect(canResumeMission(flying("COPTER", 5))).toBe(false);
    expect(canResumeMission(flying("COPTER", 3))).toBe(false);
    expect(canResumeMission(leftFor("COPTER", 5, phase("ground")))).toBe(false);
  });
  it.each([
    ["complete", false],
    ["none", false],
    ["active", true],
    ["paused", true],
    ["not-started", true],
    [undefined, true],
  ] as const)("whose state is %s: %s", (state, expected) => {
    expect(canResumeMission(leftFor("COPTER", 5, progress({ state })))).toBe(expected);
  });
});

describe("a paused mission", () => {
  const holding = (kind: KindName) => range(30).filter((customMode) => isMissionPaused(leftFor(kind, customMode)));
  it("is held by LOITER, POSHOLD or BRAKE on a copter, by LOITER, QLOITER or GUIDED on wings", () => {
    expect(holding("COPTER")).toEqual([5, 16, 17]);
    expect(holding("PLANE")).toEqual([12, 15, 19]);
    expect(holding("VTOL")).toEqual([12, 15, 19]);
  });
  it("is held by PX4's HOLD", () => {
    const held = range(12).filter((sub) => isMissionPaused(leftFor("PX4", px4(4, sub))));
    expect(held).toEqual([3]);
  });
  it("is held by a copter in GUIDED that stands, under 1.5 m/s", () => {
    const guided = (groundSpeedMps: number) => leftFor("COPTER", 4, place({}, { groundSpeedMps }));
    expect(isMissionPaused(guided(1.49))).toBe(true);
    expect(isMissionPaused(guided(1.5))).toBe(false);
    expect(isMissionPaused(leftFor("COPTER", 4))).toBe(false);
    // Standing in another mode is no pause.
    expect(isMissionPaused(leftFor("COPTER", 6, place({}, { groundSpeedMps: 0 })))).toBe(false);
  });
  it("is none that cannot be resumed", () => {
    expect(isMissionPaused(flying("COPTER", 5))).toBe(false);
    expect(isMissionPaused(NOTHING_RECEIVED)).toBe(false);
  });
});

describe("a command that leads to the mission on board", () => {
  const vehicle = flying("COPTER", 4);
  it.each([
    [{ kind: "start-mission" }, true],
    [{ kind: "resume" }, true],
    [{ kind: "jump-to-item", item: 2 }, true],
    [{ kind: "set-mode", customMode: 3 }, true],
    [{ kind: "set-mode", customMode: 5 }, false],
    [{ kind: "pause" }, false],
    [{ kind: "return" }, false],
    [{ kind: "take-off", altitudeAboveHomeM: 20 }, false],
  ] satisfies [VehicleCommand, boolean][])("%j: %s", (command, expected) => {
    expect(leadsToMission(command, vehicle)).toBe(expected);
  });
});

describe("coming home", () => {
  const home = (kind: KindName) => range(30).filter((customMode) => isComingHome(flying(kind, customMode)));
  it("is returning or landing, by the mode", () => {
    expect(home("COPTER")).toEqual([6, 9, 21, 27]);
    expect(home("PLANE")).toEqual([11, 20, 21, 26]);
    expect(home("OTHER")).toEqual([]);
    expect(range(12).filter((sub) => isComingHome(flying("PX4", px4(4, sub))))).toEqual([5, 6, 9]);
  });
  it("is not known before the first heartbeat", () => {
    expect(isComingHome(NOTHING_RECEIVED)).toBe(false);
  });
});

describe("the modes that are flown by sticks", () => {
  const manual = (kind: KindName) => range(30).filter((customMode) => needsSticks(flying(kind, 0), customMode));
  it("are those in which an ArduPilot reads the throttle stick", () => {
    expect(manual("COPTER")).toEqual([0, 1, 2, 5, 7, 11, 13, 14, 15, 16, 18, 22, 24, 25, 26, 28]);
    expect(manual("PLANE")).toEqual([0, 2, 3, 4, 5, 6, 7, 8, 17, 18, 19, 22, 23]);
    expect(manual("OTHER")).toEqual([]);
  });
  it("are PX4's main modes except AUTO and OFFBOARD", () => {
    expect(range(9).filter((main) => needsSticks(flying("PX4", 0), px4(main)))).toEqual([1, 2, 3, 5, 7, 8]);
    expect(needsSticks(flying("PX4", 0), px4(3, 2))).toBe(true);
  });
});

describe("the item that is flown now", () => {
  const current = (kind: VehicleKind, currentSeq: number) =>
    currentPlanItem(receive([heartbeat(kind), progress({ currentSeq })]));
  it("is one less on an ArduPilot, whose item 0 is home", () => {
    expect([0, 1, 7].map((seq) => current(COPTER, seq))).toEqual([undefined, 0, 6]);
    expect([0, 1, 7].map((seq) => current(PLANE, seq))).toEqual([undefined, 0, 6]);
  });
  it("is counted as the plan does by PX4", () => {
    expect([0, 1, 7].map((seq) => current(PX4, seq))).toEqual([0, 1, 7]);
  });
  it("is unknown before it is reported, as the count of items is", () => {
    expect(currentPlanItem(receive([heartbeat()]))).toBeUndefined();
    expect(countOfItemsAboard(receive([heartbeat()]))).toBeUndefined();
    expect(countOfItemsAboard(receive([heartbeat(), progress({ countOfItems: 12 })]))).toBe(12);
  });
});
