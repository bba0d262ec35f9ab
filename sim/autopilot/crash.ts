import { disarm } from "./arming.js";
import { SEVERITY, sendText, update, type AutopilotState, type Draft } from "./autopilotState.js";

/** CRASH_CHECK_TRIGGER_SEC */
const CRASHED_AFTER_MS = 2000;

/** Copter and QuadPlane on rotors; PX4 and fixed wings have no such check by default. */
const hasCrashCheck = ({ flavour, lift }: AutopilotState): boolean =>
  flavour.autopilot === "ardupilot" && lift === "rotor";

/**
 * An armed ArduPilot that lies on its side for two seconds stops its motors and sends an EMERGENCY text.
 * Source: ArduCopter/crash_check.cpp.
 */
export function stepCrash(draft: Draft): void {
  const { sensed, isArmed, fallenSinceMs } = draft.state;
  if (!isArmed || !sensed.isFallenOver || !hasCrashCheck(draft.state)) {
    if (fallenSinceMs !== undefined) update(draft, { fallenSinceMs: undefined });
    return;
  }
  const sinceMs = fallenSinceMs ?? sensed.nowMs;
  update(draft, { fallenSinceMs: sinceMs });
  if (sensed.nowMs - sinceMs < CRASHED_AFTER_MS) return;
  sendText(draft, SEVERITY.emergency, "Crash: Disarming: AngErr=100>30, Accel=0.0<3.0");
  disarm(draft, true);
}
