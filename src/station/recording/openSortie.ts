import { basename, join } from "node:path";
import { err, ok, type Result } from "../../core/result.js";
import type { RecordedContact, RecordedEvent, RecordingDocument } from "../../contract/recordings.js";
import { listFolder, readBytes, readText, sha256Hex, type IoFailure } from "../../io/fileStore.js";
import { contactOfEvent, readEventLog, type EventLog, type SortieEvent } from "../../sortie/eventChain.js";
import { SORTIE_FILES } from "../../sortie/layout.js";
import type { Opening } from "./openFlight.js";
import { openTelemetry, type Opened } from "./openLogFile.js";
import { openRecordedVideo, type OpenDecoder, type RecordedVideo } from "./recordedVideo.js";
import { isBeingRecordedElsewhere } from "./sortieLock.js";
import { sortieClockFrom } from "./tlogClock.js";
import { readEventLogFile } from "./verifyFolder.js";

type SortieFolder = {
  readonly recordingId: string;
  readonly folder: string;
  readonly opening: Opening;
  readonly openDecoder: OpenDecoder;
  /** This station is writing it. */
  readonly isOpenHere: boolean;
};

/**
 * Reads as much of a sortie as possible: each missing or damaged part is listed as a problem and refuses nothing else.
 */
export async function openSortie(sortie: SortieFolder): Opened {
  const { recordingId, folder, opening, openDecoder } = sortie;
  const names = (await listFolder(folder)).map((file) => file.name);
  if (!names.includes(SORTIE_FILES.events) && !names.includes(SORTIE_FILES.telemetry))
    return err({ kind: "not-found", what: `recording at ${folder}` });
  const telemetry = await readBytes(join(folder, SORTIE_FILES.telemetry));
  const log = (await readEventLogFile(join(folder, SORTIE_FILES.events))) ?? readEventLog("", sha256Hex);
  const planText = await readText(join(folder, SORTIE_FILES.plan));
  const bytes = telemetry.ok ? telemetry.value : new Uint8Array();
  const clock = sortieClockFrom(log.events);
  clock.shiftTelemetry(bytes);
  const flight = await openTelemetry({ recordingId, path: SORTIE_FILES.telemetry, bytes, opening });
  if (!flight.ok) return flight;
  const { document: flown, stateAt } = flight.value;
  const events = log.events.map((event, index) => shifted(event, clock.shiftOfEventUs(index)));
  const startUnixUs = startOfVideo(events) ?? flown.report.firstUnixUs;
  const video = names.includes(SORTIE_FILES.video)
    ? await openRecordedVideo(join(folder, SORTIE_FILES.video), {
        fallbackStartUnixUs: startUnixUs,
        cameraOffsetUs: clock.cameraOffsetUs,
        openDecoder,
        opening,
      })
    : undefined;
  if (opening.isCancelled) return err({ kind: "log", failure: { kind: "cancelled" } });
  const document: RecordingDocument = {
    ...flown,
    name: basename(folder),
    kind: "sortie",
    events: events.flatMap(recordedEvent),
    contacts: events.flatMap(recordedContact),
    planText: planText.ok ? planText.value : undefined,
    video: video && { firstUnixUs: video.firstUnixUs, lastUnixUs: video.lastUnixUs },
    ...(await sealOf(sortie, names)),
    problems: [
      ...flown.problems,
      ...telemetryProblems(telemetry, flown.report.frames),
      ...problemsOf(log, names.includes(SORTIE_FILES.video), video),
    ],
  };
  return ok({ document, video, stateAt });
}

function telemetryProblems(telemetry: Result<Uint8Array, IoFailure>, countOfFrames: number): string[] {
  const { telemetry: file } = SORTIE_FILES;
  if (!telemetry.ok && telemetry.error.code === "not-a-file") return [`${file}: is not a plain file`];
  if (!telemetry.ok && telemetry.error.code !== "ENOENT") return [`${file}: cannot be read (${telemetry.error.code})`];
  return countOfFrames === 0 ? [`${file}: no MAVLink frames in it`] : [];
}

async function sealOf(
  { folder, isOpenHere }: SortieFolder,
  names: readonly string[],
): Promise<Pick<RecordingDocument, "isSealed" | "isBeingRecorded">> {
  const isSealed = names.includes(SORTIE_FILES.manifest);
  const isBeingRecorded = !isSealed && (isOpenHere || (await isBeingRecordedElsewhere(folder)));
  return isBeingRecorded ? { isSealed, isBeingRecorded } : { isSealed };
}

/** Moves an event, and the times inside its contact, to the clock that the sortie ended with. */
function shifted(event: SortieEvent, shiftUs: number): SortieEvent {
  if (shiftUs === 0) return event;
  const contact = contactOfEvent(event);
  const facts = contact
    ? {
        ...event.facts,
        contact: {
          ...contact,
          firstSeenUnixUs: contact.firstSeenUnixUs + shiftUs,
          lastSeenUnixUs: contact.lastSeenUnixUs + shiftUs,
        },
      }
    : event.facts;
  return { ...event, unixTimeUs: event.unixTimeUs + shiftUs, facts };
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

/** Contacts are in a list of their own; all other events mark the time line. */
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
      return word(facts["vehicleId"]) || word(facts["because"]) || plainFacts(facts);
  }
}

/** For kinds of event that are not known here. */
const plainFacts = (facts: SortieEvent["facts"]): string =>
  Object.values(facts)
    .filter((fact) => typeof fact === "string" || typeof fact === "number")
    .join(", ");
