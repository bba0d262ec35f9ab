import { describe, expect, it } from "vitest";
import { GRAVITY_MPS2, restingAt, type AirframeState, type Demand, type WingDemand } from "./airframeState.js";
import { WING, stepFixedWing } from "./fixedWing.js";
import { TRANSITION, stepVtol } from "./vtol.js";
import type { WindSample } from "./wind.js";

const DEG = Math.PI / 180;
const CALM: WindSample = { eastMps: 0, northMps: 0, upMps: 0, meanEastMps: 0, meanNorthMps: 0 };
const westerly = (mps: number): WindSample => ({ ...CALM, eastMps: mps, meanEastMps: mps });

/** Flying north at this air speed, 200 m up, in this wind. */
const cruising = (airSpeedMps: number, wind = CALM): AirframeState => ({
  ...restingAt(0, "wing"),
  upM: 200,
  isOnGround: false,
  northMps: airSpeedMps + wind.northMps,
  eastMps: wind.eastMps,
});
const wing = (airSpeedMps: number, bankDeg = 0, climbRateMps = 0): WingDemand => ({
  kind: "wing",
  airSpeedMps,
  climbRateMps,
  bankRad: bankDeg * DEG,
});

type Watch = (state: AirframeState, tS: number) => void;
type Flight = {
  readonly from: AirframeState;
  readonly demand: Demand;
  readonly seconds: number;
  readonly wind?: WindSample;
};

function fly({ from, demand, seconds, wind = CALM }: Flight, watch?: Watch, step = stepFixedWing): AirframeState {
  let state = from;
  for (let i = 1; i <= seconds * 200; i++) {
    state = step(state, demand, { wind, groundAboveHomeM: 0 }, 0.005);
    watch?.(state, i * 0.005);
  }
  return state;
}

/** Half the distance between the two most distant points of a track over a full turn. */
function radiusOf(flight: Flight): number {
  let [least, most] = [Infinity, -Infinity];
  fly(flight, ({ eastM }) => {
    least = Math.min(least, eastM);
    most = Math.max(most, eastM);
  });
  return (most - least) / 2;
}

describe("a fixed wing", () => {
  it.each([
    [18, 30],
    [22, 45],
    [16, 20],
  ])("turns at %d m/s and %d degrees of bank with the radius v² / (g tan φ)", (mps, bankDeg) => {
    const settled = fly({ from: cruising(mps), demand: wing(mps, bankDeg), seconds: 20 });
    const radiusM = mps ** 2 / (GRAVITY_MPS2 * Math.tan(bankDeg * DEG));
    const turnS = (2 * Math.PI * radiusM) / mps;
    const flown = radiusOf({ from: settled, demand: wing(mps, bankDeg), seconds: turnS });
    expect(flown / radiusM).toBeCloseTo(1, 1.6);
    expect(settled.upM).toBeCloseTo(200, 0);
    expect(settled.attitude.rollRad / DEG).toBeCloseTo(bankDeg, 1);
  });

  it("is carried by the wind: the ground speed is the sum of air speed and wind, the nose stays in the air's flow", () => {
    const wind = westerly(6);
    const before = cruising(18, wind);
    const after = fly({ from: before, demand: wing(18), seconds: 30, wind });
    expect(after.eastM).toBeCloseTo(6 * 30, 0);
    expect(after.northM / 30).toBeCloseTo(18, 0);
    expect(Math.abs(after.attitude.yawNedRad)).toBeLessThan(0.01);
    expect(Math.hypot(after.eastMps - 6, after.northMps)).toBeCloseTo(18, 0);
  });

  it("drifts a whole turn by the wind times the time it takes", () => {
    const wind = westerly(5);
    const demand = wing(18, 30);
    const turnS = (2 * Math.PI * 18) / (GRAVITY_MPS2 * Math.tan(30 * DEG));
    const settled = fly({ from: cruising(18, wind), demand, seconds: 30, wind });
    const turned = fly({ from: settled, demand, seconds: turnS, wind });
    expect(turned.eastM - settled.eastM).toBeCloseTo(5 * turnS, -1);
    expect(Math.abs(turned.northM - settled.northM)).toBeLessThan(5);
  });

  it("sinks below the stall however hard the elevator pulls, and flies again with speed", () => {
    const stalled = fly({ from: cruising(WING.stallMps - 2), demand: wing(WING.stallMps - 2), seconds: 2 });
    expect(stalled.climbRateMps).toBeLessThan(-1);
    // n <= (v / stall)²: the vertical acceleration at the first moment is g (n - 1).
    const first = fly({ from: cruising(9), demand: wing(9), seconds: 0.005 });
    expect(first.climbRateMps / 0.005).toBeCloseTo(GRAVITY_MPS2 * ((9 / WING.stallMps) ** 2 - 1), 1);
    const recovered = fly({ from: stalled, demand: wing(18), seconds: 10 });
    expect(recovered.climbRateMps).toBeCloseTo(0, 1);
    expect(recovered.northMps).toBeCloseTo(18, 0);
  });

  it("stalls sooner in a steep turn: at 60 degrees it needs the stall speed times the root of two", () => {
    const sinkAfter = (mps: number) => fly({ from: cruising(mps), demand: wing(mps, 60), seconds: 4 }).climbRateMps;
    expect(sinkAfter(WING.stallMps * Math.SQRT2 + 1.5)).toBeGreaterThan(-0.3);
    expect(sinkAfter(WING.stallMps * Math.SQRT2 - 2)).toBeLessThan(-1);
  });

  it("climbs no faster than its power allows: asked for more it slows down", () => {
    const steady = fly({ from: cruising(18), demand: wing(18, 0, 3), seconds: 20 });
    expect(steady.climbRateMps).toBeCloseTo(3, 1);
    expect(steady.northMps).toBeGreaterThan(17);
    expect(fly({ from: cruising(18), demand: wing(18, 0, 12), seconds: 20 }).climbRateMps).toBeLessThan(7);
  });

  it("glides with the engine off at its best glide, one in about fifteen", () => {
    const from = { ...cruising(15), upM: 500 };
    const after = fly({ from, demand: { kind: "motors-off" }, seconds: 40 });
    const slope = after.northM / (500 - after.upM);
    expect(slope).toBeGreaterThan(10);
    expect(slope).toBeLessThan(18);
    expect(after.thrustFraction).toBe(0);
    expect(after.northMps).toBeCloseTo(WING.glideMps, 0);
  });

  it("runs along the ground until it can fly, less far into the wind, and rolls out after a landing", () => {
    const run = (wind: WindSample) => {
      let liftOffM = 0;
      fly({ from: restingAt(0, "wing"), demand: wing(18, 0, 3), seconds: 8, wind }, (state) => {
        if (state.isOnGround) liftOffM = state.northM;
      });
      return liftOffM;
    };
    const calmM = run(CALM);
    // v² / 2a, with a falling from 5.7 to 4 m/s²: 15 to 21 m.
    expect(calmM).toBeGreaterThan(15);
    expect(calmM).toBeLessThan(23);
    expect(run({ ...CALM, northMps: -5 })).toBeLessThan(calmM * 0.6);
    expect(fly({ from: restingAt(0, "wing"), demand: { kind: "idle" }, seconds: 5 }).northM).toBe(0);
    const landing = { ...cruising(14), upM: 0.3, climbRateMps: -0.5 };
    const down = fly({ from: landing, demand: { ...wing(0), climbRateMps: -0.5 }, seconds: 20 });
    expect(down.isOnGround).toBe(true);
    expect(Math.hypot(down.eastMps, down.northMps)).toBe(0);
    expect(down.touchdownMps).toBeGreaterThan(0.1);
    expect(down.northM).toBeGreaterThan(20);
  });
});

describe("a VTOL", () => {
  const hovering: AirframeState = { ...restingAt(0), upM: 60, isOnGround: false };
  const hover = { kind: "fly", northMps: 0, eastMps: 0, climbRateMps: 0, headingDeg: 0 } as const;

  it("takes the transition air speed over the pusher's acceleration to change to its wing, losing no height", () => {
    const phases: [string, number][] = [["rotor", 0]];
    const after = fly(
      { from: hovering, demand: wing(18), seconds: 12 },
      ({ lift }, tS) => {
        if (phases.at(-1)?.[0] !== lift) phases.push([lift, tS]);
      },
      stepVtol,
    );
    expect(phases.map(([lift]) => lift)).toEqual(["rotor", "to-wing", "wing"]);
    const [, [, beganS] = ["", 0], [, doneS] = ["", 0]] = phases;
    expect(doneS - beganS).toBeCloseTo(TRANSITION.airSpeedMps / TRANSITION.pusherMps2, 1);
    expect(after.upM).toBeGreaterThan(58);
    expect(after.northMps).toBeCloseTo(18, 0);
  });

  it("is on its wing sooner with the wind on the nose", () => {
    const timeS = (wind: WindSample) => {
      let tS = 0;
      fly(
        { from: hovering, demand: wing(18), seconds: 8, wind },
        (state, now) => {
          if (state.lift !== "wing") tS = now;
        },
        stepVtol,
      );
      return tS;
    };
    expect(timeS({ ...CALM, northMps: -5 })).toBeCloseTo((TRANSITION.airSpeedMps - 5) / TRANSITION.pusherMps2, 1);
  });

  it("brakes back to a hover within a hundred metres", () => {
    const seen = new Set<string>();
    const after = fly(
      { from: cruising(18), demand: hover, seconds: 25 },
      ({ lift }) => {
        seen.add(lift);
      },
      stepVtol,
    );
    expect([...seen]).toEqual(["to-rotor", "rotor"]);
    expect(Math.hypot(after.eastMps, after.northMps)).toBeLessThan(0.2);
    expect(after.northM).toBeLessThan(100);
    expect(Math.abs(after.upM - 200)).toBeLessThan(3);
  });

  it("turns its rotors slowly on the ground when a wing is asked for: it does not take off on it", () => {
    const after = fly({ from: restingAt(0), demand: wing(18, 0, 3), seconds: 5 }, undefined, stepVtol);
    expect(after).toMatchObject({ isOnGround: true, upM: 0, lift: "rotor" });
  });
});
