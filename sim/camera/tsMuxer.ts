import { patSection, PID, pmtSection } from "./psi.js";

export const TS_PACKET = 188;
const HEADER = 4;
const PAYLOAD = TS_PACKET - HEADER;
const CLOCK_WRAP = 2 ** 33;
/** PTS minus PCR, 90 kHz ticks: 80 ms for the decoder's buffer. */
const PTS_LEAD = 7200;
/** PAT and PMT are sent with each keyframe and at least every this many frames. */
const TABLES_EVERY = 10;

const VIDEO_STREAM_ID = 0xe0;
const METADATA_STREAM_ID = 0xfc;
const ACCESS_UNIT_DELIMITER = Uint8Array.of(0, 0, 0, 1, 9, 0xf0);

type MuxFrame = {
  /** Exposure time, from any origin; picture and metadata get the same PTS. */
  readonly timeUs: number;
  /** Annex B, with parameter sets before keyframes. */
  readonly video: Uint8Array;
  readonly klv: Uint8Array;
  readonly isKeyframe: boolean;
};

/** Multiplexes frames into transport stream packets, a whole number of packets per frame. */
type TsMuxer = { readonly mux: (frame: MuxFrame) => Uint8Array };

function timeBytes(prefix: number, ticks: number): number[] {
  const high = Math.floor(ticks / 2 ** 30) & 7;
  const middle = Math.floor(ticks / 2 ** 15) & 0x7fff;
  const low = ticks % 2 ** 15;
  return [(prefix << 4) | (high << 1) | 1, middle >> 7, ((middle & 0x7f) << 1) | 1, low >> 7, ((low & 0x7f) << 1) | 1];
}

function pes(streamId: number, ticks: number, payload: readonly Uint8Array[]): Uint8Array {
  const count = payload.reduce((sum, part) => sum + part.length, 0);
  // The length may be left open for video, and a keyframe is longer than 16 bits can express.
  const length = streamId === VIDEO_STREAM_ID ? 0 : count + 8;
  const header = [0, 0, 1, streamId, length >> 8, length & 0xff, 0x84, 0x80, 5, ...timeBytes(2, ticks)];
  const bytes = new Uint8Array(header.length + count);
  bytes.set(header);
  let at = header.length;
  for (const part of payload) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/** One metadata access unit cell (ST 1402): service 0, counter, "complete, random access", 16-bit length. */
function metadataCell(klv: Uint8Array, sequence: number): Uint8Array {
  const cell = new Uint8Array(5 + klv.length);
  cell.set([0, sequence & 0xff, 0xdf, klv.length >> 8, klv.length & 0xff]);
  cell.set(klv, 5);
  return cell;
}

type First = { readonly clockTicks?: number; readonly isRandomAccess: boolean };

/** Flags and PCR of an adaptation field, without its length byte. */
function adaptationOf({ clockTicks, isRandomAccess }: First): number[] {
  if (clockTicks === undefined) return isRandomAccess ? [0x40] : [];
  const base = clockTicks;
  return [
    isRandomAccess ? 0x50 : 0x10,
    Math.floor(base / 2 ** 25) & 0xff,
    Math.floor(base / 2 ** 17) & 0xff,
    Math.floor(base / 2 ** 9) & 0xff,
    Math.floor(base / 2) & 0xff,
    ((base & 1) << 7) | 0x7e,
    0,
  ];
}

export function openTsMuxer(): TsMuxer {
  const counters = new Map<number, number>();
  let countOfFrames = 0;
  let startUs: number | undefined;
  let out: Uint8Array[] = [];

  const nextCounter = (pid: number): number => {
    const counter = counters.get(pid) ?? 0;
    counters.set(pid, (counter + 1) & 15);
    return counter;
  };

  /** Writes one packet with as much of `data` as fits after the adaptation field; returns how much that was. */
  const packet = (pid: number, data: Uint8Array, isStart: boolean, adaptation: readonly number[]): number => {
    const bytes = new Uint8Array(TS_PACKET).fill(0xff);
    const room = PAYLOAD - (adaptation.length > 0 ? adaptation.length + 1 : 0);
    const taken = Math.min(room, data.length);
    const fieldLength = PAYLOAD - taken;
    const control = fieldLength > 0 ? 0x30 : 0x10;
    bytes.set([0x47, (isStart ? 0x40 : 0) | (pid >> 8), pid & 0xff, control | nextCounter(pid)]);
    if (fieldLength > 0) {
      bytes[HEADER] = fieldLength - 1;
      if (fieldLength > 1) bytes.set(adaptation.length > 0 ? adaptation : [0], HEADER + 1);
    }
    bytes.set(data.subarray(0, taken), HEADER + fieldLength);
    out.push(bytes);
    return taken;
  };

  const packets = (pid: number, data: Uint8Array, first: First) => {
    let at = 0;
    while (at < data.length) {
      at += packet(pid, data.subarray(at), at === 0, at === 0 ? adaptationOf(first) : []);
    }
  };

  const table = (pid: number, section: Uint8Array) => {
    const bytes = new Uint8Array(PAYLOAD).fill(0xff);
    bytes[0] = 0; // pointer: the section begins at once
    bytes.set(section, 1);
    packet(pid, bytes, true, []);
  };

  return {
    mux: ({ timeUs, video, klv, isKeyframe }) => {
      out = [];
      startUs ??= timeUs;
      // Starts at 10 s, so that no PCR is negative; it wraps after 26 hours as the standard requires.
      const clockTicks = (900_000 + Math.round((timeUs - startUs) * 0.09)) % CLOCK_WRAP;
      const ticks = (clockTicks + PTS_LEAD) % CLOCK_WRAP;
      if (isKeyframe || countOfFrames % TABLES_EVERY === 0) {
        table(PID.pat, patSection());
        table(PID.pmt, pmtSection());
      }
      // The KLV is sent before its picture, so that the receiver has the pose in time.
      packets(PID.klv, pes(METADATA_STREAM_ID, ticks, [metadataCell(klv, countOfFrames)]), { isRandomAccess: false });
      const unit = pes(VIDEO_STREAM_ID, ticks, [ACCESS_UNIT_DELIMITER, video]);
      packets(PID.video, unit, { clockTicks, isRandomAccess: isKeyframe });
      countOfFrames++;
      return Buffer.concat(out);
    },
  };
}
