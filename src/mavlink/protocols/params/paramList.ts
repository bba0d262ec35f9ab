/**
 * Downloads all parameters, one message each: first the whole list, then the missing ones by index.
 *
 *   listing ──(time-out)──▶ filling: a few gaps at a time ──(none left)──▶ done
 *     ▲  │ count changed (an …_ENABLE was set), so all indices have changed ─▶ listing again
 *     └──┘ few were received: the request or the beginning was lost
 *   any ──(retries spent | cancel | vehicle lost)──▶ failed
 *
 * ArduPilot uses at most 30 % of its link for parameters, so a list of 1,400 may take half a minute; a time-out ends
 * it.
 * https://mavlink.io/en/services/parameter.html#read_all
 */
import { assertNever } from "../../../core/result.js";
import type { ParamFailure } from "../../../vehicle/params.js";
import type { ListedParam } from "../../params/listedParam.js";
import { HASH_PARAM, type ReceivedParam } from "./paramWire.js";

type ParamListRetryPolicy = {
  readonly silenceMs: number;
  readonly longestMs: number;
  readonly growth: number;
  /** Time-outs in a row without a new parameter. */
  readonly triesMax: number;
  /** ArduPilot queues twenty requests and answers five at a time: this must stay below twenty. */
  readonly requestsAtOnce: number;
};

/** Retry policy for a link. Round trip in milliseconds, undefined when never measured. */
export const paramListRetryPolicyFor = (roundTripMs: number | undefined): ParamListRetryPolicy => ({
  silenceMs: Math.min(4000, Math.max(800, 500 + 2 * (roundTripMs ?? 250))),
  longestMs: 6000,
  growth: 1.4,
  triesMax: 10,
  requestsAtOnce: 10,
});

/** `byIndex` is changed in place: copying 1,400 entries 1,400 times would cost more than the messages. */
type Conversation = {
  readonly retryPolicy: ParamListRetryPolicy;
  readonly byIndex: Map<number, ListedParam>;
  readonly countOfAll: number | undefined;
  readonly waitMs: number;
  readonly tries: number;
  readonly countOfLists: number;
  readonly hash: number | undefined;
  /** Requested by index and not received yet; empty while listing. */
  readonly asked: ReadonlySet<number>;
};
export type ParamListState =
  | (Conversation & { readonly phase: "loading" })
  | { readonly phase: "done"; readonly params: readonly ListedParam[]; readonly hash: number | undefined }
  | { readonly phase: "failed"; readonly failure: ParamFailure; readonly countOfDone: number };

export type ParamListEvent =
  | { readonly kind: "received"; readonly param: ReceivedParam }
  | { readonly kind: "timeout" }
  | { readonly kind: "cancel" }
  | { readonly kind: "vehicle-lost" };

export type ParamListEffect =
  | { readonly kind: "request-list" }
  | { readonly kind: "request-index"; readonly index: number }
  | { readonly kind: "arm-timer"; readonly afterMs: number };

export type ParamListStep = readonly [ParamListState, readonly ParamListEffect[]];
type Loading = Extract<ParamListState, { phase: "loading" }>;

const LISTS_MAX = 6;

export function startParamList(retryPolicy: ParamListRetryPolicy): ParamListStep {
  return listing({
    ...{ phase: "loading", retryPolicy, byIndex: new Map(), countOfAll: undefined, waitMs: retryPolicy.silenceMs },
    ...{ tries: 0, countOfLists: 0, hash: undefined, asked: new Set<number>() },
  });
}

export function stepParamList(state: ParamListState, event: ParamListEvent): ParamListStep {
  if (state.phase !== "loading") return [state, []];
  switch (event.kind) {
    case "received":
      return onReceived(state, event.param);
    case "timeout":
      return onSilence(state);
    case "cancel":
      return fail(state, { kind: "cancelled" });
    case "vehicle-lost":
      return fail(state, { kind: "vehicle-lost" });
    default:
      return assertNever(event);
  }
}

const fail = (state: Loading, failure: ParamFailure): ParamListStep => [
  { phase: "failed", failure, countOfDone: state.byIndex.size },
  [],
];

function listing(state: Loading): ParamListStep {
  const next = { ...state, countOfLists: state.countOfLists + 1, asked: new Set<number>() };
  return [next, [{ kind: "request-list" }, { kind: "arm-timer", afterMs: next.waitMs }]];
}

function onReceived(state: Loading, { index, countOfAll, ...param }: ReceivedParam): ParamListStep {
  if (param.name === HASH_PARAM) return [{ ...state, hash: param.value }, []];
  // A parameter that was changed, reported to everybody: no answer to this list's requests.
  if (index === undefined) return [state, []];
  if (state.countOfAll !== undefined && countOfAll !== state.countOfAll) {
    state.byIndex.clear();
    if (state.countOfLists >= LISTS_MAX) return fail(state, { kind: "no-reply" });
    return listing({ ...state, countOfAll });
  }
  const isNew = !state.byIndex.has(index);
  state.byIndex.set(index, param);
  const next: Loading = { ...state, countOfAll, asked: without(state.asked, index) };
  if (state.byIndex.size >= countOfAll) return done(next);
  if (!isNew) return [next, []];
  const received = { ...next, tries: 0, waitMs: Math.max(state.retryPolicy.silenceMs, state.waitMs * 0.9) };
  // The last answer to these requests: the next ones are sent at once.
  if (state.asked.size > 0 && received.asked.size === 0) return askForGaps(received);
  return [received, [{ kind: "arm-timer", afterMs: received.waitMs }]];
}

const without = (indices: ReadonlySet<number>, index: number): ReadonlySet<number> =>
  indices.has(index) ? new Set([...indices].filter((other) => other !== index)) : indices;

function done(state: Loading): ParamListStep {
  const sorted = [...state.byIndex].sort(([a], [b]) => a - b);
  return [{ phase: "done", params: sorted.map(([, param]) => param), hash: state.hash }, []];
}

function onSilence(state: Loading): ParamListStep {
  const tries = state.tries + 1;
  if (tries > state.retryPolicy.triesMax) return fail(state, { kind: "no-reply" });
  const waitMs =
    tries === 1 ? state.waitMs : Math.min(state.retryPolicy.longestMs, state.waitMs * state.retryPolicy.growth);
  const next = { ...state, tries, waitMs };
  const { countOfAll = Infinity, byIndex } = state;
  // Requesting so many by index would take longer than the whole list again.
  const isHardlyBegun = byIndex.size < countOfAll / 2 && byIndex.size < countOfAll - 60;
  if (isHardlyBegun && (state.countOfLists < LISTS_MAX || state.countOfAll === undefined)) return listing(next);
  return askForGaps(next);
}

function askForGaps(state: Loading): ParamListStep {
  const gaps: number[] = [];
  for (let index = 0; index < (state.countOfAll ?? 0) && gaps.length < state.retryPolicy.requestsAtOnce; index++) {
    if (!state.byIndex.has(index)) gaps.push(index);
  }
  const requests = gaps.map((index) => ({ kind: "request-index" as const, index }));
  return [{ ...state, asked: new Set(gaps) }, [...requests, { kind: "arm-timer", afterMs: state.waitMs }]];
}
