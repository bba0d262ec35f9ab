import { arm, disarm } from "./arming.js";
import { SEVERITY, guideNow, homeOf, say, update, type Draft } from "./autopilotState.js";
import { stoppingPoint, type Point } from "./guidance.js";
import type { Peer, StoredItem } from "./missionItem.js";
import { advanceMission, conditionYawDeg, startMission, type Locate } from "./missionRunner.js";
import { changeMode, changeModeByNumber } from "./modeChange.js";
import { MODE } from "./modes.js";
import { withInterval, type Telemetry } from "./streams.js";

/** A COMMAND_LONG or COMMAND_INT. Only the INT form has a usable place: `target` is undefined for LONG or a bad frame. */
export type Command = {
  readonly from: Peer;
  readonly command: number;
  readonly form: "long" | "int";
  readonly params: readonly [number, number, number, number, number, number, number];
  readonly target: StoredItem | undefined;
};

/** Message numbers → telemetry this aircraft can send; from the wire. */
type TelemetryOf = (messageId: number) => Telemetry | undefined;
export type CommandTools = { readonly locate: Locate; readonly telemetryOf: TelemetryOf };

const RESULT = { accepted: 0, denied: 2, unsupported: 3, failed: 4 } as const;
const FORCE_MAGIC = 21196;

type Handler = (draft: Draft, command: Command, tools: CommandTools) => number;

const armDisarm: Handler = (draft, { params: [isArm, force] }) => {
  if (isArm === 1) return arm(draft, force === FORCE_MAGIC);
  if (isArm === 0) return disarm(draft, force === FORCE_MAGIC);
  return RESULT.unsupported;
};

/** param7 is metres above home; only GUIDED, armed and on the ground. */
const takeOff: Handler = (draft, { params }) => {
  const { state } = draft;
  const { motion, isOnGround } = state.sensed;
  if (state.mode !== MODE.guided || !state.isArmed || !isOnGround || !(params[6] > 0)) return RESULT.failed;
  const upM = homeOf(state).upM + params[6];
  update(draft, { isCleared: true, task: { kind: "take-off", at: { ...motion, upM } } });
  update(draft, { guidance: guideNow(draft.state) });
  return RESULT.accepted;
};

const setMode: Handler = (draft, { params: [baseMode, customMode] }, { locate }) =>
  (baseMode & 1) === 1 ? changeModeByNumber(draft, customMode, locate) : RESULT.denied;

const missionStart: Handler = (draft, { params: [first, last] }, { locate }) => {
  if (first !== 0 || last !== 0) return RESULT.denied;
  const result = changeMode(draft, MODE.auto, locate);
  if (result !== RESULT.accepted) return result;
  const { state } = draft;
  if (state.isArmed && !state.isCleared) {
    update(draft, { isCleared: true });
    startMission(draft, locate);
  }
  return RESULT.accepted;
};

function goTo(draft: Draft, to: Point): void {
  const { sensed, task } = draft.state;
  // On the ground a target waits for the take-off, as on a real one: nothing moves.
  if (sensed.isOnGround || !draft.state.isArmed || task === undefined) return;
  update(draft, { isPaused: false, task: { kind: "leg", from: stoppingPoint(sensed.motion), to, cornerMps: 0 } });
  update(draft, { guidance: guideNow(draft.state) });
}

const reposition: Handler = (draft, command, { locate }) => {
  if (command.form === "long") return RESULT.unsupported;
  const mayChangeMode = (command.params[1] & 1) === 1;
  if (draft.state.mode !== MODE.guided && !mayChangeMode) return RESULT.denied;
  if (!command.target) return RESULT.denied;
  if (changeMode(draft, MODE.guided, locate) !== RESULT.accepted) return RESULT.failed;
  const [groundSpeedMps] = command.params;
  if (groundSpeedMps > 0) update(draft, { groundSpeedMps });
  goTo(draft, locate(command.target, draft.state));
  return RESULT.accepted;
};

const changeSpeed: Handler = (draft, { params: [kind, mps] }) => {
  if (!(mps > 0)) return RESULT.denied;
  const { params } = draft.state;
  if (kind === 2) update(draft, { params: { ...params, WPNAV_SPEED_UP: mps * 100 } });
  else if (kind === 3) update(draft, { params: { ...params, WPNAV_SPEED_DN: mps * 100 } });
  else update(draft, { groundSpeedMps: mps });
  return RESULT.accepted;
};

const conditionYaw: Handler = (draft, { params }) => {
  if (!(params[0] >= 0 && params[0] <= 360)) return RESULT.failed;
  update(draft, { fixedHeadingDeg: conditionYawDeg(params, draft.state.sensed.headingDeg) });
  return RESULT.accepted;
};

function pause(draft: Draft): number {
  const { mode, sensed, isArmed } = draft.state;
  const canPause = (mode === MODE.auto || mode === MODE.guided) && isArmed && !sensed.isOnGround;
  if (!canPause) {
    say(draft, SEVERITY.info, "Failed to pause");
    return RESULT.failed;
  }
  update(draft, { isPaused: true, task: { kind: "hold", at: stoppingPoint(sensed.motion) } });
  return RESULT.accepted;
}

function resume(draft: Draft, locate: Locate): number {
  const { mode, isPaused, run } = draft.state;
  if (!isPaused) {
    say(draft, SEVERITY.info, "Failed to resume");
    return RESULT.failed;
  }
  update(draft, { isPaused: false });
  if (mode === MODE.auto) {
    update(draft, { run: { ...run, phase: "stopped" } });
    startMission(draft, locate);
  }
  return RESULT.accepted;
}

const pauseContinue: Handler = (draft, { params: [kind] }, { locate }) => {
  if (kind === 0) return pause(draft);
  return kind === 1 ? resume(draft, locate) : RESULT.denied;
};

/** DO_SET_MISSION_CURRENT and MISSION_SET_CURRENT. A flying mission jumps there at once. */
export function setCurrentItem(draft: Draft, seq: number, locate: Locate): boolean {
  const { mission, run, isCleared, mode } = draft.state;
  if (!Number.isInteger(seq) || seq < 0 || seq >= mission.items.length) return false;
  if (mode === MODE.auto && isCleared) advanceMission(draft, Math.max(0, seq - 1), locate);
  else update(draft, { run: { ...run, phase: "stopped", seq } });
  return true;
}

const setCurrent: Handler = (draft, { params: [seq] }, { locate }) =>
  setCurrentItem(draft, seq, locate) ? RESULT.accepted : RESULT.failed;

/** Only "point there" (mode 2); retract and neutral go to the neutral pitch. */
const mountControl: Handler = (draft, { params }) => {
  const [pitchDeg, , yawDeg, , , , mountMode] = params;
  const neutralDeg = draft.state.params.MNT1_NEUTRAL_Y;
  const isPointing = mountMode === 2;
  update(draft, {
    gimbal: {
      pitchDeg: isPointing ? pitchDeg : neutralDeg,
      pointing: { from: "nose", angleDeg: isPointing ? yawDeg : 0 },
    },
  });
  return RESULT.accepted;
};

/** GIMBAL_MANAGER_FLAGS_YAW_LOCK (16): yaw is from north; NaN keeps an angle. Rates are not followed. */
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

const messageInterval: Handler = (draft, { params: [messageId, intervalUs] }, { telemetryOf }) => {
  const name = telemetryOf(messageId);
  if (!name) {
    say(draft, SEVERITY.info, `No ap_message for mavlink id (${messageId})`);
    return RESULT.denied;
  }
  const { streams, sensed } = draft.state;
  update(draft, { streams: withInterval(streams, name, intervalUs, sensed.nowMs) });
  return RESULT.accepted;
};

/** Acknowledged with 0 even when nothing follows: seen on a real ArduPilot. */
const requestMessage: Handler = (draft, { params: [messageId] }, { telemetryOf }) => {
  const name = telemetryOf(messageId);
  if (name) draft.effects.push({ kind: "telemetry", name });
  return RESULT.accepted;
};

const HANDLERS: Readonly<Record<number, Handler>> = {
  17: (draft, _command, { locate }) => changeMode(draft, MODE.loiter, locate),
  20: (draft, _command, { locate }) => changeMode(draft, MODE.rtl, locate),
  21: (draft, _command, { locate }) => changeMode(draft, MODE.land, locate),
  22: takeOff,
  115: conditionYaw,
  176: setMode,
  178: changeSpeed,
  192: reposition,
  193: pauseContinue,
  205: mountControl,
  224: setCurrent,
  300: missionStart,
  400: armDisarm,
  511: messageInterval,
  512: requestMessage,
  1000: gimbalPitchYaw,
};

/** Carries out a command and returns its MAV_RESULT; 3 (unsupported) for what this aircraft does not know. */
export function runCommand(draft: Draft, command: Command, tools: CommandTools): number {
  return HANDLERS[command.command]?.(draft, command, tools) ?? RESULT.unsupported;
}
