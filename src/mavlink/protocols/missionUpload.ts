/**
 * Mission upload, ground side. Pure: no sockets, no timers, no clock of its own.
 *
 *   start ─▶ counting ──(request)──▶ sending ──(ack accepted)──▶ done
 *               │ ▲ timeout: resend     │ ▲ timeout: resend last item
 *               └─┘                     └─┘
 *   any ──(retries spent | ack refused | vehicle lost | cancel)──▶ failed
 *
 * ArduPilot acknowledges an item heard twice with INVALID_SEQUENCE and goes on, so that answer ends nothing here; and
 * once it is done it answers a repeated last item with ERROR, so an error then leaves the outcome open ("unclear"):
 * only reading back can tell.
 * https://mavlink.io/en/services/mission.html#uploading_mission
 */
import { assertNever } from "../../core/result.js";
import type { TransferFailure } from "../../vehicle/transfers.js";
import type { MissionEffect, MissionEvent, TransferOptions, WireMissionItem } from "./missionWire.js";
import { DEFAULT_TRANSFER, eased, grown, type Patience, patienceFrom } from "./transferOptions.js";

/** MAV_MISSION_RESULT */
export const MISSION_RESULT = { accepted: 0, error: 1, invalidSequence: 13, denied: 14, cancelled: 15 } as const;

type Transfer = {
  readonly items: readonly WireMissionItem[];
  readonly options: TransferOptions;
  readonly patience: Patience;
  /** Silences and repeated requests since something new was asked for. */
  readonly retries: number;
  /** Items that were asked for so far; what the progress bar shows. */
  readonly countOfDone: number;
};
type Counting = Transfer & { readonly phase: "counting" };
type Sending = Transfer & { readonly phase: "sending"; readonly seq: number };
type ActiveState = Counting | Sending;

export type UploadState =
  | ActiveState
  | { readonly phase: "done"; readonly countOfItems: number }
  /** Every item was sent, the end was not heard clearly: the vehicle may or may not have the plan. */
  | { readonly phase: "unclear"; readonly countOfItems: number; readonly failure: TransferFailure }
  | { readonly phase: "failed"; readonly failure: TransferFailure };

type UploadStep = readonly [UploadState, readonly MissionEffect[]];

/** `items` in order, their `seq` from 0 without gaps (home first for ArduPilot). */
export function startUpload(
  items: readonly WireMissionItem[],
  options: TransferOptions = DEFAULT_TRANSFER,
): UploadStep {
  const patience = patienceFrom(options);
  const state: Counting = { phase: "counting", items, options, patience, retries: 0, countOfDone: 0 };
  return [state, sayCount(state)];
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
    case "vehicle-lost":
      return fail({ kind: "vehicle-lost" });
    case "cancel":
      return fail({ kind: "cancelled" }, [sayCancelled]);
    case "count":
    case "item":
      return [state, []]; // of another transfer
    default:
      return assertNever(event);
  }
}

const sayCancelled: MissionEffect = { kind: "send-ack", mavMissionResult: MISSION_RESULT.cancelled };
const sayCount = (state: Counting): MissionEffect[] => [
  { kind: "send-count", countOfItems: state.items.length },
  { kind: "arm-timer", afterMs: state.patience.countMs },
];
const sayItem = (state: Sending): MissionEffect[] => {
  const item = state.items[state.seq];
  return item
    ? [
        { kind: "send-item", item },
        { kind: "arm-timer", afterMs: state.patience.itemMs },
      ]
    : [];
};
const say = (state: ActiveState): MissionEffect[] => (state.phase === "sending" ? sayItem(state) : sayCount(state));
const fail = (failure: TransferFailure, effects: MissionEffect[] = []): UploadStep => [
  { phase: "failed", failure },
  effects,
];
const hasSentLast = (state: ActiveState): boolean => state.countOfDone === state.items.length;

function onItemRequested(state: ActiveState, seq: number): UploadStep {
  if (seq >= state.items.length) return [state, []]; // nonsense: let the timer decide
  const isForward = state.phase === "counting" || seq > state.seq;
  // The same request again means our item, not theirs, was lost. An earlier one was overtaken on the way, or the vehicle
  // heard a late copy of the count and began anew: answering is right in both cases, and counts as a retry.
  const retries = isForward ? 0 : state.retries + 1;
  const patience = isForward && state.retries === 0 ? eased(state.patience, state.options) : state.patience;
  const countOfDone = Math.max(state.countOfDone, seq + 1);
  const next: Sending = { ...state, phase: "sending", seq, retries, countOfDone, patience };
  return retries > state.options.retriesMax ? giveUp(state) : [next, sayItem(next)];
}

function onAck(state: ActiveState, mavMissionResult: number): UploadStep {
  const countOfItems = state.items.length;
  if (mavMissionResult === MISSION_RESULT.accepted) {
    // "Accepted" before the last item was asked for is a stray ack of an earlier transfer.
    return hasSentLast(state) ? [{ phase: "done", countOfItems }, []] : [state, []];
  }
  if (mavMissionResult === MISSION_RESULT.invalidSequence) return [state, []];
  const seq = state.phase === "sending" ? state.seq : undefined;
  const failure: TransferFailure = { kind: "refused", mavMissionResult, seq };
  const mayBeDone = mavMissionResult === MISSION_RESULT.error && hasSentLast(state) && state.retries > 0;
  return mayBeDone ? [{ phase: "unclear", countOfItems, failure }, []] : fail(failure);
}

function onSilence(state: ActiveState): UploadStep {
  if (state.retries >= state.options.retriesMax) return giveUp(state);
  const patience = grown(state.patience, state.options);
  const next = { ...state, retries: state.retries + 1, patience };
  return [next, say(next)];
}

function giveUp(state: ActiveState): UploadStep {
  const lastSeq = state.phase === "sending" ? state.seq : undefined;
  const failure: TransferFailure = { kind: "no-reply", lastSeq };
  const isUnclear = hasSentLast(state) && state.items.length > 0;
  return isUnclear
    ? [{ phase: "unclear", countOfItems: state.items.length, failure }, []]
    : fail(failure, [sayCancelled]);
}
