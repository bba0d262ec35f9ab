/** Twenty copters in flight at fifty messages a second each, as frames by time: what a station receives from a fleet. */
import { encodeFrame } from "../../src/mavlink/encode.js";
import type { MavlinkFields } from "../../src/mavlink/frame.js";

export const STREAM_VEHICLES = 20;
export const STREAM_PER_S = 50;

/* eslint-disable id-denylist -- MAVLink's own names */
const place = (s: number) => {
  const alt = Math.round(80_000 + 900 * Math.sin(s));
  const lat = Math.round(507_745_000 + 3000 * Math.sin(s / 9));
  const lon = Math.round(16_075_290 + 4000 * Math.cos(s / 9));
  return { lat, lon, alt, relative_alt: alt - 20_000 };
};
/* eslint-enable id-denylist */

/** How often a second ArduCopter sends each message, and its fields at a time since its start. */
const MIX: Readonly<Record<string, readonly [perS: number, fields: (s: number) => MavlinkFields]>> = {
  ATTITUDE: [
    10,
    (s) => ({
      // eslint-disable-next-line id-denylist -- MAVLink's own names
      ...{ time_boot_ms: s * 1000, roll: Math.sin(s) / 5, pitch: Math.cos(s) / 9, yaw: Math.sin(s / 9) * 3 },
    }),
  ],
  GLOBAL_POSITION_INT: [
    10,
    (s) => ({
      ...{ time_boot_ms: s * 1000, ...place(s), vz: 12 },
      ...{ vx: Math.round(800 * Math.sin(s)), vy: Math.round(700 * Math.cos(s)) },
      hdg: Math.round(18_000 + 17_000 * Math.sin(s / 9)),
    }),
  ],
  VFR_HUD: [
    5,
    (s) => ({ airspeed: 8 + Math.sin(s), groundspeed: 9 + Math.cos(s), climb: Math.sin(s) / 3, throttle: 41 }),
  ],
  GPS_RAW_INT: [5, () => ({ fix_type: 3, satellites_visible: 14, eph: 80, h_acc: 900 })],
  RC_CHANNELS: [5, () => ({ chancount: 8, chan3_raw: 1500, rssi: 255 })],
  EKF_STATUS_REPORT: [3, (s) => ({ flags: 831, pos_horiz_variance: 0.05 + Math.sin(s) / 90 })],
  SYS_STATUS: [2, (s) => ({ voltage_battery: Math.round(22_000 - s), battery_remaining: 60, current_battery: 1432 })],
  WIND: [2, (s) => ({ direction: 40 + Math.sin(s), speed_z: 0.1 })],
  VIBRATION: [2, (s) => ({ vibration_x: Math.sin(s), vibration_y: 0.2, vibration_z: 0.3 })],
  BATTERY_STATUS: [1, (s) => ({ voltages: [Math.round(22_000 - s)], battery_remaining: 60, current_battery: 1432 })],
  HEARTBEAT: [1, () => ({ type: 2, autopilot: 3, base_mode: 209, custom_mode: 3, system_status: 4 })],
  MISSION_CURRENT: [1, () => ({ seq: 5, total: 28 })],
  SYSTEM_TIME: [1, (s) => ({ time_boot_ms: s * 1000 })],
  EXTENDED_SYS_STATE: [1, () => ({ vtol_state: 0, landed_state: 2 })],
  NAV_CONTROLLER_OUTPUT: [1, (s) => ({ wp_dist: Math.round(200 - s), nav_bearing: 12 })],
};

/** The messages of one second, spread evenly: fifty names in the order in which they are sent. */
const SECOND: readonly string[] = Object.entries(MIX)
  .flatMap(([name, [perS]], i) => Array.from({ length: perS }, (_, j) => ({ name, atS: (j + i / 20) / perS })))
  .sort((a, b) => a.atS - b.atS)
  .map(({ name }) => name);

/** The `i`-th frame of a vehicle, sent `i / STREAM_PER_S` seconds after its start. */
export function streamFrame(systemId: number, i: number): Uint8Array {
  const name = SECOND[i % SECOND.length] ?? "";
  const fields = MIX[name]?.[1](1 + i / STREAM_PER_S + systemId) ?? {};
  return encodeFrame({ name, fields, systemId, componentId: 1, seq: i % 256, version: 2 });
}
