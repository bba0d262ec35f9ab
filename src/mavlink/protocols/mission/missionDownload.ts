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
 * Items fetched one by one may be of two plans when somebody replaces the list meanwhile. An autopilot that tells ids (PX4
 * 1.15) is asked for the count once more after the last item: the same id says that all of them are of one plan.
 *
 * ArduPilot answers DENIED while it still believes an upload is running: that is a reason to wait, not to give up. PX4
 * keeps a download as a session: it answers only the item after the last one (or that one again), drops the session on any
 * other request or after 5 s of silence, and then says nothing. So after an error or a long silence the list is asked for
 * again, and everything from the first item: what was fetched before may be of another plan.
 * https://mavlink.io/en/services/mission.html#download_mission
 */
import { assertNever } from "../../../core/result.js";
import type { TransferFailure } from "../../../vehicle/transfers.js";
import { MISSION_RESULT } from "./missionUpload.js";
import type { MissionEffect, MissionEvent, TransferOptions, WireMissionItem } from "./missionWire.js";
import { afterProgress, DEFAULT_TRANSFER, grown, type RetryPolicy, retryPolicyFrom } from "./transferOptions.js";

/** Silences after which PX4 has dropped the session: about 5 s, with the default time-outs and with measured ones. */
const SILENCES_UNTIL_RESTART = 6;
/** Restarts without getting further than before. */
const RESTARTS_MAX = 4;

type Transfer = {
  readonly options: TransferOptions;
  readonly retryPolicy: RetryPolicy;
  readonly retries: number;
  readonly restarts: number;
  /** The most items fetched in any attempt. */
  readonly furthest: number;
};
type Listing = Transfer & { readonly phase: "listing" };
type Fetching = Transfer & {
  readonly phase: "fetching";
  readonly countOfItems: number;
  /** 0: the autopilot has no ids. */
  readonly planId: number;
  /** In order; the next one wanted is number `items.length`. */
  readonly items: readonly WireMissionItem[];
  /** An error was heard: of an upload before, or the end of the session. */
  readonly isDoubtful: boolean;
};
/** All items are there; whether they are of one plan is asked. */
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
  return state.phase !== "fetching"
    ? [{ kind: "send-request-list" }, { kind: "arm-timer", afterMs: state.retryPolicy.countMs }]
    : [
        { kind: "send-request-item", seq: state.items.length },
        { kind: "arm-timer", afterMs: state.retryPolicy.itemMs },
      ];
}

function onResume(state: ActiveState): DownloadStep {
  // Where it was, if the vehicle still knows; the second silence then asks for everything again.
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
  // The same answer twice; another one shows in the recount.
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
  // Late or doubled. Items that were not asked for yet are left as well: they can only be of a transfer before this one,
  // whose contents must not count for what is on board now.
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
    mavMissionResult === MISSION_RESULT.denied; // still busy: the timer asks again
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
  const { countRetriesMax, itemRetriesMax } = state.options;
  const retriesMax = state.phase === "fetching" ? itemRetriesMax : countRetriesMax;
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
