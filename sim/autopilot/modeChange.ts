import { RESULT } from "../commandNumbers.js";
import { hasWhatItNeeds } from "./arming.js";
import { SEVERITY, guideNow, homeOf, sendText, update, type AutopilotState, type Draft } from "./autopilotState.js";
import { stoppingPoint, type Point, type Task } from "./guidance.js";
import { isNavigation } from "./missionItem.js";
import { startMission, type Locate } from "./missionRunner.js";
import { modeFor, modeFromNumber, type FlightMode, type Role } from "./modes.js";
import { NAV, firstSeqOf } from "./navCommands.js";
import { checkMission } from "./px4Mission.js";
import { px4StateOf } from "./px4States.js";
import { sendTextAndEvent } from "./px4Reports.js";
import { beginReturn, circleAround } from "./returning.js";
import { settingsOf } from "./settings.js";

const isFlying = ({ isArmed, sensed }: AutopilotState): boolean => isArmed && !sensed.isOnGround;
const hasMission = ({ mission, flavour }: AutopilotState): boolean => mission.items.length > firstSeqOf(flavour);

function startsWithTakeoff({ mission, flavour }: AutopilotState): boolean {
  const first = mission.items.slice(firstSeqOf(flavour)).find((item) => isNavigation(item.command));
  return first?.command === NAV.takeoff || first?.command === NAV.vtolTakeoff;
}

/** Text with which ArduPilot refuses a mode; Plane enters AUTO even without a mission and then returns. */
function ardupilotRefusal(state: AutopilotState, mode: FlightMode): string | undefined {
  if (!hasWhatItNeeds(state, mode)) return `Mode change to ${mode.name} failed: requires position`;
  if (mode.role !== "mission" || state.flavour.airframe !== "copter") return undefined;
  if (!hasMission(state)) return "Mode change to AUTO failed: init failed";
  const wouldFlip = state.isArmed && state.sensed.isOnGround && !startsWithTakeoff(state);
  return wouldFlip ? "Auto: Missing Takeoff Cmd" : undefined;
}

/** PX4 accepts any mode while disarmed; when armed, only one it can fly now (UserModeIntention::change, canRun). */
function canRunOnPx4(state: AutopilotState, mode: FlightMode): boolean {
  if (!state.isArmed) return true;
  const isOffered = mode.role !== "mission" || state.isMissionFeasible;
  return hasWhatItNeeds(state, mode) && mode.needsSticks !== true && isOffered;
}

/** True when the mode is refused; this is reported by a text (too long for one STATUSTEXT) and an event. */
function refusedByPx4(draft: Draft, mode: FlightMode, locate: Locate): boolean {
  // Seen on a real one: on a request for mission mode it checks the mission again and repeats its findings.
  if (draft.state.isArmed && mode.role === "mission") checkMission(draft, locate);
  if (canRunOnPx4(draft.state, mode)) return false;
  const { name, number } = px4StateOf(draft.state.flavour, mode);
  const event = { name: "commander_modeswitch_not_avail", values: [mode.customMode, number] } as const;
  sendTextAndEvent(draft, SEVERITY.critical, `Switching to ${name} is currently not available`, event);
  return true;
}

function refusedByArdupilot(draft: Draft, mode: FlightMode): boolean {
  const refusal = ardupilotRefusal(draft.state, mode);
  if (refusal !== undefined) sendText(draft, SEVERITY.warning, refusal);
  return refusal !== undefined;
}

function circleTask(state: AutopilotState): Task {
  const radiusM = settingsOf(state.flavour, state.params).circleRadiusM;
  const { motion, headingDeg } = state.sensed;
  if (state.lift === "wing") return circleAround({ ...motion }, radiusM);
  // A copter circles a point one radius ahead of its nose.
  const here = stoppingPoint(motion);
  const rad = (headingDeg * Math.PI) / 180;
  const ahead = { eastM: here.eastM + radiusM * Math.sin(rad), northM: here.northM + radiusM * Math.cos(rad) };
  return circleAround({ ...here, ...ahead }, radiusM);
}

/** Holds the present position: rotors hover, a wing circles. */
export function holdHere({ lift, sensed, flavour, params }: AutopilotState, at?: Point): Task {
  if (lift === "rotor") return { kind: "hold", at: at ?? stoppingPoint(sensed.motion) };
  const { eastM, northM, upM } = sensed.motion;
  return circleAround(at ?? { eastM, northM, upM }, settingsOf(flavour, params).wing.loiterRadiusM);
}

function takeOffTask(state: AutopilotState): Task {
  const { motion, headingDeg } = state.sensed;
  const usualUpM = homeOf(state).upM + settingsOf(state.flavour, state.params).takeOffHeightM;
  const upM = Math.max(motion.upM, state.takeOffUpM ?? usualUpM);
  return { kind: "take-off", at: { ...motion, upM }, courseDeg: headingDeg };
}

/** Holds, or descends because the throttle stick is at zero. */
function holdOrSink(state: AutopilotState): Task {
  if (state.mode.sinksWithoutSticks !== true) return holdHere(state);
  return { kind: "land", at: stoppingPoint(state.sensed.motion), homeUpM: homeOf(state).upM };
}

/** The first task of a mode; undefined for manual modes, the mission and the return. */
function taskOf(state: AutopilotState, role: Role): Task | undefined {
  const here = stoppingPoint(state.sensed.motion);
  const { headingDeg, motion } = state.sensed;
  switch (role) {
    case "hold":
      return holdOrSink(state);
    case "guided":
      return holdHere(state);
    case "level":
      if (state.lift === "rotor") return { kind: "hold", at: here };
      return { kind: "level", headingDeg, isCourse: true, upM: motion.upM };
    case "land":
      if (state.lift === "wing") return holdHere(state);
      return { kind: "land", at: here, homeUpM: homeOf(state).upM };
    case "circle":
      return circleTask(state);
    case "take-off":
      return takeOffTask(state);
    case "manual":
    case "mission":
    case "return":
      return undefined;
  }
}

/** Whether a VTOL flies the mode on rotors or wing; PX4 lands on rotors. A return begun on the wing ends on rotors. */
function liftIn(state: AutopilotState, mode: FlightMode): "rotor" | "wing" {
  if (state.flavour.airframe !== "vtol") return state.lift;
  if (mode.role === "return" && state.lift === "wing") return "wing";
  if (mode.role === "land") return "rotor";
  return mode.lift ?? state.wantedLift;
}

/**
 * A take-off or mission begins by itself once armed in its mode, except on an ArduPilot Copter, which waits for throttle or
 * MISSION_START.
 */
function startsByItself({ flavour, mode }: AutopilotState): boolean {
  const isCopter = flavour.autopilot === "ardupilot" && flavour.airframe === "copter";
  return !isCopter && (mode.role === "mission" || mode.role === "take-off");
}

/** Called when arming in such a mode, or when entering it armed. */
export function beginByItself(draft: Draft, locate: Locate): void {
  const { state } = draft;
  if (!state.isArmed || state.isCleared || !startsByItself(state)) return;
  if (state.mode.role === "mission") {
    if (!hasMission(state)) return;
    update(draft, { isCleared: true });
    startMission(draft, locate);
  } else {
    update(draft, { isCleared: true, task: takeOffTask(state) });
  }
  update(draft, { guidance: guideNow(draft.state) });
}

function enter(draft: Draft, mode: FlightMode, locate: Locate): void {
  const wasFlying = isFlying(draft.state);
  const wantedLift = liftIn(draft.state, mode);
  const { run, lift } = draft.state;
  update(draft, {
    mode,
    isPaused: false,
    returning: undefined,
    groundSpeedMps: undefined,
    fixedHeadingDeg: undefined,
    isCleared: wasFlying,
    wantedLift,
    // Back to rotors at once; to the wing only once the heading is right (stepLift).
    lift: wantedLift === "rotor" ? "rotor" : lift,
    run: run.phase === "running" ? { ...run, phase: "stopped", arrivedAtMs: undefined } : run,
  });
  update(draft, { task: wasFlying ? taskOf(draft.state, mode.role) : undefined });
  if (wasFlying && mode.role === "mission") startMission(draft, locate);
  if (wasFlying && mode.role === "return") beginReturn(draft);
  update(draft, { guidance: guideNow(draft.state) });
  beginByItself(draft, locate);
  // ArduPilot reports a new mode in an extra heartbeat (recordings: 40.956 s, 66.048 s); PX4 waits for the regular one.
  if (draft.state.flavour.autopilot === "ardupilot") draft.effects.push({ kind: "telemetry", name: "HEARTBEAT" });
}

/** Enters a mode, or reports why not as its autopilot does; returns a MAV_RESULT. The present mode again changes nothing. */
export function changeMode(draft: Draft, mode: FlightMode | undefined, locate: Locate): number {
  const { state } = draft;
  if (!mode) return RESULT.failed;
  if (state.mode.customMode === mode.customMode) return RESULT.accepted;
  const isPx4 = state.flavour.autopilot === "px4";
  const isRefused = isPx4 ? refusedByPx4(draft, mode, locate) : refusedByArdupilot(draft, mode);
  if (isRefused) return isPx4 ? RESULT.temporarilyRejected : RESULT.failed;
  enter(draft, mode, locate);
  return RESULT.accepted;
}

export function changeToRole(draft: Draft, role: Role, locate: Locate): number {
  const { flavour, wantedLift } = draft.state;
  return changeMode(draft, modeFor(flavour, role, flavour.airframe === "vtol" ? wantedLift : undefined), locate);
}

/** DO_SET_MODE and SET_MODE, with the number as received. */
export function changeModeByNumber(draft: Draft, customMode: number, locate: Locate): number {
  const mode = modeFromNumber(draft.state.flavour, customMode);
  if (mode) return changeMode(draft, mode, locate);
  const isPx4 = draft.state.flavour.autopilot === "px4";
  const event = { name: "commander_unsupported_auto_mode", values: [] } as const;
  if (isPx4) sendTextAndEvent(draft, SEVERITY.critical, "Unsupported auto mode", event);
  else sendText(draft, SEVERITY.warning, `No such mode ${customMode}`);
  return isPx4 ? RESULT.temporarilyRejected : RESULT.failed;
}
