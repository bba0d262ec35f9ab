import { MavLinkPacketField, registerCustomMessageMagicNumber } from "node-mavlink";
import { MavLinkData } from "mavlink-mappings";

/**
 * Messages of the present common.xml and development.xml that the stock library lacks and real autopilots send, from
 * https://mavlink.io/en/messages/common.html and checked against recordings of a real PX4 (`missingMessages.test.ts`).
 * The station has definitions of its own, so that each checks the other.
 */
type FieldType = "uint8_t" | "uint16_t" | "uint32_t" | "uint64_t" | "int32_t";
const SIZES: Readonly<Record<FieldType, number>> = { uint8_t: 1, uint16_t: 2, uint32_t: 4, uint64_t: 8, int32_t: 4 };
type Layout = readonly (readonly [wireName: string, type: FieldType, arrayLength?: number])[];

const camel = (name: string): string => name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

/** Fields in wire order: largest first. */
function fieldsOf(layout: Layout): MavLinkPacketField[] {
  let offset = 0;
  return layout.map(([name, type, arrayLength = 0]) => {
    const at = offset;
    offset += SIZES[type] * Math.max(1, arrayLength);
    const wireType = arrayLength > 0 ? `${type}[]` : type;
    return new MavLinkPacketField(name, camel(name), at, false, SIZES[type], wireType, "", arrayLength);
  });
}

export class CommandCancel extends MavLinkData {
  static override MSG_ID = 80;
  static override MSG_NAME = "COMMAND_CANCEL";
  static override PAYLOAD_LENGTH = 4;
  static override MAGIC_NUMBER = 14;
  static override FIELDS = fieldsOf([
    ["command", "uint16_t"],
    ["target_system", "uint8_t"],
    ["target_component", "uint8_t"],
  ]);
  command = 0;
  targetSystem = 0;
  targetComponent = 0;
}

export class LinkNodeStatus extends MavLinkData {
  static override MSG_ID = 8;
  static override MSG_NAME = "LINK_NODE_STATUS";
  static override PAYLOAD_LENGTH = 36;
  static override MAGIC_NUMBER = 117;
  static override FIELDS = fieldsOf([
    ["timestamp", "uint64_t"],
    ["tx_rate", "uint32_t"],
    ["rx_rate", "uint32_t"],
    ["messages_sent", "uint32_t"],
    ["messages_received", "uint32_t"],
    ["messages_lost", "uint32_t"],
    ["rx_parse_err", "uint16_t"],
    ["tx_overflows", "uint16_t"],
    ["rx_overflows", "uint16_t"],
    ["tx_buf", "uint8_t"],
    ["rx_buf", "uint8_t"],
  ]);
  // eslint-disable-next-line id-denylist -- MAVLink's own name
  timestamp = 0n;
  txRate = 0;
  rxRate = 0;
  messagesSent = 0;
  messagesReceived = 0;
  messagesLost = 0;
  rxParseErr = 0;
  txOverflows = 0;
  rxOverflows = 0;
  txBuf = 0;
  rxBuf = 0;
}

export class TimeEstimateToTarget extends MavLinkData {
  static override MSG_ID = 380;
  static override MSG_NAME = "TIME_ESTIMATE_TO_TARGET";
  static override PAYLOAD_LENGTH = 20;
  static override MAGIC_NUMBER = 232;
  static override FIELDS = fieldsOf([
    ["safe_return", "int32_t"],
    ["land", "int32_t"],
    ["mission_next_item", "int32_t"],
    ["mission_end", "int32_t"],
    ["commanded_action", "int32_t"],
  ]);
  safeReturn = -1;
  land = -1;
  missionNextItem = -1;
  missionEnd = -1;
  commandedAction = -1;
}

/** https://mavlink.io/en/services/events.html */
export class MavEvent extends MavLinkData {
  static override MSG_ID = 410;
  static override MSG_NAME = "EVENT";
  static override PAYLOAD_LENGTH = 53;
  static override MAGIC_NUMBER = 160;
  static override FIELDS = fieldsOf([
    ["id", "uint32_t"],
    ["event_time_boot_ms", "uint32_t"],
    ["sequence", "uint16_t"],
    ["destination_component", "uint8_t"],
    ["destination_system", "uint8_t"],
    ["log_levels", "uint8_t"],
    ["arguments", "uint8_t", 40],
  ]);
  id = 0;
  eventTimeBootMs = 0;
  sequence = 0;
  destinationComponent = 0;
  destinationSystem = 0;
  logLevels = 0;
  arguments: number[] = [];
}

export class CurrentEventSequence extends MavLinkData {
  static override MSG_ID = 411;
  static override MSG_NAME = "CURRENT_EVENT_SEQUENCE";
  static override PAYLOAD_LENGTH = 3;
  static override MAGIC_NUMBER = 106;
  static override FIELDS = fieldsOf([
    ["sequence", "uint16_t"],
    ["flags", "uint8_t"],
  ]);
  sequence = 0;
  flags = 0;
}

export class RequestEvent extends MavLinkData {
  static override MSG_ID = 412;
  static override MSG_NAME = "REQUEST_EVENT";
  static override PAYLOAD_LENGTH = 6;
  static override MAGIC_NUMBER = 33;
  static override FIELDS = fieldsOf([
    ["first_sequence", "uint16_t"],
    ["last_sequence", "uint16_t"],
    ["target_system", "uint8_t"],
    ["target_component", "uint8_t"],
  ]);
  firstSequence = 0;
  lastSequence = 0;
  targetSystem = 0;
  targetComponent = 0;
}

export class ResponseEventError extends MavLinkData {
  static override MSG_ID = 413;
  static override MSG_NAME = "RESPONSE_EVENT_ERROR";
  static override PAYLOAD_LENGTH = 7;
  static override MAGIC_NUMBER = 77;
  static override FIELDS = fieldsOf([
    ["sequence", "uint16_t"],
    ["sequence_oldest_available", "uint16_t"],
    ["target_system", "uint8_t"],
    ["target_component", "uint8_t"],
    ["reason", "uint8_t"],
  ]);
  sequence = 0;
  sequenceOldestAvailable = 0;
  targetSystem = 0;
  targetComponent = 0;
  reason = 0;
}

for (const message of [
  CommandCancel,
  LinkNodeStatus,
  TimeEstimateToTarget,
  MavEvent,
  CurrentEventSequence,
  RequestEvent,
  ResponseEventError,
]) {
  registerCustomMessageMagicNumber(String(message.MSG_ID), message.MAGIC_NUMBER);
}
