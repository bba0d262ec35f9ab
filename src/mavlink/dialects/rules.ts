/** Conditions for commands that hold for every autopilot. */
import type { DatumAltitude } from "../../geo/position.js";
import type { CommandReason } from "../../vehicle/commands.js";
import { isAirborne } from "../../vehicle/selectors/airborne.js";
import { canResumeMission, isComingHome } from "../../vehicle/selectors/mission.js";
import { lacksSticks } from "../../vehicle/selectors/sticks.js";
import type { VehicleState } from "../../vehicle/vehicleState.js";
import type { Asked, Situation } from "./commandTable.js";

/** `Subject`: a situation, or a command in one. */
type Rule<Subject> = (asked: Subject) => CommandReason | undefined;

/** Combines rules: gives the first reason that any of them has against the command. */
export const all =
  <Subject>(...rules: readonly Rule<Subject>[]): Rule<Subject> =>
  (asked) => {
    for (const rule of rules) {
      const because = rule(asked);
      if (because !== undefined) return because;
    }
    return undefined;
  };

export const ifDisarmed: Rule<Situation> = ({ heartbeat }) => (heartbeat.isArmed ? "armed" : undefined);
export const ifArmed: Rule<Situation> = ({ heartbeat }) => (heartbeat.isArmed ? undefined : "arm-first");
export const ifFlying: Rule<Situation> = ({ heartbeat, vehicle }) =>
  heartbeat.isArmed && isAirborne(vehicle) ? undefined : "on-ground";
export const ifStanding: Rule<Situation> = ({ vehicle }) => (isAirborne(vehicle) ? "airborne" : undefined);
export const ifSomewhere: Rule<Situation> = ({ vehicle }) => (vehicle.position ? undefined : "no-position");

/** For pause, return and land: allowed as long as the vehicle is armed or in the air, whatever else its state says. */
export const ifArmedOrFlying: Rule<Situation> = ({ heartbeat, vehicle }) =>
  heartbeat.isArmed || isAirborne(vehicle) ? undefined : "on-ground";

/** During a return or a landing a mission start is not allowed. */
export const unlessComingHome: Rule<Situation> = ({ vehicle }) =>
  isAirborne(vehicle) && isComingHome(vehicle) ? "coming-home" : undefined;

/** There must be a started mission to continue: a manual take-off does not count. */
export const ifResumable: Rule<Situation> = ({ vehicle }) => (canResumeMission(vehicle) ? undefined : "not-paused");

/** In flight a mode flown by sticks needs a connected radio: otherwise the aircraft falls. */
export const ifSticksThere: Rule<Asked<"set-mode">> = ({ command, vehicle }) =>
  lacksSticks(vehicle, command.customMode) ? "needs-sticks" : undefined;

/** Armed and on the ground: the motors are stopped here, never in the air. */
export const ifDisarmable: Rule<Situation> = ({ heartbeat, vehicle }) => {
  if (!heartbeat.isArmed) return "disarmed";
  return isAirborne(vehicle) ? "airborne" : undefined;
};

export const ifAboveHome: Rule<Asked<"take-off">> = ({ command }) =>
  command.altitudeAboveHomeM > 0 ? undefined : "height-not-above-home";

export const ifModeKnown: Rule<Asked<"set-mode">> = ({ command, vehicle }) =>
  vehicle.modes.some((mode) => mode.customMode === command.customMode && mode.isSelectable)
    ? undefined
    : "mode-unknown";

export const unlessInMode =
  (customMode: number, because: CommandReason): Rule<Situation> =>
  ({ heartbeat }) =>
    heartbeat.customMode === customMode ? because : undefined;

/** A start begins with the first item, which nobody wants by mistake while the mission is flown: pause first. */
export const unlessFlown =
  (missionMode: number): Rule<Situation> =>
  ({ heartbeat, vehicle }) =>
    heartbeat.customMode === missionMode && isAirborne(vehicle) ? "mission-running" : undefined;

/** Not needed when it already flies that way, or is in transition to it. */
export const ifTransitionHelps: Rule<Asked<"transition">> = ({ command, vehicle }) => {
  const vtol = vehicle.flightPhase?.value.vtol;
  if (command.to === "hover" && (vtol === "hover" || vtol === "to-hover")) return "hovers-already";
  return command.to === "forward" && (vtol === "forward" || vtol === "to-forward")
    ? "flies-forward-already"
    : undefined;
};

/** True for a VTOL in forward flight. False when the flight phase is unknown, so that this alone forbids nothing. */
export const isOnWing = ({ flightPhase }: VehicleState): boolean => {
  const vtol = flightPhase?.value.vtol;
  return vtol === "forward" || vtol === "to-forward";
};

/** Home's height above sea level: as reported, or the difference of the two heights in the position. */
export function homeAmslM({ home, position }: VehicleState): number | undefined {
  if (home) return home.value.altitudeAmslM;
  return position && position.value.altitudeAmslM - position.value.altitudeAboveHomeM;
}

/** A height above sea level; undefined where home is not known or the datum is the terrain. */
export function amslOf(height: DatumAltitude, vehicle: VehicleState): number | undefined {
  if (height.datum === "amsl") return height.valueM;
  const homeM = homeAmslM(vehicle);
  return height.datum === "home" && homeM !== undefined ? homeM + height.valueM : undefined;
}
