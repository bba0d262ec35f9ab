import { describe, expect, it } from "vitest";
import {
  at,
  completeVehicle,
  heartbeat,
  NOTHING_RECEIVED,
  NOW_MS,
  phase,
  place,
  placeOnly,
  receive,
} from "../testing/vehicleBuilder.js";
import type { VehicleState } from "../vehicleState.js";
import { isAirborne, isArmed, reportedLandedState, whereabouts } from "./airborne.js";

const ACTIVE = 4;
const STANDBY = 3;
const CRITICAL = 5;

describe("armed", () => {
  it("is what the last heartbeat reports, and unknown before the first", () => {
    expect(isArmed(NOTHING_RECEIVED)).toBeUndefined();
    expect(isArmed(receive([heartbeat({ isArmed: false })]))).toBe(false);
    expect(isArmed(receive([heartbeat({ isArmed: false }), heartbeat({ isArmed: true })]))).toBe(true);
  });
});

describe("the landed state that a vehicle reports", () => {
  it.each([
    ["ground", "ground"],
    ["air", "air"],
    ["taking-off", "air"],
    ["landing", "air"],
    [undefined, undefined],
  ] as const)("%s counts as %s", (landed, expected) => {
    expect(reportedLandedState(receive([heartbeat(), phase(landed)]))).toBe(expected);
  });
  it("is not known before it is reported", () => {
    expect(reportedLandedState(receive([heartbeat()]))).toBeUndefined();
  });
  it("counts until a heartbeat five seconds later", () => {
    const landed = at(NOW_MS, phase("air"));
    expect(reportedLandedState(receive([landed, at(NOW_MS + 4999, heartbeat())]))).toBe("air");
    expect(reportedLandedState(receive([landed, at(NOW_MS + 5000, heartbeat())]))).toBeUndefined();
  });
  it("counts before the first heartbeat too", () => {
    expect(reportedLandedState(receive([phase("ground")]))).toBe("ground");
  });
});

describe("where an aircraft is", () => {
  it("is unknown before the first heartbeat, and no reason to take it for airborne", () => {
    const unheard = receive([place({ altitudeAboveHomeM: 50 })]);
    expect(whereabouts(unheard)).toBe("unknown");
    expect(isAirborne(unheard)).toBe(false);
  });
  it("is what it reports, whatever its motors, height and state are", () => {
    const onMast = [heartbeat({ isArmed: true, systemStatus: ACTIVE }), place({ altitudeAboveHomeM: 30 })];
    expect(whereabouts(receive([...onMast, phase("ground")]))).toBe("ground");
    expect(whereabouts(receive([heartbeat({ isArmed: false }), phase("air")]))).toBe("air");
  });
  it("is the ground while it is disarmed and reports nothing", () => {
    expect(whereabouts(receive([heartbeat({ isArmed: false }), place({ altitudeAboveHomeM: 30 })]))).toBe("ground");
  });
  it("is the air for an armed ArduPilot that is ACTIVE, whatever its height; PX4 is ACTIVE on the ground too", () => {
    const low = place({ altitudeAboveHomeM: 0 });
    expect(whereabouts(receive([heartbeat({ systemStatus: ACTIVE }), low]))).toBe("air");
    expect(whereabouts(receive([heartbeat({ autopilot: "px4", systemStatus: ACTIVE }), low]))).toBe("ground");
  });
});

describe("an armed ArduPilot on STANDBY", () => {
  const standby = heartbeat({ systemStatus: STANDBY });
  it("stands on the ground, with or without a position", () => {
    expect(whereabouts(receive([standby]))).toBe("ground");
    expect(whereabouts(receive([standby, place({ altitudeAboveHomeM: 0 })]))).toBe("ground");
    // Below home and slow: whether it stands is not known by its motion, but it reports so.
    expect(whereabouts(receive([standby, place({ altitudeAboveHomeM: -20 })]))).toBe("ground");
  });
  it("that moves is carried on a deck, or flies: unknown, and in the air only above 1.5 m", () => {
    const fast = (altitudeAboveHomeM: number) => place({ altitudeAboveHomeM }, { groundSpeedMps: 6 });
    expect(whereabouts(receive([standby, fast(1.5)]))).toBe("unknown");
    expect(whereabouts(receive([standby, fast(1.6)]))).toBe("air");
    const fastWithoutPosition: VehicleState = { ...receive([standby, fast(0)]), position: undefined };
    expect(whereabouts(fastWithoutPosition)).toBe("unknown");
  });
  it("in another state is judged by its motion like any other", () => {
    const critical = heartbeat({ systemStatus: CRITICAL });
    expect(whereabouts(receive([critical]))).toBe("unknown");
    expect(whereabouts(receive([critical, place({ altitudeAboveHomeM: 0 })]))).toBe("ground");
    expect(whereabouts(receive([critical, place({ altitudeAboveHomeM: 0 }, { groundSpeedMps: 6 })]))).toBe("air");
  });
});

describe("an armed aircraft that reports no landed state", () => {
  const px4 = heartbeat({ autopilot: "px4" });
  it.each([
    // height, ground speed, descent
    [1.5, 0, 0, "ground"],
    [1.51, 0, 0, "air"],
    [-1.5, 0, 0, "ground"],
    [-1.51, 0, 0, "unknown"],
    [0, 0.99, 0, "ground"],
    [0, 1, 0, "unknown"],
    [0, 3, 0, "unknown"],
    [0, 3.01, 0, "air"],
    [0, 0, 1, "ground"],
    [0, 0, 1.01, "air"],
    [0, 0, -1.01, "air"],
    [-40, 3.01, 0, "air"],
  ] as const)("%f m above home at %f m/s, %f m/s downwards: %s", (altitudeAboveHomeM, groundSpeedMps, downMps, is) => {
    expect(whereabouts(receive([px4, place({ altitudeAboveHomeM }, { groundSpeedMps, downMps })]))).toBe(is);
  });
  it("stands where its height is home's and no speed is known", () => {
    expect(whereabouts(receive([px4, placeOnly({ altitudeAboveHomeM: 0 })]))).toBe("ground");
  });
  it("is judged by its motion in any state: only ArduPilot's STANDBY tells standing", () => {
    const standby = heartbeat({ autopilot: "px4", systemStatus: STANDBY });
    expect(whereabouts(receive([standby]))).toBe("unknown");
    expect(whereabouts(receive([standby, place({ altitudeAboveHomeM: 0 }, { groundSpeedMps: 6 })]))).toBe("air");
  });
  it("without a position may be anywhere: it counts as airborne", () => {
    expect(whereabouts(receive([px4]))).toBe("unknown");
    expect(isAirborne(receive([px4]))).toBe(true);
  });
  it("is judged by readings at most five seconds older than its heartbeat", () => {
    const onGround = at(NOW_MS, place({ altitudeAboveHomeM: 0 }));
    expect(whereabouts(receive([onGround, at(NOW_MS + 4999, px4)]))).toBe("ground");
    expect(whereabouts(receive([onGround, at(NOW_MS + 5000, px4)]))).toBe("unknown");
    // The speed is old, the position (of a message without a speed) is not.
    const fast = at(NOW_MS, place({ altitudeAboveHomeM: 0 }, { groundSpeedMps: 9 }));
    const newer = at(NOW_MS + 2000, placeOnly({ altitudeAboveHomeM: 0 }));
    expect(whereabouts(receive([fast, newer, at(NOW_MS + 4999, px4)]))).toBe("air");
    expect(whereabouts(receive([fast, newer, at(NOW_MS + 5000, px4)]))).toBe("ground");
  });
});

describe("airborne", () => {
  it("is everything but known to be on the ground", () => {
    expect(isAirborne(completeVehicle())).toBe(true);
    expect(isAirborne(completeVehicle(phase("ground")))).toBe(false);
    expect(isAirborne(completeVehicle(phase("landing")))).toBe(true);
  });
});
