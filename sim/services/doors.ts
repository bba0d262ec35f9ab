import type { GimbalDemand, GimbalState } from "../airframe/gimbal.js";
import type { MissionServerState } from "../autopilot/missionServer.js";
import type { ParamName } from "../autopilot/params.js";
import type { Flavour } from "../flavour.js";

/** What the services know of the flight at one moment; everything is the autopilot's belief. */
export type FlightView = {
  readonly isArmed: boolean;
  readonly customMode: number;
  /** The mission is being flown: it cannot be cleared, and ArduPilot refuses legacy logs only by `isArmed`. */
  readonly isMissionRunning: boolean;
  readonly unixTimeUs: number;
  readonly latitudeDeg: number;
  readonly longitudeDeg: number;
  readonly altitudeAmslM: number;
  readonly altitudeAboveHomeM: number;
  /** True heading of the nose, 0..360. */
  readonly headingDeg: number;
  readonly rollDeg: number;
  readonly pitchDeg: number;
  readonly northMps: number;
  readonly eastMps: number;
  readonly climbRateMps: number;
  readonly remainingFraction: number;
  /** 0 none, 3 three-dimensional, as in GPS_RAW_INT. */
  readonly gpsFixType: number;
  readonly gimbal: GimbalState;
  readonly mission: MissionServerState;
  /** The mission item being flown. */
  readonly missionSeq: number;
};

/** The parameters that fly live in the autopilot's own table; everybody else's live in the parameter service. */
export type FlightParams = {
  readonly read: (name: ParamName) => number;
  /** Already checked: a known name of this flavour, not read-only, a number, rounded to its type. */
  readonly write: (name: ParamName, value: number) => void;
};

/** Between the services and the flight of one aircraft. */
export type ServicesOptions = {
  readonly flavour: Flavour;
  readonly systemId: number;
  readonly seed: number;
  /** Simulated seconds a second: links live on the wall clock, so their time-outs and rates are stretched by it. */
  readonly speedup?: number;
  readonly view: () => FlightView;
  readonly params: FlightParams;
  /** Points the simulated gimbal, as DO_GIMBAL_MANAGER_PITCHYAW does in the autopilot. */
  readonly pointGimbal: (demand: GimbalDemand) => void;
  /** `--remote-id`: arming is refused until the station has sent operator, self and system data. */
  readonly hasRemoteId?: boolean;
  /** `--traffic`: aircraft and vessels nearby are heard. */
  readonly hasTraffic?: boolean;
};
