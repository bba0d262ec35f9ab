import type { Position } from "../geo/position.js";
import type {
  AirData,
  AirframeKind,
  Attitude,
  AutopilotKind,
  Battery,
  EkfState,
  FenceReading,
  FlightMode,
  FlightPhase,
  GimbalState,
  GlobalPosition,
  GpsState,
  HealthState,
  HeartbeatState,
  HomeState,
  MissionProgress,
  SticksState,
  VehicleVersion,
  Velocity,
} from "./vehicleState.js";

/** Which component sent it, and when it was received. Times are the station's: vehicles' clocks start at boot. */
type EventStamp = {
  readonly systemId: number;
  readonly componentId: number;
  readonly receivedAtMonoMs: number;
  readonly unixTimeUs: number;
};

export type VehicleIdentity = {
  readonly autopilot: AutopilotKind;
  readonly mavAutopilot: number;
  readonly airframe: AirframeKind;
  readonly mavType: number;
};

/** HIGH_LATENCY2 in this program's units. */
export type HighLatencySummary = {
  readonly customMode: number;
  readonly modeName: string;
  /** Only ArduPilot reports it here. */
  readonly isArmed: boolean | undefined;
  readonly position: Position | undefined;
  readonly altitudeAmslM: number;
  readonly headingDeg: number;
  readonly groundSpeedMps: number;
  readonly airSpeedMps: number | undefined;
  readonly climbRateMps: number | undefined;
  readonly throttleFraction: number;
  readonly batteryFraction: number | undefined;
  readonly missionSeq: number | undefined;
};

/** The description of an event, from the metadata of the vehicle that sent it. */
export type EventDescription = {
  /** The event's name in the metadata, for searching. */
  readonly name: string;
  readonly text: string;
  /** What to do about it, where the metadata say so. */
  readonly detail: string | undefined;
  readonly role: EventRole;
};

/** Arming checks are reported by several events: a begin, one for each failed check, an end. */
export type EventRole =
  | { readonly kind: "plain" }
  /**
   * Arming or a mode was refused; the failed checks of the last report are its reasons. `modeGroup` where the event
   * names the mode.
   */
  | { readonly kind: "refusal"; readonly modeGroup: number | undefined }
  /** `modeBits`: the mode groups it concerns, one bit each. */
  | { readonly kind: "check"; readonly modeBits: number }
  | {
      readonly kind: "report-begins";
      readonly chunkIndex: number;
      /** The mode group of each custom mode. */
      readonly modeGroups: Readonly<Record<number, number>>;
    }
  | { readonly kind: "report-ends" };

/** An event as received; `arguments` are bytes, whose meaning depends on the event's id. */
export type ReceivedVehicleEvent = {
  readonly eventId: number;
  readonly sequence: number;
  readonly timeBootMs: number;
  /** MAV_SEVERITY; 8 (protocol) is for programs only, 9 is disabled. */
  readonly severity: number;
  readonly arguments: readonly number[];
};

/** Position sources other than the estimate, best first. */
export const OTHER_SOURCES = ["gps", "second-gps", "second-estimate"] as const;
export type OtherSource = (typeof OTHER_SOURCES)[number];

/** One event of a vehicle, in SI units with named datums; MAVLink's sentinels are already undefined. */
export type VehicleEventBody =
  | { readonly kind: "heartbeat"; readonly identity: VehicleIdentity; readonly heartbeat: HeartbeatState }
  /** `velocity` is undefined where the message has only a position. */
  | { readonly kind: "position"; readonly position: GlobalPosition; readonly velocity: Velocity | undefined }
  /**
   * A position from a source other than the estimate: a receiver's own, or a second estimator's. Used for recordings
   * without an estimate only, never in flight.
   */
  | {
      readonly kind: "other-position";
      readonly source: OtherSource;
      readonly position: Position;
      readonly altitudeAmslM: number;
    }
  /** A height without a position, above sea level. */
  | { readonly kind: "other-height"; readonly altitudeAmslM: number }
  | { readonly kind: "attitude"; readonly attitude: Attitude }
  | { readonly kind: "air-data"; readonly airData: AirData }
  /** A summary (SYS_STATUS) has no remaining time; it does not erase one received before. */
  | {
      readonly kind: "battery";
      readonly battery: Battery;
      readonly isSummary: boolean;
      /** Number of the battery where there are several; 0 is the flight battery. Payload batteries send no event. */
      readonly batteryId?: number;
    }
  | { readonly kind: "gps"; readonly gps: GpsState }
  | { readonly kind: "sticks"; readonly sticks: SticksState }
  | { readonly kind: "home"; readonly home: HomeState }
  /** `yawFromNoseDeg` where the gimbal's yaw is relative to the vehicle; the reducer adds the vehicle's heading. */
  | { readonly kind: "gimbal"; readonly gimbal: GimbalState; readonly yawFromNoseDeg: number | undefined }
  | { readonly kind: "mission-progress"; readonly mission: MissionProgress }
  | { readonly kind: "mission-reached"; readonly seq: number }
  | { readonly kind: "health"; readonly health: HealthState }
  | { readonly kind: "ekf"; readonly ekf: EkfState }
  | { readonly kind: "flight-phase"; readonly phase: FlightPhase }
  | { readonly kind: "fence"; readonly fence: FenceReading }
  /** The modes from this station's table for the kind of vehicle; a list sent by the vehicle replaces them. */
  | {
      readonly kind: "mode-table";
      readonly modes: readonly FlightMode[];
      /** For an ArduPilot that reports "plane" and turns out to be a VTOL. */
      readonly vtolModes: readonly FlightMode[];
    }
  /** One of the autopilot's available modes, counted from 1; the list is used once it is complete. */
  | {
      readonly kind: "offered-mode";
      readonly mode: FlightMode;
      readonly index: number;
      readonly countOfModes: number;
    }
  /** Increases when the list of available modes has changed and must be requested again. */
  | { readonly kind: "modes-version"; readonly modesVersion: number }
  /** The content of HIGH_LATENCY2. Undefined where this autopilot's message has no value. */
  | { readonly kind: "high-latency"; readonly identity: VehicleIdentity; readonly summary: HighLatencySummary }
  | { readonly kind: "version"; readonly version: VehicleVersion }
  /** SIMSTATE or SIM_STATE: only simulated autopilots send them. */
  | { readonly kind: "simulated" }
  /** An event of MAVLink's events interface; without a description as long as the vehicle's metadata are not known. */
  | {
      readonly kind: "event";
      readonly event: ReceivedVehicleEvent;
      readonly description: EventDescription | undefined;
    }
  /** A component's newest event number, and whether it restarted. */
  | { readonly kind: "event-sequence"; readonly sequence: number; readonly isReset: boolean }
  /** Metadata were loaded: descriptions for the events shown so far without one. */
  | { readonly kind: "events-described"; readonly descriptions: ReadonlyMap<string, EventDescription> }
  /** A complete text, or one chunk of it when `chunk` is present; the reducer joins the chunks. */
  | {
      readonly kind: "text";
      readonly severity: number;
      /** Of a chunk: its bytes, one character each, because a UTF-8 character may be split between chunks. */
      readonly text: string;
      readonly chunk: { readonly id: number; readonly index: number; readonly isLast: boolean } | undefined;
    };

export type VehicleEvent = EventStamp & VehicleEventBody;
