import { RESULT } from "../commandNumbers.js";
import { SEVERITY, guideNow, homeOf, sendText, update, type AutopilotState, type Draft } from "./autopilotState.js";
import { setMode } from "./ardupilotCommands.js";
import { type Command, type Handler, type Handlers } from "./commandTypes.js";
import { COMMON, goTo } from "./commonCommands.js";
import type { Task } from "./guidance.js";
import { changeToRole } from "./modeChange.js";
import { liftOfTransition } from "./navCommands.js";
import { paramOf } from "./settings.js";

/** ArduPilot Plane and QuadPlane. Source: ArduPlane/GCS_Mavlink.cpp and quadplane.cpp (do_user_takeoff, 4.7-dev). */

/** These answer ACCEPTED even when the mode could not be entered. */
const toRole =
  (role: Parameters<typeof changeToRole>[1]): Handler =>
  (draft, _command, { locate }) => {
    changeToRole(draft, role, locate);
    return RESULT.accepted;
  };

const FRAME_LOCAL_OFFSET_NED = 7;

function userTakeOffRefusal({ mode, isArmed, sensed }: AutopilotState): string | undefined {
  if (mode.role !== "guided") return "User Takeoff only in GUIDED mode";
  if (!isArmed) return "Must be armed for takeoff";
  return sensed.isOnGround ? undefined : "Already flying - no takeoff";
}

/** A QuadPlane climbs on rotors by param7 above where it stands (INT: frame 7, z down); a plain plane fails (seen). */
const takeOff: Handler = (draft, command) => {
  const { state } = draft;
  if (command.form === "int" && command.frame !== FRAME_LOCAL_OFFSET_NED) return RESULT.denied;
  if (state.flavour.airframe !== "vtol") return RESULT.failed;
  const refusal = userTakeOffRefusal(state);
  if (refusal !== undefined) {
    sendText(draft, SEVERITY.info, refusal);
    return RESULT.failed;
  }
  const climbM = command.form === "int" ? -command.params[6] : command.params[6];
  const { motion, headingDeg } = state.sensed;
  const at = { ...motion, upM: motion.upM + Math.max(0, climbM) };
  update(draft, {
    isCleared: true,
    lift: "rotor",
    wantedLift: "rotor",
    task: { kind: "take-off", at, courseDeg: headingDeg },
  });
  update(draft, { guidance: guideNow(draft.state) });
  return RESULT.accepted;
};

/** param3 is the radius, param4 (yaw) the direction: 0 or NaN clockwise, otherwise anticlockwise. */
const reposition: Handler = (draft, command, { locate }) => {
  if (command.form === "long") return RESULT.unsupported;
  if (!command.target) return RESULT.denied;
  const { params } = command;
  if ((params[1] & 1) === 0 && draft.state.mode.role !== "guided") return RESULT.failed;
  changeToRole(draft, "guided", locate);
  const sense = Number.isNaN(params[3]) || params[3] === 0 ? 1 : -1;
  const usualM = Math.abs(paramOf(draft.state.params, "WP_LOITER_RAD", 60));
  const radiusM = params[2] > 0 ? params[2] : usualM;
  goTo(draft, locate(command.target, draft.state), sense * radiusM);
  return RESULT.accepted;
};

function isSpeedAllowed({ params }: AutopilotState, mps: number): boolean {
  return mps >= paramOf(params, "AIRSPEED_MIN", 13) && mps <= paramOf(params, "AIRSPEED_MAX", 25);
}

/** Only in modes that fly to positions; param1: 0 air speed, 1 ground speed; -2 restores the default speed. */
const changeSpeed: Handler = (draft, { params: [kind, mps] }) => {
  const { mode } = draft.state;
  if (mode.role !== "guided" && mode.role !== "mission") return RESULT.failed;
  if (kind === 0 && mps === -2) {
    update(draft, { groundSpeedMps: undefined });
    return RESULT.accepted;
  }
  const isKnown = kind === 0 ? isSpeedAllowed(draft.state, mps) : kind === 1 && mps > 0;
  if (!isKnown) return RESULT.failed;
  update(draft, { groundSpeedMps: mps });
  return RESULT.accepted;
};

/** GUIDED_CHANGE_SPEED: only param1 0 (air speed), within AIRSPEED_MIN and AIRSPEED_MAX. */
const guidedSpeed: Handler = (draft, { params: [kind, mps] }) => {
  if (kind !== 0 || !isSpeedAllowed(draft.state, mps)) return RESULT.denied;
  update(draft, { groundSpeedMps: mps });
  return RESULT.accepted;
};

function atHeight(task: Task | undefined, upM: number): Task | undefined {
  switch (task?.kind) {
    case undefined:
    case "land":
    case "glide":
      return task;
    case "circle":
      return { ...task, centre: { ...task.centre, upM } };
    case "level":
      return { ...task, upM };
    case "hold":
    case "take-off":
      return { ...task, at: { ...task.at, upM } };
    case "leg":
      return { ...task, to: { ...task.to, upM } };
  }
}

/** GUIDED_CHANGE_ALTITUDE: z is AMSL or above home depending on the frame; -1 and 0 are refused. */
const guidedAltitude: Handler = (draft, command, { upMOfAmsl }) => {
  const zM = command.params[6];
  if (zM === -1 || zM === 0 || (command.frame !== 0 && command.frame !== 3)) return RESULT.denied;
  const upM = command.frame === 0 ? upMOfAmsl(zM) : homeOf(draft.state).upM + zM;
  update(draft, { task: atHeight(draft.state.task, upM) });
  return RESULT.accepted;
};

/** GUIDED_CHANGE_HEADING: param1: 0 course over ground, 1 heading; param2 the angle. */
const guidedHeading: Handler = (draft, { params: [kind, headingDeg] }) => {
  const { sensed, isArmed } = draft.state;
  if (!(headingDeg >= 0 && headingDeg < 360) || (kind !== 0 && kind !== 1)) return RESULT.denied;
  if (isArmed && !sensed.isOnGround) {
    update(draft, { task: { kind: "level", headingDeg, isCourse: kind === 0, upM: heightAskedFor(draft) } });
  }
  return RESULT.accepted;
};

/** A heading change keeps the last demanded height. */
function heightAskedFor(draft: Draft): number {
  const { task, sensed } = draft.state;
  if (task?.kind === "level") return task.upM;
  return task?.kind === "circle" ? task.centre.upM : sensed.motion.upM;
}

/** The GUIDED_ commands are accepted only as COMMAND_INT and in GUIDED. */
const inGuided =
  (handler: Handler): Handler =>
  (draft, command: Command, tools) => {
    if (command.form === "long") return RESULT.unsupported;
    return draft.state.mode.role === "guided" ? handler(draft, command, tools) : RESULT.failed;
  };

/** Accepted only in AUTO; GUIDED and the Q modes decide between rotors and wing themselves. */
const vtolTransition: Handler = (draft, { params: [wanted] }) => {
  const { mode, flavour } = draft.state;
  if (flavour.airframe !== "vtol") {
    sendText(draft, SEVERITY.notice, "VTOL not available");
    return RESULT.failed;
  }
  if (mode.role !== "mission") {
    sendText(draft, SEVERITY.notice, "VTOL transition only in AUTO");
    return RESULT.failed;
  }
  const wantedLift = liftOfTransition(wanted);
  if (!wantedLift) {
    sendText(draft, SEVERITY.notice, "Invalid VTOL mode");
    return RESULT.failed;
  }
  update(draft, { wantedLift, lift: wantedLift === "rotor" ? "rotor" : draft.state.lift });
  sendText(draft, SEVERITY.notice, wantedLift === "rotor" ? "Entered VTOL mode" : "Exited VTOL mode");
  return RESULT.accepted;
};

export const PLANE: Handlers = {
  ...COMMON,
  17: toRole("hold"),
  20: toRole("return"),
  22: takeOff,
  176: setMode,
  178: changeSpeed,
  192: reposition,
  300: toRole("mission"),
  3000: vtolTransition,
  43000: inGuided(guidedSpeed),
  43001: inGuided(guidedAltitude),
  43002: inGuided(guidedHeading),
};
