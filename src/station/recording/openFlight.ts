import { setImmediate as nextTurn } from "node:timers/promises";
import { err, ok, type Result } from "../../core/result.js";
import type { StationFailure } from "../../contract/failures.js";
import { FlightReading, type RecordedFlight } from "../../mavlink/logs/flightReading.js";
import { openLog } from "../../mavlink/logs/openLog.js";

/** Some 30 ms of work: links, watchdog and screens have their turn in between. */
const STEP_RECORDS = 30_000;

export type Opening = {
  /** How much was read, 0 to 1. */
  openedFraction: number;
  isCancelled: boolean;
};

export const newOpening = (): Opening => ({ openedFraction: 0, isCancelled: false });

/** Reads a log in steps. The file's own damage is in its problems; a failure is only to have been stopped. */
export async function openFlight(
  name: string,
  bytes: Uint8Array,
  opening: Opening,
): Promise<Result<RecordedFlight, StationFailure>> {
  const reading = new FlightReading(openLog(name, bytes));
  while (!reading.step(STEP_RECORDS)) {
    opening.openedFraction = reading.doneFraction;
    await nextTurn();
    if (opening.isCancelled) return err({ kind: "log", failure: { kind: "cancelled" } });
  }
  return ok(reading.finish());
}

/** What a file without a single record is, said to the person who chose it. */
export function notALog(path: string, bytes: Uint8Array): StationFailure {
  if (bytes.length === 0) return { kind: "bad-file", path, where: undefined, problem: "the file is empty" };
  const problem = "no record of a MAVLink recording (.tlog), DataFlash log (.bin, .log) or ULog (.ulg) in it";
  return { kind: "bad-file", path, where: "byte 0", problem };
}
