/**
 * The vehicle's state as a fold of what was heard. The same events give the same state, live or from a recording.
 */
import { assertNever } from "../core/result.js";
import { wrap360 } from "../geo/angles.js";
import type { VehicleEvent } from "./events.js";
import { foldBattery } from "./foldBattery.js";
import { foldHighLatency } from "./foldHighLatency.js";
import { foldModes, named } from "./foldModes.js";
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
  const next = folded(state, event);
  if (!isFromAutopilot || next.lastHeardMonoMs === event.receivedAtMonoMs) return next;
  return { ...next, lastHeardMonoMs: event.receivedAtMonoMs };
}

/** Twenty vehicles speak a thousand times a second: a reading is one copy of the state, time of hearing included. */
function folded(state: VehicleState, event: VehicleEvent): VehicleState {
  const { receivedAtMonoMs } = event;
  const heard = event.componentId === state.componentId ? receivedAtMonoMs : state.lastHeardMonoMs;
  switch (event.kind) {
    case "position": {
      const position = { value: event.position, receivedAtMonoMs };
      return { ...state, lastHeardMonoMs: heard, position, velocity: { value: event.velocity, receivedAtMonoMs } };
    }
    case "attitude":
      return { ...state, lastHeardMonoMs: heard, attitude: { value: event.attitude, receivedAtMonoMs } };
    case "air-data":
      return { ...state, lastHeardMonoMs: heard, airData: { value: event.airData, receivedAtMonoMs } };
    case "gps":
      return { ...state, lastHeardMonoMs: heard, gps: { value: event.gps, receivedAtMonoMs } };
    case "ekf":
      return { ...state, lastHeardMonoMs: heard, ekf: { value: event.ekf, receivedAtMonoMs } };
    case "home":
      return { ...state, lastHeardMonoMs: heard, home: { value: event.home, receivedAtMonoMs } };
    case "mission-progress":
      return { ...state, lastHeardMonoMs: heard, mission: { value: event.mission, receivedAtMonoMs } };
    case "fence":
      return { ...state, lastHeardMonoMs: heard, fence: { value: event.fence, receivedAtMonoMs } };
    case "gimbal": {
      const value = { ...event.gimbal, yawEarthDeg: gimbalYawEarthDeg(state, event) };
      return { ...state, lastHeardMonoMs: heard, gimbal: { value, receivedAtMonoMs } };
    }
    default:
      return foldOccasion(state, event);
  }
}

type Reading = Extract<
  VehicleEvent,
  { kind: "position" | "attitude" | "air-data" | "gps" | "ekf" | "home" | "mission-progress" | "gimbal" | "fence" }
>;

function gimbalYawEarthDeg(state: VehicleState, event: Extract<VehicleEvent, { kind: "gimbal" }>): number | undefined {
  if (event.yawFromNoseDeg === undefined) return event.gimbal.yawEarthDeg;
  const noseDeg = state.attitude?.value.headingDeg;
  return noseDeg === undefined ? undefined : wrap360(noseDeg + event.yawFromNoseDeg);
}

function foldOccasion(state: VehicleState, event: Exclude<VehicleEvent, Reading>): VehicleState {
  const stamped = <T>(value: T) => ({ value, receivedAtMonoMs: event.receivedAtMonoMs });
  switch (event.kind) {
    case "heartbeat":
      return foldHeartbeat(state, event);
    case "battery":
      return foldBattery(state, event);
    case "health": {
      // Only the change to "ready" clears: ArduPilot reports ready and still refuses ("Need Position Estimate").
      const isNewlyReady = event.health.prearmOk === true && state.health?.value.prearmOk !== true;
      const next = withSensorReasons({ ...state, health: stamped(event.health) }, event.health);
      return isNewlyReady ? withoutPrearmReasons(next) : next;
    }
    case "flight-phase":
      return withVtolAirframe({ ...state, flightPhase: stamped(event.phase) });
    case "mode-table":
    case "offered-mode":
    case "modes-version":
      return foldModes(state, event);
    case "high-latency":
      return foldHighLatency(state, event);
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

function foldHeartbeat(state: VehicleState, event: Extract<VehicleEvent, { kind: "heartbeat" }>): VehicleState {
  const heartbeat = { value: event.heartbeat, receivedAtMonoMs: event.receivedAtMonoMs };
  // A heartbeat never comes over a satellite link: the vehicle is near again.
  const next = named(withVtolAirframe({ ...state, ...event.identity, isHighLatency: false, heartbeat }));
  return event.heartbeat.isArmed ? withoutPrearmReasons(next) : next;
}

/**
 * A QuadPlane of ArduPilot says "fixed wing" in its heartbeat unless Q_MAV_TYPE is set; that it has a VTOL state at all
 * gives it away (QuadPlane::get_mav_type, GCS_MAVLINK_Plane::vtol_state).
 */
const withVtolAirframe = (state: VehicleState): VehicleState =>
  state.airframe === "plane" && state.flightPhase?.value.vtol !== undefined ? { ...state, airframe: "vtol" } : state;

/** Until the vehicle says why in words, the sensors that are not well are the reasons. */
function withSensorReasons(state: VehicleState, health: HealthState): VehicleState {
  const hasWords = state.prearmReasons.some((reason) => !reason.startsWith(SENSOR_REASON));
  if (health.prearmOk !== false || hasWords || state.heartbeat?.value.isArmed === true) return state;
  const prearmReasons = unhealthySensors(health).map((name) => `${SENSOR_REASON}${name}`);
  const isSame = prearmReasons.join() === state.prearmReasons.join();
  return isSame ? state : { ...state, prearmReasons };
}
