/** The vehicle's state as a fold of its events. The same events give the same state, live or from a recording. */
import { wrap360 } from "../geo/angles.js";
import { withBatteryUse } from "./batteryUse.js";
import type { VehicleEvent } from "./events.js";
import { foldBattery } from "./foldBattery.js";
import { foldHighLatency } from "./foldHighLatency.js";
import { foldModes, named } from "./foldModes.js";
import { foldText, withExpiredTexts, withoutPrearmReasons } from "./foldText.js";
import { foldDescriptions, foldEvent, foldEventSequence } from "./foldVehicleEvent.js";
import { isArmed } from "./selectors/airborne.js";
import { isFlyingMission } from "./selectors/mission.js";
import { unhealthySensors } from "./unhealthySensors.js";
import { type HealthState, type VehicleState, vehicleIdOf } from "./vehicleState.js";

const SENSOR_REASON = "Not healthy: ";

type VehicleAddress = { readonly linkName: string; readonly systemId: number; readonly componentId: number };

/** A vehicle before its first event; its first heartbeat sets the kind of vehicle. */
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
  lastReceivedMonoMs: Number.NEGATIVE_INFINITY,
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

/**
 * Events that are accepted from components other than the autopilot (camera, gimbal, companion computer): none
 * describes the aircraft itself.
 */
const OF_ANY_COMPONENT: ReadonlySet<VehicleEvent["kind"]> = new Set<VehicleEvent["kind"]>([
  "gimbal",
  "text",
  "event",
  "event-sequence",
]);

/** Events of other systems change nothing. */
export function reduceVehicle(state: VehicleState, event: VehicleEvent): VehicleState {
  if (event.systemId !== state.systemId) return state;
  const isFromAutopilot = event.componentId === state.componentId;
  if (!isFromAutopilot && !OF_ANY_COMPONENT.has(event.kind)) return state;
  // Each fold is only given its own kind of event, which the compiler cannot follow through the look-up.
  const fold = FOLDS[event.kind] as (state: VehicleState, event: VehicleEvent) => VehicleState;
  const next = fold(withExpiredTexts(state, event.receivedAtMonoMs), event);
  if (!isFromAutopilot || next.lastReceivedMonoMs === event.receivedAtMonoMs) return next;
  return { ...next, lastReceivedMonoMs: event.receivedAtMonoMs };
}

type Folds = {
  readonly [Kind in VehicleEvent["kind"]]: (
    state: VehicleState,
    event: Extract<VehicleEvent, { readonly kind: Kind }>,
  ) => VehicleState;
};

// Twenty vehicles send a thousand messages a second: each event makes only one copy of the state, which sets the time
// of reception too.
const FOLDS: Folds = {
  position: (state, { receivedAtMonoMs, position, velocity }) => ({
    ...state,
    lastReceivedMonoMs: receivedAtMonoMs,
    position: { value: position, receivedAtMonoMs },
    ...(velocity && { velocity: { value: velocity, receivedAtMonoMs } }),
  }),
  attitude: (state, { receivedAtMonoMs, attitude }) => ({
    ...state,
    lastReceivedMonoMs: receivedAtMonoMs,
    attitude: { value: attitude, receivedAtMonoMs },
  }),
  "air-data": (state, { receivedAtMonoMs, airData }) => ({
    ...state,
    lastReceivedMonoMs: receivedAtMonoMs,
    airData: { value: airData, receivedAtMonoMs },
  }),
  gps: (state, { receivedAtMonoMs, gps }) => ({ ...state, gps: { value: gps, receivedAtMonoMs } }),
  sticks: (state, { receivedAtMonoMs, sticks }) => ({ ...state, sticks: { value: sticks, receivedAtMonoMs } }),
  ekf: (state, { receivedAtMonoMs, ekf }) => ({ ...state, ekf: { value: ekf, receivedAtMonoMs } }),
  home: (state, { receivedAtMonoMs, home }) => ({ ...state, home: { value: home, receivedAtMonoMs } }),
  fence: (state, { receivedAtMonoMs, fence }) => ({ ...state, fence: { value: fence, receivedAtMonoMs } }),
  "mission-progress": (state, { receivedAtMonoMs, mission }) =>
    withMissionBegun({ ...state, mission: { value: mission, receivedAtMonoMs } }),
  gimbal: (state, event) => {
    const value = { ...event.gimbal, yawEarthDeg: gimbalYawEarthDeg(state, event) };
    return { ...state, gimbal: { value, receivedAtMonoMs: event.receivedAtMonoMs } };
  },
  heartbeat: foldHeartbeat,
  battery: (state, event) => withBatteryUse(foldBattery(state, event)),
  health: foldHealth,
  "flight-phase": (state, { receivedAtMonoMs, phase }) =>
    withVtolAirframe({ ...state, flightPhase: { value: phase, receivedAtMonoMs } }),
  "mode-table": foldModes,
  "offered-mode": foldModes,
  "modes-version": foldModes,
  "high-latency": foldHighLatency,
  version: (state, { version }) => ({ ...state, version }),
  simulated: (state) => (state.isSimulated ? state : { ...state, isSimulated: true }),
  text: foldText,
  event: foldEvent,
  "event-sequence": foldEventSequence,
  "events-described": foldDescriptions,
  // Only for reports of recordings without a position estimate.
  "other-position": (state) => state,
  "other-height": (state) => state,
  // The state uses mission-progress; this event is for reports.
  "mission-reached": (state) => state,
};

function gimbalYawEarthDeg(state: VehicleState, event: Extract<VehicleEvent, { kind: "gimbal" }>): number | undefined {
  if (event.yawFromNoseDeg === undefined) return event.gimbal.yawEarthDeg;
  const noseDeg = state.attitude?.value.headingDeg;
  return noseDeg === undefined ? undefined : wrap360(noseDeg + event.yawFromNoseDeg);
}

function foldHeartbeat(state: VehicleState, event: Extract<VehicleEvent, { kind: "heartbeat" }>): VehicleState {
  const heartbeat = { value: event.heartbeat, receivedAtMonoMs: event.receivedAtMonoMs };
  // Heartbeats are never sent over a satellite link: an ordinary link works again.
  const next = named(
    withMissionBegun(withVtolAirframe({ ...state, ...event.identity, isHighLatency: false, heartbeat })),
  );
  return event.heartbeat.isArmed ? withoutPrearmReasons(next) : next;
}

/**
 * True when a mission mode is flown while armed, or when MISSION_CURRENT reports it to a station that connects later;
 * false after disarming.
 */
function withMissionBegun(state: VehicleState): VehicleState {
  const isUnderWay = state.mission?.value.state === "active" || state.mission?.value.state === "paused";
  const hasBegunMission =
    isArmed(state) === true && (state.hasBegunMission === true || isFlyingMission(state) || isUnderWay);
  return hasBegunMission === (state.hasBegunMission ?? false) ? state : { ...state, hasBegunMission };
}

function foldHealth(
  state: VehicleState,
  { health, receivedAtMonoMs }: Extract<VehicleEvent, { kind: "health" }>,
): VehicleState {
  // Only the change to "ready" clears the reasons: ArduPilot reports ready and still refuses to arm ("Need Position
  // Estimate").
  const isNewlyReady = health.prearmOk === true && state.health?.value.prearmOk !== true;
  const next = withSensorReasons({ ...state, health: { value: health, receivedAtMonoMs } }, health);
  return isNewlyReady ? withoutPrearmReasons(next) : next;
}

/**
 * ArduPilot's QuadPlane reports "fixed wing" in its heartbeat unless Q_MAV_TYPE is set; that it reports a VTOL state
 * shows that it is one (QuadPlane::get_mav_type, GCS_MAVLINK_Plane::vtol_state).
 */
const withVtolAirframe = (state: VehicleState): VehicleState =>
  state.airframe === "plane" && state.flightPhase?.value.vtol !== undefined ? { ...state, airframe: "vtol" } : state;

/** Until the vehicle sends reasons as texts, its unhealthy sensors are the reasons. */
function withSensorReasons(state: VehicleState, health: HealthState): VehicleState {
  const hasWords = state.prearmReasons.some((reason) => !reason.startsWith(SENSOR_REASON));
  if (health.prearmOk !== false || hasWords || state.heartbeat?.value.isArmed === true) return state;
  const prearmReasons = unhealthySensors(health).map((name) => `${SENSOR_REASON}${name}`);
  const isSame = prearmReasons.join() === state.prearmReasons.join();
  return isSame ? state : { ...state, prearmReasons };
}
