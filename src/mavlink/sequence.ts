import type { LinkCounters } from "./counters.js";

/**
 * After this many consecutive frames with old sequence numbers the sender has restarted; it is not reordering by the
 * network.
 */
const RESTART_AFTER = 8;

type Source = { expected: number; readonly missing: Uint8Array; countOfOld: number };

/**
 * Counts lost frames by sequence number, separately for each sender (system id, component id): a gap counts as lost
 * until the missing frame arrives late; a frame received twice is a duplicate, not a loss of 255.
 */
export class SequenceWatch {
  readonly #counters: LinkCounters;
  readonly #sources = new Map<number, Source>();

  constructor(counters: LinkCounters) {
    this.#counters = counters;
  }

  onFrame(systemId: number, componentId: number, seq: number): void {
    const key = (systemId << 8) | componentId;
    const source = this.#sources.get(key);
    if (!source) {
      this.#sources.set(key, { expected: (seq + 1) & 255, missing: new Uint8Array(256), countOfOld: 0 });
      return;
    }
    const ahead = (seq - source.expected) & 255;
    if (ahead < 128) this.#onNewer(source, seq, ahead);
    else this.#onOlder(source, seq);
  }

  #onNewer(source: Source, seq: number, ahead: number): void {
    for (let i = 0; i < ahead; i++) source.missing[(source.expected + i) & 255] = 1;
    this.#counters.lost += ahead;
    source.missing[seq] = 0;
    source.expected = (seq + 1) & 255;
    source.countOfOld = 0;
  }

  #onOlder(source: Source, seq: number): void {
    if (source.missing[seq] === 1) {
      source.missing[seq] = 0;
      this.#counters.lost--;
      return;
    }
    this.#counters.duplicates++;
    if (++source.countOfOld < RESTART_AFTER) return;
    this.#counters.duplicates -= source.countOfOld;
    source.missing.fill(0);
    source.countOfOld = 0;
    source.expected = (seq + 1) & 255;
  }
}
