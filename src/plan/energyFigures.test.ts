import { describe, expect, it } from "vitest";
import type { Wind } from "./aircraft.js";
import { estimateFlight, type FlightEstimate } from "./energy.js";
import { anAircraft, command, commandAt, planOfItems } from "./testing/planBuilders.js";
import type { MissionItem } from "./plan.js";

const CALM: Wind = { fromDeg: 0, speedMps: 0 };
const J_PER_BATTERY = 360_000;
const takeOff = commandAt(22, 0, 0);
const goHome = command(20);
const waypoint = (eastM: number, northM: number, upM = 50): MissionItem => commandAt(16, eastM, northM, upM);
const flown = (items: readonly MissionItem[], wind = CALM): FlightEstimate =>
  estimateFlight(planOfItems(items), anAircraft(), wind);
/** Seconds that these items take more than the take-off alone: 50 m at 2 m/s. */
const secondsOf = (items: readonly MissionItem[], wind = CALM): number => flown([takeOff, ...items], wind).timeS - 25;
/** Joules that these items take more than the take-off alone. */
const joulesOf = (items: readonly MissionItem[], wind = CALM): number =>
  (flown([takeOff, ...items], wind).energyFraction - flown([takeOff], wind).energyFraction) * J_PER_BATTERY;

describe("a flight in calm air, by hand", () => {
  it("out, back and down", () => {
    const flight = flown([takeOff, waypoint(1000, 0), goHome]);
    expect(flight.distanceM).toBeCloseTo(2000, 4);
    // Climb 25 s; 100 s and 5 s for the stop, twice; down 40 m at 2 m/s and 10 m at 0.5 m/s.
    expect(flight.timeS).toBeCloseTo(25 + 105 + 105 + 40, 4);
    expect(flight.energyFraction * J_PER_BATTERY).toBeCloseTo(25 * 720 + 210 * 540 + 40 * 360, 1);
    // Turning home earlier saves all that is left to do, so the worst moment costs the whole flight.
    expect(flight.worstReturnFraction).toBeCloseTo(1 - flight.energyFraction, 6);
    expect(flight.isFlyable).toBe(true);
  });

  it("a plan that ends far away is judged by the way home from there", () => {
    const flight = flown([takeOff, waypoint(1000, 0)]);
    expect(flight.energyFraction * J_PER_BATTERY).toBeCloseTo(25 * 720 + 105 * 540, 1);
    expect((1 - flight.worstReturnFraction) * J_PER_BATTERY).toBeCloseTo(25 * 720 + 210 * 540 + 40 * 360, 1);
    const climb = flown([takeOff]);
    expect(climb.distanceM).toBe(0);
    expect((1 - climb.worstReturnFraction) * J_PER_BATTERY).toBeCloseTo(25 * 720 + 40 * 360, 4);
  });

  it("the worst moment may be in the middle, and below ground a return has nothing to descend", () => {
    const far = flown([takeOff, waypoint(1000, 0)]);
    const there = flown([takeOff, waypoint(1000, 0), waypoint(0, 0), waypoint(0, 0, -10)]);
    expect(there.worstReturnFraction).toBeLessThan(far.worstReturnFraction);
    const below = flown([commandAt(16, 100, 0, -10)]);
    // 10 s out and 5 s to stop; the same back, climbing the ten metres meanwhile.
    expect((1 - below.worstReturnFraction) * J_PER_BATTERY).toBeCloseTo(2 * 15 * 540, 1);
  });
});

describe("corners", () => {
  /** Seconds lost at the second of three places, against flying straight on; the reversal at the end costs 5 s. */
  const lostS = (east1M: number, north1M: number, east2M: number, north2M: number): number => {
    const lengthM = Math.hypot(east1M, north1M) + Math.hypot(east2M - east1M, north2M - north1M);
    return secondsOf([waypoint(east1M, north1M), waypoint(east2M, north2M)]) - lengthM / 10 - 5;
  };

  it.each([
    ["straight on", [500, 0, 1000, 0], 0],
    ["a right angle, at half the speed", [500, 0, 500, 500], 1.25],
    ["a right angle across south", [500, -500, 0, -1000], 1.25],
    ["a right angle across south, the other way round", [-500, -500, 0, -1000], 1.25],
    ["a reversal, after a stop", [500, 0, 0, 0], 5],
  ] as const)("%s", (_, [east1M, north1M, east2M, north2M], expectedS) => {
    expect(lostS(east1M, north1M, east2M, north2M)).toBeCloseTo(expectedS, 3);
  });

  it("45 degrees are flown at the square of the cosine of their half", () => {
    const cornerMps = 10 * Math.cos(Math.PI / 8) ** 2;
    expect(lostS(500, 0, 1000, 500)).toBeCloseTo((10 - cornerMps) ** 2 / 20, 3);
  });

  it("a stay ends in a stop, whatever comes next", () => {
    const stay: MissionItem = { ...waypoint(500, 0), params: [30, 0, 0, 0] };
    expect(secondsOf([stay, waypoint(1000, 0)])).toBeCloseTo(50 + 5 + 30 + 50 + 5, 3);
    expect(joulesOf([stay, waypoint(1000, 0)])).toBeCloseTo(110 * 540 + 30 * 360, 0);
  });
});

describe("height changed on the way", () => {
  it("costs the time that takes longer, and climbing power only when that is the climb", () => {
    // 60 m up at 2 m/s take 30 s, the 100 m across 15 s with the stop.
    expect(secondsOf([waypoint(100, 0, 110)])).toBeCloseTo(30, 4);
    expect(joulesOf([waypoint(100, 0, 110)])).toBeCloseTo(30 * 720, 1);
    // 20 m up take 10 s.
    expect(secondsOf([waypoint(100, 0, 70)])).toBeCloseTo(15, 4);
    expect(joulesOf([waypoint(100, 0, 70)])).toBeCloseTo(15 * 540, 1);
    // 40 m down at 2 m/s: not slow at the end, as a landing is.
    expect(secondsOf([waypoint(100, 0, 10)])).toBeCloseTo(20, 4);
    expect(joulesOf([waypoint(100, 0, 10)])).toBeCloseTo(20 * 540, 1);
  });

  it("a landing is slow over its last ten metres", () => {
    expect(secondsOf([command(21)])).toBeCloseTo(20 + 20, 6);
    expect(flown([commandAt(22, 0, 0, 6), command(21)]).timeS).toBeCloseTo(3 + 12, 6);
  });
});

describe("wind", () => {
  const east = [waypoint(1000, 0)];
  it.each([
    // Wind from, its speed, ground speed and air speed of a flight to the east.
    ["head wind", 90, 6, 10, 16],
    ["tail wind", 270, 6, 10, 4],
    ["cross wind", 0, 6, 10, Math.hypot(10, 6)],
    ["head wind that takes half of the speed", 90, 15, 5, 20],
    ["cross wind that leaves little", 180, 19, Math.sqrt(400 - 361), 20],
    ["wind from ahead on the left", 45, 8, 10, Math.hypot(10 + 8 * Math.SQRT1_2, 8 * Math.SQRT1_2)],
  ])("%s", (...row) => {
    const [, fromDeg, speedMps, groundMps, airMps] = row;
    const wind = { fromDeg, speedMps };
    const timeS = 1000 / groundMps + groundMps / 2;
    expect(secondsOf(east, wind)).toBeCloseTo(timeS, 3);
    const ratio = airMps / 10;
    const powerW = 360 + 180 * Math.min(1, ratio) + Math.max(0, ratio ** 3 - 1) * 270;
    expect(joulesOf(east, wind)).toBeCloseTo(powerW * timeS, 0);
  });

  it.each([
    ["to the north against it", [0, 1000], 0, 15, 5],
    ["to the south with it", [0, -1000], 0, 15, 10],
    ["to the north with it", [0, 1000], 180, 15, 10],
    // 19 m/s from the right: √(20² - 19²) m/s are left.
    ["to the north-east across it", [800, 800], 135, 19, Math.sqrt(39)],
    ["to the south-west against it", [-800, -800], 225, 16, 4],
  ] as const)("%s", (...row) => {
    const [, [eastM, northM], fromDeg, speedMps, groundMps] = row;
    const lengthM = Math.hypot(eastM, northM);
    expect(secondsOf([waypoint(eastM, northM)], { fromDeg, speedMps })).toBeCloseTo(
      lengthM / groundMps + groundMps / 2,
      2,
    );
  });

  it("a stay is flown at the wind's speed", () => {
    const stay: MissionItem = { ...command(93), params: [100, 0, 0, 0] };
    expect(joulesOf([stay], { fromDeg: 10, speedMps: 5 })).toBeCloseTo(100 * (360 + 90), 3);
    expect(joulesOf([stay])).toBeCloseTo(100 * 360, 3);
  });

  it("is flyable while half a metre a second over ground is left, and while the aircraft can hover in it", () => {
    const isFlyable = (items: readonly MissionItem[], fromDeg: number, speedMps: number): boolean =>
      flown(items, { fromDeg, speedMps }).isFlyable;
    expect(isFlyable([takeOff, ...east], 90, 19.4)).toBe(true);
    expect(isFlyable([takeOff, ...east], 90, 19.6)).toBe(false);
    // The way home counts too: to the east the wind helps.
    expect(isFlyable([takeOff, ...east], 270, 19.6)).toBe(false);
    expect(isFlyable([takeOff, ...east], 0, 19.9)).toBe(true);
    expect(isFlyable([takeOff, ...east], 0, 20)).toBe(false);
    expect(isFlyable([takeOff], 0, 20)).toBe(true);
    expect(isFlyable([takeOff], 0, 20.1)).toBe(false);
  });

  it("too strong to make headway is calculated with half a metre a second", () => {
    expect(secondsOf(east, { fromDeg: 90, speedMps: 19.9 })).toBeCloseTo(2000 + 0.25, 2);
  });

  it("does not slow a plan below its own speed", () => {
    const slow = command(178, [1, 4, -1, 0]);
    expect(secondsOf([slow, ...east])).toBeCloseTo(250 + 2, 3);
  });
});
