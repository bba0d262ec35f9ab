import { readFileSync } from "node:fs";
import path from "node:path";
import { readTlog, tlogRecord } from "../../src/mavlink/tlog.js";

const RECORDING = path.resolve("src/mavlink/fixtures/ardupilot-copter.tlog");

/** A recording of that many hours: a real flight of six minutes repeated, with adjusted timestamps. */
export function longTlog(hours: number): { readonly bytes: Uint8Array; readonly countOfRecords: number } {
  const flight = readFileSync(RECORDING);
  const records: { readonly unixTimeUs: number; readonly frame: Uint8Array }[] = [];
  readTlog(flight, ({ unixTimeUs, frame }) => records.push({ unixTimeUs, frame: frame.bytes }));
  const firstUnixUs = records[0]?.unixTimeUs ?? 0;
  const turnUs = (records.at(-1)?.unixTimeUs ?? 0) - firstUnixUs + 100_000;
  const turns = Math.ceil((hours * 3600e6) / turnUs);
  const bytes = new Uint8Array(flight.length * turns);
  let at = 0;
  for (let turn = 0; turn < turns; turn++) {
    for (const { unixTimeUs, frame } of records) {
      const record = tlogRecord(unixTimeUs + turn * turnUs, frame);
      bytes.set(record, at);
      at += record.length;
    }
  }
  return { bytes: bytes.subarray(0, at), countOfRecords: records.length * turns };
}
