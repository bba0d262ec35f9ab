/**
 * Events of PX4 1.14 by name: ids as in its metadata (`all_events.json`, component 1 = autopilot in the top byte), log levels
 * (internal, external) and argument types. Ids are hashes of the names, so they are the same in every build.
 * https://mavlink.io/en/services/events.html
 */
type ArgumentKind = "u8" | "u16" | "i16" | "u32" | "i32" | "f32";
type EventDefinition = readonly [subId: number, logLevels: number, ...kinds: readonly ArgumentKind[]];

const AUTOPILOT = 1 << 24;
// Upper nibble: internal log level; lower: external. 2 critical, 3 error, 4 warning, 6 info, 8 protocol.
const INFO = 0x66;
const ERROR = 0x63;
const PROTOCOL = 0x88;

const DEFINITIONS = {
  logger_open_file_time: [1203183, INFO, "u16", "u8", "u8", "u8", "u8", "u8"],
  commander_arming_check_summary: [11047904, PROTOCOL, "u8", "u32", "u32", "u32", "u32"],
  commander_health_summary: [1914663, PROTOCOL, "u8", "u32", "u32", "u32"],
  check_modes_local_pos: [13835193, 0x33, "u32", "u8"],
  check_modes_global_pos: [10011251, 0x33, "u32", "u8"],
  check_modes_mission: [377561, INFO, "u32", "u8"],
  check_modes_offboard_signal: [3087815, 0x33, "u32", "u8"],
  check_modes_manual_control: [453929, 0x44, "u32", "u8"],
  check_rc_dl_no_dllink: [6801787, INFO, "u32", "u8"],
  check_battery_low: [5049764, 0x44, "u32", "u8"],
  commander_armed_by: [9489139, INFO, "u8"],
  commander_disarmed_by: [16017271, INFO, "u8"],
  commander_disarming_denied_not_landed: [8165317, 0x62],
  commander_modeswitch_not_avail: [10503063, 0x62, "u32", "u8"],
  commander_unsupported_auto_mode: [3092229, 0x62],
  commander_mission_start_denied_no_mission: [7067274, 0x62],
  commander_takeoff_detected: [4277609, INFO],
  commander_landing_detected: [9844908, INFO],
  commander_landing_current_pos: [3322590, INFO],
  commander_rtl: [3484900, INFO],
  commander_dl_regained: [14234660, INFO],
  commander_gcs_lost: [10794072, 0x64],
  commander_failsafe_enter_low_bat: [12216659, 0x64],
  commander_failsafe_enter_crit_bat_warn: [2474944, 0x62],
  commander_failsafe_enter_generic: [14605264, 0x62, "u32", "u8"],
  mission_takeoff_to: [15151454, INFO, "f32"],
  mission_finished: [7803396, INFO],
  mission_finished_loiter: [4678390, INFO],
  rtl_land_at_home: [11157417, INFO],
  rtl_return_at: [16133968, INFO, "i32", "i32"],
  rtl_land_at_destination: [185258, INFO],
  navigator_takeoff_min_alt: [14415650, 0x64, "f32"],
  navigator_mis_no_pos_lock: [8324861, INFO],
  navigator_mis_unsup_cmd: [8775715, 0x43, "u16", "u16"],
  navigator_mis_starts_w_landing: [6124520, ERROR],
  navigator_mis_starts_w_landing2: [1925166, ERROR],
  navigator_mis_takeoff_too_low: [12208749, ERROR, "f32"],
  navigator_mis_takeoff_not_first: [16663074, ERROR],
  navigator_mis_takeoff_missing: [5494498, ERROR],
  navigator_mis_land_missing: [8459921, ERROR],
  navigator_mis_takeoff_or_land_missing: [12224414, ERROR],
  navigator_mis_add_land_or_rm_to: [2769710, ERROR],
  navigator_mis_add_to_or_rm_land: [16509566, ERROR],
  navigator_mis_multiple_land: [12768213, ERROR],
  navigator_mis_land_before_rtl: [7860665, ERROR],
  navigator_mis_invalid_land: [13956202, ERROR],
  navigator_mis_approach_wp_below_land: [3198435, ERROR],
  navigator_mis_land_wp_inside_orbit_radius: [8894709, ERROR],
  navigator_mis_unsupported_landing_approach_wp: [613779, ERROR],
  navigator_mis_glide_slope_too_steep: [4774181, ERROR, "u8", "u8"],
  navigator_mis_correct_glide_slope: [11572261, ERROR, "u32", "u32"],
  navigator_mis_first_wp_too_far: [11675604, ERROR, "u32", "u32"],
  navigator_mis_wp_below_home: [14590856, 0x64, "i16"],
  navigator_mis_geofence_violation: [2831661, ERROR, "i16"],
} as const satisfies Readonly<Record<string, EventDefinition>>;

export type Px4EventName = keyof typeof DEFINITIONS;

/** An event to send: its name and its arguments in order. */
export type Px4Event = { readonly name: Px4EventName; readonly values: readonly number[] };

/** The event as sent in a MAVLink message. */
export type SentEvent = {
  readonly id: number;
  readonly sequence: number;
  readonly timeBootMs: number;
  readonly logLevels: number;
  readonly bytes: readonly number[];
};

const WRITERS: Readonly<Record<ArgumentKind, (value: number) => Uint8Array>> = {
  u8: (value) => Uint8Array.of(value),
  u16: (value) => new Uint8Array(Uint16Array.of(value).buffer),
  i16: (value) => new Uint8Array(Int16Array.of(value).buffer),
  u32: (value) => new Uint8Array(Uint32Array.of(value).buffer),
  i32: (value) => new Uint8Array(Int32Array.of(value).buffer),
  f32: (value) => new Uint8Array(Float32Array.of(value).buffer),
};

export function sentEvent({ name, values }: Px4Event, sequence: number, timeBootMs: number): SentEvent {
  const [subId, logLevels, ...kinds]: EventDefinition = DEFINITIONS[name];
  const bytes = kinds.flatMap((kind, i) => [...WRITERS[kind](values[i] ?? 0)]);
  return { id: AUTOPILOT + subId, sequence, timeBootMs, logLevels, bytes };
}

/** Events available to REQUEST_EVENT; PX4 keeps twenty. Sequence numbers are 16 bits and wrap. */
const KEPT = 20;
export type EventLog = { readonly sent: readonly SentEvent[]; readonly nextSequence: number };
/** PX4 starts ten before the wrap, so that stations are tested for it (events::initial_event_sequence). */
export const emptyEventLog: EventLog = { sent: [], nextSequence: 0xffff - 9 };

export function withEvent(log: EventLog, event: SentEvent): EventLog {
  return { sent: [...log.sent, event].slice(-KEPT), nextSequence: (log.nextSequence + 1) & 0xffff };
}
