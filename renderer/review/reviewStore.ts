/**
 * The recording on screen and the opening of recordings. Kept for the life of the page, so that it survives a change of
 * workspace.
 */
import { type Result, err, ok } from "../../src/core/result.js";
import type { StationFailure } from "../../src/contract/failures.js";
import type { ReplyValue } from "../../src/contract/messages.js";
import { Latest } from "../bridge/latest.js";
import type { StationStore } from "../bridge/stationStore.js";
import { defineStore } from "../bridge/uiStores.js";
import { type Player, createPlayer } from "./player.js";

/** The recording being opened. */
export type Opening = {
  readonly name: string;
  /** The path by which the station identifies it: see `RecordingSummary.openedFraction`. */
  readonly path: string;
};

type ReviewStore = {
  readonly station: StationStore;
  /** The recording on screen. */
  readonly player: Latest<Player | undefined>;
  readonly opening: Latest<Opening | undefined>;
  /** Why the last opening failed. */
  readonly failure: Latest<StationFailure | undefined>;
};

export const reviewStore = defineStore(({ station }): ReviewStore => ({
  station,
  player: new Latest<Player | undefined>(undefined),
  opening: new Latest<Opening | undefined>(undefined),
  failure: new Latest<StationFailure | undefined>(undefined),
}));

/** Opens a recording; the one on screen is closed only once the new one is there. */
async function take(
  { station, player: shown }: ReviewStore,
  asked: Promise<Result<ReplyValue, StationFailure>>,
): Promise<Result<Player, StationFailure>> {
  const reply = await asked;
  if (!reply.ok) return reply;
  if (reply.value.kind !== "recording") return err({ kind: "bad-request", problem: reply.value.kind });
  const before = shown.get();
  const player = createPlayer(reply.value.document, station);
  shown.set(player);
  if (before) void station.request({ kind: "close-recording", recordingId: before.document.recordingId });
  return ok(player);
}

/** File endings that the file dialog offers. */
export const LOG_ENDINGS = ".tlog,.bin,.ulg,.log";

async function open(review: ReviewStore, what: Opening, asked: () => Promise<Result<ReplyValue, StationFailure>>) {
  const { opening, failure } = review;
  if (opening.get()) return; // One at a time: the one being read is shown with a button to stop it.
  opening.set(what);
  failure.set(undefined);
  const opened = await take(review, asked());
  opening.set(undefined);
  const isStopped = !opened.ok && opened.error.kind === "log" && opened.error.failure.kind === "cancelled";
  if (!opened.ok && !isStopped) failure.set(opened.error);
}

export const openRecording = (review: ReviewStore, { name, path }: Opening): Promise<void> =>
  open(review, { name, path }, () => review.station.request({ kind: "open-recording", path }));

export async function openRecordingFile(review: ReviewStore, file: File): Promise<void> {
  const problem = OTHERS.find(([ending]) => ending.test(file.name))?.[1];
  if (problem === undefined)
    return open(review, { name: file.name, path: file.name }, () => sendFile(review.station, file));
  review.failure.set({ kind: "bad-file", path: file.name, where: undefined, problem });
}

/** Files of other workspaces, recognised by name: logs have no fixed first bytes to recognise them by. */
const OTHERS: readonly (readonly [RegExp, string])[] = [
  [/\.(plan|waypoints)$/i, "this is a plan: open it in Plan"],
  [/\.(kml|geojson)$/i, "this is an area: open it in Plan"],
];

/** A message larger than this would delay the station's heartbeat: the file then goes in parts. */
const PART_BYTES = 4 * 1024 * 1024;

async function sendFile(station: StationStore, file: File): Promise<Result<ReplyValue, StationFailure>> {
  const { name, size } = file;
  const bytesOf = async (part: Blob): Promise<Uint8Array> => new Uint8Array(await part.arrayBuffer());
  if (size <= PART_BYTES) return station.request({ kind: "open-recording-bytes", name, bytes: await bytesOf(file) });
  const upload = { kind: "open-recording-part", uploadId: `${Math.random()}`, name, totalBytes: size } as const;
  for (let offsetBytes = 0; ; offsetBytes += PART_BYTES) {
    const bytes = await bytesOf(file.slice(offsetBytes, offsetBytes + PART_BYTES));
    const reply = await station.request({ ...upload, offsetBytes, bytes });
    if (!reply.ok || offsetBytes + PART_BYTES >= size) return reply;
  }
}

/** The pending open request then replies that it was cancelled. */
export function stopOpening({ station, opening }: ReviewStore): void {
  const path = opening.get()?.path;
  if (path !== undefined) void station.request({ kind: "close-recording", recordingId: path });
}

/** How much of it was read, 0 to 1; undefined when the station does not know this opening (any more). */
export async function openedFraction(station: StationStore, path: string): Promise<number | undefined> {
  const reply = await station.request({ kind: "list-recordings" });
  if (!reply.ok || reply.value.kind !== "recordings") return undefined;
  return reply.value.recordings.find((recording) => recording.path === path)?.openedFraction;
}
