import type { Brand } from "../core/brand.js";
import type { Position } from "../geo/position.js";
import type { EventSequence } from "./eventSequence.js";
import type { TextJoiner } from "./textJoiner.js";

/** `<link>/<system id>`: the same system id on two links makes two vehicles. */
export type VehicleId = Brand<string, "VehicleId">;
export const vehicleIdOf = (linkName: string, systemId: number): VehicleId => `${linkName}/${systemId}` as VehicleId;

/**
 * A value with the time it was received, on the station's monotonic clock, which gives its age:
 * `selectors/freshness.ts`.
 */
export type Stamped<T> = { readonly value: T; readonly receivedAtMonoMs: number };

export type AutopilotKind = "ardupilot" | "px4" | "other" | FurtherAutopilot;
/** An autopilot that differs only in what its entry in `mavlink/dialects/autopilots.ts` says. */
type FurtherAutopilot = Brand<string, "FurtherAutopilot">;
export const furtherAutopilot = (name: string): AutopilotKind => name as FurtherAutopilot;
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
  /** Degrees true, 0 to 360; undefined below 0.5 m/s, where it is noise. */
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
  /** The remaining time predicted by the vehicle, seconds; undefined where it predicts none. */
  readonly timeRemainingS: number | undefined;
};
/** How fast this flight uses the battery, measured since take-off. */
type BatteryUse = {
  readonly fromFraction: number;
  readonly sinceMonoMs: number;
  /** Fraction of the whole battery a second; undefined before it is known. */
  readonly perS: number | undefined;
};
export type GpsState = {
  /** GPS_FIX_TYPE number: 0 none .. 3 three-dimensional .. 6 RTK fixed. */
  readonly fixType: number;
  readonly satellitesVisible: number | undefined;
  readonly horizontalAccuracyM: number | undefined;
  readonly hdop: number | undefined;
};
/** What the aircraft receives from a pilot's radio (RC_CHANNELS). */
export type SticksState = {
  /** Undefined where it receives no radio. */
  readonly throttleUs: number | undefined;
};
export type HomeState = { readonly position: Position; readonly altitudeAmslM: number };
export type GimbalState = {
  readonly pitchDeg: number;
  readonly yawEarthDeg: number | undefined;
  readonly rollDeg: number;
};
/** A mode that the autopilot lists (AVAILABLE_MODES), or one of the table for its kind where it sends no list. */
export type FlightMode = {
  readonly customMode: number;
  readonly name: string;
  /** False for modes that only the autopilot itself or a pilot's radio may set. */
  readonly isSelectable: boolean;
  /** What the mode is for, where the autopilot's table says so; for ArduPilot and PX4 `selectors/mission.ts` knows. */
  readonly uses?: readonly ModeUse[];
};
/**
 * "mission": flies the mission on board. "hold": holds its position until another command. "coming-home": returns or
 * lands. "manual": sticks fly the aircraft.
 */
export type ModeUse = "mission" | "hold" | "coming-home" | "manual";
export type OfferedModes = {
  /** True: `modes` is the vehicle's own list, not the table for its kind. */
  readonly isInUse: boolean;
  /** True: the list is complete and up to date. */
  readonly isComplete: boolean;
  /** Received so far, by index from 1. */
  readonly byIndex: Readonly<Record<number, FlightMode>>;
  /** AVAILABLE_MODES_MONITOR.seq; another value means that the list is out of date. */
  readonly modesVersion: number | undefined;
};
export type FlightPhase = {
  readonly landed: "ground" | "taking-off" | "air" | "landing" | undefined;
  /** Undefined for vehicles other than VTOL. */
  readonly vtol: "hover" | "forward" | "to-hover" | "to-forward" | undefined;
};
export type FenceReading = { readonly isBreached: boolean; readonly countOfBreaches: number };
export type MissionProgress = {
  readonly currentSeq: number;
  readonly countOfItems: number | undefined;
  /** MISSION_STATE, where the autopilot sends it. */
  readonly state?: "none" | "not-started" | "active" | "paused" | "complete" | undefined;
};
/** Sensor bits of SYS_STATUS: sensors that are present and enabled but not healthy may prevent arming. */
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
  /** Time of its last chunk. */
  readonly receivedAtMonoMs: number;
  /** MAV_SEVERITY: 0 emergency .. 7 debug. */
  readonly severity: number;
  readonly text: string;
  /** The sending component when it is not the autopilot: such a text does not describe the aircraft itself. */
  readonly componentId?: number | undefined;
  /** PX4 sends some messages both as a text and as an event. */
  readonly isAlsoEvent?: boolean | undefined;
  readonly event?: TextEventPart | undefined;
};

/** The event behind a text. */
export type TextEventPart = {
  readonly id: number;
  /** Id and arguments: the same event sent again has the same key. */
  readonly key: string;
  /** Undefined as long as the event's metadata are not known. */
  readonly name: string | undefined;
  readonly detail: string | undefined;
  readonly isCheck: boolean;
  /** The event refuses arming or a mode: the failed checks are its reasons. */
  readonly refusedModeGroup?: number | "any" | undefined;
};

/** One failed arming check of the autopilot. */
export type ArmingCheck = {
  readonly key: string;
  readonly severity: number;
  readonly text: string;
  readonly detail: string | undefined;
  readonly modeBits: number;
};
/** The autopilot's arming checks, as in its last complete report. */
export type ArmingChecks = {
  readonly checks: readonly ArmingCheck[];
  readonly modeGroups: Readonly<Record<number, number>>;
  /** The checks of a report that has begun and not ended. */
  readonly unfinished: readonly ArmingCheck[] | undefined;
};

/** All that is known of one vehicle, folded from events (`reduceVehicle`); what was never received is undefined. */
export type VehicleState = {
  readonly id: VehicleId;
  readonly systemId: number;
  readonly componentId: number;
  readonly linkName: string;
  readonly autopilot: AutopilotKind;
  readonly mavAutopilot: number;
  readonly airframe: AirframeKind;
  readonly mavType: number;
  /** True once the vehicle has sent SIMSTATE or SIM_STATE, which only simulated autopilots do. */
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
  /** Empty until the autopilot has listed its modes or its kind is known. */
  readonly modes: readonly FlightMode[];
  /**
   * Only HIGH_LATENCY2 is received at the moment: no attitude, no details of health, a message every minute or less
   * often.
   */
  readonly isHighLatency: boolean;
  readonly version: VehicleVersion | undefined;
  /** Newest last, at most 200. */
  readonly texts: readonly VehicleText[];
  /** The latest reasons for refusing to arm ("PreArm: ..."), cleared when the vehicle arms or reports ready. */
  readonly prearmReasons: readonly string[];
  /** The AVAILABLE_MODES received so far; `modes` is taken from them once they are complete. */
  readonly offeredModes?: OfferedModes | undefined;
  /** The other batteries, where there are several: the lowest charge of all is shown. */
  readonly otherBatteries?: Readonly<Record<number, Stamped<Battery>>> | undefined;
  /** Undefined on the ground, and while the charge is unknown. */
  readonly batteryUse?: BatteryUse | undefined;
  /** Long texts with chunks still missing. */
  readonly textJoiner?: TextJoiner | undefined;
  /** By component: which of its events were received. */
  readonly eventSequences?: Readonly<Record<number, EventSequence>> | undefined;
  /** Only for autopilots that report their checks as events. */
  readonly armingChecks?: ArmingChecks | undefined;
  readonly sticks?: Stamped<SticksState> | undefined;
  /** A mission mode was flown since arming: there may be a mission to resume. */
  readonly hasBegunMission?: boolean | undefined;
};
