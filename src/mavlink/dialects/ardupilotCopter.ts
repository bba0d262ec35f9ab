/**
 * ArduCopter. Sources: ArduCopter/GCS_MAVLink_Copter.cpp and mode.h (4.7-dev), FIELD notes A, the recording in
 * ../fixtures.
 */
import { CMD } from "../../plan/missionCommands.js";
import { stepWith } from "../protocols/command/commandStep.js";
import { ARDUPILOT_COMMON } from "./ardupilotCommon.js";
import {
  armStep,
  COPTER_MODE,
  goToStep,
  hereOf,
  jumpSteps,
  modeStep,
  startMissionSteps,
  takeOffStep,
} from "./ardupilotSteps.js";
import { type Asked, type CommandTable, never } from "./commandTable.js";
import {
  all,
  ifAboveHome,
  ifArmed,
  ifArmedOrFlying,
  ifFlying,
  ifModeKnown,
  ifResumable,
  ifSomewhere,
  ifSticksThere,
  ifStanding,
  unlessComingHome,
  unlessFlown,
  unlessInMode,
} from "./rules.js";

const modeOf = (customMode: number) => modeStep("copter", customMode);
const guided = modeOf(COPTER_MODE.guided);

export const COPTER_COMMANDS: CommandTable = {
  ...ARDUPILOT_COMMON,
  // The take-off command is accepted in GUIDED only, and a station without sticks has no use for arming in STABILIZE.
  arm: { ...ARDUPILOT_COMMON.arm, steps: () => [guided, armStep] },
  "take-off": {
    whyNot: all(ifArmed, ifAboveHome, ifStanding),
    steps: ({ command }) => [guided, takeOffStep(command.altitudeAboveHomeM)],
  },
  "start-mission": {
    whyNot: all(ifArmed, unlessFlown(COPTER_MODE.auto), unlessComingHome),
    steps: () => startMissionSteps("copter", COPTER_MODE.auto),
  },
  pause: { whyNot: ifArmedOrFlying, steps: pauseSteps },
  // MIS_RESTART is 0 by default: AUTO continues with the item it was flying to.
  resume: {
    whyNot: all(unlessInMode(COPTER_MODE.auto, "mission-running"), ifFlying, ifResumable),
    steps: () => [modeOf(COPTER_MODE.auto)],
  },
  "jump-to-item": { whyNot: ifFlying, steps: ({ command }) => jumpSteps("copter", COPTER_MODE.auto, command.item) },
  "go-to": { whyNot: ifFlying, steps: ({ command }) => [goToStep("copter", COPTER_MODE.guided, command)] },
  // Not possible: there is no DO_ORBIT (4.7-dev), and CIRCLE mode takes neither a centre nor, without sticks, a height.
  orbit: never("not-by-this-autopilot"),
  return: { whyNot: ifArmedOrFlying, steps: () => [modeOf(COPTER_MODE.returnHome)] },
  land: { whyNot: ifArmedOrFlying, steps: () => [modeOf(COPTER_MODE.land)] },
  // There is no DO_CHANGE_ALTITUDE, so this is a go-to at the present position and the new height. It ends a running
  // go-to.
  "change-altitude": {
    whyNot: all(ifFlying, ifSomewhere),
    steps: ({ command, vehicle }) => [
      goToStep("copter", COPTER_MODE.guided, { ...hereOf(vehicle), height: command.height }),
    ],
  },
  "change-heading": { whyNot: ifFlying, steps: headingSteps },
  transition: never("not-a-vtol"),
  "set-mode": { whyNot: all(ifModeKnown, ifSticksThere), steps: ({ command }) => [modeOf(command.customMode)] },
};

/**
 * Pause is GUIDED mode, which stops and holds. Not LOITER: without a pilot's radio LOITER takes the missing throttle
 * stick for "down" and descends. Not DO_PAUSE_CONTINUE: the mode stays AUTO. A copter that is in GUIDED already may be
 * flying a go-to: it is sent a go-to to its present position.
 */
function pauseSteps({ vehicle, heartbeat }: Asked<"pause">) {
  const isGoing = heartbeat.customMode === COPTER_MODE.guided && vehicle.position !== undefined;
  return [isGoing ? goToStep("copter", COPTER_MODE.guided, hereOf(vehicle)) : guided];
}

/**
 * Absolute heading, at the vehicle's usual turn rate, the shorter way round. In AUTO it lasts until the next item; in
 * any other mode GUIDED is set first.
 */
function headingSteps({ command, heartbeat }: Asked<"change-heading">) {
  const turn = stepWith({ command: CMD.conditionYaw, params: [command.headingDeg, 0, 0, 0] });
  return heartbeat.customMode === COPTER_MODE.auto ? [turn] : [guided, turn];
}
