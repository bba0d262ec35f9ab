/** ArduPilot on its three airframes: missions and parameters are the same on all, commands differ by airframe. */
import { COPTER_COMMANDS } from "./ardupilotCopter.js";
import { ardupilotKeptParams } from "./ardupilotKept.js";
import { missionFromWire, missionToWire } from "./ardupilotMission.js";
import { PLANE_COMMANDS } from "./ardupilotPlane.js";
import { QUADPLANE_COMMANDS } from "./ardupilotQuadplane.js";
import { type CommandTable, commandsOf } from "./commandTable.js";
import type { Dialect } from "./dialect.js";

const ardupilotWith = (book: CommandTable): Dialect => ({
  ...commandsOf(book),
  // ArduPilot checks each item as it is received; other problems are reported when arming or changing mode.
  checksMissionAfterUpload: false,
  firstItemIsHome: true,
  keepsRallyFrame: true,
  paramEncoding: "c-cast",
  keptParams: ardupilotKeptParams,
  missionToWire,
  missionFromWire,
});

export const ARDUPILOT_COPTER: Dialect = ardupilotWith(COPTER_COMMANDS);
export const ARDUPILOT_PLANE: Dialect = ardupilotWith(PLANE_COMMANDS);
export const ARDUPILOT_QUADPLANE: Dialect = ardupilotWith(QUADPLANE_COMMANDS);
