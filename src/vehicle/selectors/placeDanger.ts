/**
 * What a flight to a place would be, and whether it may be sent by a press alone: the one reckoning, by which the station
 * refuses and the screens ask. What is not known is never taken for "enough": it asks as soon as the way is long enough to
 * matter.
 */
import { geodesicDistanceM } from "../../geo/geodesic.js";
import type { Position } from "../../geo/position.js";
import type { PlaceQuestion, VehicleCommand } from "../commands.js";
import type { AircraftFence } from "../transfers.js";
import type { AutopilotKind, Stamped, VehicleState } from "../vehicleState.js";
import { leavesFence } from "./fenceReach.js";

type PlaceFacts = {
  readonly vehicle: VehicleState;
  /** The fence as the aircraft is known to carry it; undefined before the station has said anything of it. */
  readonly fence: AircraftFence | undefined;
};

export type PlaceReckoning = {
  readonly distanceM: number;
  /** There, at the speed such an aircraft usually flies; turns and wind are not in it. */
  readonly timeS: number;
  /** Of the whole battery, for the way there; undefined where it is not known how fast it is used. */
  readonly usedFraction: number | undefined;
  /** What would be left after the way there and home from there. */
  readonly leftAtHomeFraction: number | undefined;
  /** Why a person must confirm it, worst first; empty where a press does. */
  readonly asks: readonly PlaceQuestion[];
};

/** Past what a person sees, and past most radios. */
const FAR_M = 5000;
/** Less than this at home is no way home. */
const RESERVE_FRACTION = 0.2;
/**
 * There and home together. A battery or a fence that nobody knows asks from here on: at the 5 m/s of the slowest the way is
 * 400 s long, a third of what a small copter's battery lasts, and a fence is seldom wider than 1 km round home. Nearer, the
 * question would come with every first go-to after a take-off and be held without being read.
 */
const UNKNOWN_ASKS_FROM_M = 2000;
/** What is asked for least often comes every five seconds: three of those missed, and it tells of another moment. */
const READING_COUNTS_MS = 15_000;

/**
 * As delivered: WPNAV_SPEED, MPC_XY_CRUISE, AIRSPEED_CRUISE, FW_AIRSPD_TRIM. A guided flight does not fly at the speed that
 * a plan names.
 */
const USUAL_SPEED_MPS: Readonly<Record<AutopilotKind, Readonly<Record<"hover" | "wing", number>>>> = {
  ardupilot: { hover: 10, wing: 12 },
  px4: { hover: 5, wing: 15 },
  other: { hover: 5, wing: 12 },
};

type Aim = { readonly position: Position; readonly radiusM: number };
/** Commands that name no place; a new one that does must be told below. */
type Unplaced = Exclude<VehicleCommand, { readonly position: Position } | { readonly centre: Position }>;

function aimOf(command: VehicleCommand): Aim | undefined {
  if (command.kind === "go-to") return { position: command.position, radiusM: 0 };
  if (command.kind === "orbit") return { position: command.centre, radiusM: command.radiusM };
  return noAim(command);
}

const noAim = (_command: Unplaced): Aim | undefined => undefined;

/** Why the station does not send it unless a person confirms it; empty for a command without a place. */
export function placeQuestions(command: VehicleCommand, facts: PlaceFacts): readonly PlaceQuestion[] {
  if (aimOf(command) === undefined) return [];
  return reckonPlace(command, facts)?.asks ?? ["position-unknown"];
}

/** Undefined for a command without a place, and while the aircraft does not tell where it is. */
export function reckonPlace(command: VehicleCommand, facts: PlaceFacts): PlaceReckoning | undefined {
  const { vehicle } = facts;
  const aim = aimOf(command);
  const from = freshValue(vehicle.position, vehicle)?.position;
  if (!aim || !from) return undefined;
  const speedMps = usualSpeedMps(vehicle);
  const distanceM = geodesicDistanceM(from, aim.position);
  const home = vehicle.home?.value.position;
  // Where home is not known, the way back is at least as long as the way there.
  const homeM = home ? geodesicDistanceM(aim.position, home) : distanceM;
  const flownM = distanceM + homeM + 2 * aim.radiusM;
  const perS = batteryPerS(vehicle);
  const leftAtHomeFraction = leftAfter(flownM / speedMps, perS, vehicle);
  const isLong = flownM > UNKNOWN_ASKS_FROM_M;
  const questions: readonly (readonly [PlaceQuestion, boolean])[] = [
    ["beyond-fence", isBeyondFence(facts, from, aim)],
    ["battery", (leftAtHomeFraction ?? chargeOf(vehicle) ?? 1) < RESERVE_FRACTION],
    ["far", Math.max(distanceM, homeM) + aim.radiusM > FAR_M],
    ["fence-unknown", isLong && !isFenceKnown(facts.fence)],
    ["battery-unknown", isLong && leftAtHomeFraction === undefined],
  ];
  const asks = questions.flatMap(([question, isSo]) => (isSo ? [question] : []));
  const timeS = distanceM / speedMps;
  return { distanceM, timeS, usedFraction: perS && perS * timeS, leftAtHomeFraction, asks };
}

const chargeOf = (vehicle: VehicleState): number | undefined => freshValue(vehicle.battery, vehicle)?.remainingFraction;

/** Undefined where its charge, or how fast it is used, is not known. */
function leftAfter(flyingS: number, perS: number | undefined, vehicle: VehicleState): number | undefined {
  const charge = chargeOf(vehicle);
  return charge === undefined || perS === undefined ? undefined : charge - perS * flyingS;
}

/** Beside the aircraft's other words, not beside the clock: a lost aircraft is refused before. */
const freshValue = <T>(reading: Stamped<T> | undefined, { lastReceivedMonoMs }: VehicleState): T | undefined =>
  reading !== undefined && lastReceivedMonoMs - reading.receivedAtMonoMs < READING_COUNTS_MS
    ? reading.value
    : undefined;

function usualSpeedMps({ autopilot, airframe, flightPhase }: VehicleState): number {
  const isOnWing = airframe === "plane" || flightPhase?.value.vtol === "forward";
  return USUAL_SPEED_MPS[autopilot][isOnWing ? "wing" : "hover"];
}

/** The faster of what this flight has shown and what the aircraft itself predicts. */
function batteryPerS(vehicle: VehicleState): number | undefined {
  const { remainingFraction, timeRemainingS } = freshValue(vehicle.battery, vehicle) ?? {};
  const isPredicted = remainingFraction !== undefined && timeRemainingS !== undefined && timeRemainingS > 0;
  const known = [vehicle.batteryUse?.perS, isPredicted ? remainingFraction / timeRemainingS : undefined].filter(
    (perS) => perS !== undefined,
  );
  return known.length === 0 ? undefined : Math.max(...known);
}

/** Read or verified, and nothing was heard since that puts it in doubt. */
const isFenceKnown = (fence: AircraftFence | undefined): boolean =>
  fence?.areas !== undefined && (fence.items.kind === "verified" || fence.items.kind === "read");

/**
 * By the areas last known, also while they are in doubt, and whether the fence is switched on or not: somebody drew them to
 * be stayed inside of.
 */
function isBeyondFence({ fence, vehicle }: PlaceFacts, from: Position, { position, radiusM }: Aim): boolean {
  if (!fence?.areas) return false;
  const combination = fence.combination ?? (vehicle.autopilot === "px4" ? "union" : "intersection");
  return leavesFence(fence.areas, combination, { from, to: position, radiusM });
}
