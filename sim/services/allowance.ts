/** Properties of the link that a service sends over. */
export type ServiceLink = {
  readonly systemId: number;
  readonly linkBitsPerS: number;
  /** Simulated seconds per second of link time. */
  readonly speedup: number;
};

/** Rate limit for a protocol: a token bucket of bytes. */
type Allowance = {
  readonly advance: (nowMs: number) => void;
  /** Takes the bytes if available; false means wait for the next tick. */
  readonly take: (bytes: number) => boolean;
};

/** `share` of the link's rate (0..1), at most `mostBytes` saved up. */
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
