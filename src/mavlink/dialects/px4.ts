/** PX4 on its three airframes: missions and parameters are the same on all, commands differ by airframe. */
import { type CommandTable, commandsOf } from "./commandTable.js";
import type { Autopilot } from "./autopilot.js";
import type { Dialect } from "./dialect.js";
import { PX4_COPTER_COMMANDS } from "./px4Copter.js";
import { px4KeptParams } from "./px4Kept.js";
import { px4MissionFromWire, px4MissionToWire } from "./px4Mission.js";
import { PX4_MODES, PX4_NAMES } from "./px4Modes.js";
import { PX4_PLANE_COMMANDS } from "./px4Plane.js";
import { PX4_VTOL_COMMANDS } from "./px4Vtol.js";

const px4With = (table: CommandTable): Dialect => ({
  ...commandsOf(table),
  // MissionFeasibilityChecker runs when the navigator loads the new mission (in a recording of 1.14: within 10 ms).
  checksMissionAfterUpload: true,
  firstItemIsHome: false,
  // In a recording of 1.14: sent in frame 3, read back in frame 5 with the same height (send_mission_item sets no
  // datum).
  keepsRallyFrame: false,
  keptParams: px4KeptParams,
  missionToWire: px4MissionToWire,
  missionFromWire: px4MissionFromWire,
});

const COPTER = px4With(PX4_COPTER_COMMANDS);
const PLANE = px4With(PX4_PLANE_COMMANDS);
const VTOL = px4With(PX4_VTOL_COMMANDS);

export const PX4: Autopilot = {
  kind: "px4",
  mavAutopilot: 12,
  dialects: { copter: COPTER, plane: PLANE, vtol: VTOL },
  modes: PX4_MODES,
  modeNames: () => PX4_NAMES,
  paramEncoding: "bytewise",
};
