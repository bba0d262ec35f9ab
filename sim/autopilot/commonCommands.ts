import { FORCE_MAGIC, RESULT } from "../commandNumbers.js";
import { arm, disarm } from "./arming.js";
import { SEVERITY, guideNow, sendText, update, updateStreams, type Draft } from "./autopilotState.js";
import { type Handler, type Handlers } from "./commandTypes.js";
import { stoppingPoint, type Point } from "./guidance.js";
import { advanceMission, type Locate } from "./missionRunner.js";
import { firstSeqOf } from "./navCommands.js";
import { circleAround } from "./returning.js";
import { paramOf, settingsOf } from "./settings.js";
import { withInterval } from "./streams.js";

const armDisarm: Handler = (draft, { params: [isArm, force] }) => {
  if (isArm === 1) return arm(draft, force === FORCE_MAGIC);
  if (isArm === 0) return disarm(draft, force === FORCE_MAGIC);
  return RESULT.unsupported;
};

/** Flies to a position: rotors stop there, a wing circles it. */
export function goTo(draft: Draft, to: Point, loiterRadiusM?: number): void {
  const { sensed, task, wantedLift, isArmed, flavour, params } = draft.state;
  // On the ground a target has no effect before the take-off, as on a real autopilot.
  if (sensed.isOnGround || !isArmed || task === undefined) return;
  const round = circleAround(to, loiterRadiusM ?? settingsOf(flavour, params).wing.loiterRadiusM);
  const leg = { kind: "leg", from: stoppingPoint(sensed.motion), to, cornerMps: 0 } as const;
  update(draft, { isPaused: false, task: wantedLift === "wing" ? round : leg });
  update(draft, { guidance: guideNow(draft.state) });
}

/** DO_SET_MISSION_CURRENT and MISSION_SET_CURRENT. A running mission continues there at once. */
export function setCurrentItem(draft: Draft, seq: number, locate: Locate): boolean {
  const { mission, run, isCleared, mode, flavour } = draft.state;
  if (!Number.isInteger(seq) || seq < 0 || seq >= mission.items.length) return false;
  const beforeFirst = firstSeqOf(flavour) - 1;
  if (mode.role === "mission" && isCleared) advanceMission(draft, Math.max(beforeFirst, seq - 1), locate);
  else update(draft, { run: { ...run, phase: "stopped", seq } });
  return true;
}

const setCurrent: Handler = (draft, { params: [seq] }, { locate }) =>
  setCurrentItem(draft, seq, locate) ? RESULT.accepted : RESULT.failed;

/** Only MAV_MOUNT_MODE 2 (MAVLink targeting); retract and neutral go to neutral pitch. */
const mountControl: Handler = (draft, { params }) => {
  const [pitchDeg, , yawDeg, , , , mountMode] = params;
  const neutralDeg = paramOf(draft.state.params, "MNT1_NEUTRAL_Y", -75);
  const isPointing = mountMode === 2;
  update(draft, {
    gimbal: {
      pitchDeg: isPointing ? pitchDeg : neutralDeg,
      pointing: { from: "nose", angleDeg: isPointing ? yawDeg : 0 },
    },
  });
  return RESULT.accepted;
};

/** GIMBAL_MANAGER_FLAGS_YAW_LOCK (16): yaw is from north; NaN keeps an angle. Rates are ignored. */
const gimbalPitchYaw: Handler = (draft, { params }) => {
  const [pitchDeg, yawDeg, , , flags] = params;
  const { gimbal } = draft.state;
  const from = (flags & 16) !== 0 ? "north" : "nose";
  update(draft, {
    gimbal: {
      pitchDeg: Number.isNaN(pitchDeg) ? gimbal.pitchDeg : pitchDeg,
      pointing: Number.isNaN(yawDeg) ? gimbal.pointing : { from, angleDeg: yawDeg },
    },
  });
  return RESULT.accepted;
};

/** For an unknown message id ArduPilot answers DENIED with a text, PX4 FAILED. */
const messageInterval: Handler = (draft, { from, params: [messageId, intervalUs] }, { telemetryOf }) => {
  const name = telemetryOf(messageId);
  const { sensed, flavour } = draft.state;
  if (!name) {
    if (flavour.autopilot === "px4") return RESULT.failed;
    sendText(draft, SEVERITY.info, `No ap_message for mavlink id (${messageId})`);
    return RESULT.denied;
  }
  const ask = { name, intervalUs, nowMs: sensed.nowMs };
  updateStreams(draft, from.port ?? 0, (streams) => withInterval(flavour, streams, ask));
  return RESULT.accepted;
};

/** ArduPilot answers ACCEPTED (0) even when it sends nothing (seen on a real one); PX4 denies a message it has no stream for. */
const requestMessage: Handler = (draft, { from, params: [messageId] }, { telemetryOf }) => {
  const name = telemetryOf(messageId);
  if (name) draft.effects.push({ kind: "telemetry", name, port: from.port ?? 0 });
  return name || draft.state.flavour.autopilot === "ardupilot" ? RESULT.accepted : RESULT.denied;
};

/** Commands that all flavours support. */
export const COMMON: Handlers = {
  205: mountControl,
  224: setCurrent,
  400: armDisarm,
  511: messageInterval,
  512: requestMessage,
  1000: gimbalPitchYaw,
};
