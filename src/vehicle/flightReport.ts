/** What a recording contains: the form that `vigie replay --json` prints (DESIGN.md 7). */
export type FlightReport = {
  readonly firstUnixUs: number;
  readonly lastUnixUs: number;
  readonly frames: number;
  readonly badChecksums: number;
  readonly unknownMessages: number;
  /** By MAVLink name; a message without a definition is counted under its number. */
  readonly messages: Readonly<Record<string, number>>;
  readonly vehicles: readonly VehicleReport[];
};

export type VehicleReport = {
  readonly systemId: number;
  /** MAV_TYPE and MAV_AUTOPILOT numbers. */
  readonly type: number;
  readonly autopilot: number;
  /** One line a change, the first mode heard included. */
  readonly modes: readonly { readonly unixTimeUs: number; readonly customMode: number; readonly name: string }[];
  /** `toUnixUs` is null when the recording ends with the vehicle still armed. */
  readonly armed: readonly { readonly fromUnixUs: number; readonly toUnixUs: number | null }[];
  /** Sum of geodesic steps between position fixes; within 0.01 degree of (0, 0) is no fix. Absent without any fix. */
  readonly trackLengthM: number | undefined;
  /** Absent when no height was told. */
  readonly maxAltitudeAboveHomeM: number | undefined;
  readonly homeAmslM: number | undefined;
  readonly missionItems: readonly ReportedMissionItem[];
  readonly reachedSeqs: readonly number[];
  /** What is said in pieces is joined. */
  readonly texts: readonly ReportedText[];
  /** What the vehicle told by number (MAVLink's events service), in words where its metadata are known. */
  readonly events?: readonly ReportedEvent[];
};

export type ReportedText = {
  readonly unixTimeUs: number;
  /** MAV_SEVERITY. */
  readonly severity: number;
  readonly text: string;
  /** Of what a component beside the autopilot says: which (MAV_COMPONENT), and its name. */
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
