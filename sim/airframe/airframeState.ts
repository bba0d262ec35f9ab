import { RAD_PER_DEG } from "../../src/geo/angles.js";

/** What the autopilot demands of the airframe, at every step. */
export type Demand =
  | { readonly kind: "motors-off" }
  /** Armed on the ground with rotors idling; a plane rolls to a stop. */
  | { readonly kind: "idle" }
  | HoverDemand
  | WingDemand;

/** Ground velocity and heading, for rotors. */
export type HoverDemand = {
  readonly kind: "fly";
  readonly northMps: number;
  readonly eastMps: number;
  readonly climbRateMps: number;
  readonly headingDeg: number;
};

/** Air speed, climb rate and bank (positive: right wing down), for a wing. */
export type WingDemand = {
  readonly kind: "wing";
  readonly airSpeedMps: number;
  readonly climbRateMps: number;
  readonly bankRad: number;
};

export type Attitude = { readonly rollRad: number; readonly pitchRad: number; readonly yawNedRad: number };

/** What carries the aircraft: rotors, wing, or both in a transition. */
export type Lift = "rotor" | "to-wing" | "wing" | "to-rotor";

export type AirframeState = {
  readonly eastM: number;
  readonly northM: number;
  /** Metres above home; the ground's height is `groundAboveHomeM`. */
  readonly upM: number;
  readonly eastMps: number;
  readonly northMps: number;
  readonly climbRateMps: number;
  readonly attitude: Attitude;
  readonly rates: { readonly rollRadps: number; readonly pitchRadps: number; readonly yawRadps: number };
  readonly isOnGround: boolean;
  /** 0..1, for display and battery load. */
  readonly thrustFraction: number;
  /** Vertical speed of the last touch-down, for the report; 0 before the first. */
  readonly touchdownMps: number;
  readonly lift: Lift;
};

/** Lies on its side or back: no flight attitude reaches such angles. */
export const isFallenOver = ({ attitude }: Pick<AirframeState, "attitude">): boolean =>
  Math.abs(attitude.rollRad) > 80 * RAD_PER_DEG;

export const GRAVITY_MPS2 = 9.80665;
/** Throttle at which it hovers, and at which the motors draw their hover current. */
export const HOVER_THRUST_FRACTION = 0.37;

export function restingAt(headingDeg: number, lift: Lift = "rotor"): AirframeState {
  return {
    eastM: 0,
    northM: 0,
    upM: 0,
    eastMps: 0,
    northMps: 0,
    climbRateMps: 0,
    attitude: { rollRad: 0, pitchRad: 0, yawNedRad: headingDeg * RAD_PER_DEG },
    rates: { rollRadps: 0, pitchRadps: 0, yawRadps: 0 },
    isOnGround: true,
    thrustFraction: 0,
    touchdownMps: 0,
    lift,
  };
}

export const clamp = (value: number, limit: number): number => Math.min(limit, Math.max(-limit, value));
export const wrapPi = (angleRad: number): number => Math.atan2(Math.sin(angleRad), Math.cos(angleRad));
