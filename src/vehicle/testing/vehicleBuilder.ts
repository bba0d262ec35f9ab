/** Vehicles for tests, made as in flight: from `emptyVehicle` and events, by the fold itself. */
import type {
  EventDescription,
  ReceivedVehicleEvent,
  VehicleEvent,
  VehicleEventBody,
  VehicleIdentity,
} from "../events.js";
import { emptyVehicle, reduceVehicle } from "../reduceVehicle.js";
import type { AutopilotKind, GlobalPosition, HeartbeatState, VehicleState, Velocity } from "../vehicleState.js";

/** When everything is received unless an event has its own time. */
export const NOW_MS = 100_000;
export const BEACH = { latitudeDeg: 50.7745, longitudeDeg: 1.6075 };

export const NOTHING_RECEIVED: VehicleState = emptyVehicle({ linkName: "udp", systemId: 7, componentId: 1 });

/** An event of system 7's autopilot at `NOW_MS`, unless it has its own sender and time. */
export type Received = VehicleEventBody &
  Partial<Pick<VehicleEvent, "systemId" | "componentId" | "receivedAtMonoMs" | "unixTimeUs">>;

export function receive(events: readonly Received[], from: VehicleState = NOTHING_RECEIVED): VehicleState {
  const stamp = { systemId: 7, componentId: 1, receivedAtMonoMs: NOW_MS, unixTimeUs: NOW_MS * 1000 };
  return events.reduce<VehicleState>((state, event) => reduceVehicle(state, { ...stamp, ...event }), from);
}

/** The event, received at that time. */
export const at = <E extends Received>(receivedAtMonoMs: number, event: E): E => ({
  ...event,
  receivedAtMonoMs,
  unixTimeUs: receivedAtMonoMs * 1000,
});

const MAV_AUTOPILOT: Readonly<Partial<Record<AutopilotKind, number>>> = { ardupilot: 3, px4: 12 };
const MAV_TYPE = { copter: 2, plane: 1, vtol: 22, other: 0 } as const;
export type VehicleKind = Partial<Pick<VehicleIdentity, "autopilot" | "airframe">>;
export const identityOf = ({ autopilot = "ardupilot", airframe = "copter" }: VehicleKind = {}): VehicleIdentity => ({
  autopilot,
  mavAutopilot: MAV_AUTOPILOT[autopilot] ?? 0,
  airframe,
  mavType: MAV_TYPE[airframe],
});

type EventOf<Kind extends VehicleEventBody["kind"]> = Extract<VehicleEventBody, { readonly kind: Kind }>;

/** An ArduPilot copter, armed and flying in GUIDED. */
export const heartbeat = ({
  autopilot = "ardupilot",
  airframe = "copter",
  ...change
}: VehicleKind & Partial<HeartbeatState> = {}): EventOf<"heartbeat"> => ({
  kind: "heartbeat",
  identity: identityOf({ autopilot, airframe }),
  heartbeat: { customMode: 4, modeName: "GUIDED", isArmed: true, systemStatus: 4, ...change },
});

/** Over the beach, whose height above sea level is 10 m, standing still. */
export const place = (
  change: Partial<GlobalPosition> = {},
  moving: Partial<Velocity> = {},
): EventOf<"position"> & { readonly velocity: Velocity } => ({
  ...placeOnly(change),
  velocity: { northMps: 0, eastMps: 0, downMps: 0, groundSpeedMps: 0, courseDeg: undefined, ...moving },
});

/** A position of a message that has no velocity. */
export const placeOnly = (change: Partial<GlobalPosition> = {}): EventOf<"position"> => ({
  kind: "position",
  position: { position: BEACH, altitudeAmslM: 60, altitudeAboveHomeM: 50, ...change },
  velocity: undefined,
});

export const text = (words: string, severity = 4): EventOf<"text"> => ({
  kind: "text",
  severity,
  text: words,
  chunk: undefined,
});

export const phase = (
  landed: EventOf<"flight-phase">["phase"]["landed"],
  vtol?: EventOf<"flight-phase">["phase"]["vtol"],
): EventOf<"flight-phase"> => ({ kind: "flight-phase", phase: { landed, vtol } });

/** An event of MAVLink's events interface; without a description where the vehicle's metadata are not known. */
export const vehicleEvent = (
  change: Partial<ReceivedVehicleEvent> = {},
  described?: Partial<EventDescription>,
): EventOf<"event"> => {
  const received = { eventId: 1, sequence: 1, severity: 4, arguments: [], ...change };
  return {
    kind: "event",
    event: { timeBootMs: received.sequence * 10, ...received },
    description: described && { name: "name", text: "text", detail: undefined, role: { kind: "plain" }, ...described },
  };
};

/** One event of every kind, of an aircraft in flight: a new kind of event must be added here. */
export const ONE_OF_EACH: { readonly [Kind in VehicleEventBody["kind"]]: EventOf<Kind> } = {
  heartbeat: heartbeat(),
  position: place({}, { northMps: 3, eastMps: 4, groundSpeedMps: 5, courseDeg: 53.13 }),
  "other-position": { kind: "other-position", source: "gps", position: BEACH, altitudeAmslM: 61 },
  "other-height": { kind: "other-height", altitudeAmslM: 62 },
  attitude: { kind: "attitude", attitude: { rollDeg: 5, pitchDeg: -3, headingDeg: 50 } },
  "air-data": { kind: "air-data", airData: { airSpeedMps: 7, climbRateMps: 0.5, throttleFraction: 0.4 } },
  battery: {
    kind: "battery",
    battery: { voltageV: 22.2, currentA: 12, remainingFraction: 0.8, timeRemainingS: 900 },
    isSummary: false,
  },
  gps: { kind: "gps", gps: { fixType: 3, satellitesVisible: 14, horizontalAccuracyM: 0.8, hdop: 0.7 } },
  sticks: { kind: "sticks", sticks: { throttleUs: 1500 } },
  home: { kind: "home", home: { position: BEACH, altitudeAmslM: 10 } },
  gimbal: { kind: "gimbal", gimbal: { pitchDeg: -45, rollDeg: 0, yawEarthDeg: 90 }, yawFromNoseDeg: undefined },
  "mission-progress": { kind: "mission-progress", mission: { currentSeq: 3, countOfItems: 12, state: "active" } },
  "mission-reached": { kind: "mission-reached", seq: 2 },
  health: {
    kind: "health",
    health: { presentBits: 0x10002f, enabledBits: 0x10002f, healthyBits: 0x10002f, prearmOk: true },
  },
  ekf: { kind: "ekf", ekf: { flags: 831, positionVariance: 0.02 } },
  "flight-phase": phase("air"),
  fence: { kind: "fence", fence: { isBreached: false, countOfBreaches: 0 } },
  "mode-table": { kind: "mode-table", modes: [{ customMode: 4, name: "GUIDED", isSelectable: true }], vtolModes: [] },
  "offered-mode": {
    kind: "offered-mode",
    mode: { customMode: 4, name: "GUIDED", isSelectable: true },
    index: 1,
    countOfModes: 2,
  },
  "modes-version": { kind: "modes-version", modesVersion: 1 },
  "high-latency": {
    kind: "high-latency",
    identity: identityOf(),
    summary: {
      customMode: 4,
      modeName: "GUIDED",
      isArmed: true,
      position: BEACH,
      altitudeAmslM: 60,
      headingDeg: 50,
      groundSpeedMps: 5,
      airSpeedMps: 7,
      climbRateMps: 0.5,
      throttleFraction: 0.4,
      batteryFraction: 0.8,
      missionSeq: 3,
    },
  },
  version: { kind: "version", version: { firmwareVersion: "4.7.0", capabilityBits: 0xf, uid: "a1" } },
  simulated: { kind: "simulated" },
  event: vehicleEvent({ eventId: 0x1000001, severity: 6 }),
  "event-sequence": { kind: "event-sequence", sequence: 1, isReset: false },
  "events-described": { kind: "events-described", descriptions: new Map() },
  text: text("EKF3 IMU0 is using GPS", 6),
};

/** A vehicle of which everything is known, in flight, received at `NOW_MS`; `changes` are received after all that. */
export const completeVehicle = (...changes: readonly Received[]): VehicleState =>
  receive([...Object.values(ONE_OF_EACH), ...changes]);
