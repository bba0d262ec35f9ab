/**
 * What the station says of its own accord. Messages only: their rate, the sequence number and the link are the caller's.
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

/** Once a second, and only while the screens are alive: it is what keeps the vehicle's own GCS failsafe asleep. */
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

/** Asks for each of these messages. A vehicle that refuses one goes on with its own rates. */
export const requestRates = (
  to: MavAddress,
  rates: readonly StreamRate[] = streamRates("ardupilot"),
): readonly OutgoingMessage[] =>
  rates.map(({ messageId, intervalUs }) => commandLong(to, CMD.setMessageInterval, [messageId, intervalUs]));

/** For vehicles older than SET_MESSAGE_INTERVAL: every stream at 4 Hz. */
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

/** Once when a vehicle appears; again while its version or home is unknown (an "accepted" promises nothing). */
export const requestVehicleFacts = (to: MavAddress): readonly OutgoingMessage[] =>
  [AUTOPILOT_VERSION, HOME_POSITION].map((id) => commandLong(to, CMD.requestMessage, [id, 0]));

const AVAILABLE_MODES = 435;

/** One of its modes by index from 1, or all of them (0). https://mavlink.io/en/services/standard_modes.html */
export const requestAvailableModes = (to: MavAddress, index = 0): OutgoingMessage =>
  commandLong(to, CMD.requestMessage, [AVAILABLE_MODES, index]);

/** Round-trip time by TIMESYNC (ArduPilot answers no PING): our own monotonic nanoseconds come back in `ts1`. */
export const timesyncRequest = (monoNs: bigint): OutgoingMessage => ({
  name: "TIMESYNC",
  fields: { tc1: 0n, ts1: monoNs },
});

/** The round trip of an answer to `timesyncRequest`, milliseconds; undefined for any other frame. */
export function timesyncRoundTripMs(frame: MavlinkFrame, nowMonoNs: bigint): number | undefined {
  const sync = fieldsOf(frame, "TIMESYNC");
  if (!sync || sync.tc1 === 0n) return undefined;
  const roundTripMs = Number(nowMonoNs - sync.ts1) / 1e6;
  // Answers to another station carry its clock: nothing of ours is in the future or a minute old.
  return roundTripMs >= 0 && roundTripMs < 60_000 ? roundTripMs : undefined;
}

/** The answer a vehicle's own question (tc1 = 0) deserves; undefined for any other frame. */
export function timesyncAnswer(frame: MavlinkFrame, monoNs: bigint): OutgoingMessage | undefined {
  const sync = fieldsOf(frame, "TIMESYNC");
  if (sync?.tc1 !== 0n) return undefined;
  return { name: "TIMESYNC", fields: { tc1: monoNs, ts1: sync.ts1 } };
}

/** Few words a minute, for a satellite: https://mavlink.io/en/services/high_latency.html */
export const controlHighLatency = (to: MavAddress, isOn: boolean): OutgoingMessage =>
  commandLong(to, CMD.controlHighLatency, [isOn ? 1 : 0, 0]);

/** Who it is, for telling two like-numbered vehicles apart. */
export const requestIdentity = (to: MavAddress): OutgoingMessage =>
  commandLong(to, CMD.requestMessage, [AUTOPILOT_VERSION, 0]);

const GLOBAL_POSITION_INT = 33;
/** Twice a second: enough to follow, and nothing for a radio. */
const IDENTITY_INTERVAL_US = 500_000;

/** Where it is and since when it runs, both in one message, for the same purpose. */
export const requestWhereAndWhen = (to: MavAddress): OutgoingMessage =>
  commandLong(to, CMD.setMessageInterval, [GLOBAL_POSITION_INT, IDENTITY_INTERVAL_US]);

const MAV_DATA_STREAM_POSITION = 6;

/** The same of a vehicle older than SET_MESSAGE_INTERVAL. */
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
 * Gives the vehicle its signing key, or takes it away (all zero). Never forwarded, recorded or logged.
 * `initialTime10us`: the vehicle's first signing time, 10 µs since 2015; 0 with no key.
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
