/* eslint-disable id-denylist -- MAVLink's own field name `timestamp` is written here */
/**
 * The messages a ground station sends to a Remote ID transmitter: https://mavlink.io/en/services/opendroneid.html The
 * operator's position must not be older than a second, so SYSTEM is sent at least that often.
 */
import { ellipsoidFromAmslM } from "../../geo/geoid.js";
import type { RemoteIdOperator } from "../../vehicle/payload.js";
import type { MavlinkFields, OutgoingMessage } from "../frame.js";

/** Seconds from 1970 to 2019-01-01 UTC, the epoch of the Remote ID standard. */
const EPOCH_2019_S = 1_546_300_800;
const ALTITUDE_UNKNOWN_M = -1000;
/** Not MAV_ODID_OPERATOR_LOCATION_TYPE_LIVE_GNSS, which would claim a GNSS receiver: a person entered this position. */
const LOCATION_FIXED = 2;
const NO_ID: readonly number[] = new Array<number>(20).fill(0);

const everybody: MavlinkFields = { target_system: 0, target_component: 0, id_or_mac: [...NO_ID] };

/** The messages of one round; `unixTimeUs` is the time of the position. */
export function remoteIdMessages(operator: RemoteIdOperator, unixTimeUs: number): readonly OutgoingMessage[] {
  const { position, altitudeAmslM } = operator;
  const system = {
    ...everybody,
    operator_location_type: LOCATION_FIXED,
    classification_type: 0,
    operator_latitude: Math.round(position.latitudeDeg * 1e7),
    operator_longitude: Math.round(position.longitudeDeg * 1e7),
    area_count: 1,
    area_radius: 0,
    area_ceiling: ALTITUDE_UNKNOWN_M,
    area_floor: ALTITUDE_UNKNOWN_M,
    category_eu: 0,
    class_eu: 0,
    operator_altitude_geo:
      altitudeAmslM === undefined ? ALTITUDE_UNKNOWN_M : ellipsoidFromAmslM(position, altitudeAmslM),
    timestamp: Math.max(0, Math.floor(unixTimeUs / 1e6) - EPOCH_2019_S),
  };
  return [
    { name: "OPEN_DRONE_ID_SYSTEM", fields: system },
    {
      name: "OPEN_DRONE_ID_OPERATOR_ID",
      fields: { ...everybody, operator_id_type: 0, operator_id: operator.operatorId },
    },
    { name: "OPEN_DRONE_ID_SELF_ID", fields: { ...everybody, description_type: 0, description: operator.description } },
  ];
}
