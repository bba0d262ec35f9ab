import { PROBLEMS_MAX } from "../logWalk.js";
import {
  FMT_FORMAT,
  FMT_ID,
  HEADER_BYTES,
  type RecordFormat,
  recordFormatFrom,
  RecordReader,
  type RecordSource,
} from "./recordFormat.js";

const HEAD1 = 0xa3;
const HEAD2 = 0x95;

/**
 * The formats and factors that the log has defined so far. Replaced when it defines more, so that a bookmark keeps
 * those that applied there.
 */
type KnownFormats = {
  readonly byId: ReadonlyMap<number, RecordFormat>;
  /** By format: the factors of its fields. */
  readonly multipliers: ReadonlyMap<number, ReadonlyMap<string, number>>;
  readonly multiplierOfLetter: ReadonlyMap<string, number>;
};

const NO_FORMATS: KnownFormats = {
  byId: new Map([[FMT_ID, FMT_FORMAT]]),
  multipliers: new Map(),
  multiplierOfLetter: new Map(),
};

/**
 * Moves through a DataFlash log from record to record. Records have no checksum: one is accepted directly after the one
 * before it, and after damage only when another header, or the end, follows it.
 */
export class RecordScan implements RecordSource {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly problems: string[] = [];
  at: number;
  formats: KnownFormats;
  unknownRecords = 0;

  constructor(bytes: Uint8Array, at = 0, formats = NO_FORMATS) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.at = at;
    this.formats = formats;
  }

  /** The next valid record, undefined at the end. Reads format definitions on the way. */
  next(): RecordReader | undefined {
    while (this.at < this.#bytes.length) {
      const format = this.#formatAt(this.at);
      if (!format) {
        this.#skipDamage();
        continue;
      }
      const record = new RecordReader(this.#view, this.at, format, this.formats.multipliers.get(format.id));
      this.at += format.length;
      this.#learn(record);
      return record;
    }
    return undefined;
  }

  readonly bookmark = (): (() => RecordSource) => {
    const { at, formats } = this;
    return () => new RecordScan(this.#bytes, at, formats);
  };

  #formatAt(at: number): RecordFormat | undefined {
    if (this.#bytes[at] !== HEAD1 || this.#bytes[at + 1] !== HEAD2) return undefined;
    const format = this.formats.byId.get(this.#bytes[at + 2] ?? -1);
    return format && at + format.length <= this.#bytes.length ? format : undefined;
  }

  #isFollowed(at: number, format: RecordFormat): boolean {
    const after = at + format.length;
    return after >= this.#bytes.length || this.#formatAt(after) !== undefined;
  }

  #skipDamage(): void {
    const from = this.at;
    const end = this.#bytes.length;
    const hasHeader = this.#bytes[from] === HEAD1 && this.#bytes[from + 1] === HEAD2;
    if (hasHeader && from + HEADER_BYTES <= end) this.unknownRecords++;
    let at = from + 1;
    for (; at < end; at++) {
      const format = this.#formatAt(at);
      if (format && this.#isFollowed(at, format)) break;
    }
    this.at = at;
    if (at >= end && this.#isBlank(from)) return;
    const what = at >= end && hasHeader ? "the last record is cut off" : `damaged, ${at - from} bytes skipped`;
    if (this.problems.length < PROBLEMS_MAX) this.problems.push(`byte ${from}: ${what}`);
  }

  /** Flash that was never written, or a file filled up with zeros: the log's end, not damage. */
  #isBlank(from: number): boolean {
    const first = this.#bytes[from];
    if (first !== 0 && first !== 0xff) return false;
    return this.#bytes.subarray(from).every((byte) => byte === first);
  }

  #learn(record: RecordReader): void {
    const { name } = record.format;
    if (name === "FMT") this.#learnFormat(record);
    else if (name === "MULT") this.#learnMultiplier(record);
    else if (name === "FMTU") this.#learnFieldMultipliers(record);
  }

  #learnFormat(record: RecordReader): void {
    const id = record.stored("Type");
    const length = record.stored("Length");
    if (id === undefined || length === undefined || id === FMT_ID) return;
    const format = recordFormatFrom({
      id,
      length,
      name: record.text("Name") ?? "",
      types: record.text("Format") ?? "",
      labels: record.text("Columns") ?? "",
    });
    if (format) this.formats = { ...this.formats, byId: new Map(this.formats.byId).set(id, format) };
  }

  #learnMultiplier(record: RecordReader): void {
    const letter = String.fromCharCode(record.stored("Id") ?? 0);
    const factor = record.stored("Mult");
    // In MULT a factor of 0 means that there is none.
    if (factor === undefined || !Number.isFinite(factor) || factor === 0) return;
    const multiplierOfLetter = new Map(this.formats.multiplierOfLetter).set(letter, factor);
    this.formats = { ...this.formats, multiplierOfLetter };
  }

  #learnFieldMultipliers(record: RecordReader): void {
    const id = record.stored("FmtType");
    const format = id === undefined ? undefined : this.formats.byId.get(id);
    if (!format) return;
    const letters = record.text("MultIds") ?? "";
    const ofFields = new Map<string, number>();
    format.fieldNames.forEach((field, index) => {
      const factor = this.formats.multiplierOfLetter.get(letters[index] ?? "");
      if (factor !== undefined) ofFields.set(field, factor);
    });
    const multipliers = new Map(this.formats.multipliers).set(format.id, ofFields);
    this.formats = { ...this.formats, multipliers };
  }
}
