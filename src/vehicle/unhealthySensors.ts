import type { HealthState } from "./vehicleState.js";

// Bits of MAV_SYS_STATUS_SENSOR whose failure keeps a vehicle from flying.
// https://mavlink.io/en/messages/common.html#MAV_SYS_STATUS_SENSOR
const SENSOR_NAMES: readonly (readonly [bit: number, name: string])[] = [
  [0x1, "gyroscope"],
  [0x2, "accelerometer"],
  [0x4, "compass"],
  [0x8, "barometer"],
  [0x10, "airspeed"],
  [0x20, "GPS"],
  [0x10000, "radio control"],
  [0x100000, "geofence"],
  [0x200000, "attitude and position estimate"],
  [0x400000, "terrain"],
  [0x1000000, "logging"],
  [0x2000000, "battery"],
  [0x4000000, "proximity"],
];

/** Names of the sensors that are present and enabled but not healthy. */
export const unhealthySensors = ({ presentBits, enabledBits, healthyBits }: HealthState): readonly string[] =>
  SENSOR_NAMES.filter(([bit]) => (presentBits & enabledBits & ~healthyBits & bit) !== 0).map(([, name]) => name);
