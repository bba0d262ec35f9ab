import type { RtpPacket } from "./rtpPacket.js";

/** Packets held back while one is missing: networks swap neighbours; anything later than this counts as lost. */
const HELD_MAX = 16;
/** The same limit in RTP time (90 kHz, 100 ms): at a low packet rate 16 packets would take half a second. */
const HELD_TICKS_MAX = 9000;
const TICKS_ROUND = 2 ** 32;
const ROUND = 0x10000;
/** A larger jump in sequence numbers is a restarted sender, not loss (RFC 3550, A.1). */
const RESTART_JUMP = 3000;

type Ordered = { readonly packet: RtpPacket; readonly isAfterLoss: boolean };

/** Reorder buffer: packets in any order in, in sequence order and without duplicates out. Held payloads are copied. */
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

  /** The missing packet is given up. */
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

  /** Continues with the next packet present. */
  #overLoss(): readonly Ordered[] {
    const next = this.#next ?? 0;
    const nearest = Math.min(...[...this.#held.keys()].map((sequence) => (sequence - next + ROUND) % ROUND));
    this.#next = (next + nearest) % ROUND;
    return this.#inOrder().map((ordered, index) => ({ ...ordered, isAfterLoss: index === 0 }));
  }
}
