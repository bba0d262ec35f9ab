/**
 * A whole transfer: several lists (mission, fence, rally) of one aircraft in turn, each uploaded and verified, or only
 * downloaded.
 *
 *   active ──(last list done)──▶ done
 *     │ ▲ vehicle-lost: waits, sends nothing; vehicle-back: continues where it was
 *     └─┘
 *   active ──(a list failed | cancelled | no link for too long)──▶ failed (with the lists done so far)
 */
import type { PlanPart, TransferFailure, TransferStatus } from "../../../vehicle/transfers.js";
import { type DownloadState, startDownload, stepDownload } from "./missionDownload.js";
import { MISSION_RESULT } from "./missionUpload.js";
import type { MissionEffect, MissionEvent, TransferOptions, WireMissionItem } from "./missionWire.js";
import {
  type ListToSend,
  startVerifiedUpload,
  stepVerifiedUpload,
  type VerifiedUploadState,
} from "./verifiedUpload.js";

/** Enough for a reboot and a new link, which take a minute or two; after that the user must decide anew. */
const SILENCE_MAX_MS = 180_000;

export type TransferStage =
  | { readonly kind: "upload"; readonly part: PlanPart; readonly list: ListToSend }
  | { readonly kind: "download"; readonly part: PlanPart };

/** The items of the lists done so far, as read back from the aircraft. */
export type HeldLists = Readonly<Partial<Record<PlanPart, readonly WireMissionItem[]>>>;

type Machine =
  | { readonly kind: "upload"; readonly state: VerifiedUploadState }
  | { readonly kind: "download"; readonly state: DownloadState };
type Active = {
  readonly phase: "active";
  readonly stages: readonly TransferStage[];
  readonly index: number;
  readonly machine: Machine;
  readonly isWaiting: boolean;
  readonly held: HeldLists;
};

export type TransferJobState =
  | Active
  | { readonly phase: "done"; readonly held: HeldLists }
  | {
      readonly phase: "failed";
      readonly part: PlanPart;
      readonly isUpload: boolean;
      readonly failure: TransferFailure;
      readonly held: HeldLists;
    };

export type TransferJobEvent =
  | { readonly kind: "received"; readonly part: PlanPart; readonly event: MissionEvent }
  | { readonly kind: "timeout" }
  | { readonly kind: "vehicle-lost" }
  | { readonly kind: "vehicle-back" }
  | { readonly kind: "cancel" };

export type TransferJobEffect =
  | { readonly kind: "send"; readonly part: PlanPart; readonly effect: MissionEffect }
  /** Replaces the previous timer. */
  | { readonly kind: "arm-timer"; readonly afterMs: number };

type JobStep = readonly [TransferJobState, readonly TransferJobEffect[]];

/** `options`: the time-outs for the link at this moment; each later list gets those of its own start. */
export const startTransferJob = (stages: readonly TransferStage[], options: TransferOptions): JobStep =>
  beginStage(stages, 0, {}, options);

export function stepTransferJob(state: TransferJobState, event: TransferJobEvent, options: TransferOptions): JobStep {
  if (state.phase !== "active") return [state, []];
  switch (event.kind) {
    case "received":
      if (event.part !== stageOf(state).part) return [state, []];
      // A message of the transfer proves that the vehicle is back; the event that says so may come a moment later.
      return stepStage({ ...state, isWaiting: false }, event.event, options);
    case "timeout":
      return state.isWaiting ? failed(state, { kind: "vehicle-lost" }) : stepStage(state, event, options);
    case "vehicle-lost":
      if (state.isWaiting) return [state, []];
      return [{ ...state, isWaiting: true }, [{ kind: "arm-timer", afterMs: SILENCE_MAX_MS }]];
    case "vehicle-back":
      return state.isWaiting ? stepStage({ ...state, isWaiting: false }, { kind: "resume" }, options) : [state, []];
    case "cancel":
      return stepStage(state, event, options);
  }
}

/** The transfer's progress as the screens show it. `part` and counts belong to the current list. */
export function transferStatusOf(state: TransferJobState): TransferStatus {
  if (state.phase === "failed") return { phase: "failed", part: state.part, failure: state.failure };
  if (state.phase === "done") {
    const countOfItems = Object.values(state.held).reduce((sum, items) => sum + items.length, 0);
    return { phase: "downloaded", countOfItems };
  }
  const { part } = stageOf(state);
  const { phase, ...counts } = progressOf(state);
  return { phase: state.isWaiting ? "waiting" : phase, part, ...counts };
}

type Progress = {
  readonly phase: "uploading" | "reading-back" | "downloading";
  readonly countOfDone: number;
  readonly countOfItems: number;
};

function progressOf({ machine }: Active): Progress {
  if (machine.kind === "download") return { phase: "downloading", ...fetched(machine.state) };
  const { state } = machine;
  if (state.phase === "uploading") {
    const countOfDone = "countOfDone" in state.upload ? state.upload.countOfDone : 0;
    return { phase: "uploading", countOfDone, countOfItems: state.list.items.length };
  }
  if (state.phase === "reading-back") {
    return { phase: "reading-back", ...fetched(state.download), countOfItems: state.list.items.length };
  }
  return { phase: "reading-back", countOfDone: 0, countOfItems: 0 };
}

const fetched = (state: DownloadState): { readonly countOfDone: number; readonly countOfItems: number } => ({
  countOfDone: "items" in state ? state.items.length : 0,
  countOfItems: "countOfItems" in state ? state.countOfItems : 0,
});

function stageOf({ stages, index }: Active): TransferStage {
  const stage = stages[index];
  if (!stage) throw new Error("Invariant: an active transfer has a current list");
  return stage;
}

const outward = (part: PlanPart, effects: readonly MissionEffect[]): readonly TransferJobEffect[] =>
  effects.map((effect) => (effect.kind === "arm-timer" ? effect : { kind: "send", part, effect }));

function beginStage(
  stages: readonly TransferStage[],
  index: number,
  held: HeldLists,
  options: TransferOptions,
): JobStep {
  const stage = stages[index];
  if (!stage) return [{ phase: "done", held }, []];
  const common = { phase: "active", stages, index, isWaiting: false, held } as const;
  if (stage.kind === "download") {
    const [state, effects] = startDownload(options);
    return [{ ...common, machine: { kind: "download", state } }, outward(stage.part, effects)];
  }
  const [state, effects] = startVerifiedUpload(stage.list, options);
  return [{ ...common, machine: { kind: "upload", state } }, outward(stage.part, effects)];
}

function stepStage(state: Active, event: MissionEvent, options: TransferOptions): JobStep {
  const { part } = stageOf(state);
  const [machine, reported] = stepMachine(state.machine, event);
  const effects = outward(part, reported);
  if (machine.state.phase === "failed") return afterFailure(state, machine.state.failure, effects, options);
  if (machine.state.phase !== "done" && machine.state.phase !== "verified") return [{ ...state, machine }, effects];
  return nextStage(state, { ...state.held, [part]: machine.state.items }, effects, options);
}

function stepMachine(machine: Machine, event: MissionEvent): readonly [Machine, readonly MissionEffect[]] {
  if (machine.kind === "download") {
    const [state, effects] = stepDownload(machine.state, event);
    return [{ kind: "download", state }, effects];
  }
  const [state, effects] = stepVerifiedUpload(machine.state, event);
  return [{ kind: "upload", state }, effects];
}

function nextStage(
  { stages, index }: Active,
  held: HeldLists,
  effects: readonly TransferJobEffect[],
  options: TransferOptions,
): JobStep {
  const [next, asked] = beginStage(stages, index + 1, held, options);
  return [next, [...effects, ...asked]];
}

function afterFailure(
  state: Active,
  failure: TransferFailure,
  effects: readonly TransferJobEffect[],
  options: TransferOptions,
): JobStep {
  const stage = stageOf(state);
  if (!isListUnknown(failure) || stage.part === "mission") return failed(state, failure, effects);
  // An autopilot without fences or rally points has none: a download skips that list.
  if (stage.kind === "download") return nextStage(state, state.held, effects, options);
  const because = stage.part === "fence" ? "fence-not-supported" : "rally-not-supported";
  return failed(state, { kind: "not-possible", because }, effects);
}

const isListUnknown = (failure: TransferFailure): boolean =>
  failure.kind === "refused" && failure.seq === undefined && failure.mavMissionResult === MISSION_RESULT.unsupported;

function failed(state: Active, failure: TransferFailure, effects: readonly TransferJobEffect[] = []): JobStep {
  const { part, kind } = stageOf(state);
  return [{ phase: "failed", part, isUpload: kind === "upload", failure, held: state.held }, effects];
}
