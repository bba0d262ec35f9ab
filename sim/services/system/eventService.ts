import type { AircraftView } from "../../aircraftView.js";
import type { SentEvent } from "../../autopilot/px4Events.js";
import { dispatch, type WireHandlers, type WireMessage, type WireSender } from "../../wire/mavlinkCodec.js";
import { eventMessage } from "../../wire/eventWire.js";
import { isAddressedTo } from "../addressing.js";
import type { Service } from "../service.js";

/** Interval of CURRENT_EVENT_SEQUENCE (mavlink_events.h). */
const SEQUENCE_EVERY_MS = 3000;
/** MAV_EVENT_CURRENT_SEQUENCE_FLAGS_RESET: the sequence has started anew. */
const RESET = 1;
const UNAVAILABLE = 0;
const SEQUENCES = 0x10000;

const after = (sequence: number, from: number): number => (sequence - from + SEQUENCES) % SEQUENCES;

/** The oldest event still kept after this one; its own sequence number when there is none. */
function oldestAfter(sent: readonly SentEvent[], sequence: number): number {
  const kept = sent.map((event) => event.sequence).filter((one) => one !== sequence);
  return kept.sort((a, b) => after(a, sequence) - after(b, sequence))[0] ?? sequence;
}

/** PX4 1.14 and 1.15 answer each requested sequence number, with the event or with an error. */
function answer(sent: readonly SentEvent[], first: number, last: number, to: WireSender): readonly WireMessage[] {
  const count = Math.min(SEQUENCES, after(last, first) + 1);
  return Array.from({ length: Math.min(count, 2 * sent.length + 1) }, (_, i): WireMessage => {
    const sequence = (first + i) % SEQUENCES;
    const event = sent.find((one) => one.sequence === sequence);
    if (event) return eventMessage(event);
    const fields = { sequence, sequenceOldestAvailable: oldestAfter(sent, sequence), reason: UNAVAILABLE };
    return {
      name: "RESPONSE_EVENT_ERROR",
      fields: { ...fields, targetSystem: to.systemId, targetComponent: to.componentId },
    };
  });
}

/**
 * Recovery of missed PX4 events: CURRENT_EVENT_SEQUENCE every 3 s, and REQUEST_EVENT. The autopilot sends the events themselves.
 * Source: src/modules/mavlink/mavlink_events.cpp; https://mavlink.io/en/services/events.html
 */
export function createEventService(view: AircraftView): Service {
  let dueMs = 0;
  let hasReset = false;
  const handlers: WireHandlers<readonly WireMessage[]> = {
    REQUEST_EVENT: ({ firstSequence, lastSequence }, from) =>
      answer(view.autopilot().events.sent, firstSequence, lastSequence, from),
  };
  return {
    receive: (message) => (isAddressedTo(message.fields, view.systemId) ? dispatch(handlers, message) : undefined),
    tick: (nowMs) => {
      const { sent, nextSequence } = view.autopilot().events;
      if (nowMs < dueMs || sent.length === 0) return [];
      dueMs = nowMs + SEQUENCE_EVERY_MS * view.speedup;
      const flags = hasReset ? 0 : RESET;
      hasReset = true;
      return [
        { name: "CURRENT_EVENT_SEQUENCE", fields: { sequence: (nextSequence + SEQUENCES - 1) % SEQUENCES, flags } },
      ];
    },
  };
}
