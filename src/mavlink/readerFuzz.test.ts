/**
 * The reader against damaged streams: 200,000 frames by default, VIGIE_FUZZ_FRAMES of them in the nightly run. Every
 * batch has its own seed, which a failure names.
 */
import { describe, expect, it } from "vitest";
import { seededRng, type Rng } from "../core/rng.js";
import type { MavlinkFrame } from "./frame.js";
import { createReader, type MavlinkReader } from "./reader.js";
import { bytesOf, goldenFrames, recording, signedFrames } from "./testing/golden.js";
import { below, joined, mutated, noise } from "./testing/mutate.js";
import { readTlog } from "./tlog.js";

const COUNT_OF_FRAMES = Number(process.env["VIGIE_FUZZ_FRAMES"] ?? 200_000);
const BATCH_FRAMES = 2000;
const LONGEST_FRAME = 280;
/** One incomplete frame and one unknown message. */
const HELD_MAX = 2 * LONGEST_FRAME;

const recorded = (name: "copter" | "plane"): Uint8Array[] => {
  const frames: Uint8Array[] = [];
  readTlog(recording(name).slice(0, 150_000), ({ frame }) => frames.push(frame.bytes.slice()));
  return frames;
};
const POOL = [
  ...goldenFrames().map(({ hex }) => bytesOf(hex)),
  ...signedFrames().frames.map(({ hex }) => bytesOf(hex)),
  ...recorded("copter"),
  ...recorded("plane"),
];

/** `sound`: where the undamaged frames begin. */
type Stream = { readonly bytes: Uint8Array; readonly sound: readonly number[] };

/** Half of the frames undamaged, half damaged, some repeated, noise in between. */
function damagedStream(rng: Rng): Stream {
  const sound: number[] = [];
  const pieces: Uint8Array[] = [];
  let at = 0;
  const put = (piece: Uint8Array): void => {
    pieces.push(piece);
    at += piece.length;
  };
  for (let i = 0; i < BATCH_FRAMES; i++) {
    const frame = POOL[below(rng, POOL.length)]!;
    const fate = rng.uniform();
    const copies = fate < 0.05 ? 2 : fate < 0.45 ? 1 : 0;
    for (let copy = 0; copy < copies; copy++) {
      sound.push(at);
      put(frame);
    }
    if (fate >= 0.95) put(noise(rng, below(rng, 60)));
    else if (copies === 0) put(mutated(rng, frame, POOL[below(rng, POOL.length)]!));
  }
  return { bytes: joined(pieces), sound };
}

type Received = { readonly frames: readonly Uint8Array[]; readonly reader: MavlinkReader; readonly mostHeld: number };

function receive(bytes: Uint8Array, nextChunk: () => number): Received {
  const reader = createReader();
  const frames: Uint8Array[] = [];
  const onFrame = (frame: MavlinkFrame): void => void frames.push(frame.bytes);
  let mostHeld = 0;
  for (let at = 0; at < bytes.length;) {
    const chunk = bytes.slice(at, at + nextChunk());
    at += chunk.length;
    reader.push(chunk, onFrame);
    mostHeld = Math.max(mostHeld, reader.heldBytes);
    chunk.fill(0xfd); // a caller may reuse its buffer: the reader must have copied it
  }
  return { frames, reader, mostHeld };
}

/** How many undamaged frames the reader missed, and how many frames it found where none was written. */
function compare({ bytes, sound }: Stream, received: readonly Uint8Array[]) {
  const stream = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const receivedAt = new Set<number>();
  let at = 0;
  for (const frame of received) {
    const found = stream.indexOf(frame, at);
    receivedAt.add(found);
    at = found + frame.length;
  }
  const missed = sound.filter((offset) => !receivedAt.has(offset)).length;
  return { missed, strangers: received.length - (sound.length - missed) };
}

describe("the reader on damaged streams", () => {
  it(
    `hears every sound frame among ${COUNT_OF_FRAMES} damaged ones, in pieces of any size, and keeps nothing`,
    () => {
      let countOfSound = 0;
      let countOfMissed = 0;
      for (let seed = 1; seed * BATCH_FRAMES <= COUNT_OF_FRAMES; seed++) {
        const rng = seededRng(seed);
        const stream = damagedStream(rng);
        const { bytes, sound } = stream;
        const most = [1, 7, 64, 300, 4000][seed % 5]!;
        const { frames, reader, mostHeld } = receive(bytes, () => 1 + below(rng, most));
        const { missed, strangers } = compare(stream, frames);
        const { counters } = reader;
        const accounted = frames.reduce((sum, frame) => sum + frame.length, counters.garbageBytes + reader.heldBytes);
        expect({ seed, messages: counters.messages, accounted }).toEqual({
          seed,
          messages: frames.length,
          accounted: bytes.length,
        });
        expect(mostHeld, `seed ${seed}`).toBeLessThanOrEqual(HELD_MAX);
        for (const count of Object.values(counters)) expect(count, `seed ${seed}`).toBeGreaterThanOrEqual(0);
        // A checksum has 16 bits: now and then noise passes for a frame, and the frames it covers are lost.
        expect(missed, `seed ${seed}`).toBeLessThanOrEqual(Math.min(strangers, 3) * 3);
        countOfSound += sound.length;
        countOfMissed += missed;
      }
      expect(countOfMissed / countOfSound).toBeLessThan(1e-3);
    },
    20 * 60_000,
  );

  it("hears the same known frames however the stream is cut", () => {
    for (let seed = 1001; seed <= 1004; seed++) {
      const rng = seededRng(seed);
      const { bytes } = damagedStream(rng);
      const known = ({ frames }: Received) => frames.filter((frame) => !isUnknown(frame));
      const whole = known(receive(bytes, () => bytes.length));
      expect(known(receive(bytes, () => 1 + below(rng, 500))), `seed ${seed}`).toEqual(whole);
    }
  });

  it("takes datagrams of nothing but noise, and keeps nothing of them", () => {
    const rng = seededRng(5);
    const reader = createReader({ isDatagram: true });
    for (let i = 0; i < 3000; i++) {
      reader.push(noise(rng, below(rng, 300)), () => undefined);
      expect(reader.heldBytes).toBe(0);
    }
  });
});

const isUnknown = (frame: Uint8Array): boolean => {
  let isKnown = false;
  createReader({ isDatagram: true }).push(frame, ({ name }) => (isKnown = name !== undefined));
  return !isKnown;
};
