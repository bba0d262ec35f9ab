import { wrap180, wrap360 } from "../../src/geo/angles.js";
import { SEVERITY, guideNow, sendText, update, type AutopilotState, type Draft } from "./autopilotState.js";
import { bearingDegOf } from "./guidance.js";
import { paramOf } from "./settings.js";

/** PX4 points the nose along the track (MPC_YAW_MODE 0); ArduPilot by WP_YAW_BEHAVIOR: 0 never, 1 always, 2 except in RTL. */
function mayYaw({ flavour, params, returning }: AutopilotState): boolean {
  if (flavour.autopilot === "px4" || flavour.airframe === "vtol") return true;
  const behavior = paramOf(params, "WP_YAW_BEHAVIOR", 2);
  return behavior === 1 || (behavior === 2 && returning === undefined);
}

/** Before a transition to wing flight the aircraft turns to its next course; when holding a position, it keeps its heading. */
function headingForTransition({ guidance, sensed }: AutopilotState): number | undefined {
  if (!guidance) return undefined;
  const rangeM = Math.hypot(guidance.target.eastM - sensed.motion.eastM, guidance.target.northM - sensed.motion.northM);
  return rangeM > 20 ? bearingDegOf(sensed.motion, guidance.target) : undefined;
}

const isAwaitingWing = ({ wantedLift, lift }: AutopilotState): boolean => wantedLift === "wing" && lift === "rotor";

function wantedHeadingDeg(state: AutopilotState): number {
  if (isAwaitingWing(state)) return headingForTransition(state) ?? state.headingDemandDeg;
  if (state.fixedHeadingDeg !== undefined) return state.fixedHeadingDeg;
  return (mayYaw(state) ? state.guidance?.headingDeg : undefined) ?? state.headingDemandDeg;
}

const ALIGNED_DEG = 10;

/** The transition to wing flight begins in the air, above a few metres, once the heading is right. */
function stepLift(draft: Draft): void {
  const { state } = draft;
  const { sensed, task } = state;
  if (!isAwaitingWing(state) || sensed.isOnGround || task?.kind === "take-off") return;
  const wantedDeg = headingForTransition(state) ?? sensed.headingDeg;
  if (Math.abs(wrap180(wantedDeg - sensed.headingDeg)) > ALIGNED_DEG) return;
  update(draft, { lift: "wing", task: task?.kind === "leg" ? { ...task, from: sensed.motion } : task });
  update(draft, { guidance: guideNow(draft.state) });
}

/** Reports a completed transition. */
function reportTransition(draft: Draft, before: AutopilotState["sensed"]["lift"]): void {
  const { flavour, sensed } = draft.state;
  if (flavour.airframe !== "vtol" || flavour.autopilot === "px4") return;
  if (before === "to-wing" && sensed.lift === "wing") {
    sendText(draft, SEVERITY.info, `Transition airspeed reached ${sensed.airSpeedMps.toFixed(1)}`);
    sendText(draft, SEVERITY.info, "Transition done");
  }
}

/** Turns the guidance into an airframe demand; the heading is rate-limited. */
export function stepDemand(draft: Draft, dtS: number, liftBefore: AutopilotState["sensed"]["lift"]): void {
  stepLift(draft);
  reportTransition(draft, liftBefore);
  const { state } = draft;
  if (!state.isArmed) {
    update(draft, { demand: { kind: "motors-off" }, headingDemandDeg: state.sensed.headingDeg });
    return;
  }
  const { guidance, isCleared, sensed, task } = state;
  const hasLanded = sensed.isOnGround && task?.kind === "glide";
  if (!guidance || hasLanded || (sensed.isOnGround && !isCleared)) {
    update(draft, { demand: { kind: "idle" } });
    return;
  }
  const { northMps, eastMps, climbRateMps, wing } = guidance;
  if (wing) {
    // In wing flight the heading follows the air flow; rotors start from that heading.
    const { headingDeg } = sensed;
    update(draft, { headingDemandDeg: headingDeg, demand: { kind: "wing", climbRateMps, ...wing } });
    return;
  }
  const turnDeg = wrap180(wantedHeadingDeg(state) - state.headingDemandDeg);
  const most = 45 * dtS;
  const headingDeg = wrap360(state.headingDemandDeg + Math.min(most, Math.max(-most, turnDeg)));
  // It hovers in place while turning to the course for the transition.
  const still = isAwaitingWing(state) && task?.kind !== "take-off" ? { northMps: 0, eastMps: 0 } : {};
  update(draft, {
    headingDemandDeg: headingDeg,
    demand: { kind: "fly", northMps, eastMps, climbRateMps, headingDeg, ...still },
  });
}
