/**
 * Downloads the list of logs by LOG_REQUEST_LIST: all entries at once, then the missing ones.
 *
 *   listing ──(every id from the first to the last received, or no logs)──▶ done
 *      │ ▲ time-out: request the missing ids
 *      └─┘──(retries spent | vehicle lost)──▶ failed
 *
 * ArduPilot counts from 1, PX4 from 0: the first id received decides what is missing.
 */
import { assertNever } from "../../../core/result.js";
import type { ReceivedLogEntry } from "./logWire.js";

export type LogListState =
  | {
      readonly phase: "listing";
      readonly entries: readonly ReceivedLogEntry[];
      readonly tries: number;
      readonly waitMs: number;
    }
  | { readonly phase: "done"; readonly entries: readonly ReceivedLogEntry[] }
  | { readonly phase: "failed"; readonly failure: { readonly kind: "no-reply" | "vehicle-lost" } };

export type LogListEvent =
  | { readonly kind: "entry"; readonly entry: ReceivedLogEntry }
  | { readonly kind: "timeout" }
  | { readonly kind: "vehicle-lost" };

export type LogListEffect =
  | { readonly kind: "request-list"; readonly first: number; readonly last: number }
  | { readonly kind: "arm-timer"; readonly afterMs: number };

type LogListStep = readonly [LogListState, readonly LogListEffect[]];
type Listing = Extract<LogListState, { phase: "listing" }>;

const ALL = 0xffff;
const TRIES_MAX = 6;

/**
 * Time-out in milliseconds. It is long on any link: the autopilot needs a while to find the size of a log on a full
 * card.
 */
export const logListWaitMs = (roundTripMs: number | undefined): number =>
  Math.min(6000, 1500 + 2 * (roundTripMs ?? 250));

export const startLogList = (waitMs: number): LogListStep => [
  { phase: "listing", entries: [], tries: 1, waitMs },
  [
    { kind: "request-list", first: 0, last: ALL },
    { kind: "arm-timer", afterMs: waitMs },
  ],
];

export function stepLogList(state: LogListState, event: LogListEvent): LogListStep {
  if (state.phase !== "listing") return [state, []];
  switch (event.kind) {
    case "entry":
      return onEntry(state, event.entry);
    case "timeout":
      return onSilence(state);
    case "vehicle-lost":
      return [{ phase: "failed", failure: { kind: "vehicle-lost" } }, []];
    default:
      return assertNever(event);
  }
}

function onEntry(state: Listing, entry: ReceivedLogEntry): LogListStep {
  if (entry.countOfLogs === 0) return [{ phase: "done", entries: [] }, []];
  const others = state.entries.filter(({ id }) => id !== entry.id);
  const entries = [...others, entry].sort((a, b) => a.id - b.id);
  if (entries.length >= entry.countOfLogs) return [{ phase: "done", entries }, []];
  return [{ ...state, entries, tries: 1 }, [{ kind: "arm-timer", afterMs: state.waitMs }]];
}

function onSilence(state: Listing): LogListStep {
  if (state.tries >= TRIES_MAX) {
    // An incomplete list is still worth showing.
    if (state.entries.length > 0) return [{ phase: "done", entries: state.entries }, []];
    return [{ phase: "failed", failure: { kind: "no-reply" } }, []];
  }
  const request = { kind: "request-list" as const, ...missingStretch(state.entries) };
  return [{ ...state, tries: state.tries + 1 }, [request, { kind: "arm-timer", afterMs: state.waitMs }]];
}

function missingStretch(entries: readonly ReceivedLogEntry[]): { first: number; last: number } {
  const [head] = entries;
  if (!head) return { first: 0, last: ALL };
  const ids = new Set(entries.map(({ id }) => id));
  let first = Math.max(0, head.id);
  // The first entries themselves may be missing: the last id and the count give the first id.
  const begin = Math.max(0, Math.min(head.id, head.lastId - head.countOfLogs + 1));
  if (begin < head.id) first = begin;
  while (ids.has(first)) first++;
  let last = first;
  while (last < head.lastId && !ids.has(last + 1)) last++;
  return { first, last };
}
