import { DEG_PER_RAD } from "../geo/angles.js";
import type { HighLatencySummary, VehicleEvent } from "./events.js";
import { named } from "./foldModes.js";
import type { GlobalPosition, HeartbeatState, VehicleState, Velocity } from "./vehicleState.js";

/** A heartbeat younger than this means that an ordinary link works too, whose data are better. */
const HEARTBEAT_COUNTS_MS = 10_000;
const MAV_STATE_ACTIVE = 4;

type HighLatencyEvent = Extract<VehicleEvent, { kind: "high-latency" }>;

/** Folds HIGH_LATENCY2. What this message does not contain keeps its value and its age. */
export function foldHighLatency(state: VehicleState, event: HighLatencyEvent): VehicleState {
  const { receivedAtMonoMs, summary, identity } = event;
  const heartbeatAgeMs = receivedAtMonoMs - (state.heartbeat?.receivedAtMonoMs ?? Number.NEGATIVE_INFINITY);
  const isNear = !state.isHighLatency && heartbeatAgeMs < HEARTBEAT_COUNTS_MS;
  if (isNear) return state;
  return named({
    ...state,
    ...identity,
    isHighLatency: true,
    heartbeat: { value: heartbeatOf(state, summary), receivedAtMonoMs },
    ...motionOf(state, event),
    ...chargeOf(event),
    ...progressOf(state, event),
  });
}

function heartbeatOf(
  state: VehicleState,
  { customMode, modeName, isArmed, throttleFraction }: HighLatencySummary,
): HeartbeatState {
  const last = state.heartbeat?.value;
  return {
    customMode,
    modeName,
    isArmed: isArmed ?? last?.isArmed ?? throttleFraction > 0,
    systemStatus: last?.systemStatus ?? MAV_STATE_ACTIVE,
  };
}

function motionOf(state: VehicleState, { summary, receivedAtMonoMs }: HighLatencyEvent): Partial<VehicleState> {
  const { position, altitudeAmslM, airSpeedMps, climbRateMps, throttleFraction } = summary;
  const place = position && {
    position: { value: globalPosition(state, position, altitudeAmslM), receivedAtMonoMs },
    velocity: { value: velocityOf(summary), receivedAtMonoMs },
  };
  const hasAirData = airSpeedMps !== undefined && climbRateMps !== undefined;
  const air = hasAirData && { airData: { value: { airSpeedMps, climbRateMps, throttleFraction }, receivedAtMonoMs } };
  return { ...place, ...air };
}

function chargeOf({ summary, receivedAtMonoMs }: HighLatencyEvent): Partial<VehicleState> {
  if (summary.batteryFraction === undefined) return {};
  const charge = { voltageV: undefined, currentA: undefined, timeRemainingS: undefined };
  return { battery: { value: { ...charge, remainingFraction: summary.batteryFraction }, receivedAtMonoMs } };
}

function progressOf(state: VehicleState, { summary, receivedAtMonoMs }: HighLatencyEvent): Partial<VehicleState> {
  if (summary.missionSeq === undefined) return {};
  const countOfItems = state.mission?.value.countOfItems;
  return { mission: { value: { currentSeq: summary.missionSeq, countOfItems }, receivedAtMonoMs } };
}

/** Height above home by the home received before; home counts as sea level where none was ever received. */
function globalPosition(
  state: VehicleState,
  position: GlobalPosition["position"],
  altitudeAmslM: number,
): GlobalPosition {
  const last = state.position?.value;
  const homeAmslM = state.home?.value.altitudeAmslM ?? (last ? last.altitudeAmslM - last.altitudeAboveHomeM : 0);
  return { position, altitudeAmslM, altitudeAboveHomeM: altitudeAmslM - homeAmslM };
}

/** The message has a heading but no course: it is used as the course, which for a fixed wing is nearly the same. */
function velocityOf({ groundSpeedMps, headingDeg, climbRateMps }: HighLatencySummary): Velocity {
  const headingRad = headingDeg / DEG_PER_RAD;
  return {
    northMps: groundSpeedMps * Math.cos(headingRad),
    eastMps: groundSpeedMps * Math.sin(headingRad),
    downMps: -(climbRateMps ?? 0),
    groundSpeedMps,
    courseDeg: groundSpeedMps < 0.5 ? undefined : headingDeg,
  };
}
