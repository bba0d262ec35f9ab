import type { LinkCounters } from "../../mavlink/counters.js";
import type { MavlinkFrame } from "../../mavlink/frame.js";
import { createReader, type MavlinkReader } from "../../mavlink/reader.js";

/** More speakers on one wire is a flood; the one silent longest makes room. */
const SPEAKERS_MAX = 64;

type Speaker = { readonly reader: MavlinkReader; heardAtMonoMs: number };

/** A reader for each speaker of a wire: streams are not mixed, and loss is counted for each on its own. */
export class SourceReaders {
  readonly #isDatagram: boolean;
  readonly #speakers = new Map<string, Speaker>();
  #gone: LinkCounters = NOTHING;

  constructor(isDatagram: boolean) {
    this.#isDatagram = isDatagram;
  }

  push(bytes: Uint8Array, from: string, nowMonoMs: number, onFrame: (frame: MavlinkFrame) => void): void {
    let speaker = this.#speakers.get(from);
    if (!speaker) {
      if (this.#speakers.size >= SPEAKERS_MAX) this.#forgetOldest();
      speaker = { reader: createReader({ isDatagram: this.#isDatagram }), heardAtMonoMs: nowMonoMs };
      this.#speakers.set(from, speaker);
    }
    speaker.heardAtMonoMs = nowMonoMs;
    speaker.reader.push(bytes, onFrame);
  }

  get size(): number {
    return this.#speakers.size;
  }

  /** Of all that ever spoke. */
  counters(): LinkCounters {
    let sum = this.#gone;
    for (const { reader } of this.#speakers.values()) sum = added(sum, reader.counters);
    return sum;
  }

  #forgetOldest(): void {
    let oldest: [string, Speaker] | undefined;
    for (const entry of this.#speakers) if (!oldest || entry[1].heardAtMonoMs < oldest[1].heardAtMonoMs) oldest = entry;
    if (!oldest) return;
    this.#gone = added(this.#gone, oldest[1].reader.counters);
    this.#speakers.delete(oldest[0]);
  }
}

const NOTHING: LinkCounters = { messages: 0, lost: 0, duplicates: 0, badChecksums: 0, unknownIds: 0, garbageBytes: 0 };

const added = (a: LinkCounters, b: Readonly<LinkCounters>): LinkCounters => ({
  messages: a.messages + b.messages,
  lost: a.lost + b.lost,
  duplicates: a.duplicates + b.duplicates,
  badChecksums: a.badChecksums + b.badChecksums,
  unknownIds: a.unknownIds + b.unknownIds,
  garbageBytes: a.garbageBytes + b.garbageBytes,
});
