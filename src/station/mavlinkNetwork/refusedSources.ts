import type { MavlinkFrame } from "../../mavlink/frame.js";
import { requestIdentity } from "../../mavlink/outgoing.js";
import type { MavlinkSource } from "./unidentifiedSources.js";

const SOURCES_MAX = 512;
/** For all refused sources together: a flood must not make the station send a lot. */
const ASK_EVERY_MS = 250;

/**
 * Sources not admitted as vehicles. A real aircraft sends more than heartbeats, or answers a request: it is then
 * admitted at its next heartbeat.
 */
export class RefusedSources {
  readonly #hasSentMore = new Map<string, boolean>();
  #askedAtMonoMs = Number.NEGATIVE_INFINITY;

  add({ key, link, from }: MavlinkSource, { systemId, componentId }: MavlinkFrame, nowMonoMs: number): void {
    if (!this.#hasSentMore.has(key)) {
      if (this.#hasSentMore.size >= SOURCES_MAX) this.#forgetFirst();
      this.#hasSentMore.set(key, false);
    }
    if (nowMonoMs - this.#askedAtMonoMs < ASK_EVERY_MS) return;
    this.#askedAtMonoMs = nowMonoMs;
    link.send(requestIdentity({ systemId, componentId }), from);
  }

  /** A frame of a source that is none of the vehicles. */
  onFrame(key: string, frame: MavlinkFrame): void {
    if (frame.name !== undefined && frame.name !== "HEARTBEAT" && this.#hasSentMore.has(key))
      this.#hasSentMore.set(key, true);
  }

  hasSentMore(key: string): boolean {
    return this.#hasSentMore.get(key) === true;
  }

  /** Drops the oldest source that sent only heartbeats, or else the oldest of all. */
  #forgetFirst(): void {
    for (const [key, hasSentMore] of this.#hasSentMore) {
      if (hasSentMore) continue;
      this.#hasSentMore.delete(key);
      return;
    }
    for (const key of this.#hasSentMore.keys()) {
      this.#hasSentMore.delete(key);
      return;
    }
  }
}
