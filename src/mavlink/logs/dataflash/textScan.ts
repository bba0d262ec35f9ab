/**
 * A DataFlash log as text (.log): what Mission Planner converts a .bin to, and what old boards wrote. One record a
 * line, its name first; FMT lines name the columns. Numbers are scaled already.
 * https://ardupilot.org/copter/docs/common-downloading-and-analyzing-data-logs-in-mission-planner.html
 */
import { utf8OrLatin1 } from "../../../core/utf8.js";
import { PROBLEMS_MAX } from "../logWalk.js";
import type { LogRecord, RecordSource } from "./recordFormat.js";

const LINE_FEED = 0x0a;
/** A longer line is not a record but some other file, or damage. */
const LINE_BYTES_MAX = 4096;
const FMT = "FMT";
const FMT_COLUMNS = ["Type", "Length", "Name", "Format", "Columns"];
const HEAD_BYTES = 4096;
/** Upper limit; the binary form has at most 256. */
const FORMATS_MAX = 1024;

type Columns = ReadonlyMap<string, readonly string[]>;

/** By its first lines: the FMT line that describes FMT itself is near the top of every such log. */
export const isTextLog = (bytes: Uint8Array): boolean =>
  /(?:^|\n)\s*FMT,\s*\d+,\s*\d+,\s*\w+,/.test(String.fromCharCode(...bytes.subarray(0, HEAD_BYTES)));

export class TextScan implements RecordSource {
  readonly #bytes: Uint8Array;
  readonly problems: string[] = [];
  at: number;
  unknownRecords = 0;
  #columns: Columns;

  constructor(bytes: Uint8Array, at = 0, columns: Columns = new Map([[FMT, FMT_COLUMNS]])) {
    this.#bytes = bytes;
    this.at = at;
    this.#columns = columns;
  }

  readonly next = (): LogRecord | undefined => {
    while (this.at < this.#bytes.length) {
      const from = this.at;
      const line = this.#line();
      if (line.trim() === "") continue;
      const record = this.#record(line);
      if (record) return record;
      this.unknownRecords++;
      const what = this.at >= this.#bytes.length ? "the last record is cut off" : "no record in this line";
      if (this.problems.length < PROBLEMS_MAX) this.problems.push(`byte ${from}: ${what}`);
    }
    return undefined;
  };

  readonly bookmark = (): (() => RecordSource) => {
    const { at } = this;
    const columns = this.#columns;
    return () => new TextScan(this.#bytes, at, columns);
  };

  /** Moves past the line and returns it. */
  #line(): string {
    const end = this.#bytes.indexOf(LINE_FEED, this.at);
    const to = end < 0 ? this.#bytes.length : end;
    const line = this.#bytes.subarray(this.at, Math.min(to, this.at + LINE_BYTES_MAX));
    this.at = end < 0 ? to : to + 1;
    return utf8OrLatin1(line);
  }

  #record(line: string): LogRecord | undefined {
    const [name = "", ...values] = line.split(",").map((value) => value.trim());
    const columns = this.#columns.get(name);
    if (!columns || values.length < columns.length) return undefined;
    // Only the last column may hold text with commas of its own.
    const last = columns.length - 1;
    const byName = new Map(columns.map((column, i) => [column, i < last ? values[i] : values.slice(i).join(",")]));
    if (name === FMT) this.#learn(byName);
    return textRecord(name, byName);
  }

  #learn(format: ReadonlyMap<string, string | undefined>): void {
    const name = format.get("Name") ?? "";
    const columns = (format.get("Columns") ?? "").split(",").map((column) => column.trim());
    if (this.#columns.size >= FORMATS_MAX || this.#columns.get(name)?.join() === columns.join()) return;
    if (name !== FMT && name !== "") this.#columns = new Map(this.#columns).set(name, columns);
  }
}

function textRecord(name: string, values: ReadonlyMap<string, string | undefined>): LogRecord {
  const number = (column: string): number | undefined => {
    const value = values.get(column);
    const read = value === undefined || value === "" ? Number.NaN : Number(value);
    return Number.isFinite(read) ? read : undefined;
  };
  return { format: { name }, number, stored: number, text: (column) => values.get(column) };
}
