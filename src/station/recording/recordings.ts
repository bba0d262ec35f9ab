import { basename, dirname, join, relative } from "node:path";
import { err, ok, type Result } from "../../core/result.js";
import type { StationFailure } from "../../contract/failures.js";
import type { RecordingDocument, RecordingSummary } from "../../contract/recordings.js";
import { listFolder, readBytes, type ListedFile } from "../../io/fileStore.js";
import { withoutLinkOutside } from "../../io/linkOutside.js";
import { isLogName } from "../../mavlink/logs/openLog.js";
import { SORTIE_FILES } from "../../sortie/layout.js";
import type { HomeState } from "../../vehicle/vehicleState.js";
import type { RecordingStore } from "../recordingStore.js";
import { groundFromCoast } from "../sensors/groundFromCoast.js";
import { newOpening, type Opening } from "./openFlight.js";
import { kindOfLog, openLogFile, type Opened, type OpenRecording } from "./openLogFile.js";
import { openSortie } from "./openSortie.js";
import { RecordingUploads } from "./recordingUploads.js";
import type { OpenDecoder } from "./recordedVideo.js";
import { isBeingRecordedElsewhere } from "./sortieLock.js";

/** Documents are large: a screen that never closes one must not fill the memory. */
const OPEN_MAX = 4;

type RecordingStoreOptions = {
  /** Downloaded on-board logs are in the folder "logs" beside it. */
  readonly sortiesFolder: string;
  /** The sortie being written, if any. */
  readonly openFolder: () => string | undefined;
  readonly openDecoder: OpenDecoder;
  readonly coastJson: () => string | undefined;
};

/** The recordings that screens have open, at most the newest few. */
class OpenRecordings {
  readonly #open = new Map<string, OpenRecording>();

  get(recordingId: string): Result<OpenRecording, StationFailure> {
    const recording = this.#open.get(recordingId);
    return recording ? ok(recording) : err({ kind: "not-found", what: `recording ${recordingId}` });
  }

  keep(recording: OpenRecording): RecordingDocument {
    this.#open.set(recording.document.recordingId, recording);
    for (const oldest of this.#open.keys()) {
      if (this.#open.size <= OPEN_MAX) break;
      this.close(oldest);
    }
    return recording.document;
  }

  close(recordingId: string): void {
    this.#open.get(recordingId)?.video?.close();
    this.#open.delete(recordingId);
  }
}

export function createRecordingStore(options: RecordingStoreOptions): RecordingStore {
  const open = new OpenRecordings();
  const openings = new Map<string, Opening & { readonly bytes: number }>();
  const uploads = new RecordingUploads();
  let nextId = 1;
  const watched = async (path: string, bytes: number, read: (opening: Opening) => Opened) => {
    const opening = { ...newOpening(), bytes };
    openings.set(path, opening);
    const recording = await read(opening);
    openings.delete(path);
    return recording.ok ? ok(open.keep(recording.value)) : recording;
  };
  const openBytes: RecordingStore["openBytes"] = (name, bytes) =>
    watched(name, bytes.length, (opening) => openLogFile({ recordingId: `R-${nextId++}`, path: name, bytes, opening }));
  const openPath: RecordingStore["open"] = async (path) => {
    const isOwn = await withoutLinks(dirname(options.sortiesFolder), path);
    if (!isOwn.ok) return isOwn;
    const bytes = await readBytes(path);
    if (bytes.ok) return openBytes(path, bytes.value);
    if (bytes.error.code === "ENOENT" || isLogName(path)) return err(notFoundOr(bytes.error, path));
    const isOpenHere = path === options.openFolder();
    const sortie = { recordingId: `R-${nextId++}`, folder: path, openDecoder: options.openDecoder, isOpenHere };
    return watched(path, 0, (opening) => openSortie({ ...sortie, opening }));
  };
  return {
    list: () => listRecordings(options, openings),
    open: openPath,
    openBytes,
    openPart: async (part) => {
      const put = uploads.put(part);
      if (!put.ok) return put;
      return put.value ? openBytes(part.name, put.value) : ok(undefined);
    },
    frame: async (recordingId, unixTimeUs) => {
      const recording = open.get(recordingId);
      if (!recording.ok) return recording;
      if (!recording.value.video) return err({ kind: "no-video" });
      const ground = groundFromCoast(options.coastJson(), homeOf(recording.value.document));
      return ok(await recording.value.video.frameAt(unixTimeUs, ground));
    },
    stateAt: (recordingId, unixTimeUs) => {
      const recording = open.get(recordingId);
      return Promise.resolve(recording.ok ? ok(recording.value.stateAt(unixTimeUs)) : recording);
    },
    close: (recordingId) => {
      uploads.cancel(recordingId);
      const opening = openings.get(recordingId);
      if (opening) opening.isCancelled = true;
      open.close(recordingId);
    },
  };
}

/**
 * A recording in the station's own folder must not lead elsewhere through a symbolic link, nor may its files. Other
 * paths are not checked.
 */
async function withoutLinks(dataFolder: string, path: string): Promise<Result<void, StationFailure>> {
  if (relative(dataFolder, path).startsWith("..")) return ok(undefined);
  const links = (await listFolder(path)).filter(({ isLink }) => isLink);
  for (const each of [path, ...links.map((link) => link.path)]) {
    const isOwn = await withoutLinkOutside(dataFolder, each);
    if (!isOwn.ok) return isOwn;
  }
  return ok(undefined);
}

const notFoundOr = (failure: { kind: "io"; operation: string; code: string }, what: string): StationFailure =>
  failure.code === "ENOENT" ? { kind: "not-found", what } : failure;

/**
 * Sorties and recordings first, then downloaded logs, each oldest first; then uploads that are being opened and are not
 * on disk.
 */
export async function listRecordings(
  { sortiesFolder, openFolder }: Pick<RecordingStoreOptions, "sortiesFolder" | "openFolder">,
  openings: ReadonlyMap<string, Opening & { readonly bytes: number }> = new Map(),
): Promise<RecordingSummary[]> {
  const entries = await listFolder(sortiesFolder);
  const logs = (await listFolder(join(dirname(sortiesFolder), "logs"))).filter(({ isFolder }) => !isFolder);
  const summaries = await Promise.all([...entries, ...logs].map((entry) => summaryOf(entry, openFolder())));
  const listed = summaries.flatMap((summary) => summary ?? []);
  const known = new Set(listed.map(({ path }) => path));
  const handedOver = [...openings].flatMap(([path, { bytes }]): RecordingSummary[] =>
    known.has(path) ? [] : [{ path, name: basename(path), kind: kindOfLog(path), bytes, isSealed: true }],
  );
  return [...listed, ...handedOver].map((summary) => {
    const opening = openings.get(summary.path);
    return opening ? { ...summary, openedFraction: opening.openedFraction } : summary;
  });
}

/** A folder is a sortie when it holds an event log. */
async function summaryOf(entry: ListedFile, openFolder: string | undefined): Promise<RecordingSummary | undefined> {
  const { path, name } = entry;
  if (!entry.isFolder)
    return isLogName(name) && entry.isFile
      ? { path, name, kind: kindOfLog(name), bytes: entry.bytes, isSealed: true }
      : undefined;
  const files = await listFolder(path);
  const names = files.map((file) => file.name);
  if (!names.includes(SORTIE_FILES.events)) return undefined;
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  const isSealed = names.includes(SORTIE_FILES.manifest);
  const isBeingRecorded = !isSealed && (path === openFolder || (await isBeingRecordedElsewhere(path)));
  return { path, name, kind: "sortie", bytes, isSealed, ...(isBeingRecorded ? { isBeingRecorded } : {}) };
}

function homeOf(document: RecordingDocument): HomeState | undefined {
  const [vehicle] = document.report.vehicles;
  const first = document.vehicles[0]?.track[0];
  const altitudeAmslM = vehicle?.homeAmslM;
  if (altitudeAmslM === undefined || !first) return undefined;
  return { position: first.position, altitudeAmslM };
}
