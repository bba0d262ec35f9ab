/**
 * Upload, read back, compare: the only way a list becomes "verified on aircraft".
 *
 *   uploading ──(done | unclear)──▶ reading-back ──(equal)──▶ verified
 *      │  ▲                             │
 *      │  └──(interrupted | differs after an unclear end; at most twice)──┘
 *      └──(refused | retries spent | lost | cancelled)──▶ failed
 *
 * ArduPilot's upload is not atomic: after an interruption it holds parts of both plans. Uploading again repairs that;
 * until then the failure says what the aircraft may hold (the caller shows "uncertain").
 */
import type { ItemDifference, TransferFailure } from "../../../vehicle/transfers.js";
import { compareItems, type ListKind } from "../../missionCompare.js";
import { type DownloadState, startDownload, stepDownload } from "./missionDownload.js";
import { MISSION_RESULT, startUpload, stepUpload, type UploadState } from "./missionUpload.js";
import type { MissionEffect, MissionEvent, TransferOptions, WireMissionItem } from "./missionWire.js";
import { DEFAULT_TRANSFER } from "./transferOptions.js";

const UPLOADS_MAX = 3;

/**
 * The list to upload, made by `Dialect.missionToWire`, `fenceToWire` or `rallyToWire`; without items it clears the list
 * on board.
 */
export type ListToSend = ListKind & { readonly items: readonly WireMissionItem[] };

type Job = { readonly list: ListToSend; readonly options: TransferOptions; readonly uploads: number };
type ActiveState =
  | (Job & { readonly phase: "uploading"; readonly upload: UploadState })
  | (Job & { readonly phase: "reading-back"; readonly download: DownloadState; readonly wasUnclear: boolean });

export type VerifiedUploadState =
  | ActiveState
  /** `items` as read back from the aircraft. */
  | { readonly phase: "verified"; readonly items: readonly WireMissionItem[] }
  | { readonly phase: "failed"; readonly failure: TransferFailure };

type VerifiedUploadStep = readonly [VerifiedUploadState, readonly MissionEffect[]];

export const startVerifiedUpload = (
  list: ListToSend,
  options: TransferOptions = DEFAULT_TRANSFER,
): VerifiedUploadStep => beginUpload({ list, options, uploads: 0 });

export function stepVerifiedUpload(before: VerifiedUploadState, event: MissionEvent): VerifiedUploadStep {
  // An interrupted link says nothing about the plan: uploads that had to restart because of it do not count.
  const state = event.kind === "resume" && "uploads" in before ? { ...before, uploads: 1 } : before;
  if (state.phase === "uploading") {
    const [upload, effects] = stepUpload(state.upload, event);
    return afterUpload({ ...state, upload }, effects);
  }
  if (state.phase === "reading-back") {
    const [download, effects] = stepDownload(state.download, event);
    return afterReading({ ...state, download }, effects);
  }
  return [state, []];
}

function beginUpload({ list, options, uploads }: Job): VerifiedUploadStep {
  const [upload, effects] = startUpload(list.items, options);
  return [{ phase: "uploading", list, options, uploads: uploads + 1, upload }, effects];
}

type Uploading = Extract<ActiveState, { phase: "uploading" }>;
type ReadingBack = Extract<ActiveState, { phase: "reading-back" }>;

function afterUpload(state: Uploading, effects: readonly MissionEffect[]): VerifiedUploadStep {
  const { upload, list, options, uploads } = state;
  if (upload.phase === "done" || upload.phase === "unclear") {
    const [download, asked] = startDownload(options);
    const wasUnclear = upload.phase === "unclear";
    return [{ phase: "reading-back", list, options, uploads, download, wasUnclear }, [...effects, ...asked]];
  }
  if (upload.phase !== "failed") return [state, effects];
  if (!isWorthAnotherTry(upload.failure) || uploads >= UPLOADS_MAX) return failed(upload.failure, effects);
  const [next, asked] = beginUpload(state);
  return [next, [...effects, ...asked]];
}

/**
 * True for a transfer that began and was then interrupted, on our side or the vehicle's. No reply from the start is a
 * dead link.
 */
function isWorthAnotherTry(failure: TransferFailure): boolean {
  if (failure.kind === "no-reply") return failure.lastSeq !== undefined;
  if (failure.kind !== "refused" || failure.seq === undefined) return false;
  return failure.mavMissionResult === MISSION_RESULT.cancelled || failure.mavMissionResult === MISSION_RESULT.error;
}

function afterReading(state: ReadingBack, effects: readonly MissionEffect[]): VerifiedUploadStep {
  const { download, list } = state;
  if (download.phase === "failed") return failed(download.failure, effects);
  if (download.phase !== "done") return [state, effects];
  const differences = compareItems(list, list.items, download.items);
  if (differences.length === 0) return [{ phase: "verified", items: download.items }, effects];
  return afterDifference(state, differences, effects);
}

function afterDifference(
  state: ReadingBack,
  differences: readonly ItemDifference[],
  effects: readonly MissionEffect[],
): VerifiedUploadStep {
  // After a clear "accepted" the vehicle itself made the difference, and another upload would not help.
  if (!state.wasUnclear || state.uploads >= UPLOADS_MAX) return failed({ kind: "differs", differences }, effects);
  const [next, asked] = beginUpload(state);
  return [next, [...effects, ...asked]];
}

const failed = (failure: TransferFailure, effects: readonly MissionEffect[]): VerifiedUploadStep => [
  { phase: "failed", failure },
  effects,
];
