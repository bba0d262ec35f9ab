import type { MavlinkFrame } from "../../mavlink/frame.js";

/** Copies come over other links within seconds; afterwards the same number means another frame. */
const WINDOW_MS = 3000;
/** Sequence numbers come round after 256 frames: a match further back is no copy. */
const WINDOW_FRAMES = 200;
/** Frames of unknown messages have no checksum that could be checked: noise must not invent senders without end. */
const SENDERS_MAX = 1024;

type Sender = {
  readonly hashes: Int32Array;
  readonly atMonoMs: Float64Array;
  readonly ordinals: Float64Array;
  readonly sourceKeys: string[];
  countOfFirst: number;
};

/** Which frames were heard before, on whatever link: the same sender, number and content. */
export class CopyDetector {
  readonly #senders = new Map<number, Sender>();

  /** Undefined for the first copy; for another, the ear that heard the first. */
  copyOf(frame: MavlinkFrame, sourceKey: string, nowMonoMs: number): string | undefined {
    const sender = this.#sender((frame.systemId << 8) | frame.componentId);
    const { seq } = frame;
    const hash = contentHashOf(frame);
    const isRecent = nowMonoMs - (sender.atMonoMs[seq] ?? 0) < WINDOW_MS;
    const isThisRound = sender.countOfFirst - (sender.ordinals[seq] ?? 0) < WINDOW_FRAMES;
    if (sender.hashes[seq] === hash && isRecent && isThisRound) return sender.sourceKeys[seq];
    sender.hashes[seq] = hash;
    sender.atMonoMs[seq] = nowMonoMs;
    sender.ordinals[seq] = ++sender.countOfFirst;
    sender.sourceKeys[seq] = sourceKey;
    return undefined;
  }

  #sender(key: number): Sender {
    const known = this.#senders.get(key);
    if (known) return known;
    if (this.#senders.size >= SENDERS_MAX) this.#senders.clear();
    const made: Sender = {
      hashes: new Int32Array(256),
      atMonoMs: new Float64Array(256).fill(Number.NEGATIVE_INFINITY),
      ordinals: new Float64Array(256),
      sourceKeys: [],
      countOfFirst: 0,
    };
    this.#senders.set(key, made);
    return made;
  }
}

/** What we said ourselves on any link, so that an echo over a router is known. Numbers are counted a link: all are kept. */
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

/** FNV-1a over message id and payload: neither framing, number nor signature. */
export function contentHashOf(frame: MavlinkFrame): number {
  const { bytes } = frame;
  const start = frame.version === 1 ? HEADER_V1 : HEADER_V2;
  const end = start + (bytes[1] ?? 0);
  let hash = Math.imul(0x811c9dc5 ^ frame.messageId, 0x01000193);
  for (let i = start; i < end; i++) hash = Math.imul(hash ^ (bytes[i] ?? 0), 0x01000193);
  return hash | 0;
}
