/** A small transport stream writer for tests, independent of the simulator's. */
const crcOf = (bytes: readonly number[]): number => {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    for (let bit = 7; bit >= 0; bit--) {
      const top = ((crc >>> 31) ^ (byte >> bit)) & 1;
      crc = ((crc << 1) ^ (top ? 0x04c11db7 : 0)) >>> 0;
    }
  }
  return crc;
};

const u16 = (value: number): number[] => [(value >> 8) & 0xff, value & 0xff];
const withCrc = (section: readonly number[]): number[] => {
  const crc = crcOf(section);
  return [...section, crc >>> 24, (crc >> 16) & 0xff, (crc >> 8) & 0xff, crc & 0xff];
};
const section = (tableId: number, id: number, body: readonly number[], version: number): number[] =>
  withCrc([tableId, ...u16(0xb000 | (body.length + 9)), ...u16(id), 0xc1 | (version << 1), 0, 0, ...body]);

export type MuxStream = { readonly streamType: number; readonly pid: number; readonly descriptors: readonly number[] };
type MuxProgram = {
  readonly programNumber: number;
  readonly pid: number;
  readonly streams: readonly MuxStream[];
  readonly version?: number;
};
export const KLVA_REGISTRATION = [0x05, 4, 0x4b, 0x4c, 0x56, 0x41];
export const PMT_PID = 0x1000;

export class TsMuxer {
  readonly #counters = new Map<number, number>();

  tables(streams: readonly MuxStream[], programInfo: readonly number[] = []): Uint8Array[] {
    return [...this.pat([PMT_PID]), ...this.pmt({ programNumber: 1, pid: PMT_PID, streams }, programInfo)];
  }

  /** A PAT with programs 1, 2, ... whose PMTs are at these PIDs. */
  pat(mapPids: readonly number[], version = 0): Uint8Array[] {
    const body = mapPids.flatMap((pid, index) => [...u16(index + 1), ...u16(0xe000 | pid)]);
    return this.#sections(0, section(0, 1, body, version));
  }

  pmt({ programNumber, pid, streams, version = 0 }: MuxProgram, programInfo: readonly number[] = []): Uint8Array[] {
    const list = streams.flatMap((s) => [
      s.streamType,
      ...u16(0xe000 | s.pid),
      ...u16(0xf000 | s.descriptors.length),
      ...s.descriptors,
    ]);
    const body = [...u16(0xe000 | 0x100), ...u16(0xf000 | programInfo.length), ...programInfo, ...list];
    return this.#sections(pid, section(2, programNumber, body, version));
  }

  #sections(pid: number, bytes: readonly number[]): Uint8Array[] {
    return this.#packets(pid, Uint8Array.from([0, ...bytes]), 0xff);
  }

  /** `isUnbounded` writes PES length 0, which is allowed for video. */
  pes(
    pid: number,
    streamId: number,
    payload: Uint8Array,
    { pts, isUnbounded = false }: { readonly pts?: number; readonly isUnbounded?: boolean } = {},
  ): Uint8Array[] {
    const header = pts === undefined ? [0x80, 0, 0] : [0x80, 0x80, 5, ...ptsBytes(pts)];
    const length = isUnbounded ? 0 : header.length + payload.length;
    const bytes = Uint8Array.from([0, 0, 1, streamId, ...u16(length), ...header, ...payload]);
    return this.#packets(pid, bytes, undefined);
  }

  /** `fill` pads sections after their end; PES packets are padded in the adaptation field. */
  #packets(pid: number, bytes: Uint8Array, fill: number | undefined): Uint8Array[] {
    const packets: Uint8Array[] = [];
    for (let at = 0; at < bytes.length;) {
      const packet = new Uint8Array(188).fill(0xff);
      const counter = this.#counters.get(pid) ?? 0;
      this.#counters.set(pid, (counter + 1) & 15);
      const rest = bytes.length - at;
      const take = Math.min(184, rest);
      const stuffing = fill === undefined ? 184 - take : 0;
      packet.set([0x47, (at === 0 ? 0x40 : 0) | (pid >> 8), pid & 0xff, (stuffing > 0 ? 0x30 : 0x10) | counter]);
      if (stuffing > 0) packet[4] = stuffing - 1;
      if (stuffing > 1) packet[5] = 0;
      packet.set(bytes.subarray(at, at + take), 4 + stuffing);
      if (fill !== undefined) packet.fill(fill, 4 + take);
      packets.push(packet);
      at += take;
    }
    return packets;
  }
}

function ptsBytes(pts: number): number[] {
  const high = Math.floor(pts / 2 ** 30) & 7;
  const middle = Math.floor(pts / 2 ** 15) & 0x7fff;
  const low = pts & 0x7fff;
  return [0x21 | (high << 1), middle >> 7, ((middle & 0x7f) << 1) | 1, low >> 7, ((low & 0x7f) << 1) | 1];
}

export function joinBytes(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** A plausible access unit: delimiter, parameter sets on keyframes, one slice of `size` bytes. */
export function fakeUnit(isKeyframe: boolean, size: number, tag: number): Uint8Array {
  const delimiter = [0, 0, 0, 1, 9, 0xf0];
  // The SPS that x264 writes for 640 x 512.
  const set = [0x67, 0x42, 0xc0, 0x1e, 0xd9, 0x00, 0xa0, 0x10, 0x6c, 0x04, 0x40];
  const sps = isKeyframe ? [0, 0, 0, 1, ...set, 0, 0, 0, 1, 0x68, 0xce] : [];
  const slice = [
    0,
    0,
    1,
    isKeyframe ? 0x65 : 0x41,
    (tag & 0x7f) | 0x80,
    ...Array.from({ length: size }, (_, i) => 0x80 | (i & 0x7f)),
  ];
  return Uint8Array.from([...delimiter, ...sps, ...slice]);
}
