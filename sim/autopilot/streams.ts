/** Telemetry messages the aircraft can send by itself or on request. */
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
] as const;
export type Telemetry = (typeof TELEMETRY)[number];

/** ArduPilot's stream groups (MAV_DATA_STREAM) and what a request for each brings. */
const GROUPS: Readonly<Record<number, readonly Telemetry[]>> = {
  2: ["SYS_STATUS", "MISSION_CURRENT", "GPS_RAW_INT", "NAV_CONTROLLER_OUTPUT"],
  6: ["GLOBAL_POSITION_INT", "LOCAL_POSITION_NED"],
  10: ["ATTITUDE", "SIMSTATE"],
  11: ["VFR_HUD"],
  12: ["SYSTEM_TIME", "WIND", "BATTERY_STATUS", "EKF_STATUS_REPORT", "GIMBAL_DEVICE_ATTITUDE_STATUS"],
};
/** Rates before anybody asked, Hz: the usual SR0_ set. */
const DEFAULT_GROUP_HZ: Readonly<Record<number, number>> = { 2: 2, 6: 3, 10: 4, 11: 4, 12: 3 };

type Stream = { readonly intervalMs: number; readonly dueMs: number };
export type StreamState = Readonly<Partial<Record<Telemetry, Stream>>>;

function withGroup(streams: StreamState, group: number, hz: number, nowMs: number): StreamState {
  const changed: Partial<Record<Telemetry, Stream>> = { ...streams };
  for (const name of GROUPS[group] ?? []) {
    if (hz > 0) changed[name] = { intervalMs: 1000 / hz, dueMs: nowMs };
    else changed[name] = { intervalMs: Infinity, dueMs: Infinity };
  }
  return changed;
}

export const defaultStreams: StreamState = Object.keys(DEFAULT_GROUP_HZ).reduce<StreamState>(
  (streams, group) => withGroup(streams, Number(group), DEFAULT_GROUP_HZ[Number(group)] ?? 0, 0),
  { HEARTBEAT: { intervalMs: 1000, dueMs: 0 }, TIMESYNC: { intervalMs: 10_000, dueMs: 10_000 } },
);

/** REQUEST_DATA_STREAM; stream 0 is all groups. Unknown groups change nothing. */
export function requestStream(streams: StreamState, streamId: number, hz: number, nowMs: number): StreamState {
  const groups = streamId === 0 ? Object.keys(GROUPS).map(Number) : [streamId];
  return groups.reduce((all, group) => withGroup(all, group, hz, nowMs), streams);
}

/** SET_MESSAGE_INTERVAL: microseconds, -1 off, 0 the default rate. At most 50 Hz, the autopilot's own pace. */
export function withInterval(streams: StreamState, name: Telemetry, intervalUs: number, nowMs: number): StreamState {
  if (intervalUs < 0) return { ...streams, [name]: { intervalMs: Infinity, dueMs: Infinity } };
  const standard = defaultStreams[name] ?? { intervalMs: Infinity, dueMs: Infinity };
  if (intervalUs === 0) return { ...streams, [name]: { ...standard, dueMs: nowMs } };
  return { ...streams, [name]: { intervalMs: Math.max(20, intervalUs / 1000), dueMs: nowMs } };
}

/** What is due now, and the streams with their next times. A stall is not made up for by a burst. */
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
