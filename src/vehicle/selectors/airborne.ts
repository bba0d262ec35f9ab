import type { Stamped, VehicleState, Velocity } from "../vehicleState.js";

/** Left the ground for certain: above any barometer's wander while standing. */
export const AIRBORNE_M = 1.5;
/** MAV_STATE_STANDBY, MAV_STATE_ACTIVE */
const MAV_STATE_STANDBY = 3;
const MAV_STATE_ACTIVE = 4;
/** EXTENDED_SYS_STATE is asked for twice a second; older than this it tells of another moment. Places and speeds likewise. */
const READING_COUNTS_MS = 5000;
/** Faster than a gust or a bad estimate moves an aircraft that stands. */
const STANDING_MPS = 1;
/** No aircraft taxies or is carried while armed at this speed; a boat's deck moves so, and says "ground". */
const FLYING_MPS = 3;
const CLIMBING_MPS = 1;

/** As its last heartbeat says; undefined before the first. How old that is tells `freshnessOf`. */
export const isArmed = ({ heartbeat }: VehicleState): boolean | undefined => heartbeat?.value.isArmed;

type Whereabouts = "air" | "ground" | "unknown";

/** The vehicle's own word (EXTENDED_SYS_STATE), unless that is old: then it tells of another moment. */
export function reportedLandedState({ heartbeat, flightPhase }: VehicleState): "air" | "ground" | undefined {
  const landed = flightPhase?.value.landed;
  const isFresh = (heartbeat?.receivedAtMonoMs ?? 0) - (flightPhase?.receivedAtMonoMs ?? 0) < READING_COUNTS_MS;
  if (landed === undefined || !isFresh) return undefined;
  return landed === "ground" ? "ground" : "air";
}

/**
 * Its own word where it gives one. Otherwise ArduPilot's ACTIVE and STANDBY, which say whether it flies (PX4 says ACTIVE from
 * arming on), and how an armed aircraft moves: one that flies below its home is in the air for all its negative height, and
 * one of which nothing is known may be anywhere.
 */
export function whereabouts(vehicle: VehicleState): Whereabouts {
  const { heartbeat, autopilot } = vehicle;
  if (heartbeat === undefined) return "unknown";
  const reported = reportedLandedState(vehicle);
  if (reported !== undefined) return reported;
  if (!heartbeat.value.isArmed) return "ground";
  const { systemStatus } = heartbeat.value;
  if (autopilot === "ardupilot" && systemStatus === MAV_STATE_ACTIVE) return "air";
  const moved = whereaboutsByMotion(vehicle);
  if (autopilot !== "ardupilot" || systemStatus !== MAV_STATE_STANDBY) return moved;
  // It says that it stands, and moves: carried on a ship's deck, or flying after all.
  if (moved === "air") return isAbove(vehicle) ? "air" : "unknown";
  return "ground";
}

const isAbove = ({ position }: VehicleState): boolean => (position?.value.altitudeAboveHomeM ?? 0) > AIRBORNE_M;

/** What was heard within moments of the newest heartbeat. */
function recent<T>(reading: Stamped<T> | undefined, { heartbeat }: VehicleState): T | undefined {
  const isRecent = reading && (heartbeat?.receivedAtMonoMs ?? 0) - reading.receivedAtMonoMs < READING_COUNTS_MS;
  return isRecent ? reading.value : undefined;
}

function whereaboutsByMotion(vehicle: VehicleState): Whereabouts {
  const heightM = recent(vehicle.position, vehicle)?.altitudeAboveHomeM;
  const motion = recent(vehicle.velocity, vehicle);
  if ((heightM ?? 0) > AIRBORNE_M || (motion && isFlyingMotion(motion))) return "air";
  const isStill = motion === undefined || motion.groundSpeedMps < STANDING_MPS;
  return heightM !== undefined && heightM >= -AIRBORNE_M && isStill ? "ground" : "unknown";
}

const isFlyingMotion = ({ groundSpeedMps, downMps }: Velocity): boolean =>
  groundSpeedMps > FLYING_MPS || Math.abs(downMps) > CLIMBING_MPS;

/**
 * Not known to stand on the ground. Unknown counts as in the air: what is dangerous there is held back, and what flying
 * aircraft are told goes out.
 */
export const isAirborne = (vehicle: VehicleState): boolean =>
  vehicle.heartbeat !== undefined && whereabouts(vehicle) !== "ground";
