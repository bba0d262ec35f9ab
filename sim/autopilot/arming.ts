import { SEVERITY, sendText, update, type AutopilotState, type Draft } from "./autopilotState.js";
import { BOOT_TEXTS } from "./bootTexts.js";
import type { FlightMode } from "./modes.js";
import type { Px4Event } from "./px4Events.js";
import { sendTextAndEvent } from "./px4Reports.js";
import { paramOf } from "./settings.js";

/** Interval at which ArduPilot repeats its pre-arm failures. */
const REMIND_EVERY_MS = 30_000;
const FIX_AFTER_MS = 2000;
/** Time to the first position; a real Copter needs about forty seconds, shortened for training. */
const POSITION_AFTER_MS = 5000;
const FIRST_REASONS_AFTER_MS = 1500;

/** Pre-arm failures, in the autopilot's own words without the prefix; empty when it is ready to arm. */
export function prearmReasons(state: AutopilotState): readonly string[] {
  return state.flavour.autopilot === "px4" ? px4Reasons(state) : ardupilotReasons(state);
}

function ardupilotReasons({ boot, params, sensed, failsafes }: AutopilotState): readonly string[] {
  const reasons: string[] = [];
  if (!boot.hasPosition) reasons.push("Need Position Estimate");
  if (sensed.isFallenOver) reasons.push("Leaning");
  const leastV = paramOf(params, "BATT_ARM_VOLT", 0);
  if (leastV > 0 && sensed.battery.voltageV < leastV) {
    reasons.push("Battery 1 below minimum arming voltage");
  } else if (failsafes.battery === "critical") {
    reasons.push("Battery 1 critical voltage failsafe");
  } else if (failsafes.battery === "low") {
    reasons.push("Battery 1 low voltage failsafe");
  }
  return reasons;
}

/** Those PX4 reports as text; others (such as an infeasible mission) are reported only as events and make it refuse. */
function px4Reasons({ boot, failsafes, sensed }: AutopilotState): readonly string[] {
  const reasons: string[] = [];
  if (sensed.isFallenOver) reasons.push("Attitude failure (roll)");
  if (!boot.hasPosition) reasons.push("Global position estimate invalid");
  if (failsafes.battery !== "none") reasons.push("Low battery");
  return reasons;
}

const ACCEPTED = 0;
const TEMPORARILY_REJECTED = 1;
const FAILED = 4;

/** ArduPilot: the reasons as texts and FAILED; PX4: one text and TEMPORARILY_REJECTED. */
function refuseToArm(draft: Draft, reasons: readonly string[]): number {
  if (draft.state.flavour.autopilot === "px4") {
    for (const reason of reasons) sendText(draft, SEVERITY.critical, `Preflight Fail: ${reason}`);
    sendText(draft, SEVERITY.critical, "Arming denied: Resolve system health failures first");
    return TEMPORARILY_REJECTED;
  }
  for (const reason of reasons) sendText(draft, SEVERITY.critical, `Arm: ${reason}`);
  return FAILED;
}

/** Handles an arming request; returns a MAV_RESULT, reasons follow as STATUSTEXT. When already armed it is accepted. */
export function arm(draft: Draft, isForced: boolean): number {
  const { state } = draft;
  if (state.isArmed) return ACCEPTED;
  const isPx4 = state.flavour.autopilot === "px4";
  if (!isForced) {
    const reasons = [...prearmReasons(state)];
    if (state.mode.isArmable === false) reasons.push(`${state.mode.name} mode not armable`);
    if (reasons.length > 0) return refuseToArm(draft, reasons);
    if (isPx4 && state.mode.role === "mission" && !state.isMissionFeasible) return refuseToArm(draft, []);
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
  if (isPx4)
    sendTextAndEvent(draft, SEVERITY.info, "Armed by external command", byReason("commander_armed_by", "command"));
  else sendText(draft, SEVERITY.info, armedText(state));
  return ACCEPTED;
}

const armedText = ({ flavour }: AutopilotState): string =>
  flavour.airframe === "copter" ? "Arming motors" : "Throttle armed";

/** Why the motors stop. ArduPilot does not report it. */
type DisarmReason = "command" | "landing" | "idle";
/** PX4's arm_disarm_reason_t, with the wording of its texts. */
const REASONS: Readonly<Record<DisarmReason, readonly [number: number, words: string]>> = {
  command: [4, "external command"],
  landing: [6, "landing"],
  idle: [7, "auto preflight disarming"],
};
const byReason = (name: "commander_armed_by" | "commander_disarmed_by", reason: DisarmReason): Px4Event => ({
  name,
  values: [REASONS[reason][0]],
});

function reportDisarmed(draft: Draft, reason: DisarmReason): void {
  const { autopilot, airframe } = draft.state.flavour;
  const event = byReason("commander_disarmed_by", reason);
  if (autopilot === "px4") sendTextAndEvent(draft, SEVERITY.info, `Disarmed by ${REASONS[reason][1]}`, event);
  else sendText(draft, SEVERITY.info, airframe === "copter" ? "Disarming motors" : "Throttle disarmed");
}

/** Stops the motors. In flight only when forced, and then the aircraft falls. */
export function disarm(draft: Draft, isForced: boolean, reason: DisarmReason = "command"): number {
  const { state } = draft;
  if (!state.isArmed) return ACCEPTED;
  if (!isForced && !state.sensed.isOnGround) {
    if (state.flavour.autopilot !== "px4") return FAILED;
    const event = { name: "commander_disarming_denied_not_landed", values: [] } as const;
    sendTextAndEvent(draft, SEVERITY.critical, "Disarming denied: not landed", event);
    return TEMPORARILY_REJECTED;
  }
  // Disarming resets the mission to its start; that it was completed is remembered for telemetry.
  update(draft, {
    isArmed: false,
    hasFlown: false,
    isCleared: false,
    isPaused: false,
    task: undefined,
    guidance: undefined,
    returning: undefined,
    fixedHeadingDeg: undefined,
    groundSpeedMps: undefined,
    takeOffUpM: undefined,
    run: { phase: state.run.phase === "complete" ? "complete" : "stopped", seq: 0, arrivedAtMs: undefined },
  });
  reportDisarmed(draft, reason);
  return ACCEPTED;
}

function bootText(draft: Draft, nowMs: number, wasMs: number): void {
  const { autopilot, airframe } = draft.state.flavour;
  for (const { atMs, text } of BOOT_TEXTS[autopilot][airframe]) {
    if (wasMs < atMs && nowMs >= atMs) sendText(draft, SEVERITY.info, text);
  }
}

/** Start-up messages of the first seconds, and reminders of pre-arm failures. */
export function stepBoot(draft: Draft, wasMs: number): void {
  const { sensed, boot, flavour } = draft.state;
  const { nowMs, motion } = sensed;
  const isPx4 = flavour.autopilot === "px4";
  if (wasMs < 2000) bootText(draft, nowMs, wasMs);
  if (!boot.hasFix && nowMs >= FIX_AFTER_MS) {
    update(draft, { boot: { ...draft.state.boot, hasFix: true } });
    if (!isPx4) sendText(draft, SEVERITY.info, "GPS 1: detected u-blox");
  }
  if (!boot.hasPosition && nowMs >= POSITION_AFTER_MS) {
    update(draft, {
      boot: { ...draft.state.boot, hasPosition: true },
      home: { eastM: motion.eastM, northM: motion.northM, upM: motion.upM },
    });
    const texts = isPx4 ? ["Ready for takeoff!"] : ["EKF3 IMU0 origin set", "EKF3 IMU0 is using GPS"];
    for (const text of texts) sendText(draft, SEVERITY.info, text);
    draft.effects.push({ kind: "telemetry", name: "HOME_POSITION" });
  }
  remind(draft, nowMs);
}

function remind(draft: Draft, nowMs: number): void {
  const { state } = draft;
  // PX4 reports its checks by events and health bits, without reminders.
  if (state.flavour.autopilot === "px4") return;
  const { prearmSentAtMs } = state.boot;
  const isDue = prearmSentAtMs === 0 ? nowMs >= FIRST_REASONS_AFTER_MS : nowMs - prearmSentAtMs >= REMIND_EVERY_MS;
  if (state.isArmed || !isDue) return;
  const reasons = prearmReasons(state);
  if (reasons.length === 0) return;
  for (const reason of reasons) sendText(draft, SEVERITY.critical, `PreArm: ${reason}`);
  update(draft, { boot: { ...state.boot, prearmSentAtMs: nowMs } });
}

/** Whether the position estimate is good enough for the mode. */
export function hasWhatItNeeds(state: AutopilotState, mode: FlightMode): boolean {
  return state.boot.hasPosition || mode.needsPosition === false;
}
