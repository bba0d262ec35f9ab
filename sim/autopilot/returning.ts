import {
  SEVERITY,
  guideNow,
  homeOf,
  update,
  type AutopilotState,
  type Draft,
  type ReturnPhase,
} from "./autopilotState.js";
import { stoppingPoint, type Task } from "./guidance.js";
import { sendTextAndEvent } from "./px4Reports.js";
import { settingsOf } from "./settings.js";

/**
 * Return to launch.
 *   rotors:  climb ─▶ travel ─▶ wait ─▶ land (and the landing disarms)
 *   a wing:  travel ─▶ circle (until the pilot, or a landing mission, takes over)
 *   a VTOL that lands on its rotors:  travel on the wing ─▶ rotors near home ─▶ wait ─▶ land
 * Rotors climb to the return height but never descend to it. A wing climbs on the way.
 */
export function beginReturn(draft: Draft): void {
  const { state } = draft;
  reportReturn(draft, "begins", returnUpM(state));
  const here = stoppingPoint(state.sensed.motion);
  const upM = returnUpM(state);
  if (state.lift === "wing") {
    const { motion } = state.sensed;
    enter(draft, "travel", { kind: "leg", from: motion, to: { ...homeOf(state), upM }, cornerMps: 0 });
    return;
  }
  enter(draft, "climb", { kind: "leg", from: here, to: { ...here, upM }, cornerMps: 0 });
}

/** PX4's messages during a return (from recordings); ArduPilot sends none. */
function reportReturn(draft: Draft, phase: "begins" | "travels" | "lands", upM: number): void {
  if (draft.state.flavour.autopilot !== "px4") return;
  const aboveM = Math.round(upM - homeOf(draft.state).upM);
  if (phase === "begins") {
    const event = { name: "rtl_land_at_home", values: [] } as const;
    sendTextAndEvent(draft, SEVERITY.info, "RTL: landing at home position.", event);
  } else if (phase === "travels") {
    // A real PX4 gives the first height AMSL; here both are above home.
    const text = `RTL: return at ${aboveM} m (${aboveM} m above destination)`;
    sendTextAndEvent(draft, SEVERITY.info, text, { name: "rtl_return_at", values: [aboveM, aboveM] });
  } else {
    sendTextAndEvent(draft, SEVERITY.info, "RTL: land at destination", { name: "rtl_land_at_destination", values: [] });
  }
}

/** A wing returns at the set height, descending to it if necessary; rotors at least at their present height. */
function returnUpM(state: AutopilotState): number {
  const { sensed, flavour, params } = state;
  const { returnHeightM, returnCone } = settingsOf(flavour, params);
  const home = homeOf(state);
  if (state.lift === "wing") return home.upM + returnHeightM;
  const here = stoppingPoint(sensed.motion);
  const distanceM = Math.hypot(here.eastM - home.eastM, here.northM - home.northM);
  return Math.max(here.upM, home.upM + coneHeightM(returnHeightM, distanceM, returnCone));
}

type Cone = ReturnType<typeof settingsOf>["returnCone"];

/** PX4: within the cone above home the return height decreases with distance (RTL_CONE_ANG; 90 means no cone). */
function coneHeightM(returnHeightM: number, distanceM: number, cone: Cone): number {
  if (!cone || cone.halfAngleDeg <= 0 || cone.halfAngleDeg >= 90) return returnHeightM;
  const coneM = distanceM / Math.tan((cone.halfAngleDeg * Math.PI) / 180);
  return Math.min(returnHeightM, Math.max(cone.descendHeightM, coneM));
}

function enter(draft: Draft, phase: ReturnPhase, task: Task): void {
  update(draft, { returning: { phase, sinceMs: draft.state.sensed.nowMs }, task });
  update(draft, { guidance: guideNow(draft.state) });
}

/** Distance from where it lands at which a VTOL changes from wing to rotors; braking from cruise takes about 60 m. */
export const ROTORS_FROM_M = 90;

/** PX4 lands a VTOL on rotors at home; ArduPilot circles in RTL (Q_RTL_MODE 0) and lands in QRTL. */
function landsOnRotors({ flavour, mode }: AutopilotState): boolean {
  return flavour.airframe === "vtol" && (flavour.autopilot === "px4" || mode.lift === "rotor");
}

function comeHomeOnWing(draft: Draft): void {
  const { state } = draft;
  const { sensed, guidance, returning } = state;
  if (returning?.phase !== "travel") return;
  const home = homeOf(state);
  const over = { ...home, upM: returnUpM(state) };
  if (landsOnRotors(state)) {
    const rangeM = Math.hypot(home.eastM - sensed.motion.eastM, home.northM - sensed.motion.northM);
    if (rangeM > ROTORS_FROM_M) return;
    update(draft, { wantedLift: "rotor", lift: "rotor" });
    enter(draft, "travel", { kind: "leg", from: stoppingPoint(sensed.motion), to: over, cornerMps: 0 });
  } else if (guidance?.hasArrived === true) {
    const radiusM = settingsOf(state.flavour, state.params).circleRadiusM;
    enter(draft, "circle", circleAround(over, radiusM));
  }
}

/** A positive radius means clockwise; the angle flown starts at zero. */
export function circleAround(centre: Extract<Task, { kind: "circle" }>["centre"], signedRadiusM: number): Task {
  return {
    kind: "circle",
    centre,
    radiusM: Math.abs(signedRadiusM),
    isClockwise: signedRadiusM >= 0,
    turnedDeg: 0,
    lastBearingDeg: undefined,
  };
}

export function stepReturn(draft: Draft): void {
  if (draft.state.lift === "wing") comeHomeOnWing(draft);
  const { returning, task, guidance, sensed, lift, flavour, params } = draft.state;
  if (!returning || !task || lift === "wing") return;
  const home = homeOf(draft.state);
  if (task.kind === "leg" && guidance?.hasArrived === true) {
    const over = { ...home, upM: task.to.upM };
    if (returning.phase === "climb") {
      reportReturn(draft, "travels", over.upM);
      enter(draft, "travel", { kind: "leg", from: task.to, to: over, cornerMps: 0 });
    } else enter(draft, "wait", { kind: "hold", at: task.to });
  } else if (
    returning.phase === "wait" &&
    sensed.nowMs - returning.sinceMs >= settingsOf(flavour, params).returnWaitMs
  ) {
    reportReturn(draft, "lands", home.upM);
    enter(draft, "land", { kind: "land", at: home, homeUpM: home.upM });
  }
}
