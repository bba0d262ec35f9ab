/**
 * Writes H.264 pictures as a transport stream with one program (ISO/IEC 13818-1). Video received as RTP is converted to it, so that
 * the recording plays in any player and all later code handles only one format.
 */
import { joinBytes } from "../core/joinBytes.js";
import { crc32Mpeg2 } from "./psi.js";
import { TYPE_H264 } from "./streamTypes.js";

const PACKET_BYTES = 188;
const PAT_PID = 0;
const MAP_PID = 0x1000;
const VIDEO_PID = 0x100;
const STREAM_ID_VIDEO = 0xe0;
/** Access unit delimiter, required in transport streams. */
const DELIMITER = Uint8Array.of(0, 0, 0, 1, 9, 0xf0);
const NAL_AUD = 9;
/** The PCR is this much (90 kHz ticks, 100 ms) before the picture's PTS, as time for a player to decode. */
const CLOCK_LEAD = 9000;
const CLOCK_ROUND = 2 ** 33;
/** PAT and PMT are sent with every keyframe, and at least once per this many pictures. */
const TABLES_EVERY = 25;

type Picture = {
  readonly bytes: Uint8Array;
  /** 90 kHz, any integer; its lower 33 bits are written. */
  readonly pts: number;
  readonly isKeyframe: boolean;
  /** Pictures before this one were lost: signalled by a gap in the continuity counters. */
  readonly isAfterLoss: boolean;
};

export class TsWriter {
  readonly #counters = new Map<number, number>();
  #untilTables = 0;

  write(picture: Picture): Uint8Array {
    const packets: Uint8Array[] = [];
    if (picture.isKeyframe || this.#untilTables === 0) {
      packets.push(this.#table(PAT_PID, programTable()), this.#table(MAP_PID, mapTable()));
      this.#untilTables = TABLES_EVERY;
    }
    this.#untilTables--;
    if (picture.isAfterLoss) this.#count(VIDEO_PID);
    packets.push(...this.#picture(picture));
    const all = new Uint8Array(packets.length * PACKET_BYTES);
    for (const [index, packet] of packets.entries()) all.set(packet, index * PACKET_BYTES);
    return all;
  }

  #table(pid: number, section: readonly number[]): Uint8Array {
    const packet = new Uint8Array(PACKET_BYTES).fill(0xff);
    packet.set([0x47, 0x40 | (pid >> 8), pid & 0xff, 0x10 | this.#count(pid), 0, ...section]);
    return packet;
  }

  #picture({ bytes, pts }: Picture): readonly Uint8Array[] {
    const ticks = ((pts % CLOCK_ROUND) + CLOCK_ROUND) % CLOCK_ROUND;
    const hasDelimiter = (bytes[bytes[2] === 1 ? 3 : 4] ?? 0) % 32 === NAL_AUD;
    const header = Uint8Array.of(0, 0, 1, STREAM_ID_VIDEO, 0, 0, 0x80, 0x80, 5, ...timeBytes(ticks));
    const unit = joinBytes([header, hasDelimiter ? new Uint8Array() : DELIMITER, bytes]);
    const packets: Uint8Array[] = [];
    for (let at = 0; at < unit.byteLength;) {
      const clock = at === 0 ? clockBytes((ticks - CLOCK_LEAD + CLOCK_ROUND) % CLOCK_ROUND) : undefined;
      const room = PACKET_BYTES - 4 - (clock ? 2 + clock.length : 0);
      const part = unit.subarray(at, at + room);
      packets.push(this.#packet(part, at === 0, clock));
      at += part.byteLength;
    }
    return packets;
  }

  /** A short packet is padded in its adaptation field. */
  #packet(part: Uint8Array, isStart: boolean, clock: readonly number[] | undefined): Uint8Array {
    const packet = new Uint8Array(PACKET_BYTES).fill(0xff);
    const fieldBytes = PACKET_BYTES - 4 - part.byteLength;
    const control = (fieldBytes > 0 ? 0x30 : 0x10) | this.#count(VIDEO_PID);
    packet.set([0x47, (isStart ? 0x40 : 0) | (VIDEO_PID >> 8), VIDEO_PID & 0xff, control]);
    if (fieldBytes > 0) packet[4] = fieldBytes - 1;
    if (fieldBytes > 1) packet.set([clock ? 0x10 : 0, ...(clock ?? [])], 5);
    packet.set(part, PACKET_BYTES - part.byteLength);
    return packet;
  }

  #count(pid: number): number {
    const counter = this.#counters.get(pid) ?? 0;
    this.#counters.set(pid, (counter + 1) & 15);
    return counter;
  }
}

const u16 = (value: number): readonly number[] => [(value >> 8) & 0xff, value & 0xff];

function section(tableId: number, body: readonly number[]): readonly number[] {
  const bytes = [tableId, ...u16(0xb000 | (body.length + 9)), ...u16(1), 0xc1, 0, 0, ...body];
  const crc = crc32Mpeg2(Uint8Array.from(bytes));
  return [...bytes, crc >>> 24, (crc >> 16) & 0xff, (crc >> 8) & 0xff, crc & 0xff];
}

const programTable = (): readonly number[] => section(0, [...u16(1), ...u16(0xe000 | MAP_PID)]);
const mapTable = (): readonly number[] =>
  section(2, [...u16(0xe000 | VIDEO_PID), ...u16(0xf000), TYPE_H264, ...u16(0xe000 | VIDEO_PID), ...u16(0xf000)]);

function timeBytes(ticks: number): readonly number[] {
  const high = Math.floor(ticks / 2 ** 30) & 7;
  const middle = Math.floor(ticks / 2 ** 15) & 0x7fff;
  const low = ticks & 0x7fff;
  return [0x21 | (high << 1), middle >> 7, ((middle & 0x7f) << 1) | 1, low >> 7, ((low & 0x7f) << 1) | 1];
}

/** PCR: 33 bits of 90 kHz, six reserved, nine of 27 MHz (2.4.3.4). */
function clockBytes(ticks: number): readonly number[] {
  const high = Math.floor(ticks / 2);
  return [
    Math.floor(high / 2 ** 24) & 0xff,
    (high >>> 16) & 0xff,
    (high >>> 8) & 0xff,
    high & 0xff,
    ((ticks & 1) << 7) | 0x7e,
    0,
  ];
}
