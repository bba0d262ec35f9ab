/**
 * Mission download, ground side.
 *
 *   start ─▶ listing ──(count)──▶ fetching ──(last item)──▶ done (ack sent)
 *              │ ▲ timeout: ask again  │ ▲ timeout: ask again for the item
 *              └─┘                     └─┘
 *   any ──(retries spent | refused | vehicle lost | cancel)──▶ failed
 *
 * ArduPilot answers DENIED while it still believes an upload is running: that is a reason to wait, not to give up.
 * https://mavlink.io/en/services/mission.html#download_mission
 */
import { assertNever } from "../../core/result.js";
import type { TransferFailure } from "../../vehicle/transfers.js";
import { MISSION_RESULT } from "./missionUpload.js";
import type { MissionEffect, MissionEvent, TransferOptions, WireMissionItem } from "./missionWire.js";
import { DEFAULT_TRANSFER, eased, grown, type Patience, patienceFrom } from "./transferOptions.js";

type Transfer = { readonly options: TransferOptions; readonly patience: Patience; readonly retries: number };
type Listing = Transfer & { readonly phase: "listing" };
type Fetching = Transfer & {
  readonly phase: "fetching";
  readonly countOfItems: number;
  /** In order; the next one wanted is number `items.length`. */
  readonly items: readonly WireMissionItem[];
};
type ActiveState = Listing | Fetching;

export type DownloadState =
  | ActiveState
  | { readonly phase: "done"; readonly items: readonly WireMissionItem[] }
  | { readonly phase: "failed"; readonly failure: TransferFailure };

type DownloadStep = readonly [DownloadState, readonly MissionEffect[]];

export function startDownload(options: TransferOptions = DEFAULT_TRANSFER): DownloadStep {
  const state: Listing = { phase: "listing", options, patience: patienceFrom(options), retries: 0 };
  return [state, ask(state)];
}

export function stepDownload(state: DownloadState, event: MissionEvent): DownloadStep {
  if (state.phase !== "listing" && state.phase !== "fetching") return [state, []];
  switch (event.kind) {
    case "count":
      return onCount(state, event.countOfItems);
    case "item":
      return onItem(state, event.item);
    case "ack":
      return onAck(state, event.mavMissionResult);
    case "timeout":
      return onSilence(state);
    case "vehicle-lost":
      return fail({ kind: "vehicle-lost" });
    case "cancel":
      return fail({ kind: "cancelled" }, [{ kind: "send-ack", mavMissionResult: MISSION_RESULT.cancelled }]);
    case "item-requested":
      return [state, []]; // of an upload that is over
    default:
      return assertNever(event);
  }
}

const fail = (failure: TransferFailure, effects: MissionEffect[] = []): DownloadStep => [
  { phase: "failed", failure },
  effects,
];

function ask(state: ActiveState): MissionEffect[] {
  return state.phase === "listing"
    ? [{ kind: "send-request-list" }, { kind: "arm-timer", afterMs: state.patience.countMs }]
    : [
        { kind: "send-request-item", seq: state.items.length },
        { kind: "arm-timer", afterMs: state.patience.itemMs },
      ];
}

const done = (items: readonly WireMissionItem[]): DownloadStep => [
  { phase: "done", items },
  [{ kind: "send-ack", mavMissionResult: MISSION_RESULT.accepted }],
];

function onCount(state: ActiveState, countOfItems: number): DownloadStep {
  if (state.phase === "fetching") return [state, []]; // the same answer twice
  if (countOfItems === 0) return done([]);
  const next: Fetching = { ...state, phase: "fetching", countOfItems, items: [], retries: 0 };
  return [next, ask(next)];
}

function onItem(state: ActiveState, item: WireMissionItem): DownloadStep {
  if (state.phase === "listing" || item.seq !== state.items.length) return [state, []]; // late or doubled
  const items = [...state.items, item];
  if (items.length === state.countOfItems) return done(items);
  const patience = state.retries === 0 ? eased(state.patience, state.options) : state.patience;
  const next: Fetching = { ...state, items, retries: 0, patience };
  return [next, ask(next)];
}

function onAck(state: ActiveState, mavMissionResult: number): DownloadStep {
  const isHarmless =
    mavMissionResult === MISSION_RESULT.accepted || // a late ack of the upload before
    mavMissionResult === MISSION_RESULT.denied || // still busy: the timer asks again
    mavMissionResult === MISSION_RESULT.error; // its answer to a doubled item of the upload before
  if (isHarmless || (mavMissionResult === MISSION_RESULT.invalidSequence && state.phase === "listing")) {
    return [state, []];
  }
  const seq = state.phase === "fetching" ? state.items.length : undefined;
  return fail({ kind: "refused", mavMissionResult, seq });
}

function onSilence(state: ActiveState): DownloadStep {
  if (state.retries >= state.options.retriesMax) {
    return fail({ kind: "no-reply", lastSeq: state.phase === "fetching" ? state.items.length : undefined });
  }
  const next = { ...state, retries: state.retries + 1, patience: grown(state.patience, state.options) };
  return [next, ask(next)];
}
