import { RESULT } from "../commandNumbers.js";
import { SEVERITY, guideNow, homeOf, sendText, update, type Draft } from "./autopilotState.js";
import { type Handler, type Handlers } from "./commandTypes.js";
import { COMMON, goTo } from "./commonCommands.js";
import { stoppingPoint } from "./guidance.js";
import { conditionYawDeg, startMission, type Locate } from "./missionRunner.js";
import { changeModeByNumber, changeToRole } from "./modeChange.js";

/** ArduPilot commands common to Copter and Plane, and Copter's own. Source: ArduCopter/GCS_MAVLink_Copter.cpp. */

export const setMode: Handler = (draft, { params: [baseMode, customMode] }, { locate }) =>
  (baseMode & 1) === 1 ? changeModeByNumber(draft, customMode, locate) : RESULT.denied;

/** param7 is metres above home; accepted only in GUIDED, armed and on the ground. */
const takeOff: Handler = (draft, { params }) => {
  const { state } = draft;
  const { motion, isOnGround, headingDeg } = state.sensed;
  if (state.mode.role !== "guided" || !state.isArmed || !isOnGround || !(params[6] > 0)) return RESULT.failed;
  const upM = homeOf(state).upM + params[6];
  update(draft, { isCleared: true, task: { kind: "take-off", at: { ...motion, upM }, courseDeg: headingDeg } });
  update(draft, { guidance: guideNow(draft.state) });
  return RESULT.accepted;
};

const missionStart: Handler = (draft, { params: [first, last] }, { locate }) => {
  if (first !== 0 || last !== 0) return RESULT.denied;
  const result = changeToRole(draft, "mission", locate);
  if (result !== RESULT.accepted) return result;
  const { state } = draft;
  if (state.isArmed && !state.isCleared) {
    update(draft, { isCleared: true });
    startMission(draft, locate);
  }
  return RESULT.accepted;
};

/** Accepted only as COMMAND_INT, as in ArduPilot 4.7. */
const reposition: Handler = (draft, command, { locate }) => {
  if (command.form === "long") return RESULT.unsupported;
  const mayChangeMode = (command.params[1] & 1) === 1;
  if (draft.state.mode.role !== "guided" && !mayChangeMode) return RESULT.denied;
  if (!command.target) return RESULT.denied;
  if (changeToRole(draft, "guided", locate) !== RESULT.accepted) return RESULT.failed;
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
  const canPause = (mode.role === "mission" || mode.role === "guided") && isArmed && !sensed.isOnGround;
  if (!canPause) {
    sendText(draft, SEVERITY.info, "Failed to pause");
    return RESULT.failed;
  }
  update(draft, { isPaused: true, task: { kind: "hold", at: stoppingPoint(sensed.motion) } });
  return RESULT.accepted;
}

function resume(draft: Draft, locate: Locate): number {
  const { mode, isPaused, run } = draft.state;
  if (!isPaused) {
    sendText(draft, SEVERITY.info, "Failed to resume");
    return RESULT.failed;
  }
  update(draft, { isPaused: false });
  if (mode.role === "mission") {
    update(draft, { run: { ...run, phase: "stopped" } });
    startMission(draft, locate);
  }
  return RESULT.accepted;
}

const pauseContinue: Handler = (draft, { params: [kind] }, { locate }) => {
  if (kind === 0) return pause(draft);
  return kind === 1 ? resume(draft, locate) : RESULT.denied;
};

export const COPTER: Handlers = {
  ...COMMON,
  17: (draft, _command, { locate }) => changeToRole(draft, "hold", locate),
  20: (draft, _command, { locate }) => changeToRole(draft, "return", locate),
  21: (draft, _command, { locate }) => changeToRole(draft, "land", locate),
  22: takeOff,
  115: conditionYaw,
  176: setMode,
  178: changeSpeed,
  192: reposition,
  193: pauseContinue,
  300: missionStart,
};
