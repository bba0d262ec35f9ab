/**
 * ArduPlane. Sources: ArduPlane/GCS_MAVLink_Plane.cpp and mode.h (4.7-dev), FIELD notes A, the recording in
 * ../fixtures.
 */
import { CMD } from "../../plan/missionCommands.js";
import { stepWith } from "../protocols/command/commandStep.js";
import { ARDUPILOT_COMMON } from "./ardupilotCommon.js";
import { armStep, goToStep, hereOf, jumpSteps, modeStep, PLANE_MODE, startMissionSteps } from "./ardupilotSteps.js";
import { frameOf } from "./ardupilotMission.js";
import { type Asked, type CommandTable, never } from "./commandTable.js";
import {
  all,
  ifArmed,
  ifArmedOrFlying,
  ifFlying,
  ifModeKnown,
  ifResumable,
  ifSomewhere,
  ifSticksThere,
  unlessComingHome,
  unlessFlown,
  unlessInMode,
} from "./rules.js";

const modeOf = (customMode: number) => modeStep("plane", customMode);
const guided = modeOf(PLANE_MODE.guided);
const LAUNCHING: readonly number[] = [PLANE_MODE.auto, PLANE_MODE.takeoff];

export const PLANE_COMMANDS: CommandTable = {
  ...ARDUPILOT_COMMON,
  arm: { ...ARDUPILOT_COMMON.arm, steps: armSteps },
  // ArduPlane accepts NAV_TAKEOFF as a command on QuadPlanes only (otherwise result 4, seen on a real one).
  "take-off": never("takes-off-by-mission"),
  "start-mission": {
    whyNot: all(ifArmed, unlessFlown(PLANE_MODE.auto), unlessComingHome),
    steps: () => startMissionSteps("plane", PLANE_MODE.auto),
  },
  // LOITER circles at the present position; the mission remembers its current item.
  pause: { whyNot: ifArmedOrFlying, steps: () => [modeOf(PLANE_MODE.loiter)] },
  resume: {
    whyNot: all(unlessInMode(PLANE_MODE.auto, "mission-running"), ifFlying, ifResumable),
    steps: () => [modeOf(PLANE_MODE.auto)],
  },
  "jump-to-item": { whyNot: ifFlying, steps: ({ command }) => jumpSteps("plane", PLANE_MODE.auto, command.item) },
  "go-to": { whyNot: ifFlying, steps: ({ command }) => [goToStep("plane", PLANE_MODE.guided, command)] },
  // There is no DO_ORBIT; in GUIDED a plane circles its target, with the radius and direction sent with it (since 4.3).
  orbit: { whyNot: ifFlying, steps: orbitSteps },
  return: { whyNot: ifArmedOrFlying, steps: () => [modeOf(PLANE_MODE.returnHome)] },
  land: never("lands-by-mission"),
  "change-altitude": { whyNot: all(ifFlying, ifSomewhere), steps: altitudeSteps },
  "change-heading": { whyNot: ifFlying, steps: headingSteps },
  transition: never("not-a-vtol"),
  "set-mode": { whyNot: all(ifModeKnown, ifSticksThere), steps: ({ command }) => [modeOf(command.customMode)] },
};

/**
 * In AUTO and TAKEOFF a plane launches as soon as it is armed (ArduPlane: suppress_throttle, auto_takeoff_check), and
 * would fly whatever mission is on board. So it is armed in LOITER, where it waits.
 */
function armSteps({ heartbeat }: Asked<"arm">) {
  return LAUNCHING.includes(heartbeat.customMode) ? [modeOf(PLANE_MODE.loiter), armStep] : [armStep];
}

function orbitSteps({ command }: Asked<"orbit">) {
  const { centre: position, height, radiusM, direction } = command;
  const circle = { radiusM, isCounterClockwise: direction === "counter-clockwise" };
  return [goToStep("plane", PLANE_MODE.guided, { position, height, circle })];
}

/** In GUIDED the centre of the circle stays; from any other mode it circles here at the new height. */
function altitudeSteps({ command, vehicle, heartbeat }: Asked<"change-altitude">) {
  const { height } = command;
  if (heartbeat.customMode !== PLANE_MODE.guided) {
    return [goToStep("plane", PLANE_MODE.guided, { ...hereOf(vehicle), height })];
  }
  const [z, frame] = [height.valueM, frameOf(height.datum)];
  return [stepWith({ command: CMD.guidedChangeAltitude, form: "int", z, frame })];
}

const COURSE_OVER_GROUND = 0;
/** Lateral acceleration it may use, m/s²: a bank of about 30 degrees. With 0 the turn would take minutes. */
const TURN_MPS2 = 6;

/** GUIDED only; a heading of 360 is refused as out of range. */
function headingSteps({ command }: Asked<"change-heading">) {
  const courseDeg = command.headingDeg % 360;
  const params = [COURSE_OVER_GROUND, courseDeg, TURN_MPS2, 0] as const;
  return [guided, stepWith({ command: CMD.guidedChangeHeading, form: "int", params })];
}
