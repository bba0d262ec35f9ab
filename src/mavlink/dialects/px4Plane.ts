/** PX4 fixed-wing. Sources as in `px4Copter.ts`, and the user guide's fixed-wing modes. */
import { type CommandTable, never } from "./commandTable.js";
import { ifHeightKnown, orbitSteps, PX4_COPTER_COMMANDS } from "./px4Copter.js";
import { PX4_MODE } from "./px4Modes.js";
import { all, ifFlying } from "./rules.js";

export const PX4_PLANE_COMMANDS: CommandTable = {
  ...PX4_COPTER_COMMANDS,
  // On fixed-wing an orbit is a loiter in Hold mode with a radius (Commander: VEHICLE_CMD_DO_ORBIT).
  orbit: {
    whyNot: all(ifFlying, ifHeightKnown),
    steps: ({ command, vehicle }) => orbitSteps(PX4_MODE.hold, command, vehicle),
  },
  // Land mode descends wherever the plane happens to be, "in an emergency" (user guide); it can still be set as a mode.
  land: never("lands-by-mission"),
  // A reposition's yaw is for multicopters; without sticks a plane has no course to hold.
  "change-heading": never("not-by-this-autopilot"),
};
