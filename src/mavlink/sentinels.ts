import type { MessageFields } from "./messageFields.js";

type NumericField = {
  [Name in keyof MessageFields]: `${Name}.${keyof MessageFields[Name] & string}`;
}[keyof MessageFields];

const UINT8_MAX = 255;
const UINT16_MAX = 65535;

/**
 * Values that mean "unknown", from the `invalid=` attributes and the descriptions of MAVLink's XML (common.xml,
 * standard.xml, 2026-03). The package of definitions does not have them. They go no further than the decoders: these
 * call `known`, which turns them into undefined.
 */
export const SENTINELS = {
  "SYS_STATUS.voltage_battery": UINT16_MAX,
  "SYS_STATUS.current_battery": -1,
  "SYS_STATUS.battery_remaining": -1,
  "BATTERY_STATUS.voltages": UINT16_MAX,
  "BATTERY_STATUS.current_battery": -1,
  "BATTERY_STATUS.battery_remaining": -1,
  "BATTERY_STATUS.time_remaining": 0,
  "GPS_RAW_INT.eph": UINT16_MAX,
  "GPS_RAW_INT.h_acc": 0,
  "GPS_RAW_INT.satellites_visible": UINT8_MAX,
  "MISSION_CURRENT.total": 0,
  "AUTOPILOT_VERSION.flight_sw_version": 0,
  "EXTENDED_SYS_STATE.landed_state": 0,
  "EXTENDED_SYS_STATE.vtol_state": 0,
  "HIGH_LATENCY2.battery": -1,
  "HIGH_LATENCY2.wp_num": UINT16_MAX,
} as const satisfies Partial<Record<NumericField, number>>;

/** The value; undefined when it is the field's sentinel or was not sent (an extension field in MAVLink 1). */
export const known = (field: keyof typeof SENTINELS, value: number | undefined): number | undefined =>
  value === SENTINELS[field] ? undefined : value;

/** 65535 in MISSION_CURRENT.total means "no mission on board": a count of 0, not an unknown one. */
export const MISSION_TOTAL_NONE = UINT16_MAX;
