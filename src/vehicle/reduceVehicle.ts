/**
 * The vehicle's state as a fold of what was heard. The same events give the same state, live or from a recording.
 */
import { assertNever } from "../core/result.js";
import { wrap360 } from "../geo/angles.js";
import type { VehicleEvent } from "./events.js";
import { foldText, withoutPrearmReasons } from "./foldText.js";
import { unhealthySensors } from "./unhealthySensors.js";
import { type HealthState, type VehicleState, vehicleIdOf } from "./vehicleState.js";

const SENSOR_REASON = "Not healthy: ";

type VehicleAddress = { readonly linkName: string; readonly systemId: number; readonly componentId: number };

/** A vehicle of which nothing was heard yet; its first heartbeat says what it is. */
export const emptyVehicle = ({ linkName, systemId, componentId }: VehicleAddress): VehicleState => ({
  id: vehicleIdOf(linkName, systemId),
  systemId,
  componentId,
  linkName,
  autopilot: "other",
  mavAutopilot: 0,
  airframe: "other",
  mavType: 0,
  isSimulated: false,
  lastHeardMonoMs: Number.NEGATIVE_INFINITY,
  heartbeat: undefined,
  position: undefined,
  velocity: undefined,
  attitude: undefined,
  airData: undefined,
  battery: undefined,
  gps: undefined,
  home: undefined,
  gimbal: undefined,
  mission: undefined,
  health: undefined,
  ekf: undefined,
  flightPhase: undefined,
  fence: undefined,
  modes: [],
  isHighLatency: false,
  version: undefined,
  texts: [],
  prearmReasons: [],
});

/** Events of other systems change nothing; of its other components (camera, gimbal) only texts and the gimbal count. */
export function reduceVehicle(state: VehicleState, event: VehicleEvent): VehicleState {
  if (event.systemId !== state.systemId) return state;
  const isFromAutopilot = event.componentId === state.componentId;
  if (!isFromAutopilot && event.kind !== "gimbal" && event.kind !== "text") return state;
  const next = isFromAutopilot ? { ...state, lastHeardMonoMs: event.receivedAtMonoMs } : state;
  return isReading(event) ? foldReading(next, event) : foldOccasion(next, event);
}

type Reading = Extract<
  VehicleEvent,
  { kind: "position" | "attitude" | "air-data" | "gps" | "ekf" | "home" | "mission-progress" | "gimbal" | "battery" }
>;
const READINGS: ReadonlySet<VehicleEvent["kind"]> = new Set<Reading["kind"]>([
  "position",
  "attitude",
  "air-data",
  "gps",
  "ekf",
  "home",
  "mission-progress",
  "gimbal",
  "battery",
]);
const isReading = (event: VehicleEvent): event is Reading => READINGS.has(event.kind);

/** Values that simply replace the last one. */
function foldReading(state: VehicleState, event: Reading): VehicleState {
  const stamped = <T>(value: T) => ({ value, receivedAtMonoMs: event.receivedAtMonoMs });
  switch (event.kind) {
    case "position":
      return { ...state, position: stamped(event.position), velocity: stamped(event.velocity) };
    case "attitude":
      return { ...state, attitude: stamped(event.attitude) };
    case "air-data":
      return { ...state, airData: stamped(event.airData) };
    case "gps":
      return { ...state, gps: stamped(event.gps) };
    case "ekf":
      return { ...state, ekf: stamped(event.ekf) };
    case "home":
      return { ...state, home: stamped(event.home) };
    case "mission-progress":
      return { ...state, mission: stamped(event.mission) };
    case "gimbal":
      return { ...state, gimbal: stamped({ ...event.gimbal, yawEarthDeg: gimbalYawEarthDeg(state, event) }) };
    case "battery": {
      const timeRemainingS = event.isSummary ? state.battery?.value.timeRemainingS : event.battery.timeRemainingS;
      return { ...state, battery: stamped({ ...event.battery, timeRemainingS }) };
    }
    default:
      return assertNever(event);
  }
}

function gimbalYawEarthDeg(state: VehicleState, event: Extract<VehicleEvent, { kind: "gimbal" }>): number | undefined {
  if (event.yawFromNoseDeg === undefined) return event.gimbal.yawEarthDeg;
  const noseDeg = state.attitude?.value.headingDeg;
  return noseDeg === undefined ? undefined : wrap360(noseDeg + event.yawFromNoseDeg);
}

function foldOccasion(state: VehicleState, event: Exclude<VehicleEvent, Reading>): VehicleState {
  const stamped = <T>(value: T) => ({ value, receivedAtMonoMs: event.receivedAtMonoMs });
  switch (event.kind) {
    case "heartbeat": {
      const next = { ...state, ...event.identity, heartbeat: stamped(event.heartbeat) };
      return event.heartbeat.isArmed ? withoutPrearmReasons(next) : next;
    }
    case "health": {
      // Only the change to "ready" clears: ArduPilot reports ready and still refuses ("Need Position Estimate").
      const isNewlyReady = event.health.prearmOk === true && state.health?.value.prearmOk !== true;
      const next = withSensorReasons({ ...state, health: stamped(event.health) }, event.health);
      return isNewlyReady ? withoutPrearmReasons(next) : next;
    }
    case "version":
      return { ...state, version: event.version };
    case "simulated":
      return state.isSimulated ? state : { ...state, isSimulated: true };
    case "text":
      return foldText(state, event);
    case "mission-reached":
      return state; // progress is told by mission-progress; this one is for reports
    default:
      return assertNever(event);
  }
}

/** Until the vehicle says why in words, the sensors that are not well are the reasons. */
function withSensorReasons(state: VehicleState, health: HealthState): VehicleState {
  const hasWords = state.prearmReasons.some((reason) => !reason.startsWith(SENSOR_REASON));
  if (health.prearmOk !== false || hasWords || state.heartbeat?.value.isArmed === true) return state;
  const prearmReasons = unhealthySensors(health).map((name) => `${SENSOR_REASON}${name}`);
  const isSame = prearmReasons.join() === state.prearmReasons.join();
  return isSame ? state : { ...state, prearmReasons };
}
