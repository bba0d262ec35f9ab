import { describe, expect, it } from "vitest";
import type { HighLatencySummary } from "./events.js";
import {
  at,
  BEACH,
  completeVehicle,
  heartbeat,
  identityOf,
  NOW_MS,
  ONE_OF_EACH,
  place,
  receive,
  type Received,
} from "./testing/vehicleBuilder.js";

const SATELLITE = ONE_OF_EACH["high-latency"];
const LATER_MS = NOW_MS + 60_000;
const summary = (change: Partial<HighLatencySummary> = {}, receivedAtMonoMs = LATER_MS): Received =>
  at(receivedAtMonoMs, { ...SATELLITE, summary: { ...SATELLITE.summary, ...change } });
const stamped = <T>(value: T) => ({ value, receivedAtMonoMs: LATER_MS });

describe("the summary by satellite", () => {
  it("is all that is known of a vehicle of which nothing else was received", () => {
    const state = receive([{ ...summary(), identity: identityOf({ autopilot: "px4", airframe: "vtol" }) } as Received]);
    expect(state).toMatchObject({ autopilot: "px4", mavAutopilot: 12, airframe: "vtol", mavType: 22 });
    expect(state).toMatchObject({ isHighLatency: true, lastReceivedMonoMs: LATER_MS });
    expect(state.heartbeat).toEqual(stamped({ customMode: 4, modeName: "GUIDED", isArmed: true, systemStatus: 4 }));
    expect(state.airData).toEqual(stamped({ airSpeedMps: 7, climbRateMps: 0.5, throttleFraction: 0.4 }));
    const charge = { voltageV: undefined, currentA: undefined, timeRemainingS: undefined, remainingFraction: 0.8 };
    expect(state.battery).toEqual(stamped(charge));
    expect(state.mission).toEqual(stamped({ currentSeq: 3, countOfItems: undefined }));
  });
  it("is not used while an ordinary link works: within 10 s of a heartbeat", () => {
    const near = receive([heartbeat({ isArmed: false })]);
    expect(receive([summary({}, NOW_MS + 9999)], near)).toEqual({ ...near, lastReceivedMonoMs: NOW_MS + 9999 });
    expect(receive([summary({}, NOW_MS + 10_000)], near)).toMatchObject({
      isHighLatency: true,
      heartbeat: { value: { isArmed: true }, receivedAtMonoMs: NOW_MS + 10_000 },
    });
  });
  it("follows the summary before it, whatever the time between", () => {
    const first = receive([summary()]);
    const second = receive([summary({ missionSeq: 9 }, LATER_MS + 50)], first);
    expect(second.mission?.value.currentSeq).toBe(9);
    // A heartbeat ends it.
    const near = receive([at(LATER_MS + 60, heartbeat())], second);
    expect(near.isHighLatency).toBe(false);
    expect(receive([summary({ missionSeq: 4 }, LATER_MS + 70)], near).mission?.value.currentSeq).toBe(9);
  });
  it("names the mode by the vehicle's own list", () => {
    const own: Received = {
      ...{ kind: "offered-mode", index: 1, countOfModes: 1 },
      mode: { customMode: 4, name: "Go to", isSelectable: true },
    };
    expect(receive([own, summary()]).heartbeat?.value.modeName).toBe("Go to");
  });
});

describe("what the summary does not contain", () => {
  it("keeps its value and its age", () => {
    const before = completeVehicle();
    const missing = {
      ...{ position: undefined, airSpeedMps: undefined, batteryFraction: undefined, missionSeq: undefined },
    };
    const after = receive([summary(missing)], before);
    const { heartbeat: changed, isHighLatency, lastReceivedMonoMs, ...rest } = after;
    expect({ isHighLatency, lastReceivedMonoMs }).toEqual({ isHighLatency: true, lastReceivedMonoMs: LATER_MS });
    expect(changed?.receivedAtMonoMs).toBe(LATER_MS);
    expect(before).toMatchObject(rest);
  });
  it("needs both air speed and climb rate for the air data", () => {
    const before = completeVehicle();
    expect(receive([summary({ climbRateMps: undefined })], before).airData).toBe(before.airData);
    expect(receive([summary({ airSpeedMps: undefined })], before).airData).toBe(before.airData);
  });
  it("is taken from what was received before: state, armed, number of mission items", () => {
    const before = completeVehicle(heartbeat({ isArmed: false, systemStatus: 3 }));
    const after = receive([summary({ isArmed: undefined })], before);
    expect(after.heartbeat?.value).toMatchObject({ isArmed: false, systemStatus: 3 });
    expect(receive([summary({ isArmed: true })], before).heartbeat?.value.isArmed).toBe(true);
    expect(after.mission?.value).toEqual({ currentSeq: 3, countOfItems: 12 });
  });
  it.each([
    [0, false],
    [0.01, true],
  ])("armed is told by the throttle where it was never received: %f means %s", (throttleFraction, isArmed) => {
    const state = receive([summary({ isArmed: undefined, throttleFraction })]);
    expect(state.heartbeat?.value.isArmed).toBe(isArmed);
  });
});

describe("where the summary places the aircraft", () => {
  const there = { latitudeDeg: 51, longitudeDeg: 2 };
  const heightOf = (...before: readonly Received[]) =>
    receive([summary({ position: there, altitudeAmslM: 90 })], receive(before)).position;
  it("is above the home that was received before", () => {
    expect(heightOf(ONE_OF_EACH.home)).toEqual(stamped({ position: there, altitudeAmslM: 90, altitudeAboveHomeM: 80 }));
  });
  it("is above the home that the position before implied, or else above sea level", () => {
    const before = place({ altitudeAmslM: 60, altitudeAboveHomeM: 35 });
    expect(heightOf(before)?.value.altitudeAboveHomeM).toBe(65);
    expect(heightOf(ONE_OF_EACH.home, before)?.value.altitudeAboveHomeM).toBe(80);
    expect(heightOf()?.value.altitudeAboveHomeM).toBe(90);
  });
  it.each([
    [0, 10, 0],
    [90, 0, 10],
    [180, -10, 0],
    [270, 0, -10],
    [30, 8.660254, 5],
  ])("moves by its heading of %d degrees, %f m/s north and %f m/s east", (headingDeg, northMps, eastMps) => {
    const { velocity } = receive([summary({ headingDeg, groundSpeedMps: 10, climbRateMps: 2 })]);
    expect(velocity?.value.northMps).toBeCloseTo(northMps, 6);
    expect(velocity?.value.eastMps).toBeCloseTo(eastMps, 6);
    expect(velocity?.value).toMatchObject({ downMps: -2, groundSpeedMps: 10, courseDeg: headingDeg });
    expect(velocity?.receivedAtMonoMs).toBe(LATER_MS);
  });
  it("has no course below 0.5 m/s, and no descent where the climb rate is unknown", () => {
    const courseAt = (groundSpeedMps: number) => receive([summary({ groundSpeedMps })]).velocity?.value.courseDeg;
    expect([courseAt(0.49), courseAt(0.5)]).toEqual([undefined, 50]);
    expect(receive([summary({ climbRateMps: undefined })]).velocity?.value.downMps).toBeCloseTo(0, 12);
  });
  it("has no velocity without a position", () => {
    const state = receive([summary({ position: undefined })]);
    expect([state.position, state.velocity]).toEqual([undefined, undefined]);
    expect(receive([summary()]).position?.value.position).toEqual(BEACH);
  });
});
