import type { Clock } from "./clock.js";

/**
 * The two clocks are read one after the other, and the wall clock counts whole milliseconds: a smaller difference means
 * nothing.
 */
const TOLERANCE_US = 2000;
/**
 * NTP slews a wall clock by running it slower or faster: going back by so little is not a step, and the time is held
 * instead.
 */
const HELD_US = 50_000;

/**
 * The wall clock with the resolution of the monotonic one. When the wall clock is set in flight (NTP, a person) it
 * follows, so that later records have the new time; `ClockSteps` detects that it was set.
 */
export function createFollowingClock(monoMs: () => number, wallMs: () => number): Clock {
  let offsetUs = (wallMs() - monoMs()) * 1000;
  let lastUs = Number.NEGATIVE_INFINITY;
  return {
    monoMs,
    unixUs: () => {
      const monoUs = monoMs() * 1000;
      const wallUs = wallMs() * 1000;
      // The wall clock is truncated to whole milliseconds: it reads up to one millisecond too little.
      const aheadUs = wallUs - (offsetUs + monoUs);
      if (aheadUs > TOLERANCE_US || aheadUs < -1000 - TOLERANCE_US) offsetUs = wallUs - monoUs;
      const nowUs = Math.round(offsetUs + monoUs);
      lastUs = nowUs < lastUs && lastUs - nowUs <= HELD_US ? lastUs : nowUs;
      return lastUs;
    },
  };
}
