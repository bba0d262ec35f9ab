/** ArduPilot on its three airframes: missions and parameters are the same on all, commands differ by airframe. */
import { COPTER_COMMANDS } from "./ardupilotCopter.js";
import { ARDUPILOT_MODES, ardupilotModeNames } from "./ardupilotModes.js";
import { ardupilotKeptParams } from "./ardupilotKept.js";
import { missionFromWire, missionToWire } from "./ardupilotMission.js";
import { PLANE_COMMANDS } from "./ardupilotPlane.js";
import { QUADPLANE_COMMANDS } from "./ardupilotQuadplane.js";
import { type CommandTable, commandsOf } from "./commandTable.js";
import type { Autopilot } from "./autopilot.js";
import type { Dialect } from "./dialect.js";

const ardupilotWith = (table: CommandTable): Dialect => ({
  ...commandsOf(table),
  // ArduPilot checks each item as it is received; other problems are reported when arming or changing mode.
  checksMissionAfterUpload: false,
  firstItemIsHome: true,
  keepsRallyFrame: true,
  keptParams: ardupilotKeptParams,
  missionToWire,
  missionFromWire,
});

const COPTER = ardupilotWith(COPTER_COMMANDS);
const PLANE = ardupilotWith(PLANE_COMMANDS);
const QUADPLANE = ardupilotWith(QUADPLANE_COMMANDS);

export const ARDUPILOT: Autopilot = {
  kind: "ardupilot",
  mavAutopilot: 3,
  dialects: { copter: COPTER, plane: PLANE, vtol: QUADPLANE },
  modes: ARDUPILOT_MODES,
  modeNames: ardupilotModeNames,
  paramEncoding: "c-cast",
};
