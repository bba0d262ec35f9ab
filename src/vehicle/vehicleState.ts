import type { Brand } from "../core/brand.js";
import type { Position } from "../geo/position.js";
import type { EventSequence } from "./eventSequence.js";
import type { TextJoiner } from "./textJoiner.js";

/** `<link>/<system id>`: two vehicles with one id on two links stay two vehicles. */
export type VehicleId = Brand<string, "VehicleId">;
export const vehicleIdOf = (linkName: string, systemId: number): VehicleId => `${linkName}/${systemId}` as VehicleId;

/** A value with the station's monotonic time of its arrival: staleness is data, see `selectors/freshness.ts`. */
export type Stamped<T> = { readonly value: T; readonly receivedAtMonoMs: number };

export type AutopilotKind = "ardupilot" | "px4" | "other";
export type AirframeKind = "copter" | "plane" | "vtol" | "other";

export type HeartbeatState = {
  readonly customMode: number;
  readonly modeName: string;
  readonly isArmed: boolean;
  /** MAV_STATE number. */
  readonly systemStatus: number;
};
export type GlobalPosition = {
  readonly position: Position;
  readonly altitudeAmslM: number;
  readonly altitudeAboveHomeM: number;
};
export type Velocity = {
  readonly northMps: number;
  readonly eastMps: number;
  readonly downMps: number;
  readonly groundSpeedMps: number;
  /** Undefined below 0.5 m/s, where a direction of motion means nothing. */
  readonly courseDeg: number | undefined;
};
export type Attitude = { readonly rollDeg: number; readonly pitchDeg: number; readonly headingDeg: number };
export type AirData = {
  readonly airSpeedMps: number;
  readonly climbRateMps: number;
  readonly throttleFraction: number;
};
export type Battery = {
  readonly voltageV: number | undefined;
  readonly currentA: number | undefined;
  readonly remainingFraction: number | undefined;
  /** Seconds the vehicle itself predicts, where it does. */
  readonly timeRemainingS: number | undefined;
};
/** How fast the battery is used, as this flight has shown since the aircraft left the ground. */
type BatteryUse = {
  readonly fromFraction: number;
  readonly sinceMonoMs: number;
  /** Of the whole battery a second; undefined before it is known. */
  readonly perS: number | undefined;
};
export type GpsState = {
  /** GPS_FIX_TYPE number: 0 none .. 3 three-dimensional .. 6 RTK fixed. */
  readonly fixType: number;
  readonly satellitesVisible: number | undefined;
  readonly horizontalAccuracyM: number | undefined;
  readonly hdop: number | undefined;
};
/** What the aircraft hears of a pilot's radio (RC_CHANNELS). */
export type SticksState = {
  /** Undefined where it hears none. */
  readonly throttleUs: number | undefined;
};
export type HomeState = { readonly position: Position; readonly altitudeAmslM: number };
export type GimbalState = {
  readonly pitchDeg: number;
  readonly yawEarthDeg: number | undefined;
  readonly rollDeg: number;
};
/** A mode the autopilot offers (AVAILABLE_MODES), or one of its kind's table where it offers none. */
export type FlightMode = {
  readonly customMode: number;
  readonly name: string;
  /** False for modes that only the autopilot itself or a pilot's radio may choose. */
  readonly isSelectable: boolean;
};
export type OfferedModes = {
  /** `modes` is a list of the vehicle's own, not the table of its kind. */
  readonly isInUse: boolean;
  /** And it is up to date. */
  readonly isComplete: boolean;
  /** Heard so far, by index from 1. */
  readonly byIndex: Readonly<Record<number, FlightMode>>;
  /** AVAILABLE_MODES_MONITOR.seq; another number means the list is out of date. */
  readonly modesVersion: number | undefined;
};
export type FlightPhase = {
  readonly landed: "ground" | "taking-off" | "air" | "landing" | undefined;
  /** VTOL only. */
  readonly vtol: "hover" | "forward" | "to-hover" | "to-forward" | undefined;
};
export type FenceReading = { readonly isBreached: boolean; readonly countOfBreaches: number };
export type MissionProgress = {
  readonly currentSeq: number;
  readonly countOfItems: number | undefined;
  /** MISSION_STATE, where the autopilot tells it. */
  readonly state?: "none" | "not-started" | "active" | "paused" | "complete" | undefined;
};
/** Sensor bits of SYS_STATUS: those present and enabled but not healthy are why it may not arm. */
export type HealthState = {
  readonly presentBits: number;
  readonly enabledBits: number;
  readonly healthyBits: number;
  readonly prearmOk: boolean | undefined;
};
export type EkfState = { readonly flags: number; readonly positionVariance: number };
export type VehicleVersion = {
  readonly firmwareVersion: string | undefined;
  readonly capabilityBits: number;
  readonly uid: string | undefined;
};
export type VehicleText = {
  readonly unixTimeUs: number;
  /** When the last of it was heard. */
  readonly receivedAtMonoMs: number;
  /** MAV_SEVERITY: 0 emergency .. 7 debug. */
  readonly severity: number;
  readonly text: string;
  /** The component that said it, where that is not the autopilot: such a text tells nothing of the aircraft itself. */
  readonly componentId?: number | undefined;
  /** PX4 says some things twice, as a text and as an event. */
  readonly isAlsoEvent?: boolean | undefined;
  readonly event?: TextEventPart | undefined;
};

/** What is behind a text that came as an event. */
export type TextEventPart = {
  readonly id: number;
  /** Id and arguments: the same happening has the same key. */
  readonly key: string;
  /** Undefined as long as nobody knows what the number means. */
  readonly name: string | undefined;
  readonly detail: string | undefined;
  readonly isCheck: boolean;
  /** The event refuses a mode or arming: what the checks found is part of its reasons. */
  readonly refusedModeGroup?: number | "any" | undefined;
};

/** One thing that the autopilot's own checks find fault with. */
export type ArmingCheck = {
  readonly key: string;
  readonly severity: number;
  readonly text: string;
  readonly detail: string | undefined;
  readonly modeBits: number;
};
/** The autopilot's checks before arming as it last reported them whole. */
export type ArmingChecks = {
  readonly checks: readonly ArmingCheck[];
  readonly modeGroups: Readonly<Record<number, number>>;
  /** Of a report that has begun and not ended. */
  readonly unfinished: readonly ArmingCheck[] | undefined;
};

/** Everything known of one vehicle. A fold of events (`reduceVehicle`); what was never heard is undefined. */
export type VehicleState = {
  readonly id: VehicleId;
  readonly systemId: number;
  readonly componentId: number;
  readonly linkName: string;
  readonly autopilot: AutopilotKind;
  readonly mavAutopilot: number;
  readonly airframe: AirframeKind;
  readonly mavType: number;
  /** True once the vehicle sent SIMSTATE or SIM_STATE, which only simulated autopilots do. */
  readonly isSimulated: boolean;
  readonly lastReceivedMonoMs: number;
  readonly heartbeat: Stamped<HeartbeatState> | undefined;
  readonly position: Stamped<GlobalPosition> | undefined;
  readonly velocity: Stamped<Velocity> | undefined;
  readonly attitude: Stamped<Attitude> | undefined;
  readonly airData: Stamped<AirData> | undefined;
  readonly battery: Stamped<Battery> | undefined;
  readonly gps: Stamped<GpsState> | undefined;
  readonly home: Stamped<HomeState> | undefined;
  readonly gimbal: Stamped<GimbalState> | undefined;
  readonly mission: Stamped<MissionProgress> | undefined;
  readonly health: Stamped<HealthState> | undefined;
  readonly ekf: Stamped<EkfState> | undefined;
  readonly flightPhase: Stamped<FlightPhase> | undefined;
  readonly fence: Stamped<FenceReading> | undefined;
  /** Empty until the autopilot or its kind is known. */
  readonly modes: readonly FlightMode[];
  /** Told by HIGH_LATENCY2 alone at the moment: no attitude, no health in detail, minutes apart. */
  readonly isHighLatency: boolean;
  readonly version: VehicleVersion | undefined;
  /** Newest last, at most 200. */
  readonly texts: readonly VehicleText[];
  /** The latest reasons given for refusing to arm ("PreArm: ..."), cleared when the vehicle arms or says it is ready. */
  readonly prearmReasons: readonly string[];
  /** What AVAILABLE_MODES told so far; `modes` is taken from it once it is whole. */
  readonly offeredModes?: OfferedModes | undefined;
  /** The other batteries, where there are several: the lowest of all is shown. */
  readonly otherBatteries?: Readonly<Record<number, Stamped<Battery>>> | undefined;
  /** Undefined on the ground, and while it tells no charge. */
  readonly batteryUse?: BatteryUse | undefined;
  /** Long texts whose pieces have not all come yet. */
  readonly textJoiner?: TextJoiner | undefined;
  /** By component: which of its events were heard. */
  readonly eventSequences?: Readonly<Record<number, EventSequence>> | undefined;
  /** Of an autopilot that reports its checks as events. */
  readonly armingChecks?: ArmingChecks | undefined;
  readonly sticks?: Stamped<SticksState> | undefined;
  /** A mission mode was flown since it was armed: there may be something to resume. */
  readonly hasBegunMission?: boolean | undefined;
};
