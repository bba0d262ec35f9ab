/**
 * ArduPilot, Copter and Plane. What differs between them is the table of modes; what differs from PX4 is all of it.
 * Sources: FIELD notes A, GCS_MAVLink of ArduPilot 4.7-dev, the recordings in ../fixtures.
 */
import { abilitiesWith, canDoWith, stepsWith } from "./ardupilotCommands.js";
import { ardupilotKeptParams } from "./ardupilotKept.js";
import { missionFromWire, missionToWire } from "./ardupilotMission.js";
import { COPTER_MODES, type ModeTable, PLANE_MODES } from "./ardupilotSteps.js";
import type { Dialect } from "./dialect.js";

const ardupilotWith = (modes: ModeTable): Dialect => ({
  canDo: (command, vehicle) => canDoWith(modes, command, vehicle),
  abilities: (vehicle) => abilitiesWith(modes, vehicle),
  stepsFor: (command, vehicle) => stepsWith(modes, command, vehicle),
  firstItemIsHome: true,
  paramEncoding: "c-cast",
  keptParams: ardupilotKeptParams,
  missionToWire,
  missionFromWire,
});

export const ARDUPILOT_COPTER: Dialect = ardupilotWith(COPTER_MODES);
export const ARDUPILOT_PLANE: Dialect = ardupilotWith(PLANE_MODES);
