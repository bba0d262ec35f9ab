import { assertNever } from "../../core/result.js";
import type { CommandAbilities, CommandReason, VehicleCommand } from "../../vehicle/commands.js";
import type { HeartbeatState, VehicleState } from "../../vehicle/vehicleState.js";
import type { CommandStep } from "../protocols/commandStep.js";
import { frameOf } from "./ardupilotMission.js";
import { CMD, modeEvidence, modeStep, type ModeTable, stepWith } from "./ardupilotSteps.js";
import { type Possibility, SAMPLE_COMMANDS } from "./dialect.js";

/** Left the ground for certain: above any barometer's wander while standing. */
const AIRBORNE_M = 1.5;
const MAV_STATE_ACTIVE = 4;
const CHANGE_MODE_FLAG = 1;
const DEFAULT_SPEED = -1;

/** ArduPilot says ACTIVE while flying, STANDBY on the ground; the height settles what the heartbeat leaves open. */
function isAirborne(vehicle: VehicleState): boolean {
  const isActive = vehicle.heartbeat?.value.systemStatus === MAV_STATE_ACTIVE;
  return isActive || (vehicle.position?.value.altitudeAboveHomeM ?? 0) > AIRBORNE_M;
}

const yes: Possibility = { ok: true };
const no = (because: CommandReason): Possibility => ({ ok: false, because });
const inTheAir = (vehicle: VehicleState): Possibility =>
  vehicle.heartbeat?.value.isArmed === true && isAirborne(vehicle) ? yes : no("on-ground");

type Asked<Kind extends VehicleCommand["kind"]> = {
  readonly command: Extract<VehicleCommand, { readonly kind: Kind }>;
  readonly modes: ModeTable;
  readonly vehicle: VehicleState;
  readonly heartbeat: HeartbeatState;
};
type Rules = { readonly [Kind in VehicleCommand["kind"]]: (asked: Asked<Kind>) => Possibility };

const ifFlying = ({ vehicle }: { readonly vehicle: VehicleState }): Possibility => inTheAir(vehicle);

const notYet = (): Possibility => no("not-by-this-autopilot");

const RULES: Rules = {
  arm: ({ heartbeat }) => (heartbeat.isArmed ? no("armed") : yes),
  disarm: ({ heartbeat, vehicle }) => {
    if (!heartbeat.isArmed) return no("disarmed");
    return isAirborne(vehicle) ? no("airborne") : yes;
  },
  "take-off": ({ command, heartbeat, vehicle }) => {
    if (vehicle.airframe !== "copter") return no("takes-off-by-mission");
    if (!heartbeat.isArmed) return no("arm-first");
    if (!(command.altitudeAboveHomeM > 0)) return no("height-not-above-home");
    return isAirborne(vehicle) ? no("airborne") : yes;
  },
  "start-mission": ({ heartbeat }) => (heartbeat.isArmed ? yes : no("arm-first")),
  resume: ({ heartbeat, modes, vehicle }) =>
    heartbeat.customMode === modes.auto ? no("mission-running") : inTheAir(vehicle),
  land: ({ modes, vehicle }) => (modes.land === undefined ? no("lands-by-mission") : inTheAir(vehicle)),
  pause: ifFlying,
  "go-to": ifFlying,
  return: ifFlying,
  "jump-to-item": notYet,
  orbit: notYet,
  "change-speed": notYet,
  "change-altitude": notYet,
  "change-heading": notYet,
  transition: notYet,
  "set-mode": notYet,
  "enable-fence": notYet,
  reboot: notYet,
};

export function canDoWith(modes: ModeTable, command: VehicleCommand, vehicle: VehicleState): Possibility {
  const heartbeat = vehicle.heartbeat?.value;
  if (!heartbeat) return no("no-heartbeat");
  // Each rule is only ever given its own command, which the compiler cannot follow through the look-up.
  const rule = RULES[command.kind] as (asked: Asked<VehicleCommand["kind"]>) => Possibility;
  return rule({ command, modes, vehicle, heartbeat });
}

export function abilitiesWith(modes: ModeTable, vehicle: VehicleState): CommandAbilities {
  const answers = Object.values(SAMPLE_COMMANDS).map(
    (command) => [command.kind, canDoWith(modes, command, vehicle)] as const,
  );
  return Object.fromEntries(answers.flatMap(([kind, answer]) => (answer.ok ? [] : [[kind, answer.because]])));
}

/** The steps of a command that `canDoWith` allowed. */
export function stepsWith(modes: ModeTable, command: VehicleCommand, vehicle: VehicleState): readonly CommandStep[] {
  switch (command.kind) {
    case "arm":
      // Copter takes off by command in GUIDED only, and a station without a stick has no use for arming in STABILIZE.
      return vehicle.airframe === "copter" ? [modeStep(modes, modes.guided), armStep(true)] : [armStep(true)];
    case "disarm":
      return [armStep(false)];
    case "take-off":
      return [modeStep(modes, modes.guided), takeOffStep(command.altitudeAboveHomeM)];
    case "start-mission":
      return startMissionSteps(modes);
    case "pause":
      return pauseSteps(modes, vehicle);
    case "resume":
      // MIS_RESTART is 0 by default: AUTO goes on with the item it was flying to.
      return [modeStep(modes, modes.auto)];
    case "go-to":
      return [goToStep(modes, command)];
    case "return":
      return [modeStep(modes, modes.returnHome)];
    case "land":
      return modes.land === undefined ? [] : [modeStep(modes, modes.land)];
    case "jump-to-item":
    case "orbit":
    case "change-speed":
    case "change-altitude":
    case "change-heading":
    case "transition":
    case "set-mode":
    case "enable-fence":
    case "reboot":
      return [];
    default:
      return assertNever(command);
  }
}

const armStep = (isArmed: boolean): CommandStep =>
  stepWith({
    command: CMD.armDisarm,
    params: [isArmed ? 1 : 0, 0, 0, 0],
    isRetried: !isArmed,
    evidence: { kind: "armed", isArmed },
  });

/** param7 is metres above home (ArduPilot). Done when it has left the ground, not when it has arrived. */
const takeOffStep = (altitudeAboveHomeM: number): CommandStep =>
  stepWith({
    command: CMD.takeoff,
    z: altitudeAboveHomeM,
    evidence: { kind: "above", altitudeAboveHomeM: Math.min(AIRBORNE_M, altitudeAboveHomeM / 2) },
    effectTimeoutMs: 15_000,
  });

const startMissionSteps = (modes: ModeTable): readonly CommandStep[] => [
  // Item 0 restarts the mission; without it AUTO would go on where an earlier flight stopped.
  stepWith({ command: CMD.setMissionCurrent, isOptional: true }),
  // Also arms the throttle on the ground, which a change to AUTO alone does not. Never taken as done without its ack.
  stepWith({ command: CMD.missionStart, evidence: modeEvidence(modes, modes.auto), isEffectEnough: false }),
];

/** A copter that is in GUIDED already may be on its way somewhere: "hold" is then "go to where you are". */
function pauseSteps(modes: ModeTable, vehicle: VehicleState): readonly CommandStep[] {
  const here = vehicle.position?.value;
  const isGoing = vehicle.heartbeat?.value.customMode === modes.guided && modes.hold === modes.guided;
  if (!isGoing || !here) return [modeStep(modes, modes.hold)];
  const height = { datum: "home", valueM: here.altitudeAboveHomeM } as const;
  return [goToStep(modes, { kind: "go-to", position: here.position, height })];
}

/** COMMAND_INT: ArduPilot refuses the LONG form, whose float32 would be a metre off anyway. */
const goToStep = (modes: ModeTable, command: Extract<VehicleCommand, { kind: "go-to" }>): CommandStep =>
  stepWith({
    command: CMD.reposition,
    form: "int",
    params: [DEFAULT_SPEED, CHANGE_MODE_FLAG, 0, 0],
    place: command.position,
    z: command.height.valueM,
    frame: frameOf(command.height.datum),
    evidence: modeEvidence(modes, modes.guided),
    isEffectEnough: false,
  });
