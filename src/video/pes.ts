/** Packetised elementary streams (ISO/IEC 13818-1, 2.4.3.6): assembles the PES packets ("units") of one PID. */
import type { TsPacket } from "./tsPackets.js";

export type PesUnit = {
  readonly streamId: number;
  /** 33 bits at 90 kHz, as sent. */
  readonly pts: number | undefined;
  readonly bytes: Uint8Array;
  readonly isAfterLoss: boolean;
};

export type PesReader = {
  readonly push: (packet: TsPacket, hasLostPackets: boolean) => readonly PesUnit[];
  readonly flush: () => readonly PesUnit[];
  readonly countOfDamaged: () => number;
};

// A coded 640x512 picture is some tens of kilobytes; the limit keeps a unit without an end from filling the memory.
const UNIT_MAX_BYTES = 8 * 1024 * 1024;

/**
 * A unit is emitted as soon as its end is known: its stated length is reached or, without one (allowed for video), a packet with
 * stuffing ends it, or the next unit begins. Stuffing inside a unit is legal, but no known muxer does it: a stream that does
 * loses that one unit, and from then on the next unit's start is waited for.
 */
export const createPesReader = (): PesReader => new Reader();

class Reader implements PesReader {
  #chunks: Uint8Array[] = [];
  #byteCount = 0;
  #isOpen = false;
  #isAfterLoss = false;
  #isPaddingTheEnd = true;
  #wasClosedByPadding = false;
  #countOfDamaged = 0;

  push(packet: TsPacket, hasLostPackets: boolean): readonly PesUnit[] {
    if (hasLostPackets) {
      this.#drop();
      this.#isAfterLoss = true;
      this.#wasClosedByPadding = false;
    }
    if (!packet.isUnitStart && !this.#isOpen) {
      this.#onStray();
      return [];
    }
    const units = packet.isUnitStart ? this.#open() : [];
    this.#wasClosedByPadding = false;
    this.#chunks.push(packet.payload.slice());
    this.#byteCount += packet.payload.byteLength;
    if (this.#byteCount > UNIT_MAX_BYTES) this.#drop();
    else if (this.#isComplete(packet)) units.push(...this.#close());
    return units;
  }

  /** At the end of the stream, an incomplete unit of stated length is discarded as damaged. */
  flush(): readonly PesUnit[] {
    if (this.#statedEnd() === undefined) return this.#close();
    this.#drop();
    return [];
  }

  countOfDamaged(): number {
    return this.#countOfDamaged;
  }

  #open(): PesUnit[] {
    const units = this.#statedEnd() === undefined ? this.#close() : [];
    this.#drop();
    this.#isOpen = true;
    return units;
  }

  /** More data of a unit already emitted as complete: in this stream, stuffing does not mark the end. */
  #onStray(): void {
    if (!this.#wasClosedByPadding) return;
    this.#isPaddingTheEnd = false;
    this.#isAfterLoss = true;
    this.#countOfDamaged++;
    this.#wasClosedByPadding = false;
  }

  #isComplete(packet: TsPacket): boolean {
    const end = this.#statedEnd();
    if (end !== undefined) return this.#byteCount >= end;
    this.#wasClosedByPadding = this.#isPaddingTheEnd && packet.isStuffed;
    return this.#wasClosedByPadding;
  }

  #statedEnd(): number | undefined {
    const first = this.#chunks[0];
    const length = first && first.byteLength >= 6 ? ((first[4] ?? 0) << 8) | (first[5] ?? 0) : 0;
    return length === 0 ? undefined : 6 + length;
  }

  #close(): PesUnit[] {
    if (!this.#isOpen) return [];
    const unit = parsePes(joinedChunks(this.#chunks, this.#byteCount), this.#isAfterLoss);
    this.#clear();
    this.#isAfterLoss = unit === undefined;
    if (unit) return [unit];
    this.#countOfDamaged++;
    return [];
  }

  #drop(): void {
    if (this.#isOpen) this.#countOfDamaged++;
    this.#clear();
  }

  #clear(): void {
    this.#isOpen = false;
    this.#chunks = [];
    this.#byteCount = 0;
  }
}

function joinedChunks(chunks: readonly Uint8Array[], byteCount: number): Uint8Array {
  const only = chunks.length === 1 ? chunks[0] : undefined;
  if (only) return only;
  const all = new Uint8Array(byteCount);
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.byteLength;
  }
  return all;
}

function parsePes(bytes: Uint8Array, isAfterLoss: boolean): PesUnit | undefined {
  const at = (index: number): number => bytes[index] ?? 0;
  const isUnit = bytes.byteLength >= 9 && at(0) === 0 && at(1) === 0 && at(2) === 1 && (at(6) & 0xc0) === 0x80;
  const length = (at(4) << 8) | at(5);
  const end = length === 0 ? bytes.byteLength : Math.min(bytes.byteLength, 6 + length);
  const payloadAt = 9 + at(8);
  if (!isUnit || payloadAt > end) return undefined;
  const hasPts = (at(7) & 0x80) !== 0 && payloadAt >= 14;
  const pts = hasPts ? ptsAt(bytes, 9) : undefined;
  return { streamId: at(3), pts, bytes: bytes.subarray(payloadAt, end), isAfterLoss };
}

/** 33 bits in five bytes with marker bits; undefined when a marker bit is missing. */
function ptsAt(bytes: Uint8Array, at: number): number | undefined {
  const [b0 = 0, b1 = 0, b2 = 0, b3 = 0, b4 = 0] = bytes.subarray(at, at + 5);
  if ((b0 & b2 & b4 & 1) === 0) return undefined;
  const high = (b0 >> 1) & 0x07;
  const middle = (b1 << 7) | (b2 >> 1);
  const low = (b3 << 7) | (b4 >> 1);
  return high * 2 ** 30 + middle * 2 ** 15 + low;
}
