/**
 * Mission download, ground side.
 *
 *   start ─▶ listing ──(count)──▶ fetching ──(last item)──▶ done (ack sent)
 *              │ ▲ timeout: ask again  │ ▲ timeout: ask again for the item
 *              └─┘◀──(from the start)──┴─┘
 *   any ──(retries spent | refused | vehicle lost | cancel)──▶ failed
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
import { afterProgress, DEFAULT_TRANSFER, grown, type Patience, patienceFrom } from "./transferOptions.js";

/** Silences after which PX4 has dropped the session: about 5 s, with the default time-outs and with measured ones. */
const SILENCES_UNTIL_RESTART = 6;
/** Restarts without getting further than before. */
const RESTARTS_MAX = 4;

type Transfer = {
  readonly options: TransferOptions;
  readonly patience: Patience;
  readonly retries: number;
  readonly restarts: number;
  /** The most items fetched in any attempt. */
  readonly furthest: number;
};
type Listing = Transfer & { readonly phase: "listing" };
type Fetching = Transfer & {
  readonly phase: "fetching";
  readonly countOfItems: number;
  /** In order; the next one wanted is number `items.length`. */
  readonly items: readonly WireMissionItem[];
  /** An error was heard: of an upload before, or the end of the session. */
  readonly isDoubtful: boolean;
};
type ActiveState = Listing | Fetching;

export type DownloadState =
  | ActiveState
  | { readonly phase: "done"; readonly items: readonly WireMissionItem[] }
  | { readonly phase: "failed"; readonly failure: TransferFailure };

type DownloadStep = readonly [DownloadState, readonly MissionEffect[]];

export function startDownload(options: TransferOptions = DEFAULT_TRANSFER): DownloadStep {
  const state: Listing = {
    phase: "listing",
    options,
    patience: patienceFrom(options),
    retries: 0,
    restarts: 0,
    furthest: 0,
  };
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
  return state.phase === "listing"
    ? [{ kind: "send-request-list" }, { kind: "arm-timer", afterMs: state.patience.countMs }]
    : [
        { kind: "send-request-item", seq: state.items.length },
        { kind: "arm-timer", afterMs: state.patience.itemMs },
      ];
}

function onResume(state: ActiveState): DownloadStep {
  // Where it was, if the vehicle still knows; the second silence then asks for everything again.
  const retries = state.phase === "fetching" ? SILENCES_UNTIL_RESTART - 2 : 0;
  const next = { ...state, retries, restarts: 0, patience: patienceFrom(state.options) };
  return [next, ask(next)];
}

const done = (items: readonly WireMissionItem[]): DownloadStep => [
  { phase: "done", items },
  [{ kind: "send-ack", mavMissionResult: MISSION_RESULT.accepted }],
];

function onCount(state: ActiveState, countOfItems: number): DownloadStep {
  if (state.phase === "fetching") return [state, []]; // the same answer twice
  if (countOfItems === 0) return done([]);
  const next: Fetching = { ...state, phase: "fetching", countOfItems, items: [], retries: 0, isDoubtful: false };
  return [next, ask(next)];
}

function onItem(state: ActiveState, item: WireMissionItem): DownloadStep {
  // Late or doubled. Items that were not asked for yet are left as well: they can only be of a transfer before this one,
  // whose contents must not count for what is on board now.
  if (state.phase === "listing" || item.seq !== state.items.length) return [state, []];
  const items = [...state.items, item];
  if (items.length === state.countOfItems) return done(items);
  const patience = afterProgress(state.patience, state.options, state.retries);
  const isFurther = items.length > state.furthest;
  const progress = isFurther ? { furthest: items.length, restarts: 0 } : {};
  const next: Fetching = { ...state, ...progress, items, retries: 0, patience, isDoubtful: false };
  return [next, ask(next)];
}

function onAck(state: ActiveState, mavMissionResult: number): DownloadStep {
  const isHarmless =
    mavMissionResult === MISSION_RESULT.accepted || // a late ack of the upload before
    mavMissionResult === MISSION_RESULT.denied; // still busy: the timer asks again
  if (mavMissionResult === MISSION_RESULT.error) {
    return [state.phase === "fetching" ? { ...state, isDoubtful: true } : state, []];
  }
  if (isHarmless || (mavMissionResult === MISSION_RESULT.invalidSequence && state.phase === "listing")) {
    return [state, []];
  }
  const seq = state.phase === "fetching" ? state.items.length : undefined;
  return fail({ kind: "refused", mavMissionResult, seq });
}

function onSilence(state: ActiveState): DownloadStep {
  const lastSeq = state.phase === "fetching" ? state.items.length : state.furthest || undefined;
  const { countRetriesMax, itemRetriesMax } = state.options;
  const retriesMax = state.phase === "listing" ? countRetriesMax : itemRetriesMax;
  if (state.retries >= retriesMax) return fail({ kind: "no-reply", lastSeq });
  const next = { ...state, retries: state.retries + 1, patience: grown(state.patience, state.options) };
  const isOver = next.phase === "fetching" && (next.isDoubtful || next.retries >= SILENCES_UNTIL_RESTART);
  if (!isOver) return [next, ask(next)];
  if (next.restarts >= RESTARTS_MAX) return fail({ kind: "no-reply", lastSeq });
  const { options, restarts, furthest } = next;
  const patience = patienceFrom(options);
  const anew: Listing = { phase: "listing", options, patience, retries: 0, restarts: restarts + 1, furthest };
  return [anew, ask(anew)];
}
