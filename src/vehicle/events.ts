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

/** Who said it and when it was heard. Times are the station's; vehicles' own clocks start at boot. */
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

/** HIGH_LATENCY2 in the house's units. */
export type HighLatencySummary = {
  readonly customMode: number;
  readonly modeName: string;
  /** Only ArduPilot tells. */
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

/** What an event means, by the metadata of the vehicle that sent it. */
export type EventDescription = {
  /** The name its builder gave it, for whoever searches for it. */
  readonly name: string;
  readonly text: string;
  /** What to do about it, where the builder says. */
  readonly detail: string | undefined;
  readonly role: EventRole;
};

/** Checks before arming come as a report: a beginning, what is found fault with, an end. */
export type EventRole =
  | { readonly kind: "plain" }
  /** A mode or arming was refused; what the last report found belongs to it. `modeGroup` where it names the mode. */
  | { readonly kind: "refusal"; readonly modeGroup: number | undefined }
  /** `modeBits`: the groups of modes (a bit each) that it concerns. */
  | { readonly kind: "check"; readonly modeBits: number }
  | {
      readonly kind: "report-begins";
      readonly chunkIndex: number;
      /** The group of each custom mode. */
      readonly modeGroups: Readonly<Record<number, number>>;
    }
  | { readonly kind: "report-ends" };

/** An event as it came; `arguments` are bytes, whose meaning depends on the id. */
export type ReceivedVehicleEvent = {
  readonly eventId: number;
  readonly sequence: number;
  readonly timeBootMs: number;
  /** MAV_SEVERITY; 8 is for machines, 9 for nobody. */
  readonly severity: number;
  readonly arguments: readonly number[];
};

/** Best first. */
export const OTHER_SOURCES = ["gps", "second-gps", "second-estimate"] as const;
export type OtherSource = (typeof OTHER_SOURCES)[number];

/** One thing heard from a vehicle, in SI units with datums named and MAVLink's sentinels already gone. */
export type VehicleEventBody =
  | { readonly kind: "heartbeat"; readonly identity: VehicleIdentity; readonly heartbeat: HeartbeatState }
  /** Without a velocity where only the place is told. */
  | { readonly kind: "position"; readonly position: GlobalPosition; readonly velocity: Velocity | undefined }
  /**
   * A place from a source that stands behind the estimate of position: the receivers' own, or a second estimator's. For
   * recordings that have no other; never what a flight is led by.
   */
  | {
      readonly kind: "other-position";
      readonly source: OtherSource;
      readonly position: Position;
      readonly altitudeAmslM: number;
    }
  /** A height without a place, above the sea. */
  | { readonly kind: "other-height"; readonly altitudeAmslM: number }
  | { readonly kind: "attitude"; readonly attitude: Attitude }
  | { readonly kind: "air-data"; readonly airData: AirData }
  /** A summary (SYS_STATUS) has no prediction of time; it does not erase one heard before. */
  | {
      readonly kind: "battery";
      readonly battery: Battery;
      readonly isSummary: boolean;
      /** Which of several; 0 is the flight battery. Payload batteries are not told. */
      readonly batteryId?: number;
    }
  | { readonly kind: "gps"; readonly gps: GpsState }
  | { readonly kind: "sticks"; readonly sticks: SticksState }
  | { readonly kind: "home"; readonly home: HomeState }
  /** `yawFromNoseDeg` where the gimbal counts from the nose; the reducer adds the vehicle's heading. */
  | { readonly kind: "gimbal"; readonly gimbal: GimbalState; readonly yawFromNoseDeg: number | undefined }
  | { readonly kind: "mission-progress"; readonly mission: MissionProgress }
  | { readonly kind: "mission-reached"; readonly seq: number }
  | { readonly kind: "health"; readonly health: HealthState }
  | { readonly kind: "ekf"; readonly ekf: EkfState }
  | { readonly kind: "flight-phase"; readonly phase: FlightPhase }
  | { readonly kind: "fence"; readonly fence: FenceReading }
  /** The modes of its kind, from a table; what it offers itself counts for more. */
  | {
      readonly kind: "mode-table";
      readonly modes: readonly FlightMode[];
      /** For what says "plane" and turns out to be a VTOL. */
      readonly vtolModes: readonly FlightMode[];
    }
  /** One mode the autopilot offers, counted from 1; the list is used once it is whole. */
  | {
      readonly kind: "offered-mode";
      readonly mode: FlightMode;
      readonly index: number;
      readonly countOfModes: number;
    }
  /** Counts up when the list of modes has changed and must be asked for again. */
  | { readonly kind: "modes-version"; readonly modesVersion: number }
  /** Everything a satellite link tells. Undefined is what this message could not say. */
  | { readonly kind: "high-latency"; readonly identity: VehicleIdentity; readonly summary: HighLatencySummary }
  | { readonly kind: "version"; readonly version: VehicleVersion }
  /** Only simulated autopilots send it. */
  | { readonly kind: "simulated" }
  /** An event of MAVLink's events service; without a description where the vehicle's metadata are not known (yet). */
  | {
      readonly kind: "event";
      readonly event: ReceivedVehicleEvent;
      readonly description: EventDescription | undefined;
    }
  /** The number of a component's newest event, and whether it began anew. */
  | { readonly kind: "event-sequence"; readonly sequence: number; readonly isReset: boolean }
  /** Metadata came: what texts of events said until then without words. */
  | { readonly kind: "events-described"; readonly descriptions: ReadonlyMap<string, EventDescription> }
  /** A whole text, or a piece of one when `chunk` is there; the reducer joins pieces. */
  | {
      readonly kind: "text";
      readonly severity: number;
      /** Of a piece: its bytes, a character each, because a letter may be cut in two. */
      readonly text: string;
      readonly chunk: { readonly id: number; readonly index: number; readonly isLast: boolean } | undefined;
    };

export type VehicleEvent = EventStamp & VehicleEventBody;
