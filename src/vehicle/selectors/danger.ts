/** Which commands need more than one press: the one rule for screens, station and command line. */
import type { DatumAltitude } from "../../geo/position.js";
import type { CommandKind, FlightQuestion, VehicleCommand } from "../commands.js";
import type { VehicleState } from "../vehicleState.js";
import { isFlyingMission } from "./mission.js";

/**
 * True for commands that start or stop motors, take off, begin a flight, change who flies or change the fence: a person
 * holds the button (or types the command) and reads the aircraft's name. Pause, Return and Land are never held: they
 * end danger.
 */
export const NEEDS_CONFIRMATION: Readonly<Record<CommandKind, boolean>> = {
  arm: true,
  disarm: true,
  "take-off": true,
  "start-mission": true,
  pause: false,
  resume: true,
  "jump-to-item": true,
  // Only some need it: when the target is far, beyond the fence or beyond the battery's reach (`placeDanger.ts`).
  "go-to": false,
  orbit: false,
  return: false,
  land: false,
  "change-speed": false,
  // Only some need it: `flightQuestions`.
  "change-altitude": false,
  "change-heading": false,
  transition: true,
  "set-mode": true,
  "enable-fence": true,
  reboot: true,
};

/**
 * The commands that end danger: sent whatever the station knows of the aircraft, and never delayed by another command.
 */
export const isSafetyCommand = (kind: CommandKind): boolean => kind === "pause" || kind === "return" || kind === "land";

/** A larger descent could not be undone in time if it was a mistake. */
const DEEP_DESCENT_M = 30;
/** Masts, dunes and people may be this high, and the ground may be higher than home. */
const VERY_LOW_M = 15;

/**
 * Why the command needs a person's confirmation: it would end the running mission, or bring the aircraft down far or
 * low. For a flight to a position only the height is judged here, the rest in `placeDanger.ts`; that it leaves the
 * mission is its purpose, and its preview on the map shows it.
 */
export function flightQuestions(command: VehicleCommand, vehicle: VehicleState): readonly FlightQuestion[] {
  const leaves = endsMissionUnnamed(command, vehicle) ? (["leaves-mission"] as const) : [];
  return "height" in command ? [...leaves, ...heightQuestions(command.height, vehicle)] : leaves;
}

/**
 * True for a change of height or heading that ends the running mission: only an ArduPilot copter can change its heading
 * within a mission, all others get a guided target for it.
 */
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

/** Undefined where the vehicle has not reported enough, or the height is above terrain, which is not known here. */
function aboveHomeM({ datum, valueM }: DatumAltitude, { position, home }: VehicleState): number | undefined {
  if (datum === "home") return valueM;
  if (datum !== "amsl") return undefined;
  const homeAmslM =
    home?.value.altitudeAmslM ?? (position && position.value.altitudeAmslM - position.value.altitudeAboveHomeM);
  return homeAmslM === undefined ? undefined : valueM - homeAmslM;
}
