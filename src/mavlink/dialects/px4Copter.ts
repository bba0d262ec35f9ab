/**
 * PX4 multicopters. Sources: src/modules/commander/Commander.cpp (handle_command),
 * src/modules/navigator/navigator_main.cpp, MAVSDK's action plugin and QGroundControl's PX4FirmwarePlugin for what is
 * used in the field, FIELD notes A.
 */
import { RAD_PER_DEG } from "../../geo/angles.js";
import type { CommandReason } from "../../vehicle/commands.js";
import type { VehicleState } from "../../vehicle/vehicleState.js";
import { type Asked, type CommandTable, never } from "./commandTable.js";
import { whileArmed } from "../protocols/command/commandStep.js";
import { PX4_MODE } from "./px4Modes.js";
import {
  armSteps,
  changeSpeedStep,
  disarmStep,
  modeStep,
  orbitStep,
  rebootStep,
  repositionStep,
  setItemStep,
  takeOffStep,
} from "./px4Steps.js";
import {
  all,
  amslOf,
  homeAmslM,
  ifAboveHome,
  ifArmed,
  ifArmedOrFlying,
  ifDisarmable,
  ifDisarmed,
  ifFlying,
  ifModeKnown,
  ifResumable,
  ifSticksThere,
  ifStanding,
  unlessComingHome,
  unlessFlown,
  unlessInMode,
} from "./rules.js";

const hold = modeStep(PX4_MODE.hold);
const mission = modeStep(PX4_MODE.mission);

export const PX4_COPTER_COMMANDS: CommandTable = {
  arm: { whyNot: ifDisarmed, steps: ({ heartbeat }) => armSteps(heartbeat.customMode) },
  disarm: { whyNot: ifDisarmable, steps: () => [disarmStep] },
  "take-off": {
    whyNot: all(ifArmed, ifAboveHome, ifStanding, ifHomeKnown),
    steps: ({ command, vehicle }) => [takeOffStep(vehicle, command.altitudeAboveHomeM)],
  },
  // Not MISSION_START: it also arms, so a late copy of it could arm the vehicle.
  "start-mission": {
    whyNot: all(ifArmed, unlessFlown(PX4_MODE.mission), unlessComingHome),
    steps: () => [setItemStep(0, true), whileArmed(mission)],
  },
  pause: { whyNot: ifArmedOrFlying, steps: pauseSteps },
  resume: {
    whyNot: all(unlessInMode(PX4_MODE.mission, "mission-running"), ifFlying, ifResumable),
    steps: () => [mission],
  },
  "jump-to-item": { whyNot: ifFlying, steps: ({ command }) => [setItemStep(command.item, false), mission] },
  // Hold mode first (as MAVSDK does): in Mission or Return the navigator may override a reposition.
  "go-to": {
    whyNot: all(ifFlying, ifHeightKnown),
    steps: ({ command, vehicle }) => [
      hold,
      repositionStep({ place: command.position, z: amsl(command.height, vehicle) }),
    ],
  },
  orbit: {
    whyNot: all(ifFlying, ifHeightKnown),
    steps: ({ command, vehicle }) => orbitSteps(PX4_MODE.orbit, command, vehicle),
  },
  return: { whyNot: ifArmedOrFlying, steps: () => [modeStep(PX4_MODE.returnHome)] },
  land: { whyNot: ifArmedOrFlying, steps: () => [modeStep(PX4_MODE.land)] },
  "change-speed": { whyNot: ifFlying, steps: ({ command }) => [changeSpeedStep(command.speedKind, command.speedMps)] },
  // A reposition without a position, as QGroundControl does it; works on versions older than DO_CHANGE_ALTITUDE.
  "change-altitude": {
    whyNot: all(ifFlying, ifHeightKnown),
    steps: ({ command, vehicle }) => [repositionStep({ z: amsl(command.height, vehicle) })],
  },
  "change-heading": {
    whyNot: ifFlying,
    steps: ({ command }) => [repositionStep({ yawRad: command.headingDeg * RAD_PER_DEG })],
  },
  transition: never("not-a-vtol"),
  "set-mode": { whyNot: all(ifModeKnown, ifSticksThere), steps: ({ command }) => [modeStep(command.customMode)] },
  // There is no such command: an uploaded fence is active at once, and GF_ACTION says what it does.
  "enable-fence": never("not-by-this-autopilot"),
  reboot: { whyNot: ifDisarmed, steps: () => [rebootStep] },
};

/** In Hold mode it may still be flying a reposition: it is sent a reposition without a target, which stops it. */
function pauseSteps({ heartbeat }: Asked<"pause">) {
  return [heartbeat.customMode === PX4_MODE.hold ? repositionStep({}) : hold];
}

export function orbitSteps(mode: number, command: Asked<"orbit">["command"], vehicle: VehicleState) {
  const { centre, height, radiusM, direction } = command;
  const isCounterClockwise = direction === "counter-clockwise";
  return [orbitStep(mode, { centre, radiusM, isCounterClockwise, amslM: amsl(height, vehicle) })];
}

function ifHomeKnown({ vehicle }: Asked<"take-off">): CommandReason | undefined {
  return homeAmslM(vehicle) === undefined ? "no-home" : undefined;
}

/** Heights are sent above sea level, so home's must be known; a height above ground cannot be converted. */
export function ifHeightKnown({
  command,
  vehicle,
}: Asked<"go-to" | "orbit" | "change-altitude">): CommandReason | undefined {
  if (command.height.datum === "terrain") return "datum-not-understood";
  return amslOf(command.height, vehicle) === undefined ? "no-home" : undefined;
}

function amsl(height: Asked<"go-to">["command"]["height"], vehicle: VehicleState): number {
  const amslM = amslOf(height, vehicle);
  if (amslM === undefined) throw new Error("Invariant: a height that cannot be told above the sea was allowed");
  return amslM;
}
