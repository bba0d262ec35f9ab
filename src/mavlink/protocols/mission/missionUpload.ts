/**
 * Mission upload, ground side. Pure: no sockets, no timers, no clock of its own.
 *
 *   start ─▶ counting ──(request)──▶ sending ──(ack accepted)──▶ done
 *               │ ▲ timeout: resend     │ ▲ timeout: resend last item
 *               └─┘                     └─┘
 *   any ──(retries spent | ack refused | vehicle lost | cancel)──▶ failed
 *
 * ArduPilot replies INVALID_SEQUENCE to an item it receives twice and continues, so that ack ends nothing here. After
 * the upload it replies ERROR to a repeated last item, so then an error leaves the result open ("unclear"): only
 * reading back tells. PX4 replies ERROR to a repeated count and continues too, and to everybody while it is busy with
 * another transfer. So an error is remembered, and ends the upload only when nothing better comes before the time-out.
 * https://mavlink.io/en/services/mission.html#uploading_mission
 */
import { assertNever } from "../../../core/result.js";
import type { TransferFailure } from "../../../vehicle/transfers.js";
import type { MissionEffect, MissionEvent, TransferOptions, WireMissionItem } from "./missionWire.js";
import { afterProgress, DEFAULT_TRANSFER, grown, type RetryPolicy, retryPolicyFrom } from "./transferOptions.js";

/** MAV_MISSION_RESULT */
export const MISSION_RESULT = {
  accepted: 0,
  error: 1,
  unsupported: 3,
  invalidSequence: 13,
  denied: 14,
  cancelled: 15,
} as const;

/**
 * How often the same item may be requested. PX4 requests four times a second whatever the round-trip time is, so this
 * does not count losses; it only ends a transfer that makes no progress.
 */
const REPEATS_MAX = 60;

type Transfer = {
  readonly items: readonly WireMissionItem[];
  readonly options: TransferOptions;
  readonly retryPolicy: RetryPolicy;
  /** Time-outs since the last new request. */
  readonly retries: number;
  /** How often the current item was requested again. */
  readonly repeats: number;
  /** ERROR or, before the first item, DENIED or CANCELLED: the ack may belong to something else, or mean "busy". */
  readonly doubt: TransferFailure | undefined;
  /** Items requested by the vehicle so far, for the progress bar. */
  readonly countOfDone: number;
};
type Counting = Transfer & { readonly phase: "counting" };
type Sending = Transfer & { readonly phase: "sending"; readonly seq: number };
type ActiveState = Counting | Sending;

export type UploadState =
  | ActiveState
  | { readonly phase: "done"; readonly countOfItems: number }
  /** Every item was sent, but no clear ack was received: the vehicle may or may not have the plan. */
  | { readonly phase: "unclear"; readonly countOfItems: number; readonly failure: TransferFailure }
  | { readonly phase: "failed"; readonly failure: TransferFailure };

type UploadStep = readonly [UploadState, readonly MissionEffect[]];

/** `items` in order, their `seq` from 0 without gaps (home first for ArduPilot). */
export function startUpload(
  items: readonly WireMissionItem[],
  options: TransferOptions = DEFAULT_TRANSFER,
): UploadStep {
  const retryPolicy = retryPolicyFrom(options);
  const fresh = { retries: 0, repeats: 0, doubt: undefined, countOfDone: 0 };
  const state: Counting = { phase: "counting", items, options, retryPolicy, ...fresh };
  return [state, sendCount(state)];
}

export function stepUpload(state: UploadState, event: MissionEvent): UploadStep {
  if (state.phase !== "counting" && state.phase !== "sending") return [state, []];
  switch (event.kind) {
    case "item-requested":
      return onItemRequested(state, event.seq);
    case "ack":
      return onAck(state, event.mavMissionResult);
    case "timeout":
      return onSilence(state);
    case "resume":
      return onResume(state);
    case "vehicle-lost":
      return fail({ kind: "vehicle-lost" });
    case "cancel":
      return fail({ kind: "cancelled" }, [sendCancelled]);
    case "count":
    case "item":
      return [state, []]; // of another transfer
    default:
      return assertNever(event);
  }
}

const sendCancelled: MissionEffect = { kind: "send-ack", mavMissionResult: MISSION_RESULT.cancelled };
const sendCount = (state: Counting): MissionEffect[] => [
  { kind: "send-count", countOfItems: state.items.length },
  { kind: "arm-timer", afterMs: state.retryPolicy.countMs },
];
const sendItem = (state: Sending): MissionEffect[] => {
  const item = state.items[state.seq];
  return item
    ? [
        { kind: "send-item", item },
        { kind: "arm-timer", afterMs: state.retryPolicy.itemMs },
      ]
    : [];
};
const send = (state: ActiveState): MissionEffect[] => (state.phase === "sending" ? sendItem(state) : sendCount(state));
const fail = (failure: TransferFailure, effects: MissionEffect[] = []): UploadStep => [
  { phase: "failed", failure },
  effects,
];
const hasSentLast = (state: ActiveState): boolean => state.countOfDone === state.items.length;

function onItemRequested(state: ActiveState, seq: number): UploadStep {
  if (seq >= state.items.length) return [state, []]; // invalid: the time-out decides
  const isForward = state.phase === "counting" || seq > state.seq;
  // A request for the same item means that our item was lost, not their request. A request for an earlier one was
  // delayed, or the vehicle received a late copy of the count and began again: sending the item is right in both cases.
  const repeats = isForward ? 0 : state.repeats + 1;
  if (repeats > REPEATS_MAX) return giveUp(state);
  const retryPolicy = isForward ? afterProgress(state.retryPolicy, state.options, state.retries) : state.retryPolicy;
  const retries = isForward ? 0 : state.retries;
  const countOfDone = Math.max(state.countOfDone, seq + 1);
  const next: Sending = {
    ...state,
    phase: "sending",
    seq,
    retries,
    repeats,
    doubt: undefined,
    countOfDone,
    retryPolicy,
  };
  return [next, sendItem(next)];
}

function onAck(state: ActiveState, mavMissionResult: number): UploadStep {
  const countOfItems = state.items.length;
  if (mavMissionResult === MISSION_RESULT.accepted) {
    // "Accepted" before the last item was requested is an ack of an earlier transfer.
    return hasSentLast(state) ? [{ phase: "done", countOfItems }, []] : [state, []];
  }
  if (mavMissionResult === MISSION_RESULT.invalidSequence) return [state, []];
  const seq = state.phase === "sending" ? state.seq : undefined;
  const failure: TransferFailure = { kind: "refused", mavMissionResult, seq };
  const isError = mavMissionResult === MISSION_RESULT.error;
  if (isError && hasSentLast(state) && state.retries > 0) return [{ phase: "unclear", countOfItems, failure }, []];
  // Before the first item: another station is uploading, or this ack belongs to an earlier transfer.
  const isWaiting = mavMissionResult === MISSION_RESULT.denied || mavMissionResult === MISSION_RESULT.cancelled;
  const isBusy = isWaiting && state.phase === "counting";
  return isError || isBusy ? [{ ...state, doubt: failure }, []] : fail(failure);
}

function onSilence(state: ActiveState): UploadStep {
  const { doubt, items } = state;
  if (doubt && state.phase === "sending") {
    return hasSentLast(state)
      ? [{ phase: "unclear", countOfItems: items.length, failure: doubt }, []]
      : fail(doubt, [sendCancelled]);
  }
  const { count, item } = state.options;
  if (state.retries >= (state.phase === "counting" ? count : item).retriesMax) return giveUp(state);
  const retryPolicy = grown(state.retryPolicy, state.options);
  const next = { ...state, retries: state.retries + 1, retryPolicy };
  return [next, send(next)];
}

function onResume(state: ActiveState): UploadStep {
  const retryPolicy = retryPolicyFrom(state.options);
  // Counts as a retry: what the vehicle sends now may answer a message from before the interruption.
  const next = { ...state, retries: 1, repeats: 0, doubt: undefined, retryPolicy };
  return [next, send(next)];
}

function giveUp(state: ActiveState): UploadStep {
  const { doubt, items } = state;
  const lastSeq = state.phase === "sending" ? state.seq : undefined;
  const failure: TransferFailure = doubt ?? { kind: "no-reply", lastSeq };
  const isUnclear = hasSentLast(state) && items.length > 0;
  return isUnclear ? [{ phase: "unclear", countOfItems: items.length, failure }, []] : fail(failure, [sendCancelled]);
}
