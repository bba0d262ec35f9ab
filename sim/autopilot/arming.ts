import { SEVERITY, say, update, type AutopilotState, type Draft } from "./autopilotState.js";
import { isArmable, modeName, needsPosition } from "./modes.js";

/** ArduPilot repeats the reasons it would not arm this often. */
const REMIND_EVERY_MS = 30_000;
const FIX_AFTER_MS = 2000;
/** A real Copter needs about forty seconds; nobody trains on waiting. */
const POSITION_AFTER_MS = 5000;
const FIRST_REASONS_AFTER_MS = 1500;

/** Why it would not arm now, in ArduPilot's words without the prefix; empty when it is ready. */
export function prearmReasons(state: AutopilotState): readonly string[] {
  const reasons: string[] = [];
  if (!state.boot.hasPosition) reasons.push("Need Position Estimate");
  const { params, sensed, failsafes } = state;
  if (params.BATT_ARM_VOLT > 0 && sensed.battery.voltageV < params.BATT_ARM_VOLT) {
    reasons.push("Battery 1 below minimum arming voltage");
  } else if (failsafes.battery === "critical") {
    reasons.push("Battery 1 critical voltage failsafe");
  } else if (failsafes.battery === "low") {
    reasons.push("Battery 1 low voltage failsafe");
  }
  return reasons;
}

/** MAV_RESULT of an arming request; the reasons follow as STATUSTEXT. A second request while armed is accepted. */
export function arm(draft: Draft, isForced: boolean): number {
  const { state } = draft;
  if (state.isArmed) return 0;
  if (!isForced) {
    const reasons = [...prearmReasons(state)];
    if (!isArmable(state.mode)) reasons.push(`${modeName(state.mode)} mode not armable`);
    for (const reason of reasons) say(draft, SEVERITY.critical, `Arm: ${reason}`);
    if (reasons.length > 0) return 4;
  }
  const { motion, nowMs, headingDeg } = state.sensed;
  update(draft, {
    isArmed: true,
    isCleared: false,
    armedAtMs: nowMs,
    restingSinceMs: nowMs,
    headingDemandDeg: headingDeg,
    home: { eastM: motion.eastM, northM: motion.northM, upM: motion.upM },
  });
  draft.effects.push({ kind: "telemetry", name: "HOME_POSITION" });
  say(draft, SEVERITY.info, "Arming motors");
  return 0;
}

/** Motors off. In the air only when forced: it then falls. */
export function disarm(draft: Draft, isForced: boolean): number {
  const { state } = draft;
  if (!state.isArmed) return 0;
  if (!isForced && !state.sensed.isOnGround) return 4;
  // A disarmed aircraft starts its mission from the beginning; that it was completed is remembered for telemetry.
  update(draft, {
    isArmed: false,
    isCleared: false,
    isPaused: false,
    task: undefined,
    guidance: undefined,
    returning: undefined,
    fixedHeadingDeg: undefined,
    groundSpeedMps: undefined,
    run: { phase: state.run.phase === "complete" ? "complete" : "stopped", seq: 0, arrivedAtMs: undefined },
  });
  say(draft, SEVERITY.info, "Disarming motors");
  return 0;
}

function bootText(draft: Draft, nowMs: number, wasMs: number): void {
  const texts: readonly (readonly [number, string])[] = [
    [200, "ArduCopter V4.7.0-dev (vigie sim)"],
    [200, "Frame: QUAD/X"],
    [600, "Barometer 1 calibration complete"],
    [900, "ArduPilot Ready"],
    [1200, "EKF3 IMU0 initialised"],
    [1800, "EKF3 IMU0 tilt alignment complete"],
  ];
  for (const [atMs, text] of texts) if (wasMs < atMs && nowMs >= atMs) say(draft, SEVERITY.info, text);
}

/** The first seconds after switching on, and the reminders of why it would not arm. */
export function stepBoot(draft: Draft, wasMs: number): void {
  const { sensed, boot } = draft.state;
  const { nowMs, motion } = sensed;
  if (wasMs < 2000) bootText(draft, nowMs, wasMs);
  if (!boot.hasFix && nowMs >= FIX_AFTER_MS) {
    update(draft, { boot: { ...draft.state.boot, hasFix: true } });
    say(draft, SEVERITY.info, "GPS 1: detected u-blox");
  }
  if (!boot.hasPosition && nowMs >= POSITION_AFTER_MS) {
    update(draft, {
      boot: { ...draft.state.boot, hasPosition: true },
      home: { eastM: motion.eastM, northM: motion.northM, upM: motion.upM },
    });
    say(draft, SEVERITY.info, "EKF3 IMU0 origin set");
    say(draft, SEVERITY.info, "EKF3 IMU0 is using GPS");
    draft.effects.push({ kind: "telemetry", name: "HOME_POSITION" });
  }
  remind(draft, nowMs);
}

function remind(draft: Draft, nowMs: number): void {
  const { state } = draft;
  const { prearmSaidAtMs } = state.boot;
  const isDue = prearmSaidAtMs === 0 ? nowMs >= FIRST_REASONS_AFTER_MS : nowMs - prearmSaidAtMs >= REMIND_EVERY_MS;
  if (state.isArmed || !isDue) return;
  const reasons = prearmReasons(state);
  if (reasons.length === 0) return;
  for (const reason of reasons) say(draft, SEVERITY.critical, `PreArm: ${reason}`);
  update(draft, { boot: { ...state.boot, prearmSaidAtMs: nowMs } });
}

/** Whether a mode may be entered as far as the position estimate goes. */
export function hasWhatItNeeds(state: AutopilotState, mode: Parameters<typeof needsPosition>[0]): boolean {
  return state.boot.hasPosition || !needsPosition(mode);
}
