/** What a service needs to know of the link it speaks over. */
export type ServiceLink = {
  readonly systemId: number;
  readonly linkBitsPerS: number;
  /** Simulated seconds a second of the link's time. */
  readonly speedup: number;
};

/** Bytes a protocol may send, filled by its share of the link. */
type Allowance = {
  readonly advance: (nowMs: number) => void;
  /** False when there is not enough in hand: wait for the next tick. */
  readonly take: (bytes: number) => boolean;
};

/** `share` of the link (0..1), never more than `mostBytes` in hand. */
export function createAllowance({ linkBitsPerS, speedup }: ServiceLink, share: number, mostBytes: number): Allowance {
  let inHand = 0;
  let lastMs: number | undefined;
  return {
    advance: (nowMs) => {
      const passedS = (nowMs - (lastMs ?? nowMs)) / 1000 / speedup;
      lastMs = nowMs;
      inHand = Math.min(mostBytes, inHand + (linkBitsPerS / 8) * share * passedS);
    },
    take: (bytes) => {
      if (inHand < bytes) return false;
      inHand -= bytes;
      return true;
    },
  };
}
