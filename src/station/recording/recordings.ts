import { basename, dirname, join } from "node:path";
import { err, ok } from "../../core/result.js";
import type { StationFailure } from "../../contract/failures.js";
import type { RecordingDocument, RecordingSummary } from "../../contract/recordings.js";
import { listFolder, readBytes, type ListedFile } from "../../io/fileStore.js";
import { isLogName } from "../../mavlink/logs/openLog.js";
import { SORTIE_FILES } from "../../sortie/layout.js";
import type { HomeState } from "../../vehicle/vehicleState.js";
import type { RecordingStore } from "../recordingStore.js";
import { groundFromCoast } from "../vision/groundFromCoast.js";
import { newOpening, type Opening } from "./openFlight.js";
import { kindOfLog, openLogFile, type Opened, type OpenRecording } from "./openLogFile.js";
import { openSortie } from "./openSortie.js";
import type { OpenDecoder } from "./recordedVideo.js";
import { isBeingRecordedElsewhere } from "./sortieLock.js";

/** Documents are large; a screen that forgets to close one must not fill the memory. */
const OPEN_MAX = 4;

type RecordingStoreOptions = {
  /** Downloaded on-board logs are in the folder "logs" beside it. */
  readonly sortiesFolder: string;
  /** The sortie being written, if any. */
  readonly openFolder: () => string | undefined;
  readonly openDecoder: OpenDecoder;
  readonly coastJson: () => string | undefined;
};

export function createRecordingStore(options: RecordingStoreOptions): RecordingStore {
  const open = new Map<string, OpenRecording>();
  const openings = new Map<string, Opening & { readonly bytes: number }>();
  let nextId = 1;
  const keep = (recording: OpenRecording): RecordingDocument => {
    open.set(recording.document.recordingId, recording);
    for (const [id, oldest] of open) {
      if (open.size <= OPEN_MAX) break;
      oldest.video?.close();
      open.delete(id);
    }
    return recording.document;
  };
  const watched = async (path: string, bytes: number, read: (opening: Opening) => Opened) => {
    const opening = { ...newOpening(), bytes };
    openings.set(path, opening);
    const recording = await read(opening);
    openings.delete(path);
    return recording.ok ? ok(keep(recording.value)) : recording;
  };
  const openBytes: RecordingStore["openBytes"] = (name, bytes) =>
    watched(name, bytes.length, (opening) => openLogFile({ recordingId: `R-${nextId++}`, path: name, bytes, opening }));
  return {
    list: () => listRecordings(options, openings),
    open: async (path) => {
      const recordingId = `R-${nextId++}`;
      const bytes = await readBytes(path);
      if (bytes.ok)
        return watched(path, bytes.value.length, (opening) =>
          openLogFile({ recordingId, path, bytes: bytes.value, opening }),
        );
      if (bytes.error.code === "ENOENT" || isLogName(path)) return err(notFoundOr(bytes.error, path));
      return watched(path, 0, (opening) =>
        openSortie({
          ...{ recordingId, folder: path, opening, openDecoder: options.openDecoder },
          isOpenHere: path === options.openFolder(),
        }),
      );
    },
    openBytes,
    frame: async (recordingId, unixTimeUs) => {
      const recording = open.get(recordingId);
      if (!recording) return err({ kind: "not-found", what: `recording ${recordingId}` });
      if (!recording.video) return err({ kind: "no-video" });
      const ground = groundFromCoast(options.coastJson(), homeOf(recording.document));
      return ok(await recording.video.frameAt(unixTimeUs, ground));
    },
    stateAt: (recordingId, unixTimeUs) => {
      const recording = open.get(recordingId);
      if (!recording) return Promise.resolve(err({ kind: "not-found", what: `recording ${recordingId}` }));
      return Promise.resolve(ok(recording.stateAt(unixTimeUs)));
    },
    close: (recordingId) => {
      const opening = openings.get(recordingId);
      if (opening) opening.isCancelled = true;
      open.get(recordingId)?.video?.close();
      open.delete(recordingId);
    },
  };
}

const notFoundOr = (failure: { kind: "io"; operation: string; code: string }, what: string): StationFailure =>
  failure.code === "ENOENT" ? { kind: "not-found", what } : failure;

/** Sorties and recordings first, then downloaded logs, each newest last; then what is being opened and lies nowhere. */
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
