import { describe, expect, it } from "vitest";
import { seededRng } from "../core/rng.js";
import { isTooLargeToDecode, pictureSize } from "./h264Sps.js";
import { streamProblem } from "./streamProblem.js";
import { fakeUnit, joinBytes, KLVA_REGISTRATION, TsMuxer, type MuxStream } from "./testing/tsMuxer.js";
import { createTsDemuxer } from "./tsDemuxer.js";
import type { TsDemuxer, TsEvent } from "./tsEvents.js";

const h264 = (pid: number): MuxStream => ({ streamType: 0x1b, pid, descriptors: [] });
const klv = (pid: number): MuxStream => ({ streamType: 0x06, pid, descriptors: KLVA_REGISTRATION });
const unitOf = (i: number, size = 400): Uint8Array => fakeUnit(i % 10 === 0, size, i);

/** The unit sizes tell which program of these streams was read. */
const sizesOf = (events: readonly TsEvent[]): number[] =>
  events.flatMap((event) => (event.kind === "access-unit" ? [event.bytes.byteLength] : []));
const run = (packets: readonly Uint8Array[], demuxer: TsDemuxer = createTsDemuxer()): TsEvent[] => [
  ...packets.flatMap((packet) => demuxer.push(packet)),
  ...demuxer.flush(),
];

function bare(count = 30): Uint8Array[] {
  const muxer = new TsMuxer();
  return Array.from({ length: count }, (_, i) => [
    ...(i % 10 === 0 ? muxer.tables([h264(0x100)]) : []),
    ...muxer.pes(0x100, 0xe0, unitOf(i), { pts: i * 3600 }),
  ]).flat();
}

describe("case 13: packets with more around them", () => {
  const rng = seededRng(4);
  const some = (count: number): Uint8Array => Uint8Array.from({ length: count }, () => Math.floor(rng.uniform() * 256));
  const around = {
    "M2TS, four bytes before": (packet: Uint8Array) => joinBytes([some(4), packet]),
    "sixteen bytes of parity behind": (packet: Uint8Array) => joinBytes([packet, some(16)]),
  };
  it.each(Object.entries(around))("%s: every picture is read, in any portions", (_, wrap) => {
    const bytes = joinBytes(bare().map(wrap));
    for (const portion of [bytes.byteLength, 1316, 188, 77]) {
      const portions = Array.from({ length: Math.ceil(bytes.byteLength / portion) }, (__, i) =>
        bytes.subarray(i * portion, (i + 1) * portion),
      );
      const demuxer = createTsDemuxer();
      expect(sizesOf(run(portions, demuxer))).toHaveLength(30);
      expect(demuxer.status().countOfContinuityErrors).toBe(0);
    }
  });

  it("a stream that begins anywhere, behind garbage, is read from its next tables on", () => {
    const late = joinBytes([some(5000), joinBytes(bare()).subarray(188 * 5 + 61)]);
    expect(sizesOf(run([late])).length).toBeGreaterThanOrEqual(20);
  });
});

describe("case 17: several programs", () => {
  const EYES = [0x1000, 0x1010];
  /** A camera with two sensors, its PMTs and pictures interleaved; the second program has larger pictures. */
  function twoPrograms(order: readonly number[], firstHasVideo = true): { muxer: TsMuxer; packets: Uint8Array[] } {
    const muxer = new TsMuxer();
    const first = firstHasVideo ? [h264(0x100), klv(0x101)] : [{ ...h264(0x100), streamType: 0x24 }];
    const maps = [
      () => muxer.pmt({ programNumber: 1, pid: 0x1000, streams: first }),
      () => muxer.pmt({ programNumber: 2, pid: 0x1010, streams: [h264(0x200), klv(0x201)] }),
    ];
    const packets = Array.from({ length: 30 }, (_, i) => [
      ...(i % 5 === 0 ? [...muxer.pat(EYES), ...order.flatMap((index) => maps[index]!())] : []),
      ...muxer.pes(0x100, 0xe0, unitOf(i, 300), { pts: i * 3600 }),
      ...muxer.pes(0x101, 0xbd, Uint8Array.of(1, i)),
      ...muxer.pes(0x200, 0xe0, unitOf(i, 900), { pts: i * 3600 }),
      ...muxer.pes(0x201, 0xbd, Uint8Array.of(2, i)),
    ]).flat();
    return { muxer, packets };
  }

  it.each([[[0, 1]], [[1, 0]]])("the first of the table is shown, with its own metadata (maps come as %s)", (order) => {
    const events = run(twoPrograms(order).packets);
    expect(sizesOf(events)).toHaveLength(30);
    expect(Math.max(...sizesOf(events))).toBeLessThan(500);
    const metadata = events.filter((event) => event.kind === "klv");
    expect(metadata).toHaveLength(30);
    expect(metadata.every(({ bytes }) => bytes[0] === 1)).toBe(true);
  });

  it("the first with H.264: one in H.265 before it is passed over", () => {
    const events = run(twoPrograms([0, 1], false).packets);
    expect(sizesOf(events)).toHaveLength(30);
    expect(Math.min(...sizesOf(events))).toBeGreaterThan(800);
  });

  it("a program that is listed and never comes is not waited for long", () => {
    const muxer = new TsMuxer();
    const packets = Array.from({ length: 30 }, (_, i) => [
      ...(i % 5 === 0
        ? [...muxer.pat(EYES), ...muxer.pmt({ programNumber: 2, pid: 0x1010, streams: [h264(0x200)] })]
        : []),
      ...muxer.pes(0x200, 0xe0, unitOf(i, 900), { pts: i * 3600 }),
    ]).flat();
    expect(sizesOf(run(packets)).length).toBeGreaterThanOrEqual(25);
  });

  it("a map that changes in mid-stream is followed, and what it leaves as it was is not cut", () => {
    const muxer = new TsMuxer();
    const at = (pid: number, version: number, more: readonly MuxStream[] = []) =>
      muxer.pmt({ programNumber: 1, pid: 0x1000, version, streams: [h264(pid), ...more] });
    const half = muxer.pes(0x100, 0xe0, unitOf(1, 900), { pts: 3600 });
    const packets = [
      ...muxer.pat([0x1000]),
      ...at(0x100, 0),
      ...muxer.pes(0x100, 0xe0, unitOf(0), { pts: 0 }),
      ...half.slice(0, 2),
      ...at(0x100, 1, [klv(0x101)]),
      ...half.slice(2),
      ...muxer.pes(0x101, 0xbd, Uint8Array.of(9)),
      ...at(0x300, 2),
      ...muxer.pes(0x100, 0xe0, unitOf(2), { pts: 7200 }),
      ...muxer.pes(0x300, 0xe0, unitOf(10, 700), { pts: 10_800 }),
    ];
    const events = run(packets);
    expect(sizesOf(events)).toEqual([unitOf(0), unitOf(1, 900), unitOf(10, 700)].map((unit) => unit.byteLength));
    expect(events.filter(({ kind }) => kind === "klv")).toHaveLength(1);
  });
});

describe("case 13: why there is no picture", () => {
  const problemOf = (packets: readonly Uint8Array[]) => {
    const demuxer = createTsDemuxer();
    run(packets, demuxer);
    return streamProblem(demuxer.status(), 0);
  };
  const withStream = (stream: Partial<MuxStream>) => new TsMuxer().tables([{ ...h264(0x100), ...stream }]);
  const registration = (name: string) => [5, 4, ...Array.from(name, (letter) => letter.charCodeAt(0))];

  it("is told by the tables, by encryption, and by what is missing", () => {
    expect(problemOf(withStream({ streamType: 0x24 }))).toEqual({ kind: "codec", codec: "H.265" });
    expect(problemOf(withStream({ streamType: 0x02 }))).toEqual({ kind: "codec", codec: "MPEG-2" });
    const hevc = { streamType: 0x06, descriptors: registration("HEVC") };
    expect(problemOf(withStream(hevc))).toEqual({ kind: "codec", codec: "H.265" });
    expect(problemOf(withStream({ streamType: 0x0f }))).toEqual({ kind: "audio-only" });
    expect(problemOf(withStream({}))).toEqual({ kind: "no-pictures" });
    expect(problemOf(bare().filter((packet) => ((packet[1] ?? 0) & 0x1f) === 1))).toEqual({ kind: "no-tables" });
    const scrambled = bare().map((packet) => {
      const copy = packet.slice();
      if (copy[2] === 0 && ((copy[1] ?? 0) & 0x1f) === 1) copy[3] = (copy[3] ?? 0) | 0x80;
      return copy;
    });
    expect(problemOf(scrambled)).toEqual({ kind: "encrypted" });
    const muxer = new TsMuxer();
    const deltas = Array.from({ length: 20 }, (_, i) => muxer.pes(0x100, 0xe0, fakeUnit(false, 300, i), { pts: i }));
    expect(problemOf([...muxer.tables([h264(0x100)]), ...deltas.flat()])).toEqual({ kind: "no-keyframe" });
    expect(problemOf([Uint8Array.from({ length: 5000 }, (_, i) => (i * 41) & 255)])).toEqual({ kind: "not-video" });
  });
});

/** Bits of an SPS: numbers are written as Exp-Golomb codes, strings as they are. */
function spsOf(parts: readonly (number | string)[]): Uint8Array {
  const golomb = (value: number): string => {
    const bits = (value + 1).toString(2);
    return "0".repeat(bits.length - 1) + bits;
  };
  const bits = parts.map((part) => (typeof part === "string" ? part : golomb(part))).join("") + "1";
  const bytes = bits.padEnd(Math.ceil(bits.length / 8) * 8, "0").match(/.{8}/g) ?? [];
  return Uint8Array.from([0x67, ...bytes.map((byte) => Number.parseInt(byte, 2))]);
}
const baseline = (across: number, down: number): Uint8Array =>
  spsOf(["01000010", "11000000", "00110011", 0, 0, 2, 1, "0", across - 1, down - 1, "1", "0000"]);

describe("findings 6.10: sizes in a parameter set", () => {
  it("are read as their makers wrote them", () => {
    // x264 at 640 x 512, baseline and high profile.
    const sized = (hex: string) => pictureSize(Uint8Array.from(Buffer.from(hex, "hex")));
    expect(sized("6742c01ed900a0106c0440000003004000000c83c58b92")).toEqual({ widthPx: 640, heightPx: 512 });
    expect(pictureSize(baseline(120, 68))).toEqual({ widthPx: 1920, heightPx: 1088 });
    expect(pictureSize(baseline(40, 32).subarray(0, 5))).toBeUndefined();
  });

  it("4K is decoded, more is not", () => {
    expect(isTooLargeToDecode({ widthPx: 3840, heightPx: 2160 })).toBe(false);
    expect(isTooLargeToDecode({ widthPx: 4096, heightPx: 2304 })).toBe(false);
    expect(isTooLargeToDecode({ widthPx: 8192, heightPx: 4320 })).toBe(true);
    expect(isTooLargeToDecode({ widthPx: 16_384, heightPx: 16 })).toBe(true);
  });

  it("an absurd one never reaches a decoder, and neither does what follows it", () => {
    const huge = Uint8Array.from([0, 0, 0, 1, ...baseline(4096, 4096), 0, 0, 1, 0x65, 0x88, 1, 2, 3]);
    const hidden = Uint8Array.from([...fakeUnit(true, 50, 1), 0, 0, 1, ...baseline(5000, 5000)]);
    for (const bomb of [huge, hidden]) {
      const muxer = new TsMuxer();
      const demuxer = createTsDemuxer();
      const sent = [unitOf(0), bomb, unitOf(1), unitOf(2), unitOf(10), unitOf(11)];
      const packets = sent.flatMap((unit, i) => muxer.pes(0x100, 0xe0, unit, { pts: i * 3600 }));
      const events = run([...muxer.tables([h264(0x100)]), ...packets], demuxer);
      expect(sizesOf(events)).toEqual([unitOf(0), unitOf(10), unitOf(11)].map((unit) => unit.byteLength));
      expect(demuxer.status().refused).toMatchObject({ widthPx: bomb === huge ? 65_536 : 80_000 });
    }
  });
});

describe("broken streams", () => {
  it("thousands of scribbled ones never throw, and a sound one is read after them", () => {
    const rng = seededRng(21);
    const demuxer = createTsDemuxer();
    const sound = joinBytes(bare(10));
    for (let i = 0; i < 2000; i++) {
      const bytes = sound.slice();
      const count = 1 + Math.floor(rng.uniform() * 60);
      for (let j = 0; j < count; j++)
        bytes[Math.floor(rng.uniform() * bytes.byteLength)] = Math.floor(rng.uniform() * 256);
      demuxer.push(bytes.subarray(0, Math.floor(rng.uniform() * bytes.byteLength)));
    }
    expect(sizesOf([...demuxer.push(joinBytes([sound, sound, sound])), ...demuxer.flush()]).length).toBeGreaterThan(20);
  });
});
