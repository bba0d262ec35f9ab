import type { RecordingDocument } from "../contract/recordings.js";
import { readRecording } from "../station/recording/readRecording.js";
import type { FlightReport, VehicleReport } from "../vehicle/flightReport.js";
import { readArguments } from "./arguments.js";
import { failureLine } from "./failureLine.js";
import { EXIT_DONE, EXIT_FAILED, printJson, printText, print, wrongUse } from "./output.js";

export const replayHelp = "vigie replay FILE.tlog|FILE.bin|FILE.log|FILE.ulg|SORTIE_DIR [--json]";

/**
 * Prints what a recording contains; `--json` prints the report of DESIGN.md 7. Damage is reported on stderr, the
 * readable rest on stdout.
 */
export async function runReplay(argv: readonly string[]): Promise<number> {
  const parsed = readArguments(argv, { json: { type: "boolean", default: false } });
  if (!parsed.ok) return wrongUse(parsed.error, replayHelp);
  const { positionals, values } = parsed.value;
  const [path] = positionals;
  if (path === undefined || positionals.length !== 1) return wrongUse("one recording is needed", replayHelp);
  const recording = await readRecording(path);
  if (!recording.ok) {
    print(`vigie replay: ${failureLine(recording.error)}`);
    return EXIT_FAILED;
  }
  for (const problem of recording.value.problems) print(`vigie replay: ${problem}`);
  if (values.json) printJson(recording.value.report);
  else printText(summary(recording.value));
  return recording.value.report.frames > 0 ? EXIT_DONE : EXIT_FAILED;
}

function summary({ report, contacts, isSealed, kind }: RecordingDocument): string {
  const head = `${new Date(report.firstUnixUs / 1000).toISOString()}, ${lengthText(report)}, ${report.frames} messages`;
  const vehicles = report.vehicles.map(vehicleLine);
  const seen = new Set(contacts.map(({ contact }) => contact.id)).size;
  const sortie =
    kind === "sortie" ? [`${seen} contacts, ${isSealed ? "sealed" : "not sealed (crash or power cut)"}`] : [];
  return [head, ...vehicles, ...sortie].join("\n");
}

const DAYS_MAX_S = 30 * 24 * 3600;

/** "—" where the clock was set during the recording: its length would be negative, or decades. */
function lengthText({ firstUnixUs, lastUnixUs }: FlightReport): string {
  const lengthS = (lastUnixUs - firstUnixUs) / 1e6;
  return lengthS >= 0 && lengthS <= DAYS_MAX_S ? `${lengthS.toFixed(0)} s` : "— s";
}

/** "—" stands for what was not received. */
function vehicleLine({ systemId, trackLengthM, maxAltitudeAboveHomeM, modes }: VehicleReport): string {
  const track = trackLengthM === undefined ? "— km" : `${(trackLengthM / 1000).toFixed(2)} km`;
  const highest = maxAltitudeAboveHomeM === undefined ? "—" : `${wholeM(maxAltitudeAboveHomeM)} m`;
  return `vehicle ${systemId}: ${track}, highest ${highest} above home, modes ${modes.map(({ name }) => name).join(" ")}`;
}

/** Rounds to whole metres; never "-0". */
const wholeM = (metres: number): number => Math.round(metres) + 0;
