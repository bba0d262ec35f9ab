/** What is too dangerous for a press: one rule for every door that leads to an aircraft. */
import type { DatumAltitude } from "../../geo/position.js";
import type { CommandKind, FlightQuestion, VehicleCommand } from "../commands.js";
import type { VehicleState } from "../vehicleState.js";
import { isFlyingMission } from "./mission.js";

/**
 * True for what starts motors, stops them, takes off, flies off, changes who flies or what keeps the aircraft in: a person
 * holds the button (or types the command) and reads the aircraft's name. Pause, Return and Land are never held: they are
 * how danger ends.
 */
export const NEEDS_CONFIRMATION: Readonly<Record<CommandKind, boolean>> = {
  arm: true,
  disarm: true,
  "take-off": true,
  "start-mission": true,
  pause: false,
  resume: true,
  "jump-to-item": true,
  // Only some of them ask: where the place is far, beyond the fence or beyond the battery (`placeDanger.ts`).
  "go-to": false,
  orbit: false,
  return: false,
  land: false,
  "change-speed": false,
  // Only some of them ask: `flightQuestions`.
  "change-altitude": false,
  "change-heading": false,
  transition: true,
  "set-mode": true,
  "enable-fence": true,
  reboot: true,
};

/** How danger ends: sent whatever the station believes of the aircraft, and never kept waiting by another command. */
export const isSafetyCommand = (kind: CommandKind): boolean => kind === "pause" || kind === "return" || kind === "land";

/** More at once than a person takes back in time, should it be a slip of the finger. */
const DEEP_DESCENT_M = 30;
/** Masts, dunes and people stand up to here, and the ground may lie higher than home. */
const VERY_LOW_M = 15;

/**
 * Why the station does not send it unless a person confirms it: it would end the mission that is flown, or bring the
 * aircraft down far or low. A flight to a place asks of its height here, and of the rest in `placeDanger.ts`; that it leaves
 * the mission is what it is for, and its ghost says so.
 */
export function flightQuestions(command: VehicleCommand, vehicle: VehicleState): readonly FlightQuestion[] {
  const leaves = endsMissionUnnamed(command, vehicle) ? (["leaves-mission"] as const) : [];
  return "height" in command ? [...leaves, ...heightQuestions(command.height, vehicle)] : leaves;
}

/** A copter under ArduPilot turns its nose within the mission; every other is told a place or a course of its own for it. */
function endsMissionUnnamed({ kind }: VehicleCommand, vehicle: VehicleState): boolean {
  if (kind !== "change-altitude" && kind !== "change-heading") return false;
  const turnsWithin = vehicle.autopilot === "ardupilot" && vehicle.airframe === "copter" && kind === "change-heading";
  return isFlyingMission(vehicle) && !turnsWithin;
}

function heightQuestions(height: DatumAltitude, vehicle: VehicleState): readonly FlightQuestion[] {
  const nowM = vehicle.position?.value.altitudeAboveHomeM;
  const wantedM = aboveHomeM(height, vehicle);
  if (nowM === undefined || wantedM === undefined) return ["height-unknown"];
  if (wantedM >= nowM) return [];
  const isDeep = nowM - wantedM > DEEP_DESCENT_M;
  return [...(isDeep ? (["descends-far"] as const) : []), ...(wantedM < VERY_LOW_M ? (["very-low"] as const) : [])];
}

/** Undefined where the vehicle has not said enough, or the height is above ground that nobody here knows. */
function aboveHomeM({ datum, valueM }: DatumAltitude, { position, home }: VehicleState): number | undefined {
  if (datum === "home") return valueM;
  if (datum !== "amsl") return undefined;
  const homeAmslM =
    home?.value.altitudeAmslM ?? (position && position.value.altitudeAmslM - position.value.altitudeAboveHomeM);
  return homeAmslM === undefined ? undefined : valueM - homeAmslM;
}
