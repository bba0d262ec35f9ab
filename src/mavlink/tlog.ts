/**
 * The .tlog format of other ground stations: for every frame eight bytes of UTC microseconds, big-endian, then the
 * frame as it was on the wire, both directions in one file.
 */
import type { MavlinkFrame } from "./frame.js";
import { ParsedFrame } from "./parsedFrame.js";
import { inspectAt, MAGIC_V1, MAGIC_V2 } from "./inspect.js";
import { PROBLEMS_MAX, type WalkSummary } from "./logs/logWalk.js";

const STAMP_BYTES = 8;
/** 2000-01-01. Computers without a battery-backed clock count from 1970 until the network gives them the time. */
const CLOCK_SET_FROM_US = 946_684_800_000_000;
// A timestamp after 2100 is invalid. A frame with a right checksum counts all the same; after damage an invalid
// timestamp means noise.
const LATEST_US = 4_102_444_800_000_000;

/** One record, ready to append to a file. */
export function tlogRecord(unixTimeUs: number, frameBytes: Uint8Array): Uint8Array {
  const record = new Uint8Array(STAMP_BYTES + frameBytes.length);
  const view = new DataView(record.buffer);
  view.setUint32(0, Math.floor(unixTimeUs / 2 ** 32));
  view.setUint32(4, unixTimeUs % 2 ** 32);
  record.set(frameBytes, STAMP_BYTES);
  return record;
}

type TlogRecord = { readonly unixTimeUs: number; readonly frame: MavlinkFrame };

type TlogSummary = WalkSummary & { readonly records: number };

/**
 * Reads a whole recording, calling `onRecord` in file order. Damage is skipped up to the next valid record and
 * reported; an incomplete last record (power cut) is reported too, and everything before it is read.
 */
export function readTlog(bytes: Uint8Array, onRecord: (record: TlogRecord) => void): TlogSummary {
  const reading = new TlogReading(bytes, 0);
  let records = 0;
  while (reading.next()) {
    const { unixTimeUs, frame } = reading;
    if (!frame) break;
    records++;
    onRecord({ unixTimeUs, frame });
  }
  return { records, ...reading.summary() };
}

/** Moves through a recording record by record, starting anywhere a record begins. */
export class TlogReading {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #problems: string[] = [];
  #at: number;
  #unixTimeUs = 0;
  #frame: MavlinkFrame | undefined;
  #badChecksums = 0;
  #unknownMessages = 0;
  #countOfTimeless = 0;
  #isUnset = false;

  constructor(bytes: Uint8Array, at: number) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#at = at;
  }

  /** Offset of the byte after the record. */
  get at(): number {
    return this.#at;
  }

  get unixTimeUs(): number {
    return this.#unixTimeUs;
  }

  /** The current record's frame; undefined before the first `next`. */
  get frame(): MavlinkFrame | undefined {
    return this.#frame;
  }

  /** Moves to the next valid record; false at the end. */
  next(): boolean {
    while (this.#at < this.#bytes.length) {
      // Directly after a record a right checksum is enough; the timestamp need not be valid.
      const length = this.#lengthOfRecord(this.#at, false);
      if (length !== undefined) {
        this.#accept(length);
        return true;
      }
      this.#at = this.#skipDamage(this.#at);
    }
    return false;
  }

  summary(): WalkSummary {
    const clock = this.#isUnset ? ["its clock starts in 1970, because it was not set"] : [];
    const timeless = this.#countOfTimeless === 0 ? [] : [`${this.#countOfTimeless} records without a time that can be`];
    const problems = [...clock, ...timeless, ...this.#problems];
    return { badChecksums: this.#badChecksums, unknownMessages: this.#unknownMessages, problems };
  }

  #accept(length: number): void {
    const at = this.#at;
    this.#frame = new ParsedFrame(this.#bytes, this.#view, at + STAMP_BYTES, length - STAMP_BYTES);
    if (this.#frame.name === undefined) this.#unknownMessages++;
    const stamp = this.#stampAt(at);
    if (stamp < CLOCK_SET_FROM_US) this.#isUnset = true;
    // With an invalid timestamp the record keeps the time of the one before it.
    if (stamp <= LATEST_US) this.#unixTimeUs = stamp;
    else this.#countOfTimeless++;
    this.#at = at + length;
  }

  /**
   * Length of a valid record, undefined for anything else. An unknown message counts as valid when another record, or
   * the end, follows it.
   */
  #lengthOfRecord(at: number, mustHaveTime: boolean): number | undefined {
    if (at + STAMP_BYTES > this.#bytes.length || (mustHaveTime && !this.#hasStampAt(at))) return undefined;
    const seen = inspectAt(this.#bytes, at + STAMP_BYTES, this.#bytes.length);
    if (seen.kind === "frame") return STAMP_BYTES + seen.length;
    if (seen.kind !== "unknown") return undefined;
    const length = STAMP_BYTES + seen.length;
    return this.#isRecordStart(at + length) ? length : undefined;
  }

  #isRecordStart(at: number): boolean {
    if (at >= this.#bytes.length) return true;
    const magic = this.#bytes[at + STAMP_BYTES];
    return (magic === undefined || magic === MAGIC_V1 || magic === MAGIC_V2) && this.#hasStampAt(at);
  }

  #hasStampAt(at: number): boolean {
    if (at + STAMP_BYTES > this.#bytes.length) return false;
    return this.#stampAt(at) <= LATEST_US;
  }

  #stampAt(at: number): number {
    return this.#view.getUint32(at) * 2 ** 32 + this.#view.getUint32(at + 4);
  }

  /** Moves to the next valid record, or the end. */
  #skipDamage(at: number): number {
    const seen = this.#hasStampAt(at) ? inspectAt(this.#bytes, at + STAMP_BYTES, this.#bytes.length) : undefined;
    if (seen?.kind === "bad-checksum") this.#badChecksums++;
    let next = at + 1;
    while (next < this.#bytes.length && this.#lengthOfRecord(next, true) === undefined) next++;
    const isCut = next >= this.#bytes.length && (seen === undefined || seen.kind === "incomplete");
    const what = isCut ? "the last record is cut off" : `damaged, ${next - at} bytes skipped`;
    if (this.#problems.length < PROBLEMS_MAX) this.#problems.push(`byte ${at}: ${what}`);
    return next;
  }
}
