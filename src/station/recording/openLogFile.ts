import { basename, extname } from "node:path";
import { err, ok, type Result } from "../../core/result.js";
import type { StationFailure } from "../../contract/failures.js";
import type { RecordingDocument } from "../../contract/recordings.js";
import type { RecordedFlight } from "../../mavlink/logs/flightReading.js";
import { notALog, openFlight, type Opening } from "./openFlight.js";
import type { RecordedVideo } from "./recordedVideo.js";

export type OpenRecording = {
  readonly document: RecordingDocument;
  readonly video: RecordedVideo | undefined;
  readonly stateAt: RecordedFlight["stateAt"];
};
export type Opened = Promise<Result<OpenRecording, StationFailure>>;

/** Decided by the file's extension alone: ".tlog" is telemetry, anything else an on-board log. */
export const kindOfLog = (path: string): "tlog" | "log" => (extname(path).toLowerCase() === ".tlog" ? "tlog" : "log");

type LogFile = {
  readonly recordingId: string;
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly opening: Opening;
};

/** A file opened on its own must be a log of some kind; in a sortie it may be missing. */
export async function openLogFile(file: LogFile): Opened {
  const recording = await openTelemetry(file);
  if (recording.ok && recording.value.document.report.frames === 0) return err(notALog(file.path, file.bytes));
  return recording;
}

/** Reads the telemetry of a log file or a sortie; a file without a single record is no failure here. */
export async function openTelemetry({ recordingId, path, bytes, opening }: LogFile): Opened {
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
