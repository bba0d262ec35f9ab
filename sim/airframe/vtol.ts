import { RAD_PER_DEG } from "../../src/geo/angles.js";
import { clamp, type AirframeState, type Demand, type WingDemand } from "./airframeState.js";
import { stepFixedWing } from "./fixedWing.js";
import { stepMulticopter, type AirframeSurroundings } from "./multicopter.js";

/**
 * A wing with four lift rotors and a pusher propeller ("standard VTOL"):
 *
 *   rotor ──(wing asked for)──▶ to-wing ──(transition air speed)──▶ wing
 *     ▲                            │ (rotors asked for)               │ (rotors asked for)
 *     └──(slow enough)── to-rotor ◀┴──────────────────────────────────┘
 *
 * In the forward transition the rotors carry while the pusher accelerates; in the back transition the rotors brake.
 */
export const TRANSITION = {
  /** From this air speed on the wing carries; ArduPilot: ARSPD_FBW_MIN, PX4: VT_ARSP_TRANS. */
  airSpeedMps: 14,
  pusherMps2: 2.5,
  /** The back transition ends at this ground speed. */
  slowMps: 4,
} as const;

const SIDE_SLIP_S = 2;
const LEVELLING_S = 0.5;
const CLIMB_GAIN_PER_S = 3;
/** Battery load of rotors at hover thrust plus pusher. */
const TRANSITION_THRUST_FRACTION = 0.45;

/** The rotors hold the height, the pusher accelerates along the heading, sideslip is damped. */
function accelerate(state: AirframeState, demand: WingDemand, around: AirframeSurroundings, dtS: number) {
  const { wind } = around;
  const { yawNedRad, rollRad, pitchRad } = state.attitude;
  const [sin, cos] = [Math.sin(yawNedRad), Math.cos(yawNedRad)];
  const airEast = state.eastMps - wind.eastMps;
  const airNorth = state.northMps - wind.northMps;
  const slipMps = airEast * cos - airNorth * sin;
  const sideways = -slipMps / SIDE_SLIP_S;
  const eastMps = state.eastMps + (TRANSITION.pusherMps2 * sin + sideways * cos) * dtS;
  const northMps = state.northMps + (TRANSITION.pusherMps2 * cos - sideways * sin) * dtS;
  const up = clamp(CLIMB_GAIN_PER_S * (clamp(demand.climbRateMps, 1.5) - state.climbRateMps), 2.5);
  const climbRateMps = state.climbRateMps + up * dtS;
  const level = Math.exp(-dtS / LEVELLING_S);
  const next: AirframeState = {
    ...state,
    eastM: state.eastM + eastMps * dtS,
    northM: state.northM + northMps * dtS,
    upM: state.upM + climbRateMps * dtS,
    eastMps,
    northMps,
    climbRateMps,
    attitude: { rollRad: rollRad * level, pitchRad: pitchRad * level + 2 * RAD_PER_DEG * (1 - level), yawNedRad },
    rates: { rollRadps: 0, pitchRadps: 0, yawRadps: 0 },
    thrustFraction: TRANSITION_THRUST_FRACTION,
    lift: "to-wing",
  };
  const alongMps = airEast * sin + airNorth * cos;
  return alongMps >= TRANSITION.airSpeedMps ? { ...next, lift: "wing" as const } : next;
}

function hover(
  state: AirframeState,
  demand: Exclude<Demand, WingDemand>,
  around: AirframeSurroundings,
  dtS: number,
): AirframeState {
  const next = stepMulticopter(state, demand, around, dtS);
  const isFast = Math.hypot(next.eastMps, next.northMps) > TRANSITION.slowMps;
  const wasWing = state.lift !== "rotor";
  return { ...next, lift: wasWing && isFast && !next.isOnGround ? "to-rotor" : "rotor" };
}

/** One fixed step of 2 to 10 ms. Takes off and lands on rotors: a wing demand on the ground makes them idle. */
export function stepVtol(
  state: AirframeState,
  demand: Demand,
  around: AirframeSurroundings,
  dtS: number,
): AirframeState {
  if (demand.kind === "wing") {
    if (state.isOnGround) return hover(state, { kind: "idle" }, around, dtS);
    return state.lift === "wing"
      ? landedOnRotors(stepFixedWing(state, demand, around, dtS))
      : accelerate(state, demand, around, dtS);
  }
  const isGliding = demand.kind !== "fly" && state.lift === "wing" && !state.isOnGround;
  return isGliding ? landedOnRotors(stepFixedWing(state, demand, around, dtS)) : hover(state, demand, around, dtS);
}

const landedOnRotors = (state: AirframeState): AirframeState =>
  state.isOnGround ? { ...state, lift: "rotor" } : state;
