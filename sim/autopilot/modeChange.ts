import { hasWhatItNeeds } from "./arming.js";
import { SEVERITY, guideNow, homeOf, say, update, type AutopilotState, type Draft } from "./autopilotState.js";
import { stoppingPoint, type Task } from "./guidance.js";
import { CMD, isNavigation } from "./missionItem.js";
import { startMission, type Locate } from "./missionRunner.js";
import { MODE, modeFromNumber, modeName, type Mode } from "./modes.js";
import { beginReturn } from "./returning.js";

function startsWithTakeoff(state: AutopilotState): boolean {
  return state.mission.items.slice(1).find((item) => isNavigation(item.command))?.command === CMD.takeoff;
}

function refusalOf(state: AutopilotState, mode: Mode): string | undefined {
  if (!hasWhatItNeeds(state, mode)) return `Mode change to ${modeName(mode)} failed: requires position`;
  if (mode !== MODE.auto) return undefined;
  if (state.mission.items.length <= 1) return "Mode change to AUTO failed: init failed";
  const wouldFlip = state.isArmed && state.sensed.isOnGround && !startsWithTakeoff(state);
  return wouldFlip ? "Auto: Missing Takeoff Cmd" : undefined;
}

/** What a mode does from its first moment. On the ground nothing, until somebody says go. */
function firstTask(state: AutopilotState, mode: Mode): Task | undefined {
  if (!state.isArmed || state.sensed.isOnGround) return undefined;
  const here = stoppingPoint(state.sensed.motion);
  if (mode === MODE.guided || mode === MODE.loiter) return { kind: "hold", at: here };
  return mode === MODE.land ? { kind: "land", at: here, homeUpM: homeOf(state).upM } : undefined;
}

/** Enters a mode or says why not, as ArduPilot does; returns MAV_RESULT 0 or 4. Entering the present mode changes nothing. */
export function changeMode(draft: Draft, mode: Mode, locate: Locate): number {
  const { state } = draft;
  if (state.mode === mode) return 0;
  const refusal = refusalOf(state, mode);
  if (refusal !== undefined) {
    say(draft, SEVERITY.warning, refusal);
    return 4;
  }
  const wasFlying = state.isArmed && !state.sensed.isOnGround;
  update(draft, {
    mode,
    isPaused: false,
    returning: undefined,
    groundSpeedMps: undefined,
    fixedHeadingDeg: undefined,
    isCleared: wasFlying,
    task: firstTask(state, mode),
    run: state.run.phase === "running" ? { ...state.run, phase: "stopped", arrivedAtMs: undefined } : state.run,
  });
  if (wasFlying && mode === MODE.auto) startMission(draft, locate);
  if (wasFlying && mode === MODE.rtl) beginReturn(draft);
  update(draft, { guidance: guideNow(draft.state) });
  return 0;
}

/** DO_SET_MODE and SET_MODE: a number from outside. */
export function changeModeByNumber(draft: Draft, customMode: number, locate: Locate): number {
  const mode = modeFromNumber(customMode);
  if (mode === undefined) {
    say(draft, SEVERITY.warning, `No such mode ${customMode}`);
    return 4;
  }
  return changeMode(draft, mode, locate);
}
