/**
 * Mission download, ground side.
 *
 *   start ─▶ listing ──(count)──▶ fetching ──(last item)──▶ done (ack sent)
 *              │ ▲ timeout: ask again  │ ▲ timeout: ask again for the item
 *              └─┘◀──(from the start)──┴─┘
 *   fetching ──(last item of a list with an id)──▶ recounting ──(count with the same id)──▶ done (ack sent)
 *                                                       └──(another id or count)──▶ fetching, from the first item
 *   any ──(retries spent | refused | vehicle lost | cancel)──▶ failed
 *
 * If somebody replaces the list during the download, the items may be of two plans. From an autopilot with plan ids
 * (`opaque_id`, PX4 1.15) the count is requested again after the last item: the same id means that all are of one plan.
 *
 * ArduPilot replies DENIED while it takes an upload for running: a reason to wait, not to give up. PX4 keeps a session
 * for a download: it answers a request only for the last item or the one after it, drops the session on any other
 * request or after 5 s without one, and then does not reply. So after an error or several time-outs the count is
 * requested again, and every item from the first: those received before may be of another plan.
 * https://mavlink.io/en/services/mission.html#download_mission
 */
import { assertNever } from "../../../core/result.js";
import type { TransferFailure } from "../../../vehicle/transfers.js";
import { MISSION_RESULT } from "./missionUpload.js";
import type { MissionEffect, MissionEvent, TransferOptions, WireMissionItem } from "./missionWire.js";
import { afterProgress, DEFAULT_TRANSFER, grown, type RetryPolicy, retryPolicyFrom } from "./transferOptions.js";

/** Time-outs after which PX4 has dropped the session: about 5 s, with default and with measured time-outs. */
const SILENCES_UNTIL_RESTART = 6;
/** Restarts in a row in which no more items were received than before. */
const RESTARTS_MAX = 4;

type Transfer = {
  readonly options: TransferOptions;
  readonly retryPolicy: RetryPolicy;
  readonly retries: number;
  readonly restarts: number;
  /** The largest number of items received in any attempt. */
  readonly furthest: number;
};
type Listing = Transfer & { readonly phase: "listing" };
type Fetching = Transfer & {
  readonly phase: "fetching";
  readonly countOfItems: number;
  /** `opaque_id`; 0: the autopilot has no ids. */
  readonly planId: number;
  /** In order; the next item to request is number `items.length`. */
  readonly items: readonly WireMissionItem[];
  /** An error was received: it belongs to an earlier upload, or ends the session. */
  readonly isDoubtful: boolean;
};
/** All items were received; the count is requested again to see whether they are of one plan. */
type Recounting = Omit<Fetching, "phase"> & { readonly phase: "recounting" };
type ActiveState = Listing | Fetching | Recounting;

export type DownloadState =
  | ActiveState
  | { readonly phase: "done"; readonly items: readonly WireMissionItem[] }
  | { readonly phase: "failed"; readonly failure: TransferFailure };

type DownloadStep = readonly [DownloadState, readonly MissionEffect[]];

export function startDownload(options: TransferOptions = DEFAULT_TRANSFER): DownloadStep {
  const state: Listing = {
    phase: "listing",
    options,
    retryPolicy: retryPolicyFrom(options),
    retries: 0,
    restarts: 0,
    furthest: 0,
  };
  return [state, ask(state)];
}

export function stepDownload(state: DownloadState, event: MissionEvent): DownloadStep {
  if (state.phase === "done" || state.phase === "failed") return [state, []];
  switch (event.kind) {
    case "count":
      return onCount(state, event);
    case "item":
      return onItem(state, event.item);
    case "ack":
      return onAck(state, event.mavMissionResult);
    case "timeout":
      return onSilence(state);
    case "resume":
      return onResume(state);
    case "vehicle-lost":
      return fail({ kind: "vehicle-lost" });
    case "cancel":
      return fail({ kind: "cancelled" }, [{ kind: "send-ack", mavMissionResult: MISSION_RESULT.cancelled }]);
    case "item-requested":
      return [state, []]; // of an earlier upload
    default:
      return assertNever(event);
  }
}

const fail = (failure: TransferFailure, effects: MissionEffect[] = []): DownloadStep => [
  { phase: "failed", failure },
  effects,
];

function ask(state: ActiveState): MissionEffect[] {
  return state.phase !== "fetching"
    ? [{ kind: "send-request-list" }, { kind: "arm-timer", afterMs: state.retryPolicy.countMs }]
    : [
        { kind: "send-request-item", seq: state.items.length },
        { kind: "arm-timer", afterMs: state.retryPolicy.itemMs },
      ];
}

function onResume(state: ActiveState): DownloadStep {
  // First the same item again, in case the vehicle kept the session; the second time-out then restarts the download.
  const retries = state.phase === "fetching" ? SILENCES_UNTIL_RESTART - 2 : 0;
  const next = { ...state, retries, restarts: 0, retryPolicy: retryPolicyFrom(state.options) };
  return [next, ask(next)];
}

const done = (items: readonly WireMissionItem[]): DownloadStep => [
  { phase: "done", items },
  [{ kind: "send-ack", mavMissionResult: MISSION_RESULT.accepted }],
];

type Count = Extract<MissionEvent, { kind: "count" }>;

function onCount(state: ActiveState, { countOfItems, planId }: Count): DownloadStep {
  // A repeated MISSION_COUNT; if the list has changed, the recount shows it.
  if (state.phase === "fetching") return [state, []];
  const isSameList = "items" in state && state.planId === planId && state.countOfItems === countOfItems;
  if (isSameList) return done(state.items);
  if (countOfItems === 0) return done([]);
  if (state.phase === "recounting" && state.restarts >= RESTARTS_MAX)
    return fail({ kind: "no-reply", lastSeq: state.items.length });
  const restarts = state.phase === "recounting" ? state.restarts + 1 : state.restarts;
  const begun = {
    phase: "fetching",
    countOfItems,
    planId,
    items: [],
    retries: 0,
    restarts,
    isDoubtful: false,
  } as const;
  const next: Fetching = { ...state, ...begun };
  return [next, ask(next)];
}

function onItem(state: ActiveState, item: WireMissionItem): DownloadStep {
  // Late or repeated. Items that were not requested yet are ignored too: they can only belong to an earlier transfer,
  // whose contents must not pass for what is on board now.
  if (state.phase !== "fetching" || item.seq !== state.items.length) return [state, []];
  const items = [...state.items, item];
  if (items.length === state.countOfItems) return onLastItem({ ...state, items });
  const retryPolicy = afterProgress(state.retryPolicy, state.options, state.retries);
  const isFurther = items.length > state.furthest;
  const progress = isFurther ? { furthest: items.length, restarts: 0 } : {};
  const next: Fetching = { ...state, ...progress, items, retries: 0, retryPolicy, isDoubtful: false };
  return [next, ask(next)];
}

function onLastItem(state: Fetching): DownloadStep {
  if (state.planId === 0) return done(state.items);
  const next: Recounting = { ...state, phase: "recounting", retries: 0, retryPolicy: retryPolicyFrom(state.options) };
  return [next, ask(next)];
}

function onAck(state: ActiveState, mavMissionResult: number): DownloadStep {
  const isHarmless =
    mavMissionResult === MISSION_RESULT.accepted || // a late ack of the upload before
    mavMissionResult === MISSION_RESULT.denied; // still busy: requested again after the time-out
  if (mavMissionResult === MISSION_RESULT.error) {
    return [state.phase === "fetching" ? { ...state, isDoubtful: true } : state, []];
  }
  if (isHarmless || (mavMissionResult === MISSION_RESULT.invalidSequence && state.phase !== "fetching")) {
    return [state, []];
  }
  const seq = state.phase === "fetching" ? state.items.length : undefined;
  return fail({ kind: "refused", mavMissionResult, seq });
}

function onSilence(state: ActiveState): DownloadStep {
  const lastSeq = state.phase === "fetching" ? state.items.length : state.furthest || undefined;
  const { count, item } = state.options;
  const { retriesMax } = state.phase === "fetching" ? item : count;
  if (state.retries >= retriesMax) return fail({ kind: "no-reply", lastSeq });
  const next = { ...state, retries: state.retries + 1, retryPolicy: grown(state.retryPolicy, state.options) };
  const isOver = next.phase === "fetching" && (next.isDoubtful || next.retries >= SILENCES_UNTIL_RESTART);
  if (!isOver) return [next, ask(next)];
  if (next.restarts >= RESTARTS_MAX) return fail({ kind: "no-reply", lastSeq });
  const { options, restarts, furthest } = next;
  const retryPolicy = retryPolicyFrom(options);
  const anew: Listing = { phase: "listing", options, retryPolicy, retries: 0, restarts: restarts + 1, furthest };
  return [anew, ask(anew)];
}
