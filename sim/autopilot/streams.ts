import type { Flavour } from "../flavour.js";

/** Telemetry messages that the aircraft can stream or send on request. */
export const TELEMETRY = [
  "HEARTBEAT",
  "SYS_STATUS",
  "BATTERY_STATUS",
  "GPS_RAW_INT",
  "MISSION_CURRENT",
  "NAV_CONTROLLER_OUTPUT",
  "GLOBAL_POSITION_INT",
  "LOCAL_POSITION_NED",
  "ATTITUDE",
  "SIMSTATE",
  "VFR_HUD",
  "SYSTEM_TIME",
  "WIND",
  "EKF_STATUS_REPORT",
  "GIMBAL_DEVICE_ATTITUDE_STATUS",
  "TIMESYNC",
  "HOME_POSITION",
  "AUTOPILOT_VERSION",
  "EXTENDED_SYS_STATE",
  "ESTIMATOR_STATUS",
  "SIM_STATE",
  "HIL_STATE_QUATERNION",
  "ALTITUDE",
  "WIND_COV",
] as const;
export type Telemetry = (typeof TELEMETRY)[number];

/** ArduPilot's stream groups (MAV_DATA_STREAM) and the messages of each. */
const GROUPS: Readonly<Record<number, readonly Telemetry[]>> = {
  2: ["SYS_STATUS", "MISSION_CURRENT", "GPS_RAW_INT", "NAV_CONTROLLER_OUTPUT"],
  6: ["GLOBAL_POSITION_INT", "LOCAL_POSITION_NED"],
  10: ["ATTITUDE", "SIMSTATE"],
  11: ["VFR_HUD"],
  12: ["SYSTEM_TIME", "WIND", "BATTERY_STATUS", "EKF_STATUS_REPORT", "GIMBAL_DEVICE_ATTITUDE_STATUS"],
};
/** Default rates in Hz: the usual SR0_ parameters. */
const DEFAULT_GROUP_HZ: Readonly<Record<number, number>> = { 2: 2, 6: 3, 10: 4, 11: 4, 12: 3 };

/** PX4's default streams, Hz: its "normal" set, the gimbal, and messages of its simulation (see the README). */
const PX4_HZ: Readonly<Partial<Record<Telemetry, number>>> = {
  SYS_STATUS: 1,
  BATTERY_STATUS: 0.5,
  GPS_RAW_INT: 1,
  MISSION_CURRENT: 1,
  NAV_CONTROLLER_OUTPUT: 1,
  GLOBAL_POSITION_INT: 5,
  LOCAL_POSITION_NED: 1,
  ATTITUDE: 15,
  VFR_HUD: 4,
  SYSTEM_TIME: 1,
  EXTENDED_SYS_STATE: 1,
  ESTIMATOR_STATUS: 0.5,
  ALTITUDE: 1,
  WIND_COV: 0.5,
  HOME_POSITION: 0.5,
  GIMBAL_DEVICE_ATTITUDE_STATUS: 5,
  SIM_STATE: 1,
  HIL_STATE_QUATERNION: 1,
};
/** ArduPilot does not have these; requests for them are answered as for any unknown message. */
const ONLY_PX4: readonly Telemetry[] = [
  "ESTIMATOR_STATUS",
  "SIM_STATE",
  "HIL_STATE_QUATERNION",
  "ALTITUDE",
  "WIND_COV",
];
const ONLY_ARDUPILOT: readonly Telemetry[] = ["SIMSTATE", "WIND", "EKF_STATUS_REPORT"];

/** Whether this autopilot has the message. */
export const hasTelemetry = ({ autopilot }: Flavour, name: Telemetry): boolean =>
  !(autopilot === "px4" ? ONLY_ARDUPILOT : ONLY_PX4).includes(name);

type Stream = { readonly intervalMs: number; readonly dueMs: number };
export type StreamState = Readonly<Partial<Record<Telemetry, Stream>>>;
type Asked = { readonly flavour: Flavour; readonly streams: StreamState; readonly nowMs: number };

function withGroup(streams: StreamState, group: number, hz: number, nowMs: number): StreamState {
  const changed: Partial<Record<Telemetry, Stream>> = { ...streams };
  for (const name of GROUPS[group] ?? []) {
    if (hz > 0) changed[name] = { intervalMs: 1000 / hz, dueMs: nowMs };
    else changed[name] = { intervalMs: Infinity, dueMs: Infinity };
  }
  return changed;
}

/** Both autopilots send it at 1 Hz only, so a change (armed) shows up to a second after the ACK (recordings). */
const HEARTBEAT_MS = 1000;
const EVERY_ONE: StreamState = {
  HEARTBEAT: { intervalMs: HEARTBEAT_MS, dueMs: 0 },
  TIMESYNC: { intervalMs: 10_000, dueMs: 10_000 },
};
const ARDUPILOT_STREAMS = Object.keys(DEFAULT_GROUP_HZ).reduce<StreamState>(
  (streams, group) => withGroup(streams, Number(group), DEFAULT_GROUP_HZ[Number(group)] ?? 0, 0),
  EVERY_ONE,
);
const PX4_STREAMS: StreamState = {
  ...EVERY_ONE,
  ...Object.fromEntries(Object.entries(PX4_HZ).map(([name, hz]) => [name, { intervalMs: 1000 / hz, dueMs: 0 }])),
};

const defaultStreams = ({ autopilot }: Flavour): StreamState => (autopilot === "px4" ? PX4_STREAMS : ARDUPILOT_STREAMS);

/** Default streams, with the heartbeat at 1 Hz in wall-clock time at any simulation speed. */
function streamsAtBoot(flavour: Flavour, port: number, speedup: number): StreamState {
  // ArduPilot's additional ports send only heartbeats until streams are requested on them (recordings of serial1).
  const isSilent = port > 0 && flavour.autopilot === "ardupilot";
  return {
    ...(isSilent ? {} : defaultStreams(flavour)),
    HEARTBEAT: { intervalMs: HEARTBEAT_MS * speedup, dueMs: 0 },
  };
}

/** Initial streams of each of an aircraft's ports. */
export const portsAtBoot = (flavour: Flavour, count: number, speedup: number): readonly StreamState[] =>
  Array.from({ length: count }, (_, port) => streamsAtBoot(flavour, port, speedup));

/** Whether more than heartbeats is sent on this port. */
export const hasStreams = (streams: StreamState): boolean =>
  Object.entries(streams).some(([name, { intervalMs }]) => name !== "HEARTBEAT" && Number.isFinite(intervalMs));

/** REQUEST_DATA_STREAM; stream 0 means all groups. Unknown groups are ignored; PX4 has no groups. */
export function requestStream({ flavour, streams, nowMs }: Asked, streamId: number, hz: number): StreamState {
  if (flavour.autopilot === "px4") return streams;
  const groups = streamId === 0 ? Object.keys(GROUPS).map(Number) : [streamId];
  return groups.reduce((all, group) => withGroup(all, group, hz, nowMs), streams);
}

type IntervalAsked = { readonly name: Telemetry; readonly intervalUs: number; readonly nowMs: number };

/** SET_MESSAGE_INTERVAL: microseconds, -1 off, 0 default rate. At most 50 Hz, the main loop's rate. */
export function withInterval(flavour: Flavour, streams: StreamState, asked: IntervalAsked): StreamState {
  const { name, intervalUs, nowMs } = asked;
  if (intervalUs < 0) return { ...streams, [name]: { intervalMs: Infinity, dueMs: Infinity } };
  const standard = defaultStreams(flavour)[name] ?? { intervalMs: Infinity, dueMs: Infinity };
  if (intervalUs === 0) return { ...streams, [name]: { ...standard, dueMs: nowMs } };
  return { ...streams, [name]: { intervalMs: Math.max(20, intervalUs / 1000), dueMs: nowMs } };
}

/** The messages due now, and the streams with their next due times. After a stall the missed messages are skipped. */
export function dueStreams(streams: StreamState, nowMs: number): readonly [StreamState, readonly Telemetry[]] {
  const due = TELEMETRY.filter((name) => (streams[name]?.dueMs ?? Infinity) <= nowMs);
  if (due.length === 0) return [streams, due];
  const next: Partial<Record<Telemetry, Stream>> = { ...streams };
  for (const name of due) {
    const stream = streams[name];
    if (!stream) continue;
    const onTime = stream.dueMs + stream.intervalMs;
    next[name] = { ...stream, dueMs: onTime > nowMs ? onTime : nowMs + stream.intervalMs };
  }
  return [next, due];
}
