import type { HealthState } from "./vehicleState.js";

// MAV_SYS_STATUS_SENSOR, those whose failure keeps a vehicle on the ground.
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

/** Sensors that are there and in use but not healthy, by name. */
export const unhealthySensors = ({ presentBits, enabledBits, healthyBits }: HealthState): readonly string[] =>
  SENSOR_NAMES.filter(([bit]) => (presentBits & enabledBits & ~healthyBits & bit) !== 0).map(([, name]) => name);
