/**
 * Finds transport packets in bytes that arrive in portions of any size, and resynchronises after garbage (ISO/IEC 13818-1, 2.4.3).
 * M2TS files have 4 bytes before each 188-byte packet, broadcast receivers 16 parity bytes after it; the distance of the sync
 * bytes tells. In RTP recorded with its headers, there is a header after every few packets.
 */
const PACKET_LENGTH = 188;
const SYNC_BYTE = 0x47;
/** Distance between sync bytes: plain, M2TS, with parity. */
const STRIDES: readonly number[] = [PACKET_LENGTH, 192, 204];
const RTP_HEADER_BYTES = 12;
const RTP_TYPE_MP2T = 33;

export type TsPacket = {
  readonly pid: number;
  readonly isUnitStart: boolean;
  readonly continuityCounter: number;
  /** The sender announces that continuity counters and clock restart here. */
  readonly isDiscontinuity: boolean;
  /** The adaptation field has stuffing: muxers pad only the last packet of a unit. */
  readonly isStuffed: boolean;
  /** Its payload is encrypted. */
  readonly isScrambled: boolean;
  /** A view into the pushed bytes: copy it to keep it. */
  readonly payload: Uint8Array;
};

type PacketCounts = { packets: number; resyncs: number; garbageBytes: number };

type PacketReader = {
  readonly push: (bytes: Uint8Array, onPacket: (packet: TsPacket) => void) => void;
  readonly counts: Readonly<PacketCounts>;
};

export function createPacketReader(): PacketReader {
  let rest = new Uint8Array(0);
  let isInStep = true;
  let stride = PACKET_LENGTH;
  // Bytes after the last packet (M2TS header, parity, RTP header) that have not arrived yet.
  let toSkip = 0;
  const counts: PacketCounts = { packets: 0, resyncs: 0, garbageBytes: 0 };

  const push = (bytes: Uint8Array, onPacket: (packet: TsPacket) => void): void => {
    const data = rest.byteLength > 0 ? joined(rest, bytes) : bytes;
    let at = toSkip;
    while (at + PACKET_LENGTH <= data.byteLength) {
      const found = data[at] === SYNC_BYTE ? strideAt(data, at, stride) : undefined;
      if (found === "unknown") break;
      if (found === undefined) {
        if (isInStep) counts.resyncs++;
        isInStep = false;
        counts.garbageBytes++;
        at++;
        continue;
      }
      isInStep = true;
      counts.packets++;
      const packet = parsePacket(data, at);
      if (packet) onPacket(packet);
      if (STRIDES.includes(found)) stride = found;
      at += found;
    }
    toSkip = Math.max(0, at - data.byteLength);
    rest = data.slice(Math.min(at, data.byteLength));
  };
  return { push, counts };
}

/**
 * Distance from the packet at `at` to the next; undefined when there is no packet at `at`. At the end of the data, where the next
 * cannot be seen, the previous stride is assumed. "unknown" where a few more bytes will tell.
 */
function strideAt(data: Uint8Array, at: number, stride: number): number | "unknown" | undefined {
  const next = data[at + stride];
  if (next === undefined || next === SYNC_BYTE) return stride;
  const afterRtp = at + PACKET_LENGTH + RTP_HEADER_BYTES;
  if (isRtpHeader(data, at + PACKET_LENGTH) && data[afterRtp] === SYNC_BYTE) return PACKET_LENGTH + RTP_HEADER_BYTES;
  // Requires two more sync bytes at that distance: a single one occurs by chance once in 256 times.
  const fits = (other: number): boolean => data[at + other] === SYNC_BYTE && data[at + 2 * other] === SYNC_BYTE;
  const mayFit = (other: number): boolean => {
    const one = data[at + other];
    return (one === undefined || one === SYNC_BYTE) && data[at + 2 * other] === undefined;
  };
  return STRIDES.find(fits) ?? (STRIDES.some(mayFit) ? "unknown" : undefined);
}

const isRtpHeader = (data: Uint8Array, at: number): boolean =>
  ((data[at] ?? 0) & 0xc0) === 0x80 && ((data[at + 1] ?? 0) & 0x7f) === RTP_TYPE_MP2T;

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  const both = new Uint8Array(first.byteLength + second.byteLength);
  both.set(first);
  both.set(second, first.byteLength);
  return both;
}

/** Undefined for packets with the error bit set or without payload. */
function parsePacket(data: Uint8Array, at: number): TsPacket | undefined {
  const b1 = data[at + 1] ?? 0;
  const b3 = data[at + 3] ?? 0;
  const hasError = (b1 & 0x80) !== 0;
  const isScrambled = (b3 & 0xc0) !== 0;
  const hasPayload = (b3 & 0x10) !== 0;
  if (hasError || !hasPayload) return undefined;
  const field = (b3 & 0x20) !== 0 ? parseAdaptation(data, at + 4) : NO_ADAPTATION;
  const payloadAt = at + 4 + field.byteCount;
  const end = at + PACKET_LENGTH;
  if (payloadAt >= end) return undefined;
  return {
    pid: ((b1 & 0x1f) << 8) | (data[at + 2] ?? 0),
    isUnitStart: (b1 & 0x40) !== 0,
    continuityCounter: b3 & 0x0f,
    isDiscontinuity: field.isDiscontinuity,
    isStuffed: field.isStuffed,
    isScrambled,
    payload: data.subarray(payloadAt, end),
  };
}

type Adaptation = { readonly byteCount: number; readonly isDiscontinuity: boolean; readonly isStuffed: boolean };
const NO_ADAPTATION: Adaptation = { byteCount: 0, isDiscontinuity: false, isStuffed: false };

function parseAdaptation(data: Uint8Array, at: number): Adaptation {
  const fieldLength = data[at] ?? 0;
  const flags = fieldLength > 0 ? (data[at + 1] ?? 0) : 0;
  // Private data and extensions (0x03) have lengths of their own, so stuffing cannot be told from content there.
  const clockBytes = ((flags & 0x10) !== 0 ? 6 : 0) + ((flags & 0x08) !== 0 ? 6 : 0) + ((flags & 0x04) !== 0 ? 1 : 0);
  return {
    byteCount: 1 + fieldLength,
    isDiscontinuity: (flags & 0x80) !== 0,
    isStuffed: fieldLength === 0 || ((flags & 0x03) === 0 && fieldLength > 1 + clockBytes),
  };
}
