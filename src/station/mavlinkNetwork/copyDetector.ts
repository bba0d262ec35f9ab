import type { MavlinkFrame } from "../../mavlink/frame.js";

/** Copies arrive over other links within seconds; later, the same sequence number is a different frame. */
const WINDOW_MS = 3000;
/** Sequence numbers wrap around after 256 frames: a match further back is no copy. */
const WINDOW_FRAMES = 200;
/** Frames of unknown messages have no checksum that could be checked: noise must not create senders without limit. */
const SENDERS_MAX = 1024;

type Sender = {
  readonly hashes: Int32Array;
  readonly atMonoMs: Float64Array;
  readonly ordinals: Float64Array;
  readonly firsts: FirstDelivery[];
  countOfFirst: number;
};

/** The first delivery of a frame. */
type FirstDelivery = {
  readonly sourceKey: string;
  /** False where the vehicle's state did not take it: a later copy may still be the one that counts. */
  isApplied: boolean;
};

/** `first` is the delivery itself unless it is a copy. */
export type Delivery = { readonly first: FirstDelivery; readonly isCopy: boolean };

/** Remembers which frames were received, on any link: a copy has the same sender, sequence number and content. */
export class CopyDetector {
  readonly #senders = new Map<number, Sender>();

  onFrame(frame: MavlinkFrame, sourceKey: string, nowMonoMs: number): Delivery {
    const sender = this.#sender((frame.systemId << 8) | frame.componentId);
    const { seq } = frame;
    const hash = contentHashOf(frame);
    const isRecent = nowMonoMs - (sender.atMonoMs[seq] ?? 0) < WINDOW_MS;
    const isThisRound = sender.countOfFirst - (sender.ordinals[seq] ?? 0) < WINDOW_FRAMES;
    const known = sender.firsts[seq];
    if (known && sender.hashes[seq] === hash && isRecent && isThisRound) return { first: known, isCopy: true };
    const first = { sourceKey, isApplied: false };
    sender.hashes[seq] = hash;
    sender.atMonoMs[seq] = nowMonoMs;
    sender.ordinals[seq] = ++sender.countOfFirst;
    sender.firsts[seq] = first;
    return { first, isCopy: false };
  }

  #sender(key: number): Sender {
    const known = this.#senders.get(key);
    if (known) return known;
    if (this.#senders.size >= SENDERS_MAX) this.#senders.clear();
    const made: Sender = {
      hashes: new Int32Array(256),
      atMonoMs: new Float64Array(256).fill(Number.NEGATIVE_INFINITY),
      ordinals: new Float64Array(256),
      firsts: [],
      countOfFirst: 0,
    };
    this.#senders.set(key, made);
    return made;
  }
}

/**
 * Remembers what we sent on any link, so that our own frames, returned by a router, are recognised. Sequence numbers
 * are counted per link, so the frames of all links are kept.
 */
export class LoopbackFilter {
  #now = new Set<number>();
  #before = new Set<number>();
  #turnedAtMonoMs = Number.NEGATIVE_INFINITY;

  onSent(frame: MavlinkFrame, nowMonoMs: number): void {
    if (nowMonoMs - this.#turnedAtMonoMs > WINDOW_MS) {
      this.#before = this.#now;
      this.#now = new Set();
      this.#turnedAtMonoMs = nowMonoMs;
    }
    this.#now.add(keyOf(frame));
  }

  isLoopback(frame: MavlinkFrame): boolean {
    const key = keyOf(frame);
    return this.#now.has(key) || this.#before.has(key);
  }
}

const keyOf = (frame: MavlinkFrame): number => contentHashOf(frame) * 256 + frame.seq;

const HEADER_V1 = 6;
const HEADER_V2 = 10;

/** FNV-1a over message id and payload only: framing, sequence number and signature differ between copies. */
export function contentHashOf(frame: MavlinkFrame): number {
  const { bytes } = frame;
  const start = frame.version === 1 ? HEADER_V1 : HEADER_V2;
  const end = start + (bytes[1] ?? 0);
  let hash = Math.imul(0x811c9dc5 ^ frame.messageId, 0x01000193);
  for (let i = start; i < end; i++) hash = Math.imul(hash ^ (bytes[i] ?? 0), 0x01000193);
  return hash | 0;
}
