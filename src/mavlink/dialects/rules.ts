/** What commands need first, whatever the autopilot. */
import type { DatumAltitude } from "../../geo/position.js";
import type { CommandReason } from "../../vehicle/commands.js";
import { isAirborne } from "../../vehicle/selectors/airborne.js";
import { canResumeMission, isComingHome } from "../../vehicle/selectors/mission.js";
import { lacksSticks } from "../../vehicle/selectors/sticks.js";
import type { VehicleState } from "../../vehicle/vehicleState.js";
import type { Asked, Situation } from "./commandTable.js";

type Rule<Wish> = (asked: Wish) => CommandReason | undefined;

/** The first rule that has something against it. */
export const all =
  <Wish>(...rules: readonly Rule<Wish>[]): Rule<Wish> =>
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

/** How danger ends may be sent as long as it is armed or in the air, whatever else is believed of it. */
export const ifArmedOrFlying: Rule<Situation> = ({ heartbeat, vehicle }) =>
  heartbeat.isArmed || isAirborne(vehicle) ? undefined : "on-ground";

/** A start is no way out of a return or a landing. */
export const unlessComingHome: Rule<Situation> = ({ vehicle }) =>
  isAirborne(vehicle) && isComingHome(vehicle) ? "coming-home" : undefined;

/** There is a mission to go on with: a take-off by hand is none. */
export const ifResumable: Rule<Situation> = ({ vehicle }) => (canResumeMission(vehicle) ? undefined : "not-paused");

/** In the air the sticks must be there for a mode that they fly: otherwise the aircraft falls. */
export const ifSticksThere: Rule<Asked<"set-mode">> = ({ command, vehicle }) =>
  lacksSticks(vehicle, command.customMode) ? "needs-sticks" : undefined;

/** Armed and on the ground: motors are stopped here, never in the air. */
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

/** A start begins with the first item: not something to press by mistake while the mission is flown. Pause comes first. */
export const unlessFlown =
  (missionMode: number): Rule<Situation> =>
  ({ heartbeat, vehicle }) =>
    heartbeat.customMode === missionMode && isAirborne(vehicle) ? "mission-running" : undefined;

/** Needless once it flies (or is on the way to fly) that way. */
export const ifTransitionHelps: Rule<Asked<"transition">> = ({ command, vehicle }) => {
  const vtol = vehicle.flightPhase?.value.vtol;
  if (command.to === "hover" && (vtol === "hover" || vtol === "to-hover")) return "hovers-already";
  return command.to === "forward" && (vtol === "forward" || vtol === "to-forward")
    ? "flies-forward-already"
    : undefined;
};

/** On its wing: a VTOL in forward flight. Undefined phase: not known, and not held against it. */
export const isOnWing = ({ flightPhase }: VehicleState): boolean => {
  const vtol = flightPhase?.value.vtol;
  return vtol === "forward" || vtol === "to-forward";
};

/** Home above the sea: as told, or as the two heights of the position tell. */
export function homeAmslM({ home, position }: VehicleState): number | undefined {
  if (home) return home.value.altitudeAmslM;
  return position && position.value.altitudeAmslM - position.value.altitudeAboveHomeM;
}

/** A height above the sea; undefined where home is not known or the datum is the ground's. */
export function amslOf(height: DatumAltitude, vehicle: VehicleState): number | undefined {
  if (height.datum === "amsl") return height.valueM;
  const homeM = homeAmslM(vehicle);
  return height.datum === "home" && homeM !== undefined ? homeM + height.valueM : undefined;
}
