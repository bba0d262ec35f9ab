import { DEG_PER_RAD } from "../geo/angles.js";
import type { HighLatencySummary, VehicleEvent } from "./events.js";
import { named } from "./foldModes.js";
import type { GlobalPosition, VehicleState, Velocity } from "./vehicleState.js";

/** A heartbeat this young says that an ordinary link is there too, and that it knows better. */
const HEARTBEAT_COUNTS_MS = 10_000;
const MAV_STATE_ACTIVE = 4;

type HighLatencyEvent = Extract<VehicleEvent, { kind: "high-latency" }>;

/** The little a satellite link tells. What it does not tell stays as it was and grows old. */
export function foldHighLatency(state: VehicleState, event: HighLatencyEvent): VehicleState {
  const { receivedAtMonoMs, summary, identity } = event;
  const beatAgeMs = receivedAtMonoMs - (state.heartbeat?.receivedAtMonoMs ?? Number.NEGATIVE_INFINITY);
  const isNear = !state.isHighLatency && beatAgeMs < HEARTBEAT_COUNTS_MS;
  if (isNear) return state;
  const stamped = <T>(value: T) => ({ value, receivedAtMonoMs });
  const isArmed = summary.isArmed ?? state.heartbeat?.value.isArmed ?? summary.throttleFraction > 0;
  const { customMode, modeName } = summary;
  const systemStatus = state.heartbeat?.value.systemStatus ?? MAV_STATE_ACTIVE;
  return named({
    ...state,
    ...identity,
    isHighLatency: true,
    heartbeat: stamped({ customMode, modeName, isArmed, systemStatus }),
    ...(summary.position && {
      position: stamped(globalPosition(state, summary.position, summary.altitudeAmslM)),
      velocity: stamped(velocityOf(summary)),
    }),
    ...(summary.batteryFraction !== undefined && {
      battery: stamped({
        voltageV: undefined,
        currentA: undefined,
        remainingFraction: summary.batteryFraction,
        timeRemainingS: undefined,
      }),
    }),
    ...(summary.missionSeq !== undefined && {
      mission: stamped({ currentSeq: summary.missionSeq, countOfItems: state.mission?.value.countOfItems }),
    }),
    ...(summary.airSpeedMps !== undefined && {
      airData: stamped({
        airSpeedMps: summary.airSpeedMps,
        climbRateMps: summary.climbRateMps ?? 0,
        throttleFraction: summary.throttleFraction,
      }),
    }),
  });
}

/** Above home by the home that was told before the link went far; at the sea's level where none ever was. */
function globalPosition(
  state: VehicleState,
  position: GlobalPosition["position"],
  altitudeAmslM: number,
): GlobalPosition {
  const last = state.position?.value;
  const homeAmslM = state.home?.value.altitudeAmslM ?? (last ? last.altitudeAmslM - last.altitudeAboveHomeM : 0);
  return { position, altitudeAmslM, altitudeAboveHomeM: altitudeAmslM - homeAmslM };
}

/** The message has a heading and no course: nearly the same for a wing, and all there is. */
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
