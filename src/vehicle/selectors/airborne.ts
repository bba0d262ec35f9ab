import type { Stamped, VehicleState, Velocity } from "../vehicleState.js";

/** Above this height the aircraft has certainly left the ground: a barometer at rest drifts less. */
export const AIRBORNE_M = 1.5;
/** MAV_STATE_STANDBY, MAV_STATE_ACTIVE */
const MAV_STATE_STANDBY = 3;
const MAV_STATE_ACTIVE = 4;
/**
 * EXTENDED_SYS_STATE is requested twice a second; an older one no longer describes the present. Likewise positions and
 * speeds.
 */
const READING_COUNTS_MS = 5000;
/** Faster than gusts or wrong estimates make a standing aircraft appear to move. */
const STANDING_MPS = 1;
/** No armed aircraft taxies or is carried at this speed; on a moving boat it can be, but then it reports "ground". */
const FLYING_MPS = 3;
const CLIMBING_MPS = 1;

/** By the last heartbeat; undefined before the first. For its age see `freshnessOf`. */
export const isArmed = ({ heartbeat }: VehicleState): boolean | undefined => heartbeat?.value.isArmed;

type Whereabouts = "air" | "ground" | "unknown";

/** The landed state reported by the vehicle (EXTENDED_SYS_STATE), undefined when that is too old. */
export function reportedLandedState({ heartbeat, flightPhase }: VehicleState): "air" | "ground" | undefined {
  const landed = flightPhase?.value.landed;
  const isFresh = (heartbeat?.receivedAtMonoMs ?? 0) - (flightPhase?.receivedAtMonoMs ?? 0) < READING_COUNTS_MS;
  if (landed === undefined || !isFresh) return undefined;
  return landed === "ground" ? "ground" : "air";
}

/**
 * By the reported landed state where there is one. Otherwise by ArduPilot's ACTIVE and STANDBY, which tell flying from
 * standing (PX4 is ACTIVE from arming on), and by the motion of an armed aircraft: it may fly below its home's height,
 * and without any position it may be anywhere.
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
  // It reports standing but moves: it is carried on a ship's deck, or it does fly.
  if (moved === "air") return isAbove(vehicle) ? "air" : "unknown";
  return "ground";
}

const isAbove = ({ position }: VehicleState): boolean => (position?.value.altitudeAboveHomeM ?? 0) > AIRBORNE_M;

/** The reading's value if it was received at most 5 s before the newest heartbeat. */
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
 * True unless known to be on the ground. Unknown counts as in the air: then commands that are dangerous in flight are
 * refused, and those for flying aircraft are allowed.
 */
export const isAirborne = (vehicle: VehicleState): boolean =>
  vehicle.heartbeat !== undefined && whereabouts(vehicle) !== "ground";
