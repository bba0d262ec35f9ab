/**
 * Downloads one log by LOG_REQUEST_DATA: one range at a time, in messages of 90 bytes, then the range's gaps.
 *
 *   fetching ──(no gap left, or a short message marked the log's end)──▶ done (LOG_REQUEST_END)
 *      │ ▲ range complete, or time-out: request the next gap
 *      └─┘──(retries spent | cancel)──▶ failed (LOG_REQUEST_END);  vehicle lost ──▶ failed
 *
 * ArduPilot ignores a request while it still answers the one before, so the next is sent only after that.
 */
import { assertNever } from "../../../core/result.js";
import { endOfRanges, firstGap, withRange, type ByteRanges } from "../files/ftpRanges.js";
import { LOG_DATA_BYTES, type ReceivedLogData } from "./logWire.js";

type Fetching = {
  readonly phase: "fetching";
  readonly id: number;
  readonly sizeBytes: number;
  readonly held: ByteRanges;
  /** The requested range: from `from` up to but not including `to`. */
  readonly asked: { readonly from: number; readonly to: number };
  readonly tries: number;
  readonly waitMs: number;
};
export type LogDataState =
  | Fetching
  | { readonly phase: "done"; readonly held: ByteRanges; readonly sizeBytes: number }
  | {
      readonly phase: "failed";
      readonly held: ByteRanges;
      readonly failure: { readonly kind: "no-reply" | "vehicle-lost" | "cancelled" };
    };

export type LogDataEvent =
  | { readonly kind: "data"; readonly data: ReceivedLogData }
  | { readonly kind: "timeout" }
  | { readonly kind: "cancel" }
  | { readonly kind: "vehicle-lost" };

export type LogDataEffect =
  | { readonly kind: "request-data"; readonly id: number; readonly offsetBytes: number; readonly count: number }
  | { readonly kind: "request-end" }
  | { readonly kind: "store"; readonly offsetBytes: number; readonly bytes: Uint8Array }
  | { readonly kind: "arm-timer"; readonly afterMs: number };

export type LogDataStep = readonly [LogDataState, readonly LogDataEffect[]];

/**
 * Small enough that a lost end costs one time-out a range, large enough that the number of requests does not matter.
 */
const STRETCH_BYTES = 512 * LOG_DATA_BYTES;
const TRIES_MAX = 8;
const GROWTH = 1.4;
const LONGEST_MS = 6000;

/** Time-out in milliseconds. Round trip in milliseconds, undefined when never measured. */
export const logDataWaitMs = (roundTripMs: number | undefined): number =>
  Math.min(5000, Math.max(600, 400 + 2 * (roundTripMs ?? 250)));

export function startLogData(
  log: { readonly id: number; readonly sizeBytes: number; readonly held: ByteRanges },
  waitMs: number,
): LogDataStep {
  return askNext({ phase: "fetching", ...log, asked: { from: 0, to: 0 }, tries: 1, waitMs });
}

export function stepLogData(state: LogDataState, event: LogDataEvent): LogDataStep {
  if (state.phase !== "fetching") return [state, []];
  switch (event.kind) {
    case "data":
      return event.data.id === state.id ? onData(state, event.data) : [state, []];
    case "timeout":
      return onSilence(state);
    case "cancel":
      return [{ phase: "failed", held: state.held, failure: { kind: "cancelled" } }, [{ kind: "request-end" }]];
    case "vehicle-lost":
      return [{ phase: "failed", held: state.held, failure: { kind: "vehicle-lost" } }, []];
    default:
      return assertNever(event);
  }
}

function onData(state: Fetching, { offsetBytes, bytes }: ReceivedLogData): LogDataStep {
  const to = offsetBytes + bytes.byteLength;
  // A short message is the end, even where LOG_ENTRY announced a larger size.
  const isShort = bytes.byteLength < LOG_DATA_BYTES && to < Math.min(state.asked.to, state.sizeBytes);
  const isEnd = isShort && to >= endOfRanges(state.held);
  const held = withRange(state.held, { from: offsetBytes, to });
  const next = { ...state, held, sizeBytes: isEnd ? to : state.sizeBytes, tries: 1 };
  const store = { kind: "store" as const, offsetBytes, bytes };
  // Messages of an earlier range may still arrive: their bytes are stored, but they do not complete this range.
  const isAsked = offsetBytes >= state.asked.from && offsetBytes <= state.asked.to;
  const isThrough = isAsked && to >= Math.min(state.asked.to, next.sizeBytes);
  if (!isThrough) return [next, [store, { kind: "arm-timer", afterMs: next.waitMs }]];
  const [stepped, effects] = askNext(next);
  return [stepped, [store, ...effects]];
}

function onSilence(state: Fetching): LogDataStep {
  if (state.tries >= TRIES_MAX) {
    return [{ phase: "failed", held: state.held, failure: { kind: "no-reply" } }, [{ kind: "request-end" }]];
  }
  const waitMs = state.tries === 1 ? state.waitMs : Math.min(LONGEST_MS, state.waitMs * GROWTH);
  return askNext({ ...state, tries: state.tries + 1, waitMs });
}

function askNext(state: Fetching): LogDataStep {
  const gap = firstGap(state.held, state.sizeBytes);
  if (!gap) return [{ phase: "done", held: state.held, sizeBytes: state.sizeBytes }, [{ kind: "request-end" }]];
  const to = Math.min(gap.to, gap.from + STRETCH_BYTES);
  const request = { kind: "request-data" as const, id: state.id, offsetBytes: gap.from, count: to - gap.from };
  return [{ ...state, asked: { from: gap.from, to } }, [request, { kind: "arm-timer", afterMs: state.waitMs }]];
}
