import { basename, dirname, extname, join } from "node:path";
import { err, ok, type Result } from "../../core/result.js";
import type { StationFailure } from "../../contract/failures.js";
import type { RecordedContact, RecordedEvent, RecordingDocument, RecordingSummary } from "../../contract/recordings.js";
import { listFolder, readBytes, readText, sha256Hex, type ListedFile } from "../../io/fileStore.js";
import type { RecordedFlight } from "../../mavlink/logs/flightReading.js";
import { isLogName } from "../../mavlink/logs/openLog.js";
import { contactOfEvent, readEventLog, type EventLog, type SortieEvent } from "../../sortie/eventChain.js";
import { SORTIE_FILES } from "../../sortie/layout.js";
import type { HomeState } from "../../vehicle/vehicleState.js";
import type { RecordingStore } from "../recordingStore.js";
import { groundFromCoast } from "../vision/groundFromCoast.js";
import { newOpening, notALog, openFlight, type Opening } from "./openFlight.js";
import { openRecordedVideo, type OpenDecoder, type RecordedVideo } from "./recordedVideo.js";

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

type OpenRecording = {
  readonly document: RecordingDocument;
  readonly video: RecordedVideo | undefined;
  readonly stateAt: RecordedFlight["stateAt"];
};
type Opened = Promise<Result<OpenRecording, StationFailure>>;

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
    list: () => listRecordings(options.sortiesFolder, openings),
    open: async (path) => {
      const recordingId = `R-${nextId++}`;
      const bytes = await readBytes(path);
      if (bytes.ok)
        return watched(path, bytes.value.length, (opening) =>
          openLogFile({ recordingId, path, bytes: bytes.value, opening }),
        );
      if (bytes.error.code === "ENOENT" || isLogName(path)) return err(notFoundOr(bytes.error, path));
      return watched(path, 0, (opening) =>
        openSortie({ recordingId, folder: path, opening, openDecoder: options.openDecoder }),
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
async function listRecordings(
  sortiesFolder: string,
  openings: ReadonlyMap<string, Opening & { readonly bytes: number }>,
): Promise<RecordingSummary[]> {
  const entries = await listFolder(sortiesFolder);
  const logs = (await listFolder(join(dirname(sortiesFolder), "logs"))).filter(({ isFolder }) => !isFolder);
  const summaries = await Promise.all([...entries, ...logs].map(summaryOf));
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
async function summaryOf(entry: ListedFile): Promise<RecordingSummary | undefined> {
  const { path, name } = entry;
  if (!entry.isFolder)
    return isLogName(name) ? { path, name, kind: kindOfLog(name), bytes: entry.bytes, isSealed: true } : undefined;
  const files = await listFolder(path);
  const names = files.map((file) => file.name);
  if (!names.includes(SORTIE_FILES.events)) return undefined;
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  return { path, name, kind: "sortie", bytes, isSealed: names.includes(SORTIE_FILES.manifest) };
}

const kindOfLog = (path: string): "tlog" | "log" => (extname(path).toLowerCase() === ".tlog" ? "tlog" : "log");

type LogFile = {
  readonly recordingId: string;
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly opening: Opening;
};

/** A file on its own must be a log of some kind; of a sortie it may be missing. */
async function openLogFile(file: LogFile): Opened {
  const recording = await openTelemetry(file);
  if (recording.ok && recording.value.document.report.frames === 0) return err(notALog(file.path, file.bytes));
  return recording;
}

async function openTelemetry({ recordingId, path, bytes, opening }: LogFile): Opened {
  const flight = await openFlight(path, bytes, opening);
  if (!flight.ok) return flight;
  const { report, tracks, problems, stateAt } = flight.value;
  const document: RecordingDocument = {
    recordingId,
    name: basename(path),
    kind: kindOfLog(path),
    report,
    vehicles: tracks,
    events: [],
    contacts: [],
    planText: undefined,
    video: undefined,
    isSealed: true,
    problems,
  };
  return ok({ document, video: undefined, stateAt });
}

type SortieFolder = {
  readonly recordingId: string;
  readonly folder: string;
  readonly opening: Opening;
  readonly openDecoder: OpenDecoder;
};

/** A sortie as far as it can be read: each missing or damaged part is a problem said, not a refusal. */
async function openSortie({ recordingId, folder, opening, openDecoder }: SortieFolder): Opened {
  const names = (await listFolder(folder)).map((file) => file.name);
  if (!names.includes(SORTIE_FILES.events) && !names.includes(SORTIE_FILES.telemetry))
    return err({ kind: "not-found", what: `recording at ${folder}` });
  const telemetry = await readBytes(join(folder, SORTIE_FILES.telemetry));
  const eventsText = await readText(join(folder, SORTIE_FILES.events));
  const planText = await readText(join(folder, SORTIE_FILES.plan));
  const bytes = telemetry.ok ? telemetry.value : new Uint8Array();
  const flight = await openTelemetry({ recordingId, path: SORTIE_FILES.telemetry, bytes, opening });
  if (!flight.ok) return flight;
  const { document: flown, stateAt } = flight.value;
  const log = readEventLog(eventsText.ok ? eventsText.value : "", sha256Hex);
  const startUnixUs = startOfVideo(log.events) ?? flown.report.firstUnixUs;
  const video = names.includes(SORTIE_FILES.video)
    ? await openRecordedVideo(join(folder, SORTIE_FILES.video), startUnixUs, openDecoder)
    : undefined;
  const noFrames = flown.report.frames === 0 ? [`${SORTIE_FILES.telemetry}: no MAVLink frames in it`] : [];
  const document: RecordingDocument = {
    ...flown,
    name: basename(folder),
    kind: "sortie",
    events: log.events.flatMap(recordedEvent),
    contacts: log.events.flatMap(recordedContact),
    planText: planText.ok ? planText.value : undefined,
    video: video && { firstUnixUs: video.firstUnixUs, lastUnixUs: video.lastUnixUs },
    isSealed: names.includes(SORTIE_FILES.manifest),
    problems: [...flown.problems, ...noFrames, ...problemsOf(log, names.includes(SORTIE_FILES.video), video)],
  };
  return ok({ document, video, stateAt });
}

function problemsOf(log: EventLog, hasVideoFile: boolean, video: RecordedVideo | undefined): string[] {
  const problems: string[] = [];
  const { events, video: videoFile } = SORTIE_FILES;
  if (log.firstBrokenLine !== undefined)
    problems.push(`${events}: line ${log.firstBrokenLine} does not follow the one before`);
  if (log.isTruncated) problems.push(`${events}: the last line is cut off`);
  if (hasVideoFile && !video) problems.push(`${videoFile}: no pictures in it`);
  return problems;
}

const startOfVideo = (events: readonly SortieEvent[]): number | undefined =>
  events.find((event) => event.kind === "video-started")?.unixTimeUs;

function recordedContact(event: SortieEvent): RecordedContact[] {
  const contact = contactOfEvent(event);
  return contact ? [{ unixTimeUs: event.unixTimeUs, contact }] : [];
}

/** Contacts have a list of their own; everything else marks the time line. */
function recordedEvent({ unixTimeUs, kind, facts }: SortieEvent): RecordedEvent[] {
  if (kind === "contact-changed") return [];
  return [{ unixTimeUs, kind, summary: summaryOfFacts(kind, facts) }];
}

function summaryOfFacts(kind: string, facts: SortieEvent["facts"]): string {
  const word = (value: unknown): string =>
    typeof value === "string" || typeof value === "number" ? String(value) : "";
  const inner = (key: string, field: string): string => {
    const value = facts[key];
    return typeof value === "object" && value !== null ? word((value as Record<string, unknown>)[field]) : "";
  };
  switch (kind) {
    case "mode":
      return word(facts["modeName"]);
    case "command":
      return `${inner("command", "kind")} ${inner("status", "phase")}`;
    case "transfer":
      return inner("status", "phase");
    case "aircraft-plan":
      return inner("plan", "kind");
    case "text":
      return word(facts["text"]);
    case "mission-reached":
      return word(facts["seq"]);
    case "contact-new":
      return `${word(facts["contactId"])} ${inner("contact", "class")}`;
    default:
      return word(facts["vehicleId"]) || word(facts["because"]);
  }
}

function homeOf(document: RecordingDocument): HomeState | undefined {
  const [vehicle] = document.report.vehicles;
  const first = document.vehicles[0]?.track[0];
  const altitudeAmslM = vehicle?.homeAmslM;
  if (altitudeAmslM === undefined || !first) return undefined;
  return { position: first.position, altitudeAmslM };
}
