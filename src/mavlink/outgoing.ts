/**
 * Messages the station sends without a user's command (heartbeats, stream requests, TIMESYNC). Messages only: rate,
 * sequence number and link are the caller's.
 */
import { CMD } from "../plan/missionCommands.js";
import type { MavlinkFrame, OutgoingMessage } from "./frame.js";
import { fieldsOf } from "./messageFields.js";
import type { MavAddress } from "./protocols/mission/missionMessages.js";
import { type StreamRate, streamRates } from "./streamRates.js";

/** The usual ids of a ground station; ArduPilot's SYSID_MYGCS is 255 by default. */
export const OWN_ADDRESS: MavAddress = { systemId: 255, componentId: 190 };

const MAV_TYPE_GCS = 6;
const MAV_AUTOPILOT_INVALID = 8;
const MAV_STATE_ACTIVE = 4;
const MAVLINK_VERSION = 3;

/** To be sent once a second, and only while the UI is alive: the vehicle's own GCS failsafe starts when it stops. */
export const groundHeartbeat: OutgoingMessage = {
  name: "HEARTBEAT",
  fields: {
    type: MAV_TYPE_GCS,
    autopilot: MAV_AUTOPILOT_INVALID,
    base_mode: 0,
    custom_mode: 0,
    system_status: MAV_STATE_ACTIVE,
    mavlink_version: MAVLINK_VERSION,
  },
};

function commandLong(to: MavAddress, command: number, [param1, param2]: readonly [number, number]): OutgoingMessage {
  const target = { target_system: to.systemId, target_component: to.componentId };
  return { name: "COMMAND_LONG", fields: { ...target, command, param1, param2, confirmation: 0 } };
}

/** Requests a rate for each of these messages. A vehicle that refuses one keeps its own rates. */
export const requestRates = (
  to: MavAddress,
  rates: readonly StreamRate[] = streamRates("ardupilot"),
): readonly OutgoingMessage[] =>
  rates.map(({ messageId, intervalUs }) => commandLong(to, CMD.setMessageInterval, [messageId, intervalUs]));

/** For vehicles older than SET_MESSAGE_INTERVAL: requests every stream at 4 Hz. */
export const requestAllStreams = (to: MavAddress): OutgoingMessage => ({
  name: "REQUEST_DATA_STREAM",
  fields: {
    target_system: to.systemId,
    target_component: to.componentId,
    req_stream_id: 0,
    req_message_rate: 4,
    start_stop: 1,
  },
});

const AUTOPILOT_VERSION = 148;
const HOME_POSITION = 242;

/**
 * To be sent once when a vehicle appears, and again while its version or home is unknown: an ACCEPTED ack does not mean
 * that the message comes.
 */
export const requestVehicleFacts = (to: MavAddress): readonly OutgoingMessage[] =>
  [AUTOPILOT_VERSION, HOME_POSITION].map((id) => commandLong(to, CMD.requestMessage, [id, 0]));

const AVAILABLE_MODES = 435;

/**
 * Requests one of the vehicle's modes by index from 1, or all of them (0).
 * https://mavlink.io/en/services/standard_modes.html
 */
export const requestAvailableModes = (to: MavAddress, index = 0): OutgoingMessage =>
  commandLong(to, CMD.requestMessage, [AVAILABLE_MODES, index]);

/**
 * Measures the round-trip time by TIMESYNC (ArduPilot does not reply to PING): the vehicle returns our monotonic
 * nanoseconds in `ts1`.
 */
export const timesyncRequest = (monoNs: bigint): OutgoingMessage => ({
  name: "TIMESYNC",
  fields: { tc1: 0n, ts1: monoNs },
});

/** The round-trip time in milliseconds when the frame replies to `timesyncRequest`; undefined for any other frame. */
export function timesyncRoundTripMs(frame: MavlinkFrame, nowMonoNs: bigint): number | undefined {
  const sync = fieldsOf(frame, "TIMESYNC");
  if (!sync || sync.tc1 === 0n) return undefined;
  const roundTripMs = Number(nowMonoNs - sync.ts1) / 1e6;
  // A reply to another station carries that station's clock: a time in the future or over a minute old is not ours.
  return roundTripMs >= 0 && roundTripMs < 60_000 ? roundTripMs : undefined;
}

/** The reply to a vehicle's own TIMESYNC request (tc1 = 0); undefined for any other frame. */
export function timesyncAnswer(frame: MavlinkFrame, monoNs: bigint): OutgoingMessage | undefined {
  const sync = fieldsOf(frame, "TIMESYNC");
  if (sync?.tc1 !== 0n) return undefined;
  return { name: "TIMESYNC", fields: { tc1: monoNs, ts1: sync.ts1 } };
}

/** Requests AUTOPILOT_VERSION, whose UID tells two vehicles with the same system id apart. */
export const requestIdentity = (to: MavAddress): OutgoingMessage =>
  commandLong(to, CMD.requestMessage, [AUTOPILOT_VERSION, 0]);

const GLOBAL_POSITION_INT = 33;
/** Twice a second: enough to follow the values, and a small load for a radio. */
const IDENTITY_INTERVAL_US = 500_000;

/**
 * Requests the message with both position and time since boot, for telling two vehicles with the same system id apart.
 */
export const requestWhereAndWhen = (to: MavAddress): OutgoingMessage =>
  commandLong(to, CMD.setMessageInterval, [GLOBAL_POSITION_INT, IDENTITY_INTERVAL_US]);

const MAV_DATA_STREAM_POSITION = 6;

/** The same for a vehicle older than SET_MESSAGE_INTERVAL. */
export const requestPositionStream = (to: MavAddress): OutgoingMessage => ({
  name: "REQUEST_DATA_STREAM",
  fields: {
    target_system: to.systemId,
    target_component: to.componentId,
    req_stream_id: MAV_DATA_STREAM_POSITION,
    req_message_rate: 2,
    start_stop: 1,
  },
});

const SECRET_KEY_BYTES = 32;

/**
 * Sends the vehicle its signing key, or removes it (all zero). Must never be forwarded, recorded or logged.
 * `initialTime10us`: the vehicle's first signing time, 10 µs units since 2015-01-01 UTC; 0 when the key is removed.
 */
export const setupSigning = (
  to: MavAddress,
  secretKey: Uint8Array | undefined,
  initialTime10us: number,
): OutgoingMessage => ({
  name: SETUP_SIGNING,
  fields: {
    target_system: to.systemId,
    target_component: to.componentId,
    secret_key: secretKey ? [...secretKey] : Array.from({ length: SECRET_KEY_BYTES }, () => 0),
    initial_timestamp: BigInt(secretKey ? initialTime10us : 0),
  },
});
export const SETUP_SIGNING = "SETUP_SIGNING";
