/**
 * Turns a frame into events of a vehicle, in the units of the rest of the program. Wire units and sentinels
 * (`sentinels.ts`) end here. https://mavlink.io/en/messages/ardupilotmega.html
 */
import type { VehicleEvent, VehicleEventBody } from "../vehicle/events.js";
import { availableModeFrom, fenceFrom, flightPhaseFrom, highLatencyFrom, modesVersionFrom } from "./decodeFlight.js";
import { eventFrom, eventSequenceFrom } from "./decodeEvents.js";
import {
  airDataFrom,
  attitudeFrom,
  gimbalFrom,
  globalPositionFrom,
  homeFrom,
  mountFrom,
  receiverPositionFrom,
  secondEstimateFrom,
} from "./decodeMotion.js";
import {
  batteryFrom,
  ekfFrom,
  estimatorFrom,
  gpsFrom,
  heartbeatFrom,
  missionCurrentFrom,
  sticksFrom,
  systemStatusFrom,
  textFrom,
  versionFrom,
} from "./decodeStatus.js";
import type { MavlinkFrame } from "./frame.js";
import { HEADER_BYTES_V1, HEADER_BYTES_V2 } from "./inspect.js";
import { fieldsOf, type MessageFields } from "./messageFields.js";
import { vehicleRank, type HeartbeatSource } from "./vehicleHeartbeat.js";

type ReceivedAt = { readonly receivedAtMonoMs: number; readonly unixTimeUs: number };

type Decoders = {
  readonly [Name in keyof MessageFields]?: (fields: MessageFields[Name]) => readonly VehicleEventBody[];
};

const SIMULATED: readonly VehicleEventBody[] = [{ kind: "simulated" }];

const DECODERS: Decoders = {
  HEARTBEAT: heartbeatFrom,
  GLOBAL_POSITION_INT: globalPositionFrom,
  ATTITUDE: attitudeFrom,
  VFR_HUD: airDataFrom,
  SYS_STATUS: systemStatusFrom,
  BATTERY_STATUS: batteryFrom,
  GPS_RAW_INT: gpsFrom,
  GPS2_RAW: (fields) => receiverPositionFrom("second-gps", fields),
  AHRS2: secondEstimateFrom,
  RC_CHANNELS: sticksFrom,
  HOME_POSITION: homeFrom,
  GIMBAL_DEVICE_ATTITUDE_STATUS: gimbalFrom,
  MOUNT_STATUS: mountFrom,
  MISSION_CURRENT: missionCurrentFrom,
  MISSION_ITEM_REACHED: (fields) => [{ kind: "mission-reached", seq: fields.seq }],
  EKF_STATUS_REPORT: ekfFrom,
  ESTIMATOR_STATUS: estimatorFrom,
  EXTENDED_SYS_STATE: flightPhaseFrom,
  FENCE_STATUS: fenceFrom,
  AVAILABLE_MODES: availableModeFrom,
  AVAILABLE_MODES_MONITOR: modesVersionFrom,
  HIGH_LATENCY2: highLatencyFrom,
  AUTOPILOT_VERSION: versionFrom,
  EVENT: eventFrom,
  CURRENT_EVENT_SEQUENCE: eventSequenceFrom,
};
// Each decoder is only given the fields of its own message, which the compiler cannot follow through the look-up.
const decoderOf = new Map(Object.entries(DECODERS) as [string, (fields: unknown) => readonly VehicleEventBody[]][]);

const NONE: readonly VehicleEvent[] = [];

/**
 * The events of one frame, in the order to fold them; empty for messages without anything about a vehicle. Only a
 * component that may be an autopilot gives a `heartbeat` (`vehicleHeartbeat.ts`), so the first one of a system id makes
 * it a vehicle.
 */
export function vehicleEventsFrom(frame: MavlinkFrame, receivedAt: ReceivedAt): readonly VehicleEvent[] {
  const events = eventBodiesFrom(frame);
  if (events.length === 0) return NONE;
  const { systemId, componentId } = frame;
  const { receivedAtMonoMs, unixTimeUs } = receivedAt;
  return events.map((body) => ({ systemId, componentId, receivedAtMonoMs, unixTimeUs, ...body }));
}

const NOTHING: readonly VehicleEventBody[] = [];

function eventBodiesFrom(frame: MavlinkFrame): readonly VehicleEventBody[] {
  if (frame.name === undefined) return NOTHING;
  if (frame.name === "SIMSTATE" || frame.name === "SIM_STATE") return SIMULATED;
  const source = heartbeatSourceOf(frame);
  if (source && vehicleRank(source) === 0) return NOTHING;
  const text = fieldsOf(frame, "STATUSTEXT");
  if (text) return textFrom(text, byteStringAt(frame, STATUSTEXT_TEXT));
  return decoderOf.get(frame.name)?.(frame.fields) ?? NOTHING;
}

/**
 * What a HEARTBEAT, or the HIGH_LATENCY2 that replaces it on a satellite link, claims to come from; undefined for other
 * frames.
 */
export function heartbeatSourceOf(frame: MavlinkFrame): HeartbeatSource | undefined {
  const fields = fieldsOf(frame, "HEARTBEAT") ?? fieldsOf(frame, "HIGH_LATENCY2");
  return fields && { componentId: frame.componentId, mavType: fields.type, mavAutopilot: fields.autopilot };
}

/** Where STATUSTEXT has its text: after the one byte of severity. */
const STATUSTEXT_TEXT = { offset: 1, bytes: 50 };

/**
 * A text field up to its first NUL, one character a byte: the pieces of a long text are joined before they are decoded
 * as UTF-8.
 */
function byteStringAt(
  { bytes, version }: MavlinkFrame,
  field: { readonly offset: number; readonly bytes: number },
): string {
  const header = version === 1 ? HEADER_BYTES_V1 : HEADER_BYTES_V2;
  const payloadBytes = bytes[1] ?? 0;
  let text = "";
  for (let i = field.offset; i < Math.min(field.offset + field.bytes, payloadBytes); i++) {
    const byte = bytes[header + i] ?? 0;
    if (byte === 0) break;
    text += String.fromCharCode(byte);
  }
  return text;
}
