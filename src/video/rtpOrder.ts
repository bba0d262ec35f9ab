import type { RtpPacket } from "./rtpPacket.js";

/** Packets held back for a missing one: networks swap neighbours; what is later than this is lost. */
const HELD_MAX = 16;
/** The same by the packets' own time, 90 kHz: a thin stream would fill the above in half a second only. */
const HELD_TICKS_MAX = 9000;
const TICKS_ROUND = 2 ** 32;
const ROUND = 0x10000;
/** A jump this far is a sender that began anew, not a loss (RFC 3550, A.1). */
const RESTART_JUMP = 3000;

type Ordered = { readonly packet: RtpPacket; readonly isAfterLoss: boolean };

/** Packets in any order in; in the order of their numbers out, each once. Payloads held back are copied. */
export class RtpOrder {
  readonly #held = new Map<number, RtpPacket>();
  #next: number | undefined;

  push(packet: RtpPacket): readonly Ordered[] {
    const ahead = this.#next === undefined ? 0 : (packet.sequence - this.#next + ROUND) % ROUND;
    const isOld = ahead >= ROUND - RESTART_JUMP;
    if (isOld || this.#held.has(packet.sequence)) return [];
    if (ahead > RESTART_JUMP) {
      this.#held.clear();
      this.#next = (packet.sequence + 1) % ROUND;
      return [{ packet, isAfterLoss: true }];
    }
    if (ahead > 0) {
      this.#held.set(packet.sequence, { ...packet, payload: packet.payload.slice() });
      return this.#isLost(packet) ? this.#overLoss() : [];
    }
    this.#next = (packet.sequence + 1) % ROUND;
    return [{ packet, isAfterLoss: false }, ...this.#inOrder()];
  }

  /** The missing one is not waited for any longer. */
  #isLost({ ticks }: RtpPacket): boolean {
    const [oldest] = this.#held.values();
    const waitedTicks = oldest ? (ticks - oldest.ticks + TICKS_ROUND) % TICKS_ROUND : 0;
    const isLong = waitedTicks > HELD_TICKS_MAX && waitedTicks < TICKS_ROUND / 2;
    return this.#held.size > HELD_MAX || isLong;
  }

  #inOrder(): Ordered[] {
    const ready: Ordered[] = [];
    for (;;) {
      const packet = this.#next === undefined ? undefined : this.#held.get(this.#next);
      if (!packet) return ready;
      this.#held.delete(packet.sequence);
      this.#next = (packet.sequence + 1) % ROUND;
      ready.push({ packet, isAfterLoss: false });
    }
  }

  /** Goes on at the nearest that is there. */
  #overLoss(): readonly Ordered[] {
    const next = this.#next ?? 0;
    const nearest = Math.min(...[...this.#held.keys()].map((sequence) => (sequence - next + ROUND) % ROUND));
    this.#next = (next + nearest) % ROUND;
    return this.#inOrder().map((ordered, index) => ({ ...ordered, isAfterLoss: index === 0 }));
  }
}
