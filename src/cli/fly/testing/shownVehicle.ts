/** Aircraft as they are seen from a flight: all readings of one vehicle received at the same time. */
import { identityFrom } from "../../../mavlink/identity.js";
import { emptyVehicle } from "../../../vehicle/reduceVehicle.js";
import type { MissionProgress, VehicleState } from "../../../vehicle/vehicleState.js";
import type { Known } from "../stationClient.js";

/** Where it takes off. */
export const PLACE = { latitudeDeg: 50.7, longitudeDeg: 1.6 };
export const ARDUPILOT = 3;
export const PX4 = 12;
const QUADROTOR = 2;

export type Shown = {
  readonly isArmed: boolean;
  readonly landed?: "ground" | "air";
  readonly seq?: number;
  readonly missionState?: MissionProgress["state"];
  readonly autopilot?: number;
  readonly customMode?: number;
  readonly systemId?: number;
  readonly atMonoMs?: number;
  readonly speedMps?: number;
  readonly downMps?: number;
  /** Above home; without it 56 m where it says that it flies. */
  readonly heightM?: number;
  readonly texts?: VehicleState["texts"];
};

export function shown(what: Shown): VehicleState {
  const { isArmed, landed, autopilot = ARDUPILOT, atMonoMs = 0, speedMps = 0, downMps = 0 } = what;
  const { seq, missionState: state, customMode = 4, systemId = 1, texts = [] } = what;
  const stamped = <T>(value: T) => ({ value, receivedAtMonoMs: atMonoMs });
  const altitudeAboveHomeM = what.heightM ?? (landed === "air" ? 56 : 0);
  return {
    ...emptyVehicle({ linkName: "udp", systemId, componentId: 1 }),
    ...identityFrom(autopilot, QUADROTOR),
    isSimulated: true,
    lastReceivedMonoMs: atMonoMs,
    heartbeat: stamped({ customMode, modeName: "GUIDED", isArmed, systemStatus: 3 }),
    home: stamped({ position: PLACE, altitudeAmslM: 4 }),
    position: stamped({ position: PLACE, altitudeAmslM: 4 + altitudeAboveHomeM, altitudeAboveHomeM }),
    velocity: stamped({ northMps: speedMps, eastMps: 0, downMps, groundSpeedMps: speedMps, courseDeg: 0 }),
    flightPhase: landed && stamped({ landed, vtol: undefined }),
    mission: seq === undefined ? undefined : stamped({ currentSeq: seq, countOfItems: undefined, state }),
    texts,
  };
}

export const NOTHING_KNOWN: Known = {
  stationMonoMs: 0,
  stationUnixUs: 0,
  vehicles: [],
  contacts: [],
  recorder: undefined,
  notices: [],
};
