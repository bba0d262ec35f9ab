import { disarm } from "./arming.js";
import { SEVERITY, sendText, update, type AutopilotState, type Draft } from "./autopilotState.js";
import { failsafeSettingsOf, type FailsafeAction } from "./failsafeSettings.js";
import type { Locate } from "./missionRunner.js";
import { changeMode, changeToRole } from "./modeChange.js";
import { modeFor, type FlightMode } from "./modes.js";
import { sendTextAndEvent } from "./px4Reports.js";

type FailsafeTools = { readonly locate: Locate; readonly speedup: number };

/** Low voltage must last this long; used capacity counts at once (ArduPilot: BATT_LOW_TIMER). */
const LOW_VOLTAGE_LASTS_MS = 10_000;

const isPx4 = ({ flavour }: AutopilotState): boolean => flavour.autopilot === "px4";

function modeOf(state: AutopilotState, action: FailsafeAction): FlightMode | undefined {
  // A VTOL in wing flight returns in wing flight; for landing it changes to rotors.
  const lift = state.flavour.airframe === "vtol" && action !== "land" ? state.wantedLift : undefined;
  return action === "none" ? undefined : modeFor(state.flavour, action, lift);
}

/** PX4's failsafe_action_t. */
const ACTIONS: Readonly<Record<FailsafeAction, number>> = { none: 0, hold: 5, return: 6, land: 7 };

type Failsafe = { readonly cause: string; readonly action: FailsafeAction; readonly mode: FlightMode };

/** PX4 states the action only in the event; its text only says that a failsafe was activated. */
function reportFailsafe(draft: Draft, { cause, action, mode }: Failsafe): void {
  const event = { name: "commander_failsafe_enter_generic", values: [mode.customMode, ACTIONS[action]] } as const;
  if (isPx4(draft.state)) sendTextAndEvent(draft, SEVERITY.critical, "Failsafe activated", event);
  else sendText(draft, SEVERITY.warning, `${cause} Failsafe - ${mode.name}`);
}

/** On the ground ArduPilot Copter disarms; PX4 and Plane only report it. */
function onGround(draft: Draft, cause: string): void {
  const { flavour } = draft.state;
  if (flavour.autopilot === "px4" || flavour.airframe !== "copter") return;
  sendText(draft, SEVERITY.warning, `${cause} Failsafe - Disarming`);
  disarm(draft, true);
}

function flyHome(draft: Draft, cause: string, action: FailsafeAction, locate: Locate): void {
  const { state } = draft;
  const mode = modeOf(state, action);
  if (!state.isArmed || !mode) return;
  if (state.sensed.isOnGround) {
    onGround(draft, cause);
    return;
  }
  // A landing in progress is never replaced by a return.
  if (state.mode.role === "land") {
    if (!isPx4(state)) sendText(draft, SEVERITY.warning, `${cause} Failsafe - Continuing Landing`);
    return;
  }
  if (state.mode.customMode === mode.customMode) return;
  reportFailsafe(draft, { cause, action, mode });
  if (changeMode(draft, mode, locate) !== 0) changeToRole(draft, "land", locate);
}

function stepGcs(draft: Draft, { locate, speedup }: FailsafeTools): void {
  const { failsafes, sensed } = draft.state;
  const { gcsAction, gcsTimeoutS } = failsafeSettingsOf(draft.state);
  const { gcsHeartbeatAtMs } = failsafes;
  // The GCS failsafe applies only after a first heartbeat was received.
  if (gcsAction === "none" || gcsHeartbeatAtMs === undefined) return;
  const isLost = sensed.nowMs - gcsHeartbeatAtMs > gcsTimeoutS * 1000 * speedup;
  if (isLost === failsafes.isGcsLost) return;
  update(draft, { failsafes: { ...failsafes, isGcsLost: isLost } });
  if (isLost) flyHome(draft, "GCS", gcsAction, locate);
  else if (isPx4(draft.state)) {
    sendTextAndEvent(draft, SEVERITY.info, "GCS connection regained", { name: "commander_dl_regained", values: [] });
  } else sendText(draft, SEVERITY.warning, "GCS Failsafe Cleared");
}

type Watch = { readonly sinceMs: number | undefined; readonly isTripped: boolean };

function watch(sinceMs: number | undefined, isBelow: boolean, isSpent: boolean, nowMs: number): Watch {
  const since = isBelow ? (sinceMs ?? nowMs) : undefined;
  return { sinceMs: since, isTripped: isSpent || (since !== undefined && nowMs - since >= LOW_VOLTAGE_LASTS_MS) };
}

/** Battery failsafe level after this tick; it never recovers in flight. */
function batteryLevel(state: AutopilotState): AutopilotState["failsafes"] {
  const { failsafes, sensed } = state;
  const { low: lowAt, critical: criticalAt, capacityMah } = failsafeSettingsOf(state);
  const { voltageV, usedMah } = sensed.battery;
  const leftMah = capacityMah - usedMah;
  const { nowMs } = sensed;
  const low = watch(failsafes.batteryLowSinceMs, voltageV < lowAt.voltageV, leftMah < lowAt.leftMah, nowMs);
  const critical = watch(
    failsafes.batteryCriticalSinceMs,
    voltageV < criticalAt.voltageV,
    leftMah < criticalAt.leftMah,
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

function reportBattery(draft: Draft, word: "low" | "critical"): void {
  const { voltageV, usedMah } = draft.state.sensed.battery;
  if (!isPx4(draft.state)) {
    sendText(draft, SEVERITY.critical, `Battery 1 is ${word} ${voltageV.toFixed(2)}V used ${usedMah.toFixed(0)} mAh`);
    return;
  }
  const [text, name] =
    word === "low"
      ? (["Low battery level! Return advised", "commander_failsafe_enter_low_bat"] as const)
      : (["Critical battery level! Land now!", "commander_failsafe_enter_crit_bat_warn"] as const);
  sendTextAndEvent(draft, SEVERITY.critical, text, { name, values: [] });
}

function stepBattery(draft: Draft, locate: Locate): void {
  const before = draft.state.failsafes.battery;
  const failsafes = batteryLevel(draft.state);
  update(draft, { failsafes });
  if (failsafes.battery === before || failsafes.battery === "none") return;
  reportBattery(draft, failsafes.battery);
  const { low, critical } = failsafeSettingsOf(draft.state);
  flyHome(draft, "Battery", failsafes.battery === "low" ? low.action : critical.action, locate);
}

/** Checks battery and ground station link. Acts only while armed; warns always. */
export function stepFailsafes(draft: Draft, tools: FailsafeTools): void {
  stepBattery(draft, tools.locate);
  stepGcs(draft, tools);
}
