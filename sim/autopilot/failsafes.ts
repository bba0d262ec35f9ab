import { disarm } from "./arming.js";
import { SEVERITY, say, update, type AutopilotState, type Draft } from "./autopilotState.js";
import type { Locate } from "./missionRunner.js";
import { changeMode } from "./modeChange.js";
import { MODE, modeName, type Mode } from "./modes.js";

type FailsafeTools = { readonly locate: Locate; readonly speedup: number };

/** A sagging voltage must last this long; used charge counts at once (ArduPilot: BATT_LOW_TIMER). */
const LOW_VOLTAGE_LASTS_MS = 10_000;

/** BATT_FS_*_ACT and FS_GCS_ENABLE in the values this aircraft knows. */
const actionMode = (action: number): Mode | undefined =>
  action === 1 ? MODE.land : action === 2 ? MODE.rtl : undefined;

function flyHome(draft: Draft, cause: string, mode: Mode | undefined, locate: Locate): void {
  const { state } = draft;
  if (!state.isArmed || mode === undefined) return;
  if (state.sensed.isOnGround) {
    say(draft, SEVERITY.warning, `${cause} Failsafe - Disarming`);
    disarm(draft, true);
    return;
  }
  // A landing is never given up for a return.
  if (state.mode === MODE.land) {
    say(draft, SEVERITY.warning, `${cause} Failsafe - Continuing Landing`);
    return;
  }
  if (state.mode === mode) return;
  say(draft, SEVERITY.warning, `${cause} Failsafe - ${modeName(mode)}`);
  if (changeMode(draft, mode, locate) !== 0) changeMode(draft, MODE.land, locate);
}

function stepGcs(draft: Draft, { locate, speedup }: FailsafeTools): void {
  const { failsafes, params, sensed } = draft.state;
  const { gcsHeardAtMs } = failsafes;
  // A station that was never heard cannot be lost.
  if (params.FS_GCS_ENABLE === 0 || gcsHeardAtMs === undefined) return;
  const isLost = sensed.nowMs - gcsHeardAtMs > params.FS_GCS_TIMEOUT * 1000 * speedup;
  if (isLost === failsafes.isGcsLost) return;
  update(draft, { failsafes: { ...failsafes, isGcsLost: isLost } });
  if (isLost) flyHome(draft, "GCS", params.FS_GCS_ENABLE === 5 ? MODE.land : MODE.rtl, locate);
  else say(draft, SEVERITY.warning, "GCS Failsafe Cleared");
}

type Watch = { readonly sinceMs: number | undefined; readonly isTripped: boolean };

function watch(sinceMs: number | undefined, isBelow: boolean, isSpent: boolean, nowMs: number): Watch {
  const since = isBelow ? (sinceMs ?? nowMs) : undefined;
  return { sinceMs: since, isTripped: isSpent || (since !== undefined && nowMs - since >= LOW_VOLTAGE_LASTS_MS) };
}

/** The level after this tick; it never recovers in flight. */
function batteryLevel(state: AutopilotState): AutopilotState["failsafes"] {
  const { failsafes, params, sensed } = state;
  const { voltageV, usedMah } = sensed.battery;
  const leftMah = params.BATT_CAPACITY - usedMah;
  const { nowMs } = sensed;
  const low = watch(failsafes.batteryLowSinceMs, voltageV < params.BATT_LOW_VOLT, leftMah < params.BATT_LOW_MAH, nowMs);
  const critical = watch(
    failsafes.batteryCriticalSinceMs,
    voltageV < params.BATT_CRT_VOLT,
    leftMah < params.BATT_CRT_MAH,
    nowMs,
  );
  const level = critical.isTripped || failsafes.battery === "critical" ? "critical" : undefined;
  const lower = low.isTripped || failsafes.battery === "low" ? "low" : "none";
  return {
    ...failsafes,
    battery: level ?? lower,
    batteryLowSinceMs: low.sinceMs,
    batteryCriticalSinceMs: critical.sinceMs,
  };
}

function stepBattery(draft: Draft, locate: Locate): void {
  const before = draft.state.failsafes.battery;
  const failsafes = batteryLevel(draft.state);
  update(draft, { failsafes });
  if (failsafes.battery === before || failsafes.battery === "none") return;
  const { params, sensed } = draft.state;
  const { voltageV, usedMah } = sensed.battery;
  const word = failsafes.battery;
  say(draft, SEVERITY.critical, `Battery 1 is ${word} ${voltageV.toFixed(2)}V used ${usedMah.toFixed(0)} mAh`);
  const action = word === "low" ? params.BATT_FS_LOW_ACT : params.BATT_FS_CRT_ACT;
  flyHome(draft, "Battery", actionMode(action), locate);
}

/** Watches the battery and the ground station; acts only while armed, warns always. */
export function stepFailsafes(draft: Draft, tools: FailsafeTools): void {
  stepBattery(draft, tools.locate);
  stepGcs(draft, tools);
}
