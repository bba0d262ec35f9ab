/** PX4 VTOL. Sources as in `px4Copter.ts`; NAV_TAKEOFF climbs on the rotors and hovers. */
import type { CommandReason } from "../../vehicle/commands.js";
import type { Asked, CommandTable, Situation } from "./commandTable.js";
import { ifHeightKnown, orbitSteps, PX4_COPTER_COMMANDS } from "./px4Copter.js";
import { PX4_MODE } from "./px4Modes.js";
import { transitionStep } from "./px4Steps.js";
import { all, ifFlying, ifTransitionHelps, isOnWing } from "./rules.js";

export const PX4_VTOL_COMMANDS: CommandTable = {
  ...PX4_COPTER_COMMANDS,
  // In forward flight it circles in Hold mode; when hovering it has an orbit mode.
  orbit: {
    whyNot: all(ifFlying, ifHeightKnown, unlessInTransition),
    steps: ({ command, vehicle }) => orbitSteps(isOnWing(vehicle) ? PX4_MODE.hold : PX4_MODE.orbit, command, vehicle),
  },
  "change-heading": {
    whyNot: all(ifFlying, ifHovering),
    steps: (asked) => PX4_COPTER_COMMANDS["change-heading"].steps(asked),
  },
  transition: { whyNot: all(ifFlying, ifTransitionHelps), steps: ({ command }) => [transitionStep(command.to)] },
};

/** PX4 replies "Orbit command rejected" until the transition is over (Commander: VEHICLE_CMD_DO_ORBIT). */
function unlessInTransition({ vehicle }: Situation): CommandReason | undefined {
  const vtol = vehicle.flightPhase?.value.vtol;
  return vtol === "to-hover" || vtol === "to-forward" ? "in-transition" : undefined;
}

function ifHovering({ vehicle }: Asked<"change-heading">): CommandReason | undefined {
  return isOnWing(vehicle) ? "needs-hover" : undefined;
}
