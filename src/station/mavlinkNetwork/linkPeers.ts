import type { LinkCounters } from "../../mavlink/counters.js";
import type { MavlinkFrame } from "../../mavlink/frame.js";
import { createReader, type MavlinkReader } from "../../mavlink/reader.js";

/** More peers than this on one link, without a known vehicle, are a flood: the one silent longest is dropped. */
const UNPINNED_MAX = 64;

type Peer = {
  readonly reader: MavlinkReader;
  receivedAtMonoMs: number;
  /** How many known vehicles are at this peer. */
  pins: number;
};

/**
 * The peers on one link, each with its own parser: byte streams are not mixed, and loss is counted per peer. A datagram
 * sender is added only for a frame with a valid checksum, and is kept while a known vehicle is there.
 */
export class LinkPeers {
  readonly #isDatagram: boolean;
  readonly #peers = new Map<string, Peer>();
  #gone: LinkCounters = NOTHING;

  constructor(isDatagram: boolean) {
    this.#isDatagram = isDatagram;
  }

  /** The frames that end in these bytes, in order of arrival. */
  push(bytes: Uint8Array, from: string, nowMonoMs: number): readonly MavlinkFrame[] {
    const frames: MavlinkFrame[] = [];
    const known = this.#peers.get(from);
    const peer = known ?? {
      reader: createReader({ isDatagram: this.#isDatagram }),
      receivedAtMonoMs: -Infinity,
      pins: 0,
    };
    if (!known && !this.#isDatagram) this.#admit(from, peer);
    peer.reader.push(bytes, (frame) => {
      // The checksum of an unknown message cannot be checked: it proves nothing.
      if (frame.name !== undefined) {
        peer.receivedAtMonoMs = nowMonoMs;
        this.#admit(from, peer);
      }
      frames.push(frame);
    });
    if (this.#peers.get(from) !== peer) this.#gone = added(this.#gone, peer.reader.counters);
    return frames;
  }

  get size(): number {
    return this.#peers.size;
  }

  /** A known vehicle is at this peer; the peer must have been received before. */
  pin(from: string): void {
    const peer = this.#peers.get(from);
    if (peer) peer.pins++;
  }

  unpin(from: string): void {
    const peer = this.#peers.get(from);
    if (peer) peer.pins = Math.max(0, peer.pins - 1);
  }

  /** Peers with a known vehicle, received within `pinnedWithinMs`, and others received within `othersWithinMs`. */
  recipients(nowMonoMs: number, pinnedWithinMs: number, othersWithinMs: number): readonly string[] {
    const found: string[] = [];
    for (const [from, { receivedAtMonoMs, pins }] of this.#peers)
      if (nowMonoMs - receivedAtMonoMs <= (pins > 0 ? pinnedWithinMs : othersWithinMs)) found.push(from);
    return found;
  }

  /** Summed over all peers ever seen. */
  counters(): LinkCounters {
    let sum = this.#gone;
    for (const { reader } of this.#peers.values()) sum = added(sum, reader.counters);
    return sum;
  }

  #admit(from: string, peer: Peer): void {
    if (this.#peers.get(from) === peer) return;
    this.#makeRoom();
    this.#peers.set(from, peer);
  }

  #makeRoom(): void {
    let count = 0;
    let oldest: [string, Peer] | undefined;
    for (const entry of this.#peers) {
      if (entry[1].pins > 0) continue;
      count++;
      if (!oldest || entry[1].receivedAtMonoMs < oldest[1].receivedAtMonoMs) oldest = entry;
    }
    if (count < UNPINNED_MAX || !oldest) return;
    this.#gone = added(this.#gone, oldest[1].reader.counters);
    this.#peers.delete(oldest[0]);
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
