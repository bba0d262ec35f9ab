/**
 * The EVENT messages of MAVLink's event protocol, as they are on the wire. https://mavlink.io/en/services/events.html
 */
import type { VehicleEventBody } from "../vehicle/events.js";
import type { MessageFields } from "./messageFields.js";

/** One byte holds two log levels: the upper four bits for the log on board, the lower four for ground stations. */
const EXTERNAL_LEVEL = 0x0f;
/** MAV_EVENT_CURRENT_SEQUENCE_FLAGS_RESET */
const SEQUENCE_RESET = 1;

export const eventFrom = (fields: MessageFields["EVENT"]): readonly VehicleEventBody[] => [
  {
    kind: "event",
    event: {
      eventId: fields.id,
      sequence: fields.sequence,
      timeBootMs: fields.event_time_boot_ms,
      severity: fields.log_levels & EXTERNAL_LEVEL,
      arguments: fields.arguments,
    },
    description: undefined,
  },
];

export const eventSequenceFrom = (fields: MessageFields["CURRENT_EVENT_SEQUENCE"]): readonly VehicleEventBody[] => [
  { kind: "event-sequence", sequence: fields.sequence, isReset: (fields.flags & SEQUENCE_RESET) !== 0 },
];
