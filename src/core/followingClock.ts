import type { Clock } from "./clock.js";

/** The two clocks read one after the other, and a wall clock that counts whole milliseconds: closer they cannot be told. */
const TOLERANCE_US = 2000;
/** A wall clock that is slewed (NTP) runs a little slower or faster: so little is never a step back. */
const HELD_US = 50_000;

/**
 * The wall clock, with the resolution of the monotonic one, and always the wall clock: when it is set (NTP, a person) in
 * flight, what is recorded from then on has the new time. `ClockSteps` notices that it was.
 */
export function createFollowingClock(monoMs: () => number, wallMs: () => number): Clock {
  let offsetUs = (wallMs() - monoMs()) * 1000;
  let lastUs = Number.NEGATIVE_INFINITY;
  return {
    monoMs,
    unixUs: () => {
      const monoUs = monoMs() * 1000;
      const wallUs = wallMs() * 1000;
      // The wall clock drops what is less than a millisecond: it reads up to one less than it is.
      const aheadUs = wallUs - (offsetUs + monoUs);
      if (aheadUs > TOLERANCE_US || aheadUs < -1000 - TOLERANCE_US) offsetUs = wallUs - monoUs;
      const nowUs = Math.round(offsetUs + monoUs);
      lastUs = nowUs < lastUs && lastUs - nowUs <= HELD_US ? lastUs : nowUs;
      return lastUs;
    },
  };
}
