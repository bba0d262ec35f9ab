/** Packetised elementary streams (ISO/IEC 13818-1, 2.4.3.6): puts the units of one PID together. */
import type { TsPacket } from "./tsPackets.js";

export type PesUnit = {
  readonly streamId: number;
  /** 33 bits of 90 kHz, as sent. */
  readonly pts: number | undefined;
  readonly bytes: Uint8Array;
  readonly isAfterLoss: boolean;
};

export type PesReader = {
  readonly push: (packet: TsPacket, hasLostPackets: boolean) => readonly PesUnit[];
  readonly flush: () => readonly PesUnit[];
  readonly countOfDamaged: () => number;
};

// A coded 640x512 picture is some tens of kilobytes; a unit that never ends must not eat the memory.
const UNIT_MAX_BYTES = 8 * 1024 * 1024;

/**
 * A unit comes out as soon as its end is known: the stated length is reached, or, where none is stated (allowed for
 * video), its last packet is padded, or the next unit begins. Padding inside a unit would be legal though no muxer is
 * known to do it: a stream seen doing so loses that one unit and is from then on waited for.
 */
export function createPesReader(): PesReader {
  let chunks: Uint8Array[] = [];
  let byteCount = 0;
  let isOpen = false;
  let isAfterLoss = false;
  let isPaddingTheEnd = true;
  let wasClosedByPadding = false;
  let countOfDamaged = 0;

  const drop = (): void => {
    if (isOpen) countOfDamaged++;
    isOpen = false;
    chunks = [];
    byteCount = 0;
  };
  const close = (): PesUnit[] => {
    if (!isOpen) return [];
    const unit = parsePes(joinedChunks(chunks, byteCount), isAfterLoss);
    isOpen = false;
    chunks = [];
    byteCount = 0;
    if (!unit) {
      countOfDamaged++;
      isAfterLoss = true;
      return [];
    }
    isAfterLoss = false;
    return [unit];
  };
  const statedEnd = (): number | undefined => {
    const first = chunks[0];
    const length = first && first.byteLength >= 6 ? ((first[4] ?? 0) << 8) | (first[5] ?? 0) : 0;
    return length === 0 ? undefined : 6 + length;
  };
  const append = (payload: Uint8Array): void => {
    chunks.push(payload.slice());
    byteCount += payload.byteLength;
  };
  const isComplete = (packet: TsPacket): boolean => {
    const end = statedEnd();
    if (end !== undefined) return byteCount >= end;
    wasClosedByPadding = isPaddingTheEnd && packet.isStuffed;
    return wasClosedByPadding;
  };
  const push = (packet: TsPacket, hasLostPackets: boolean): readonly PesUnit[] => {
    if (hasLostPackets) {
      drop();
      isAfterLoss = true;
      wasClosedByPadding = false;
    }
    const units: PesUnit[] = [];
    if (packet.isUnitStart) {
      if (statedEnd() === undefined) units.push(...close());
      else drop();
      isOpen = true;
    } else if (!isOpen) {
      if (wasClosedByPadding) {
        isPaddingTheEnd = false;
        isAfterLoss = true;
        countOfDamaged++;
        wasClosedByPadding = false;
      }
      return units;
    }
    wasClosedByPadding = false;
    append(packet.payload);
    if (byteCount > UNIT_MAX_BYTES) drop();
    else if (isComplete(packet)) units.push(...close());
    return units;
  };
  // A unit of stated length that is not whole at the end of the stream is damaged.
  const flush = (): readonly PesUnit[] => {
    if (statedEnd() === undefined) return close();
    drop();
    return [];
  };
  return { push, flush, countOfDamaged: () => countOfDamaged };
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
  if (bytes.byteLength < 9 || bytes[0] !== 0 || bytes[1] !== 0 || bytes[2] !== 1) return undefined;
  const streamId = bytes[3] ?? 0;
  const length = ((bytes[4] ?? 0) << 8) | (bytes[5] ?? 0);
  const end = length === 0 ? bytes.byteLength : Math.min(bytes.byteLength, 6 + length);
  const hasMarker = ((bytes[6] ?? 0) & 0xc0) === 0x80;
  const payloadAt = 9 + (bytes[8] ?? 0);
  if (!hasMarker || payloadAt > end) return undefined;
  const hasPts = ((bytes[7] ?? 0) & 0x80) !== 0 && payloadAt >= 14;
  return { streamId, pts: hasPts ? ptsAt(bytes, 9) : undefined, bytes: bytes.subarray(payloadAt, end), isAfterLoss };
}

/** 33 bits spread over five bytes with marker bits; undefined when a marker is missing. */
function ptsAt(bytes: Uint8Array, at: number): number | undefined {
  const [b0 = 0, b1 = 0, b2 = 0, b3 = 0, b4 = 0] = bytes.subarray(at, at + 5);
  if ((b0 & b2 & b4 & 1) === 0) return undefined;
  const high = (b0 >> 1) & 0x07;
  const middle = (b1 << 7) | (b2 >> 1);
  const low = (b3 << 7) | (b4 >> 1);
  return high * 2 ** 30 + middle * 2 ** 15 + low;
}
