/**
 * Finds 188-byte transport packets in bytes that arrive in any portions, and gets back in step after garbage
 * (ISO/IEC 13818-1, 2.4.3).
 */
const PACKET_LENGTH = 188;
const SYNC_BYTE = 0x47;

export type TsPacket = {
  readonly pid: number;
  readonly isUnitStart: boolean;
  readonly continuityCounter: number;
  /** The sender says that counters and clock start anew here. */
  readonly isDiscontinuity: boolean;
  /** The adaptation field holds stuffing: muxers pad only the last packet of a unit. */
  readonly isStuffed: boolean;
  /** A view into the pushed bytes: copy what is kept. */
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
  const counts: PacketCounts = { packets: 0, resyncs: 0, garbageBytes: 0 };

  const push = (bytes: Uint8Array, onPacket: (packet: TsPacket) => void): void => {
    const data = rest.byteLength > 0 ? joined(rest, bytes) : bytes;
    let at = 0;
    while (at + PACKET_LENGTH <= data.byteLength) {
      // The byte after a packet must begin the next one; at the end of the data we cannot know and must not wait.
      const nextSync = data[at + PACKET_LENGTH];
      if (data[at] === SYNC_BYTE && (nextSync === undefined || nextSync === SYNC_BYTE)) {
        isInStep = true;
        counts.packets++;
        const packet = parsePacket(data, at);
        if (packet) onPacket(packet);
        at += PACKET_LENGTH;
      } else {
        if (isInStep) counts.resyncs++;
        isInStep = false;
        counts.garbageBytes++;
        at++;
      }
    }
    rest = data.slice(at);
  };
  return { push, counts };
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  const both = new Uint8Array(first.byteLength + second.byteLength);
  both.set(first);
  both.set(second, first.byteLength);
  return both;
}

/** Undefined for packets that say they are damaged, are scrambled or carry nothing. */
function parsePacket(data: Uint8Array, at: number): TsPacket | undefined {
  const b1 = data[at + 1] ?? 0;
  const b3 = data[at + 3] ?? 0;
  const hasError = (b1 & 0x80) !== 0;
  const isScrambled = (b3 & 0xc0) !== 0;
  const hasPayload = (b3 & 0x10) !== 0;
  if (hasError || isScrambled || !hasPayload) return undefined;
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
    payload: data.subarray(payloadAt, end),
  };
}

type Adaptation = { readonly byteCount: number; readonly isDiscontinuity: boolean; readonly isStuffed: boolean };
const NO_ADAPTATION: Adaptation = { byteCount: 0, isDiscontinuity: false, isStuffed: false };

function parseAdaptation(data: Uint8Array, at: number): Adaptation {
  const fieldLength = data[at] ?? 0;
  const flags = fieldLength > 0 ? (data[at + 1] ?? 0) : 0;
  // Private data and extensions (0x03) have lengths of their own: padding then cannot be told from content.
  const clockBytes = ((flags & 0x10) !== 0 ? 6 : 0) + ((flags & 0x08) !== 0 ? 6 : 0) + ((flags & 0x04) !== 0 ? 1 : 0);
  return {
    byteCount: 1 + fieldLength,
    isDiscontinuity: (flags & 0x80) !== 0,
    isStuffed: fieldLength === 0 || ((flags & 0x03) === 0 && fieldLength > 1 + clockBytes),
  };
}
