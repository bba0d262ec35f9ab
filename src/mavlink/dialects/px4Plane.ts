/** PX4 on a wing. Sources as in `px4Copter.ts`, and the user guide's fixed-wing modes. */
import { type CommandTable, never } from "./commandTable.js";
import { ifHeightKnown, orbitSteps, PX4_COPTER_COMMANDS } from "./px4Copter.js";
import { PX4_MODE } from "./px4Modes.js";
import { all, ifFlying } from "./rules.js";

export const PX4_PLANE_COMMANDS: CommandTable = {
  ...PX4_COPTER_COMMANDS,
  // For a wing an orbit is a loiter in Hold with a radius (Commander: VEHICLE_CMD_DO_ORBIT).
  orbit: {
    whyNot: all(ifFlying, ifHeightKnown),
    steps: ({ command, vehicle }) => orbitSteps(PX4_MODE.hold, command, vehicle),
  },
  // Land mode comes down wherever it happens to be, "in an emergency" (user guide); it stays a mode one can choose.
  land: never("lands-by-mission"),
  // A reposition's yaw is the nose of a copter; there is no course to hold without sticks.
  "change-heading": never("not-by-this-autopilot"),
};
