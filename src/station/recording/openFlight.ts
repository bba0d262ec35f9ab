import { setImmediate as nextTurn } from "node:timers/promises";
import { err, ok, type Result } from "../../core/result.js";
import type { StationFailure } from "../../contract/failures.js";
import { FlightReading, type RecordedFlight } from "../../mavlink/logs/flightReading.js";
import { openLog } from "../../mavlink/logs/openLog.js";

/** Takes about 30 ms: between steps the links, the watchdog and the screens get their turn. */
const STEP_RECORDS = 30_000;

export type Opening = {
  /** The fraction read, 0 to 1. */
  openedFraction: number;
  isCancelled: boolean;
};

export const newOpening = (): Opening => ({ openedFraction: 0, isCancelled: false });

/** Reads a log in steps. Damage to the file is listed in its problems; the only failure is to have been cancelled. */
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

/** The failure for a file without a single record. */
export function notALog(path: string, bytes: Uint8Array): StationFailure {
  if (bytes.length === 0) return { kind: "bad-file", path, where: undefined, problem: "the file is empty" };
  const problem = "no record of a MAVLink recording (.tlog), DataFlash log (.bin, .log) or ULog (.ulg) in it";
  return { kind: "bad-file", path, where: "byte 0", problem };
}
