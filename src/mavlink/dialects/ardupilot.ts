/** ArduPilot on its three airframes: missions and parameters alike, commands by airframe. */
import { COPTER_BOOK } from "./ardupilotCopter.js";
import { ardupilotKeptParams } from "./ardupilotKept.js";
import { missionFromWire, missionToWire } from "./ardupilotMission.js";
import { PLANE_BOOK } from "./ardupilotPlane.js";
import { QUADPLANE_BOOK } from "./ardupilotQuadplane.js";
import { type CommandBook, commandsOf } from "./commandBook.js";
import type { Dialect } from "./dialect.js";

const ardupilotWith = (book: CommandBook): Dialect => ({
  ...commandsOf(book),
  // Each item is judged as it comes; the rest is said when arming or the mode is asked for.
  checksMissionAfterUpload: false,
  firstItemIsHome: true,
  keepsRallyFrame: true,
  paramEncoding: "c-cast",
  keptParams: ardupilotKeptParams,
  missionToWire,
  missionFromWire,
});

export const ARDUPILOT_COPTER: Dialect = ardupilotWith(COPTER_BOOK);
export const ARDUPILOT_PLANE: Dialect = ardupilotWith(PLANE_BOOK);
export const ARDUPILOT_QUADPLANE: Dialect = ardupilotWith(QUADPLANE_BOOK);
