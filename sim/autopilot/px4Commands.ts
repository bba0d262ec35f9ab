import { RESULT } from "../commandNumbers.js";
import { RAD_PER_DEG, wrap360 } from "../../src/geo/angles.js";
import { arm } from "./arming.js";
import { SEVERITY, guideNow, homeOf, sendText, update, type AutopilotState, type Draft } from "./autopilotState.js";
import { type Command, type CommandTools, type Handler, type Handlers } from "./commandTypes.js";
import { COMMON, goTo, setCurrentItem } from "./commonCommands.js";
import { stoppingPoint, type Point } from "./guidance.js";
import { changeMode, changeModeByNumber, changeToRole } from "./modeChange.js";
import { modeFromNumber, px4Mode } from "./modes.js";
import { firstSeqOf, liftOfTransition } from "./navCommands.js";
import { sendTextAndEvent } from "./px4Reports.js";
import { circleAround } from "./returning.js";
import { settingsOf } from "./settings.js";

/**
 * PX4. Source: src/modules/commander/Commander.cpp (handle_command: results and texts), navigator (heights of take-off,
 * reposition), vtol_att_control (when a transition is refused). NaN means "not given".
 */

/** Main mode in param2, sub mode in param3; AUTO without a sub mode is Mission. */
const setMode: Handler = (draft, { params: [baseMode, main, sub] }, { locate }) => {
  if ((baseMode & 1) === 0) return RESULT.temporarilyRejected;
  const subMode = main === 4 && sub === 0 ? 4 : sub;
  return changeModeByNumber(draft, px4Mode(main & 0xff, subMode & 0xff), locate);
};

/** Position of either form: LONG has degrees in params 5 and 6, INT degE7; the height is AMSL in both. */
function placeOf(draft: Draft, command: Command, tools: CommandTools): Point {
  const { motion } = draft.state.sensed;
  const [, , , , x, y, z] = command.params;
  const isLong = command.form === "long";
  // A NaN becomes INT32_MIN when converted to x and y.
  const hasPlace = isLong ? Number.isFinite(x) && Number.isFinite(y) && x !== 0 : x !== -0x80000000 && x !== 0x7fffffff;
  const isRelative = command.frame === 3 || command.frame === 6;
  const heightUpM = isRelative ? homeOf(draft.state).upM + z : tools.upMOfAmsl(z);
  const upM = Number.isFinite(z) ? heightUpM : heightHeld(draft.state);
  if (!hasPlace) return { ...stoppingPoint(motion), upM };
  const [xDegE7, yDegE7] = isLong ? [x * 1e7, y * 1e7] : [x, y];
  const item = { frame: 0, command: 192, params: [0, 0, 0, 0], xDegE7, yDegE7, zM: 0 } as const;
  return { ...tools.locate(item, draft.state), upM };
}

/** The height being held, otherwise the present one. */
function heightHeld({ task, sensed }: AutopilotState): number {
  if (task?.kind === "hold") return task.at.upM;
  if (task?.kind === "circle") return task.centre.upM;
  return task?.kind === "leg" ? task.to.upM : sensed.motion.upM;
}

/** Changes to Hold and flies there; without the change-mode bit it is unsupported. */
const reposition: Handler = (draft, command, tools) => {
  const { params } = command;
  if (params[1] !== 1) return RESULT.unsupported;
  const to = placeOf(draft, command, tools);
  if (changeToRole(draft, "hold", tools.locate) !== RESULT.accepted) return RESULT.temporarilyRejected;
  if (params[0] > 0) update(draft, { groundSpeedMps: params[0] });
  // Yaw in radians (as PX4 reads MAVLink's DO_REPOSITION); without it the nose follows the track.
  const fixedHeadingDeg = Number.isFinite(params[3]) ? wrap360(params[3] / RAD_PER_DEG) : undefined;
  update(draft, { fixedHeadingDeg });
  const radiusM = Number.isFinite(params[2]) && params[2] !== 0 ? params[2] : undefined;
  goTo(draft, to, radiusM);
  return RESULT.accepted;
};

/** param1 is AMSL, or above home when param2 (frame) is 3 or 6. Changes to Hold. */
const changeAltitude: Handler = (draft, { params: [heightM, frame] }, tools) => {
  if (changeToRole(draft, "hold", tools.locate) !== RESULT.accepted) return RESULT.temporarilyRejected;
  const isRelative = frame === 3 || frame === 6;
  const upM = isRelative ? homeOf(draft.state).upM + heightM : tools.upMOfAmsl(heightM);
  goTo(draft, { ...stoppingPoint(draft.state.sensed.motion), upM });
  return RESULT.accepted;
};

/** Take-off height: param7 (AMSL), at least MIS_TAKEOFF_ALT above home; NaN means MIS_TAKEOFF_ALT. */
function takeOffUpM(draft: Draft, altitudeAmslM: number, { upMOfAmsl }: CommandTools): number {
  const { state } = draft;
  const { takeOffHeightM } = settingsOf(state.flavour, state.params);
  const leastUpM = homeOf(state).upM + takeOffHeightM;
  if (!Number.isFinite(altitudeAmslM)) return leastUpM;
  const upM = upMOfAmsl(altitudeAmslM);
  if (upM >= leastUpM - 0.1) return upM;
  const event = { name: "navigator_takeoff_min_alt", values: [takeOffHeightM] } as const;
  sendTextAndEvent(draft, SEVERITY.critical, `Using minimum takeoff altitude: ${takeOffHeightM.toFixed(2)} m`, event);
  return leastUpM;
}

const takeOffIn =
  (customMode: number): Handler =>
  (draft, { params }, tools) => {
    const mode = modeFromNumber(draft.state.flavour, customMode);
    if (!mode) return RESULT.unsupported;
    update(draft, { takeOffUpM: takeOffUpM(draft, params[6], tools) });
    return changeMode(draft, mode, tools.locate);
  };

const toRole =
  (role: "land" | "return"): Handler =>
  (draft, _command, { locate }) => {
    const result = changeToRole(draft, role, locate);
    const text = role === "land" ? "Landing at current position" : "Returning to launch";
    const name = role === "land" ? "commander_landing_current_pos" : "commander_rtl";
    if (result === RESULT.accepted) sendTextAndEvent(draft, SEVERITY.info, text, { name, values: [] });
    return result;
  };

/** Also arms. A first item of -1 resumes the mission. */
const missionStart: Handler = (draft, { params: [first] }, { locate }) => {
  const { mission, flavour } = draft.state;
  const countOfItems = mission.items.length;
  if (countOfItems <= firstSeqOf(flavour) || !draft.state.isMissionFeasible) {
    const event = { name: "commander_mission_start_denied_no_mission", values: [] } as const;
    sendTextAndEvent(draft, SEVERITY.critical, "Mission start denied! No valid mission", event);
    return RESULT.denied;
  }
  if (!(first >= -1 && first < countOfItems)) return RESULT.denied;
  const result = changeToRole(draft, "mission", locate);
  if (result !== RESULT.accepted || arm(draft, false) !== RESULT.accepted) return RESULT.temporarilyRejected;
  if (first >= 0 && draft.state.sensed.isOnGround) setCurrentItem(draft, first, locate);
  return RESULT.accepted;
};

/** param2 of 0 or less keeps the default speed. */
const changeSpeed: Handler = (draft, { params: [, mps] }) => {
  update(draft, { groundSpeedMps: mps > 0 ? mps : undefined });
  return RESULT.accepted;
};

/** Rotors: the Orbit mode around the given point, at the speed of param2. A wing circles it in Hold. */
const orbit: Handler = (draft, command, tools) => {
  const { state } = draft;
  const [radius, mps] = command.params;
  const isWing = state.lift === "wing";
  const isTransition = state.sensed.lift === "to-wing" || state.sensed.lift === "to-rotor";
  const isFlying = state.isArmed && !state.sensed.isOnGround;
  const centre = placeOf(draft, command, tools);
  const usualM = settingsOf(state.flavour, state.params).circleRadiusM;
  const radiusM = Number.isFinite(radius) && radius !== 0 ? radius : usualM;
  const role = isWing ? "hold" : "circle";
  if (isTransition || !isFlying || changeToRole(draft, role, tools.locate) !== RESULT.accepted) {
    sendText(draft, SEVERITY.critical, "Orbit command rejected");
    return RESULT.temporarilyRejected;
  }
  if (mps > 0) update(draft, { groundSpeedMps: mps });
  update(draft, { task: circleAround(centre, radiusM) });
  update(draft, { guidance: guideNow(draft.state) });
  return RESULT.accepted;
};

/** Refused on the ground; to the wing also refused while taking off, landing, returning or orbiting. */
const vtolTransition: Handler = (draft, { params: [wanted] }) => {
  const { flavour, sensed, mode } = draft.state;
  const wantedLift = liftOfTransition(wanted);
  if (flavour.airframe !== "vtol") return RESULT.unsupported;
  if (!wantedLift) return RESULT.denied;
  const isBusy = ["take-off", "land", "return", "circle"].includes(mode.role);
  if (sensed.isOnGround || (wantedLift === "wing" && isBusy)) return RESULT.temporarilyRejected;
  const { task } = draft.state;
  const stopsCircling = wantedLift === "rotor" && task?.kind === "circle";
  update(draft, {
    wantedLift,
    lift: wantedLift === "rotor" ? "rotor" : draft.state.lift,
    task: stopsCircling ? { kind: "hold", at: stoppingPoint(sensed.motion) } : task,
  });
  update(draft, { guidance: guideNow(draft.state) });
  return RESULT.accepted;
};

export const PX4: Handlers = {
  ...COMMON,
  20: toRole("return"),
  21: toRole("land"),
  22: takeOffIn(px4Mode(4, 2)),
  34: orbit,
  84: takeOffIn(px4Mode(4, 10)),
  176: setMode,
  178: changeSpeed,
  186: changeAltitude,
  192: reposition,
  // DO_SET_MISSION_CURRENT is newer than 1.15 (Commander's default case); use MISSION_SET_CURRENT.
  224: () => RESULT.unsupported,
  300: missionStart,
  3000: vtolTransition,
};
