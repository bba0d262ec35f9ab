import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { seededRng } from "../core/rng.js";
import { encodeFrame } from "./encode.js";
import type { MavlinkFrame } from "./frame.js";
import { createReader } from "./reader.js";
import { bytesOf, goldenFrames } from "./testing/golden.js";

const heartbeat = (seq: number, version: 1 | 2 = 2, systemId = 1): Uint8Array =>
  encodeFrame({
    name: "HEARTBEAT",
    fields: { type: 2, autopilot: 3, base_mode: 81, custom_mode: seq, system_status: 4, mavlink_version: 3 },
    systemId,
    componentId: 1,
    seq,
    version,
  });
const join = (...parts: readonly (Uint8Array | readonly number[])[]) => Uint8Array.from(parts.flatMap((p) => [...p]));

/** A valid frame of a message without a definition (id 54321). Its checksum cannot be verified, so any will do. */
const unknownFrame = (payload: readonly number[], seq = 0): Uint8Array =>
  join([0xfd, payload.length, 0, 0, seq, 1, 1, 0x31, 0xd4, 0x00], payload, [0xaa, 0xbb]);

function read(bytes: Uint8Array, { chunk = bytes.length, isDatagram = false } = {}) {
  const reader = createReader({ isDatagram });
  const frames: MavlinkFrame[] = [];
  for (let at = 0; at < bytes.length; at += chunk) reader.push(bytes.slice(at, at + chunk), (f) => frames.push(f));
  return { frames, counters: reader.counters };
}
const customModes = (frames: readonly MavlinkFrame[]) =>
  frames.filter((frame) => frame.name === "HEARTBEAT").map((frame) => frame.fields["custom_mode"]);

describe("the reader", () => {
  const golden = goldenFrames().map((frame) => bytesOf(frame.hex));
  const stream = join(...golden);

  it.each([1, 2, 3, 7, 64, 1000])("hears every golden frame in pieces of %i bytes", (chunk) => {
    const { frames, counters } = read(stream, { chunk });
    expect(frames.map((frame) => frame.name)).toEqual(goldenFrames().map((frame) => frame.name));
    expect(counters).toMatchObject({ messages: 556, badChecksums: 0, unknownIds: 0, garbageBytes: 0 });
  });

  it("hands out frames that a caller's reused buffer cannot change", () => {
    const reader = createReader({ isDatagram: true });
    const frames: MavlinkFrame[] = [];
    const buffer = new Uint8Array(heartbeat(7));
    reader.push(buffer, (frame) => frames.push(frame));
    buffer.fill(0);
    expect(customModes(frames)).toEqual([7]);
    expect(frames[0]!.bytes).toEqual(heartbeat(7));
  });

  it.each([
    ["a MAVLink 2 header that claims 255 bytes", [0xfd, 0xff, 0, 0, 1, 1, 1, 0, 0, 0]],
    ["an unknown id that claims 255 bytes", [0xfd, 0xff, 0, 0, 1, 1, 1, 0x31, 0xd4, 0]],
    ["the ten bytes that cost stock node-mavlink thirteen heartbeats", [0xfd, 0xff, 1, 2, 3, 4, 5, 6, 7, 8]],
    ["a MAVLink 1 header that claims 200 bytes", [0xfe, 200, 1, 1, 1, 0]],
    ["a header with flags nobody knows", [0xfd, 9, 0x40, 0, 1, 1, 1, 0, 0, 0]],
    ["magic bytes only", [0xfd, 0xfe, 0xfd, 0xfe, 0xfd, 0xfd]],
  ])("loses no frame that follows %s", (_name, noise) => {
    const beats = Array.from({ length: 20 }, (_, i) => heartbeat(i));
    const { frames, counters } = read(join(noise, ...beats), { chunk: 9 });
    expect(customModes(frames)).toEqual(beats.map((_, i) => i));
    expect(counters.garbageBytes).toBe(noise.length);
    expect(counters.messages).toBe(20);
  });

  it("drops a corrupted frame alone, and counts it once", () => {
    const broken = heartbeat(1);
    broken[12]! ^= 0x10;
    const { frames, counters } = read(join(heartbeat(0), broken, heartbeat(2)));
    expect(customModes(frames)).toEqual([0, 2]);
    expect(counters).toMatchObject({ badChecksums: 1, garbageBytes: broken.length, lost: 1 });
  });

  it("hands on unknown messages and goes on behind them", () => {
    const bytes = join(
      heartbeat(0),
      unknownFrame([1, 2, 3], 1),
      heartbeat(2),
      unknownFrame([], 3),
      unknownFrame([9], 4),
    );
    for (const chunk of [1, 5, bytes.length]) {
      const { frames, counters } = read(bytes, { chunk });
      expect(frames.map((frame) => frame.name ?? frame.messageId)).toEqual([
        "HEARTBEAT",
        54321,
        "HEARTBEAT",
        54321,
        54321,
      ]);
      expect(counters).toMatchObject({ unknownIds: 3, lost: 0, garbageBytes: 0 });
      expect(frames[1]!.fields).toEqual({});
      expect(frames[1]!.bytes).toEqual(unknownFrame([1, 2, 3], 1));
    }
  });

  it("keeps nothing between datagrams", () => {
    const reader = createReader({ isDatagram: true });
    const frames: MavlinkFrame[] = [];
    reader.push(heartbeat(0).slice(0, 10), (frame) => frames.push(frame));
    reader.push(heartbeat(1), (frame) => frames.push(frame));
    expect(customModes(frames)).toEqual([1]);
    expect(reader.counters.garbageBytes).toBe(10);
  });

  it("knows signed frames, and their length", () => {
    const secretKey = new Uint8Array(32);
    const signing = { secretKey, linkId: 3, time10us: 2 ** 40 + 5, sha256: () => new Uint8Array(32).fill(7) };
    const signed = encodeFrame({
      name: "HEARTBEAT",
      fields: { custom_mode: 5 },
      systemId: 1,
      componentId: 1,
      seq: 0,
      version: 2,
      signing,
    });
    const { frames, counters } = read(join(signed, heartbeat(1)));
    expect(frames[0]!.signature).toEqual({ linkId: 3, time10us: 2 ** 40 + 5, signature: new Uint8Array(6).fill(7) });
    expect(customModes(frames)).toEqual([5, 1]);
    expect(counters.garbageBytes).toBe(0);
  });
});

describe("loss counting", () => {
  const lostAfter = (...seqs: readonly number[]) => read(join(...seqs.map((seq) => heartbeat(seq & 255)))).counters;

  it("counts gaps, also over the wrap", () => {
    expect(lostAfter(1, 2, 3)).toMatchObject({ lost: 0, duplicates: 0 });
    expect(lostAfter(1, 2, 5)).toMatchObject({ lost: 2 });
    expect(lostAfter(254, 255, 0, 1)).toMatchObject({ lost: 0 });
    expect(lostAfter(254, 1)).toMatchObject({ lost: 2 });
  });
  it("takes late frames off again, and counts doubled ones apart", () => {
    expect(lostAfter(1, 3, 2, 4)).toMatchObject({ lost: 0, duplicates: 0 });
    expect(lostAfter(1, 2, 2, 3)).toMatchObject({ lost: 0, duplicates: 1 });
  });
  it("counts each sender apart", () => {
    const { counters } = read(join(heartbeat(1, 2, 1), heartbeat(200, 2, 2), heartbeat(2, 2, 1), heartbeat(201, 2, 2)));
    expect(counters.lost).toBe(0);
  });
  it("understands that a vehicle started anew", () => {
    const seqs = [...Array.from({ length: 50 }, (_, i) => i), ...Array.from({ length: 100 }, (_, i) => i)];
    const { lost, duplicates } = lostAfter(...seqs);
    expect(lost).toBe(0);
    expect(duplicates).toBeLessThan(10);
  });
});

describe("whatever comes", () => {
  it("never loses a frame between noise, however both are cut (property)", () => {
    // Noise without magic bytes must not delay a frame; noise with magic bytes is covered by the fuzz test and the
    // cases above.
    const noise = fc.uint8Array({ maxLength: 40 });
    fc.assert(
      fc.property(fc.array(noise, { minLength: 1, maxLength: 8 }), fc.integer({ min: 1, max: 80 }), (noises, chunk) => {
        const beats = noises.map((_, i) => heartbeat(i));
        // Enough valid frames at the end to cover the 280 bytes that a false header in the noise may claim.
        const tail = Array.from({ length: 20 }, (_, i) => heartbeat(100 + i));
        const { frames } = read(join(...noises.flatMap((n, i) => [n, beats[i]!]), ...tail), { chunk });
        expect(customModes(frames)).toEqual([...beats.map((_, i) => i), ...tail.map((_, i) => 100 + i)]);
      }),
      { numRuns: 500, seed: 20261123 },
    );
  });

  it("survives 200,000 mutated frames without a crash, a hang or growth", () => {
    const rng = seededRng(7);
    const golden = goldenFrames().map((frame) => bytesOf(frame.hex));
    const reader = createReader();
    let sound = 0;
    let heldMax = 0;
    for (let i = 0; i < 200_000; i++) {
      const bytes = golden[Math.floor(rng.uniform() * golden.length)]!.slice();
      const mutations = Math.floor(rng.uniform() * 4);
      for (let m = 0; m < mutations; m++)
        bytes[Math.floor(rng.uniform() * bytes.length)] = Math.floor(rng.uniform() * 256);
      const cut = rng.uniform() < 0.1 ? Math.floor(rng.uniform() * bytes.length) : bytes.length;
      reader.push(bytes.subarray(0, cut), (frame) => {
        sound++;
        // Every field of every frame: decoding must not throw either.
        expect(Object.keys(frame.fields).length).toBeGreaterThanOrEqual(0);
      });
      heldMax = Math.max(heldMax, reader.heldBytes);
    }
    expect(sound).toBeGreaterThan(50_000);
    expect(heldMax).toBeLessThan(600);
  }, 120_000);

  it("survives pure noise", () => {
    const rng = seededRng(11);
    const noise = Uint8Array.from({ length: 300_000 }, () => {
      const r = rng.uniform();
      return r < 0.2 ? 0xfd : r < 0.3 ? 0xfe : Math.floor(rng.uniform() * 256);
    });
    const { counters } = read(join(noise, ...Array.from({ length: 30 }, (_, i) => heartbeat(i))), { chunk: 1400 });
    expect(counters.messages).toBeGreaterThanOrEqual(30);
  });
});
