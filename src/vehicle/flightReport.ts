/** The content of a recording, in the form that `vigie replay --json` prints (DESIGN.md 7). */
export type FlightReport = {
  readonly firstUnixUs: number;
  readonly lastUnixUs: number;
  readonly frames: number;
  readonly badChecksums: number;
  readonly unknownMessages: number;
  /** Counts by MAVLink name; messages without a definition are counted under their id. */
  readonly messages: Readonly<Record<string, number>>;
  readonly vehicles: readonly VehicleReport[];
};

export type VehicleReport = {
  readonly systemId: number;
  /** MAV_TYPE and MAV_AUTOPILOT numbers. */
  readonly type: number;
  readonly autopilot: number;
  /** One entry for each change; the first received mode is the first entry. */
  readonly modes: readonly { readonly unixTimeUs: number; readonly customMode: number; readonly name: string }[];
  /** `toUnixUs` is null when the recording ends with the vehicle still armed. */
  readonly armed: readonly { readonly fromUnixUs: number; readonly toUnixUs: number | null }[];
  /**
   * Sum of geodesic distances between successive positions; positions within 0.01 degree of (0, 0) are left out. Absent
   * without any position.
   */
  readonly trackLengthM: number | undefined;
  /** Absent when no height was received. */
  readonly maxAltitudeAboveHomeM: number | undefined;
  readonly homeAmslM: number | undefined;
  readonly missionItems: readonly ReportedMissionItem[];
  readonly reachedSeqs: readonly number[];
  /** Chunks of long texts are joined. */
  readonly texts: readonly ReportedText[];
  /** Events of MAVLink's events interface, with their text where the metadata are known. */
  readonly events?: readonly ReportedEvent[];
};

export type ReportedText = {
  readonly unixTimeUs: number;
  /** MAV_SEVERITY. */
  readonly severity: number;
  readonly text: string;
  /** The sending component (MAV_COMPONENT) and its name, when it is not the autopilot. */
  readonly componentId?: number;
  readonly component?: string;
};

export type ReportedEvent = ReportedText & {
  readonly eventId: number;
  readonly name?: string;
  readonly detail?: string;
};

export type ReportedMissionItem = {
  readonly seq: number;
  readonly command: number;
  readonly frame: number;
  readonly latitudeDeg: number;
  readonly longitudeDeg: number;
  readonly altitudeM: number;
};
