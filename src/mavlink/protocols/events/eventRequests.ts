/**
 * Requests events that were lost on the link again, as long as the vehicle still has them.
 *
 *   idle ──(gap found)──▶ asking ──(all received, or vehicle no longer has them)──▶ idle, or asking for the next gap
 *                          │ ▲ timeout: request again, each time with a longer time-out; given up after some tries
 *                          └─┘
 *
 * https://mavlink.io/en/services/events.html
 */
import {
  receiveEvent,
  receiveNewest,
  sequenceAhead,
  withoutOlderThan,
  type EventSequence,
} from "../../../vehicle/eventSequence.js";
import type { MavlinkFrame, OutgoingMessage } from "../../frame.js";
import { fieldsOf } from "../../messageFields.js";
import type { MavPeer, MavAddress } from "../mission/missionMessages.js";

type Asking = {
  readonly first: number;
  readonly last: number;
  readonly tries: number;
  readonly countOfMissing: number;
};
export type EventRequestState = {
  readonly sequence: EventSequence | undefined;
  readonly asking: Asking | undefined;
  readonly waitMs: number;
};

export type EventRequestEvent =
  | { readonly kind: "received"; readonly sequence: number; readonly timeBootMs: number }
  | { readonly kind: "newest"; readonly sequence: number; readonly isReset: boolean }
  /** The vehicle no longer has the requested events; `oldest` is the first it still has. */
  | { readonly kind: "gone"; readonly sequence: number; readonly oldest: number }
  | { readonly kind: "timeout" }
  | { readonly kind: "vehicle-lost" };

export type EventRequestEffect =
  | { readonly kind: "request"; readonly first: number; readonly last: number }
  | { readonly kind: "arm-timer"; readonly afterMs: number };
type EventRequestStep = readonly [EventRequestState, readonly EventRequestEffect[]];

const TRIES_MAX = 5;
/** Added to the round-trip time: the vehicle sends the requested events one after the other. */
const WAIT_MS = 700;

export const startEventRequests = (roundTripMs: number | undefined): EventRequestState => ({
  sequence: undefined,
  asking: undefined,
  waitMs: WAIT_MS + 2 * (roundTripMs ?? 250),
});

export function stepEventRequests(state: EventRequestState, event: EventRequestEvent): EventRequestStep {
  switch (event.kind) {
    case "received":
      return goOn({ ...state, sequence: receiveEvent(state.sequence, event).after });
    case "newest":
      return goOn({ ...state, sequence: receiveNewest(state.sequence, event) });
    case "gone":
      return goOn({ ...state, asking: undefined, sequence: state.sequence && withoutGone(state.sequence, event) });
    case "timeout":
      return onTimeout(state);
    case "vehicle-lost":
      return [{ ...state, asking: undefined }, []];
  }
}

function withoutGone(
  sequence: EventSequence,
  { sequence: asked, oldest }: { sequence: number; oldest: number },
): EventSequence {
  const left = withoutOlderThan(sequence, oldest);
  return { ...left, missing: left.missing.filter((missing) => missing !== asked) };
}

/** Requests the oldest gap, unless it is requested already. */
function goOn(state: EventRequestState): EventRequestStep {
  const { sequence, asking } = state;
  const missing = sequence?.missing ?? [];
  if (asking && missing.some((one) => isWithin(one, asking))) return [state, []];
  const gap = firstGap(missing);
  return gap ? ask(state, gap, 1) : [{ ...state, asking: undefined }, []];
}

function onTimeout(state: EventRequestState): EventRequestStep {
  const { asking, sequence } = state;
  if (!asking || !sequence) return [state, []];
  const left = sequence.missing.filter((one) => isWithin(one, asking));
  const gap = firstGap(left);
  // Something was received, so the vehicle does answer: the tries count from 0 again.
  const tries = left.length < asking.countOfMissing ? 0 : asking.tries;
  if (gap && tries < TRIES_MAX) return ask(state, gap, tries + 1);
  // No answer, or the vehicle does not support the request: these events stay lost.
  const missing = sequence.missing.filter((one) => !isWithin(one, asking));
  return goOn({ ...state, asking: undefined, sequence: { ...sequence, missing } });
}

type Gap = { readonly first: number; readonly last: number };

function ask(state: EventRequestState, { first, last }: Gap, tries: number): EventRequestStep {
  const countOfMissing = sequenceAhead(last, first) + 1;
  const afterMs = state.waitMs * 2 ** (tries - 1);
  const asking = { first, last, tries, countOfMissing };
  return [
    { ...state, asking },
    [
      { kind: "request", first, last },
      { kind: "arm-timer", afterMs },
    ],
  ];
}

const isWithin = (sequence: number, { first, last }: { first: number; last: number }): boolean =>
  sequenceAhead(sequence, first) >= 0 && sequenceAhead(sequence, last) <= 0;

/** The first run of consecutive missing sequence numbers. */
function firstGap(missing: readonly number[]): Gap | undefined {
  const [first] = missing;
  if (first === undefined) return undefined;
  let last = first;
  for (const one of missing.slice(1)) {
    if (sequenceAhead(one, last) !== 1) break;
    last = one;
  }
  return { first, last };
}

const SEQUENCE_RESET = 1;

/** The event in a frame from the vehicle's autopilot; undefined when the frame is not part of the event protocol. */
export function eventRequestEventFrom(frame: MavlinkFrame, { vehicle, own }: MavPeer): EventRequestEvent | undefined {
  if (frame.systemId !== vehicle.systemId || frame.componentId !== vehicle.componentId) return undefined;
  const event = fieldsOf(frame, "EVENT");
  if (event) return { kind: "received", sequence: event.sequence, timeBootMs: event.event_time_boot_ms };
  const newest = fieldsOf(frame, "CURRENT_EVENT_SEQUENCE");
  if (newest) return { kind: "newest", sequence: newest.sequence, isReset: (newest.flags & SEQUENCE_RESET) !== 0 };
  const error = fieldsOf(frame, "RESPONSE_EVENT_ERROR");
  if (!error || (error.target_system !== own.systemId && error.target_system !== 0)) return undefined;
  return { kind: "gone", sequence: error.sequence, oldest: error.sequence_oldest_available };
}

export const requestEventMessage = (
  { systemId, componentId }: MavAddress,
  { first, last }: { readonly first: number; readonly last: number },
): OutgoingMessage => ({
  name: "REQUEST_EVENT",
  fields: { target_system: systemId, target_component: componentId, first_sequence: first, last_sequence: last },
});
