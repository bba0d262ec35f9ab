import { RAD_PER_DEG } from "../../src/geo/angles.js";
import { GRAVITY_MPS2, clamp, wrapPi, type AirframeState, type Demand, type WingDemand } from "./airframeState.js";
import type { AirframeSurroundings } from "./multicopter.js";

/**
 * A fixed wing of about 5 kg as a point mass: thrust and drag along the air flow, lift perpendicular to it and tilted by the bank.
 * The load factor is limited by air speed, n <= (v / stall)², so below the stall speed it sinks, and the stall speed rises
 * in a turn. A level turn has the radius v² / (g tan bank) in the air; the wind carries it along over the ground.
 */
export const WING = {
  stallMps: 11,
  /** Rotation (take-off) air speed. */
  rotateMps: 13,
  /** Best glide air speed. */
  glideMps: 15,
  mostBankRad: 60 * RAD_PER_DEG,
} as const;

/** Drag per mass: `PARASITE`·v² + `INDUCED`·(n/v)². Minimum at 15 m/s; one eleventh of the weight at 18 m/s. */
const PARASITE_PER_M = 0.0017;
const INDUCED = 86;
/** Drag of separated flow in a stall, per mass. */
const STALL_DRAG_MPS2 = 2;
const STATIC_THRUST_MPS2 = 6;
/** Propeller thrust falls with speed, to zero at this one. */
const NO_THRUST_MPS = 45;
const MOST_LOAD = 3.8;
const BANK_LAG_S = 0.3;
const MOST_BANK_RATE_RADPS = 60 * RAD_PER_DEG;
const PITCH_LAG_S = 0.3;
const MOST_VERTICAL_ACCEL_MPS2 = 4;
/** Time constant with which the heading turns into the air flow. */
const WEATHERCOCK_S = 0.5;
/** Angle of attack at load factor 1 is this divided by v². */
const ATTACK_RAD_M2PS2 = 22;
const MOST_ATTACK_RAD = 15 * RAD_PER_DEG;
const ROLLING_MPS2 = 0.3;
const BRAKING_MPS2 = 3;

const dragMps2 = (airSpeedMps: number, load: number): number =>
  PARASITE_PER_M * airSpeedMps ** 2 + INDUCED * (load / Math.max(5, airSpeedMps)) ** 2;

const fullThrustMps2 = (airSpeedMps: number): number =>
  STATIC_THRUST_MPS2 * Math.max(0, 1 - Math.max(0, airSpeedMps) / NO_THRUST_MPS);

/** With the engine off, pitch keeps the best glide speed. */
function glideDemand(airSpeedMps: number): WingDemand {
  const sinkPerSpeed = (dragMps2(airSpeedMps, 1) + 0.5 * (WING.glideMps - airSpeedMps)) / GRAVITY_MPS2;
  return { kind: "wing", airSpeedMps: 0, climbRateMps: -Math.max(0.3, airSpeedMps * sinkPerSpeed), bankRad: 0 };
}

/** Speed has priority over height: climb is limited to what full power can hold, and less while air speed is too low. */
function mostClimbMps(demand: WingDemand, airSpeedMps: number): number {
  const spareMps2 = fullThrustMps2(airSpeedMps) - dragMps2(airSpeedMps, 1);
  return Math.max(-3, (airSpeedMps * spareMps2) / GRAVITY_MPS2 + (airSpeedMps - demand.airSpeedMps));
}

/** Load factor demanded for the climb rate in this bank, and the maximum the wing can give. */
function loadOf(state: AirframeState, demand: WingDemand, rollRad: number, airSpeedMps: number) {
  const climbMps = Math.min(demand.climbRateMps, mostClimbMps(demand, airSpeedMps));
  const up = clamp(2 * (climbMps - state.climbRateMps), MOST_VERTICAL_ACCEL_MPS2);
  const wanted = (GRAVITY_MPS2 + up) / (GRAVITY_MPS2 * Math.cos(rollRad));
  const most = Math.min(MOST_LOAD, (airSpeedMps / WING.stallMps) ** 2);
  return { load: Math.min(most, Math.max(0, wanted)), isStalled: wanted > most };
}

/** Throttle for the demanded air speed, including climb and drag; 0 when no speed is demanded. */
function throttleFor(demand: WingDemand, airSpeedMps: number, resistanceMps2: number): number {
  if (demand.airSpeedMps <= 0) return 0;
  const full = fullThrustMps2(airSpeedMps);
  const wanted = 0.6 * (demand.airSpeedMps - airSpeedMps) + resistanceMps2;
  return full > 0 ? Math.min(1, Math.max(0, wanted / full)) : 0;
}

function flyWing(state: AirframeState, demand: WingDemand, { wind }: AirframeSurroundings, dtS: number): AirframeState {
  const { attitude, climbRateMps } = state;
  const airEast = state.eastMps - wind.eastMps;
  const airNorth = state.northMps - wind.northMps;
  const horizontalMps = Math.hypot(airEast, airNorth);
  const airSpeedMps = Math.hypot(horizontalMps, climbRateMps);
  const flowRad = horizontalMps > 0.5 ? Math.atan2(airEast, airNorth) : attitude.yawNedRad;
  const bankRad = clamp(demand.bankRad, WING.mostBankRad);
  const rollRadps = clamp((bankRad - attitude.rollRad) / BANK_LAG_S, MOST_BANK_RATE_RADPS);
  const rollRad = attitude.rollRad + rollRadps * dtS;
  const { load, isStalled } = loadOf(state, demand, rollRad, airSpeedMps);
  const slope = climbRateMps / Math.max(5, airSpeedMps);
  const drag = dragMps2(airSpeedMps, load) + (isStalled ? STALL_DRAG_MPS2 : 0);
  const throttle = throttleFor(demand, airSpeedMps, drag + GRAVITY_MPS2 * slope);
  const along = throttle * fullThrustMps2(airSpeedMps) - drag - GRAVITY_MPS2 * slope;
  const right = GRAVITY_MPS2 * load * Math.sin(rollRad);
  const up = GRAVITY_MPS2 * (load * Math.cos(rollRad) - 1) + 0.3 * wind.upMps;
  const [sin, cos] = [Math.sin(flowRad), Math.cos(flowRad)];
  const eastMps = state.eastMps + (along * sin + right * cos) * dtS;
  const northMps = state.northMps + (along * cos - right * sin) * dtS;
  const nextClimbMps = climbRateMps + up * dtS;
  const turnRadps = right / Math.max(5, horizontalMps);
  const yawRadps = turnRadps + wrapPi(flowRad - attitude.yawNedRad) / WEATHERCOCK_S;
  const attackRad = Math.min(MOST_ATTACK_RAD, (ATTACK_RAD_M2PS2 * load) / Math.max(25, airSpeedMps ** 2));
  const wantedPitchRad = Math.atan2(nextClimbMps, Math.max(5, horizontalMps)) + attackRad;
  const pitchRad = attitude.pitchRad + ((wantedPitchRad - attitude.pitchRad) * dtS) / PITCH_LAG_S;
  return {
    ...state,
    eastM: state.eastM + eastMps * dtS,
    northM: state.northM + northMps * dtS,
    upM: state.upM + nextClimbMps * dtS,
    eastMps,
    northMps,
    climbRateMps: nextClimbMps,
    attitude: { rollRad, pitchRad, yawNedRad: wrapPi(attitude.yawNedRad + yawRadps * dtS) },
    rates: { rollRadps, pitchRadps: (pitchRad - attitude.pitchRad) / dtS, yawRadps },
    isOnGround: false,
    thrustFraction: throttle,
    lift: "wing",
  };
}

/** On the wheels: along the heading, full throttle for a take-off, otherwise braking. */
function roll(state: AirframeState, demand: Demand, surroundings: AirframeSurroundings, dtS: number): AirframeState {
  const { wind, groundAboveHomeM } = surroundings;
  const { yawNedRad } = state.attitude;
  const [sin, cos] = [Math.sin(yawNedRad), Math.cos(yawNedRad)];
  const alongMps = state.eastMps * sin + state.northMps * cos;
  const airMps = alongMps - wind.eastMps * sin - wind.northMps * cos;
  const isTakingOff = demand.kind === "wing" && demand.climbRateMps > 0 && demand.airSpeedMps > 0;
  const accel = isTakingOff ? fullThrustMps2(airMps) - ROLLING_MPS2 : -BRAKING_MPS2;
  const nextMps = Math.max(0, alongMps + accel * dtS);
  const rolled: AirframeState = {
    ...state,
    eastM: state.eastM + nextMps * sin * dtS,
    northM: state.northM + nextMps * cos * dtS,
    upM: groundAboveHomeM,
    eastMps: nextMps * sin,
    northMps: nextMps * cos,
    climbRateMps: 0,
    attitude: { rollRad: 0, pitchRad: 0, yawNedRad },
    rates: { rollRadps: 0, pitchRadps: 0, yawRadps: 0 },
    isOnGround: true,
    thrustFraction: isTakingOff ? 1 : 0,
    lift: "wing",
  };
  return isTakingOff && airMps >= WING.rotateMps ? { ...rolled, isOnGround: false, climbRateMps: 0.5 } : rolled;
}

/** One fixed step of 2 to 10 ms. On a demand for rotors, which this airframe lacks, it glides with the engine off. */
export function stepFixedWing(
  state: AirframeState,
  demand: Demand,
  surroundings: AirframeSurroundings,
  dtS: number,
): AirframeState {
  if (state.isOnGround) return roll(state, demand, surroundings, dtS);
  const { wind, groundAboveHomeM } = surroundings;
  const airSpeedMps = Math.hypot(state.eastMps - wind.eastMps, state.northMps - wind.northMps, state.climbRateMps);
  const wing = demand.kind === "wing" ? demand : glideDemand(airSpeedMps);
  const next = flyWing(state, wing, surroundings, dtS);
  if (next.upM > groundAboveHomeM || next.climbRateMps > 0) return next;
  const down = { ...next, isOnGround: true, touchdownMps: -next.climbRateMps };
  return roll(down, { kind: "idle" }, surroundings, dtS);
}
