/** Unwraps MPEG's 33-bit 90 kHz clock, which wraps every 26.5 hours. */
const WRAP = 2 ** 33;
const HALF = 2 ** 32;

export type PtsClock = {
  /** Microseconds, continuous across wraps: of the possible values the one nearest to the previous is taken. */
  readonly toUs: (pts: number) => number;
};

export function createPtsClock(): PtsClock {
  let last: number | undefined;
  return {
    toUs: (pts) => {
      if (last === undefined) last = pts;
      else last += ((((pts - last + HALF) % WRAP) + WRAP) % WRAP) - HALF;
      return Math.round((last * 100) / 9);
    },
  };
}
