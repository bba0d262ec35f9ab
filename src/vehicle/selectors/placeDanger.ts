/**
 * Estimates a flight to a position, and whether a single press may send it: the same calculation for the station, which
 * refuses, and the screens, which ask. What is unknown never counts as "enough": on a way long enough to matter it
 * needs a confirmation.
 */
import { geodesicDistanceM } from "../../geo/geodesic.js";
import type { Position } from "../../geo/position.js";
import type { PlaceQuestion, VehicleCommand } from "../commands.js";
import type { AircraftFence } from "../transfers.js";
import type { AutopilotKind, Stamped, VehicleState } from "../vehicleState.js";
import { leavesFence } from "./fenceReach.js";

export type PlaceFacts = {
  readonly vehicle: VehicleState;
  /** The fence that is known to be on board; undefined until the station has reported one. */
  readonly fence: AircraftFence | undefined;
};

export type PlaceReckoning = {
  readonly distanceM: number;
  /** Flight time to the target at the usual speed of such an aircraft, without turns and wind. */
  readonly timeS: number;
  /** Fraction of the whole battery for the way there; undefined where the battery's use is not known. */
  readonly usedFraction: number | undefined;
  /** The fraction left after the way there and from there home. */
  readonly leftAtHomeFraction: number | undefined;
  /** Why a person must confirm it, the worst first; empty where a press is enough. */
  readonly asks: readonly PlaceQuestion[];
};

/** Beyond sight, and beyond the range of most radios. */
const FAR_M = 5000;
/** Less than this left at home counts as not enough. */
const RESERVE_FRACTION = 0.2;
/**
 * There and back. From this length on an unknown battery or fence needs a confirmation: at the slowest 5 m/s the way
 * takes 400 s, a third of what a small copter's battery lasts, and a fence is seldom wider than 1 km round home. On
 * shorter ways the question would come with every first go-to after a take-off and be confirmed without being read.
 */
const UNKNOWN_ASKS_FROM_M = 2000;
/**
 * The slowest stream is requested every five seconds: after three missed ones its value no longer describes the
 * present.
 */
const READING_COUNTS_MS = 15_000;

/**
 * Defaults of WPNAV_SPEED, MPC_XY_CRUISE, AIRSPEED_CRUISE, FW_AIRSPD_TRIM. A plan's speed does not apply to a guided
 * flight.
 */
type DefaultSpeedMps = Readonly<Record<"hover" | "wing", number>>;
const DEFAULT_SPEED_MPS: Readonly<Partial<Record<AutopilotKind, DefaultSpeedMps>>> = {
  ardupilot: { hover: 10, wing: 12 },
  px4: { hover: 5, wing: 15 },
};
const ANY_DEFAULT_SPEED_MPS: DefaultSpeedMps = { hover: 5, wing: 12 };

type Aim = { readonly position: Position; readonly radiusM: number };
/** Commands without a position; a new command with one must be handled below. */
type Unplaced = Exclude<VehicleCommand, { readonly position: Position } | { readonly centre: Position }>;

function aimOf(command: VehicleCommand): Aim | undefined {
  if (command.kind === "go-to") return { position: command.position, radiusM: 0 };
  if (command.kind === "orbit") return { position: command.centre, radiusM: command.radiusM };
  return noAim(command);
}

const noAim = (_command: Unplaced): Aim | undefined => undefined;

/** Why the command needs a person's confirmation; empty for a command without a position. */
export function placeQuestions(command: VehicleCommand, facts: PlaceFacts): readonly PlaceQuestion[] {
  if (aimOf(command) === undefined) return [];
  return reckonPlace(command, facts)?.asks ?? ["position-unknown"];
}

/** Undefined for a command without a position, and while the aircraft's own position is unknown. */
export function reckonPlace(command: VehicleCommand, facts: PlaceFacts): PlaceReckoning | undefined {
  const { vehicle } = facts;
  const aim = aimOf(command);
  const from = freshValue(vehicle.position, vehicle)?.position;
  if (!aim || !from) return undefined;
  const speedMps = defaultSpeedMps(vehicle);
  const distanceM = geodesicDistanceM(from, aim.position);
  const home = vehicle.home?.value.position;
  // Where home is not known, the way back is assumed as long as the way there.
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

/**
 * The age is measured against the aircraft's last message, not the present time: a lost aircraft is refused elsewhere.
 */
const freshValue = <T>(reading: Stamped<T> | undefined, { lastReceivedMonoMs }: VehicleState): T | undefined =>
  reading !== undefined && lastReceivedMonoMs - reading.receivedAtMonoMs < READING_COUNTS_MS
    ? reading.value
    : undefined;

function defaultSpeedMps({ autopilot, airframe, flightPhase }: VehicleState): number {
  const isOnWing = airframe === "plane" || flightPhase?.value.vtol === "forward";
  return (DEFAULT_SPEED_MPS[autopilot] ?? ANY_DEFAULT_SPEED_MPS)[isOnWing ? "wing" : "hover"];
}

/** The larger of the measured rate of this flight and the rate of the aircraft's own prediction. */
function batteryPerS(vehicle: VehicleState): number | undefined {
  const { remainingFraction, timeRemainingS } = freshValue(vehicle.battery, vehicle) ?? {};
  const isPredicted = remainingFraction !== undefined && timeRemainingS !== undefined && timeRemainingS > 0;
  const known = [vehicle.batteryUse?.perS, isPredicted ? remainingFraction / timeRemainingS : undefined].filter(
    (perS) => perS !== undefined,
  );
  return known.length === 0 ? undefined : Math.max(...known);
}

/** Read or verified, and not in doubt since. */
const isFenceKnown = (fence: AircraftFence | undefined): boolean =>
  fence?.areas !== undefined && (fence.items.kind === "verified" || fence.items.kind === "read");

/**
 * By the last known areas, even while they are in doubt or the fence is switched off: whoever drew them wants the
 * aircraft inside.
 */
function isBeyondFence({ fence, vehicle }: PlaceFacts, from: Position, { position, radiusM }: Aim): boolean {
  if (!fence?.areas) return false;
  const combination = fence.combination ?? (vehicle.autopilot === "px4" ? "union" : "intersection");
  return leavesFence(fence.areas, combination, { from, to: position, radiusM });
}
