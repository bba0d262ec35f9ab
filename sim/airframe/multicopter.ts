import { RAD_PER_DEG } from "../../src/geo/angles.js";
import {
  GRAVITY_MPS2,
  HOVER_THRUST_FRACTION,
  clamp,
  isFallenOver,
  wrapPi,
  type AirframeState,
  type Demand,
  type HoverDemand,
  type WingDemand,
} from "./airframeState.js";
import type { WindSample } from "./wind.js";

/**
 * A multicopter of about 5 kg with its inner control loops: follows a demanded velocity and heading with realistic inertia, drag,
 * tilt and rate limits. Flat metres east and north of home; heights above home.
 */
const MOST_TILT_RAD = 30 * RAD_PER_DEG;
const MOST_TILT_RATE_RADPS = 120 * RAD_PER_DEG;
const TILT_LAG_S = 0.15;
const MOST_YAW_RATE_RADPS = 60 * RAD_PER_DEG;
const HORIZONTAL_GAIN_PER_S = 1.4;
const MOST_HORIZONTAL_ACCEL_MPS2 = 3.5;
const VERTICAL_GAIN_PER_S = 3;
const MOST_VERTICAL_ACCEL_MPS2 = 2.5;
/** Drag per mass: linear (rotors) and quadratic (body). At 10 m/s it tilts 13 degrees. */
const DRAG_PER_S = 0.12;
const DRAG_PER_M = 0.01;

function dragAccel(airEastMps: number, airNorthMps: number): { readonly east: number; readonly north: number } {
  const perS = DRAG_PER_S + DRAG_PER_M * Math.hypot(airEastMps, airNorthMps);
  return { east: -perS * airEastMps, north: -perS * airNorthMps };
}

/** Roll and pitch that give a horizontal acceleration (north, east) at the present heading. */
function leanFor(
  north: number,
  east: number,
  yawNedRad: number,
): { readonly rollRad: number; readonly pitchRad: number } {
  const forward = north * Math.cos(yawNedRad) + east * Math.sin(yawNedRad);
  const right = -north * Math.sin(yawNedRad) + east * Math.cos(yawNedRad);
  const size = Math.hypot(forward, right);
  const most = GRAVITY_MPS2 * Math.tan(MOST_TILT_RAD);
  const scale = size > most ? most / size : 1;
  const pitchRad = -Math.atan((forward * scale) / GRAVITY_MPS2);
  return { pitchRad, rollRad: Math.atan((right * scale * Math.cos(pitchRad)) / GRAVITY_MPS2) };
}

function follow(
  currentRad: number,
  wantedRad: number,
  dtS: number,
): { readonly angleRad: number; readonly rateRadps: number } {
  const rateRadps = clamp((wantedRad - currentRad) / TILT_LAG_S, MOST_TILT_RATE_RADPS);
  return { angleRad: currentRad + rateRadps * dtS, rateRadps };
}

/** It turns over after a harder touch-down; landings are at 0.5 m/s. */
const TURNS_OVER_FROM_MPS = 5;
const FALLEN_ROLL_RAD = 100 * RAD_PER_DEG;

function atRest(state: AirframeState, groundM: number, thrustFraction: number): AirframeState {
  const rollRad = isFallenOver(state) ? FALLEN_ROLL_RAD : 0;
  return {
    ...state,
    upM: groundM,
    eastMps: 0,
    northMps: 0,
    climbRateMps: 0,
    attitude: { rollRad, pitchRad: 0, yawNedRad: state.attitude.yawNedRad },
    rates: { rollRadps: 0, pitchRadps: 0, yawRadps: 0 },
    isOnGround: true,
    thrustFraction,
  };
}

function wantedAccel(state: AirframeState, demand: HoverDemand, wind: WindSample) {
  let north = HORIZONTAL_GAIN_PER_S * (demand.northMps - state.northMps);
  let east = HORIZONTAL_GAIN_PER_S * (demand.eastMps - state.eastMps);
  const size = Math.hypot(north, east);
  if (size > MOST_HORIZONTAL_ACCEL_MPS2) {
    north *= MOST_HORIZONTAL_ACCEL_MPS2 / size;
    east *= MOST_HORIZONTAL_ACCEL_MPS2 / size;
  }
  // The inner loops compensate the mean wind (as an integrator would); gusts disturb them.
  const drag = dragAccel(state.eastMps - wind.meanEastMps, state.northMps - wind.meanNorthMps);
  return { north: north - drag.north, east: east - drag.east };
}

function fly(state: AirframeState, demand: HoverDemand, wind: WindSample, dtS: number): AirframeState {
  const { attitude } = state;
  const accel = wantedAccel(state, demand, wind);
  const lean = leanFor(accel.north, accel.east, attitude.yawNedRad);
  const roll = follow(attitude.rollRad, lean.rollRad, dtS);
  const pitch = follow(attitude.pitchRad, lean.pitchRad, dtS);
  const yawError = wrapPi(demand.headingDeg * RAD_PER_DEG - attitude.yawNedRad);
  const yawRadps = clamp(yawError * 2, MOST_YAW_RATE_RADPS);
  const yawNedRad = attitude.yawNedRad + yawRadps * dtS;
  const up = clamp(VERTICAL_GAIN_PER_S * (demand.climbRateMps - state.climbRateMps), MOST_VERTICAL_ACCEL_MPS2);
  // Thrust carries the weight at any tilt, so the horizontal acceleration follows from the tilt alone.
  const forward = -Math.tan(pitch.angleRad) * (GRAVITY_MPS2 + up);
  const right = (Math.tan(roll.angleRad) / Math.cos(pitch.angleRad)) * (GRAVITY_MPS2 + up);
  const drag = dragAccel(state.eastMps - wind.eastMps, state.northMps - wind.northMps);
  const north = forward * Math.cos(yawNedRad) - right * Math.sin(yawNedRad) + drag.north;
  const east = forward * Math.sin(yawNedRad) + right * Math.cos(yawNedRad) + drag.east;
  const northMps = state.northMps + north * dtS;
  const eastMps = state.eastMps + east * dtS;
  const climbRateMps = state.climbRateMps + (up + 0.3 * wind.upMps * (state.isOnGround ? 0 : 1)) * dtS;
  const load = (GRAVITY_MPS2 + up) / (GRAVITY_MPS2 * Math.cos(roll.angleRad) * Math.cos(pitch.angleRad));
  return {
    eastM: state.eastM + eastMps * dtS,
    northM: state.northM + northMps * dtS,
    upM: state.upM + climbRateMps * dtS,
    eastMps,
    northMps,
    climbRateMps,
    attitude: { rollRad: roll.angleRad, pitchRad: pitch.angleRad, yawNedRad: wrapPi(yawNedRad) },
    rates: { rollRadps: roll.rateRadps, pitchRadps: pitch.rateRadps, yawRadps },
    isOnGround: false,
    thrustFraction: Math.min(1, HOVER_THRUST_FRACTION * load),
    touchdownMps: state.touchdownMps,
    lift: state.lift,
  };
}

function fall(state: AirframeState, dtS: number): AirframeState {
  const climbRateMps = Math.max(-20, state.climbRateMps - GRAVITY_MPS2 * dtS);
  return {
    ...state,
    climbRateMps,
    upM: state.upM + climbRateMps * dtS,
    eastM: state.eastM + state.eastMps * dtS,
    northM: state.northM + state.northMps * dtS,
    thrustFraction: 0,
    isOnGround: false,
  };
}

export type AirframeSurroundings = { readonly wind: WindSample; readonly groundAboveHomeM: number };

/** One fixed step. `dtS` of 2 to 10 ms; with larger steps the attitude loop oscillates. */
export function stepMulticopter(
  state: AirframeState,
  demand: Exclude<Demand, WingDemand>,
  { wind, groundAboveHomeM }: AirframeSurroundings,
  dtS: number,
): AirframeState {
  const wantsUp = demand.kind === "fly" && demand.climbRateMps > 0.05 && !isFallenOver(state);
  if (state.isOnGround && !wantsUp) {
    return atRest(state, groundAboveHomeM, demand.kind === "motors-off" ? 0 : 0.1);
  }
  const next = demand.kind === "fly" ? fly(state, demand, wind, dtS) : fall(state, dtS);
  if (next.upM > groundAboveHomeM || next.climbRateMps > 0) return next;
  const touchdownMps = -next.climbRateMps;
  const rollRad = touchdownMps > TURNS_OVER_FROM_MPS ? FALLEN_ROLL_RAD : next.attitude.rollRad;
  const down = { ...next, attitude: { ...next.attitude, rollRad } };
  return { ...atRest(down, groundAboveHomeM, 0.1), touchdownMps };
}
