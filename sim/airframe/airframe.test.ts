import { describe, expect, it } from "vitest";
import { seededRng } from "../../src/core/rng.js";
import { TRAINING_PACK, batteryAt, remainingFraction, stepBattery } from "./battery.js";
import { encoderAngles, stepGimbal } from "./gimbal.js";
import { restingAt, type AirframeState, type HoverDemand } from "./airframeState.js";
import { stepMulticopter } from "./multicopter.js";
import { firstNavigationError, stepNavigationError } from "./navigation.js";
import { gaussMarkov, stepWind, stillAir, windAt } from "./wind.js";

const CALM = { fromDeg: 0, meanMps: 0, gustMps: 0 };
const BREEZE = { fromDeg: 270, meanMps: 8, gustMps: 0 };
const DEG = Math.PI / 180;

function flown(
  demand: HoverDemand | { readonly kind: "motors-off" },
  seconds: number,
  wind = CALM,
  start = hovering(),
): AirframeState {
  let state = start;
  for (let i = 0; i < seconds * 200; i++) {
    state = stepMulticopter(state, demand, { wind: windAt(stillAir, wind, state.upM), groundAboveHomeM: 0 }, 0.005);
  }
  return state;
}

function hovering(): AirframeState {
  return { ...restingAt(0), upM: 50, isOnGround: false };
}

const go = (northMps: number, eastMps: number, climbRateMps = 0, headingDeg = 0): HoverDemand => ({
  kind: "fly",
  northMps,
  eastMps,
  climbRateMps,
  headingDeg,
});

describe("multicopter", () => {
  it("reaches the speed asked for, leaning forward, and keeps its height", () => {
    const state = flown(go(10, 0), 15);
    expect(state.northMps).toBeCloseTo(10, 1);
    expect(state.eastMps).toBeCloseTo(0, 2);
    expect(state.upM).toBeCloseTo(50, 1);
    // At 10 m/s drag is 0.12*10 + 0.01*100 = 2.2 m/s², so it pitches down by atan(2.2 / 9.81) = 12.6 degrees.
    expect(state.attitude.pitchRad / DEG).toBeCloseTo(-12.6, 0);
  });

  it("holds still in a wind by leaning into it", () => {
    const state = flown(go(0, 0), 20, BREEZE);
    expect(Math.hypot(state.northMps, state.eastMps)).toBeLessThan(0.05);
    // Wind from the west, heading north: it rolls left, into the wind.
    expect(state.attitude.rollRad / DEG).toBeLessThan(-5);
  });

  it("never leans more than 30 degrees nor accelerates faster than it can", () => {
    let state = hovering();
    for (let i = 0; i < 1000; i++) {
      const before = state;
      state = stepMulticopter(state, go(40, 40), { wind: windAt(stillAir, CALM, 50), groundAboveHomeM: 0 }, 0.005);
      expect(Math.max(Math.abs(state.attitude.rollRad), Math.abs(state.attitude.pitchRad))).toBeLessThan(30.1 * DEG);
      expect(Math.abs(state.northMps - before.northMps) / 0.005).toBeLessThan(6);
    }
  });

  it("turns at most 60 degrees a second", () => {
    const state = flown(go(0, 0, 0, 180), 1);
    expect(Math.abs(state.attitude.yawNedRad / DEG)).toBeLessThanOrEqual(60.01);
  });

  it("drops when its motors stop and stays where it hit, with the speed noted", () => {
    const state = flown({ kind: "motors-off" }, 20);
    expect(state.isOnGround).toBe(true);
    expect(state.upM).toBe(0);
    expect(state.touchdownMps).toBeGreaterThan(15);
  });

  it("stays on the ground until asked to climb", () => {
    expect(flown(go(3, 0, -1), 2, CALM, restingAt(90)).isOnGround).toBe(true);
    expect(flown(go(0, 0, 1), 2, CALM, restingAt(90)).upM).toBeGreaterThan(1);
  });
});

describe("wind", () => {
  it("blows from where it is said to, less near the ground", () => {
    const high = windAt(stillAir, BREEZE, 30);
    expect(high.eastMps).toBeCloseTo(8, 6);
    expect(high.northMps).toBeCloseTo(0, 6);
    expect(windAt(stillAir, BREEZE, 1).eastMps).toBeLessThan(6);
  });

  it("gusts with the spread asked for and no more bias than chance", () => {
    const rng = seededRng(5);
    let state = stillAir;
    let sum = 0;
    let squares = 0;
    const n = 400_000;
    for (let i = 0; i < n; i++) {
      state = stepWind(state, { ...BREEZE, gustMps: 3 }, 0.05, rng);
      sum += state.alongMps;
      squares += state.alongMps ** 2;
    }
    expect(Math.abs(sum / n)).toBeLessThan(0.1);
    expect(Math.sqrt(squares / n)).toBeCloseTo(1.5, 1);
  });
});

describe("navigation error", () => {
  it("has the sigma of the scenario over many aircraft, at the start and later", () => {
    const rng = seededRng(9);
    const sigma = { horizontalM: 2, verticalM: 1, attitudeDeg: 0.5 };
    const errors = Array.from({ length: 4000 }, () => {
      let error = firstNavigationError(sigma, rng);
      for (let i = 0; i < 20; i++) error = stepNavigationError(error, sigma, 10, rng);
      return error;
    });
    const spread = (pick: (e: (typeof errors)[number]) => number) =>
      Math.sqrt(errors.reduce((sum, e) => sum + pick(e) ** 2, 0) / errors.length);
    expect(spread((e) => e.eastM)).toBeCloseTo(2, 0);
    expect(spread((e) => e.upM)).toBeCloseTo(1, 1);
    expect(spread((e) => e.headingDeg)).toBeCloseTo(0.5, 1);
  });

  it("varies slowly: a tenth of its life later it is nearly the same", () => {
    expect(gaussMarkov(1, 0, 0.1, seededRng(1))).toBeCloseTo(0.905, 3);
  });
});

describe("battery", () => {
  it("lasts about fifty minutes in a hover, sags under load and never charges", () => {
    let state = batteryAt(1, TRAINING_PACK);
    const restV = state.voltageV;
    state = stepBattery(state, TRAINING_PACK, 0.37, 0.1);
    expect(restV - state.voltageV).toBeCloseTo(24 * 0.018, 1);
    let minutes = 0;
    while (remainingFraction(state, TRAINING_PACK) > 0) {
      const before = state.usedMah;
      state = stepBattery(state, TRAINING_PACK, 0.37, 60);
      expect(state.usedMah).toBeGreaterThan(before);
      minutes++;
    }
    expect(minutes).toBeGreaterThan(45);
    expect(minutes).toBeLessThan(60);
    expect(state.voltageV).toBeLessThan(19.5);
  });
});

describe("gimbal", () => {
  it("moves at its rate, no further than its stops", () => {
    const demand = { pitchDeg: -120, pointing: { from: "nose", angleDeg: 0 } } as const;
    let state = { pitchDeg: 0, yawOffsetDeg: 0 };
    state = stepGimbal(state, demand, 0, 0.5);
    expect(state.pitchDeg).toBeCloseTo(-30, 6);
    for (let i = 0; i < 10; i++) state = stepGimbal(state, demand, 0, 0.5);
    expect(state.pitchDeg).toBe(-90);
  });

  it("keeps north when told to, whatever the nose does", () => {
    const demand = { pitchDeg: -45, pointing: { from: "north", angleDeg: 90 } } as const;
    let state = { pitchDeg: -45, yawOffsetDeg: 0 };
    for (let i = 0; i < 40; i++) state = stepGimbal(state, demand, 30, 0.1);
    expect(state.yawOffsetDeg).toBeCloseTo(60, 6);
  });

  it("reads encoder angles that bring a leaning airframe back to the level camera", () => {
    // Independent check: rotate the optical axis and the camera's right through both rotation chains and compare directions.
    type V = readonly [number, number, number];
    const rotate = ([x, y, z]: V, noseDeg: number, pitch: number, roll: number): V => {
      const [cr, sr, cp, sp, cy, sy] = [roll, pitch, noseDeg].flatMap((a) => [Math.cos(a * DEG), Math.sin(a * DEG)]);
      const [y1, z1] = [y * cr! - z * sr!, y * sr! + z * cr!];
      const [x2, z2] = [x * cp! + z1 * sp!, -x * sp! + z1 * cp!];
      return [x2 * cy! - y1 * sy!, x2 * sy! + y1 * cy!, z2];
    };
    const rng = seededRng(11);
    for (let i = 0; i < 500; i++) {
      const [noseDeg, pitch, roll] = [rng.uniform() * 360, rng.normal() * 12, rng.normal() * 12];
      const gimbal = { pitchDeg: -89 * rng.uniform(), yawOffsetDeg: rng.normal() * 30 };
      const read = encoderAngles(gimbal, { yawDeg: noseDeg, pitchDeg: pitch, rollDeg: roll });
      for (const axis of [[1, 0, 0] as const, [0, 1, 0] as const]) {
        const inBody = rotate(axis, read.yawDeg, read.pitchDeg, read.rollDeg);
        const viaAirframe = rotate(inBody, noseDeg, pitch, roll);
        const level = rotate(axis, noseDeg + gimbal.yawOffsetDeg, gimbal.pitchDeg, 0);
        viaAirframe.forEach((value, k) => expect(value).toBeCloseTo(level[k] ?? NaN, 9));
      }
    }
  });
});
