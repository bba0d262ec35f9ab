/**
 * Compares the camera's clock with the station's. A live picture arrives after it was taken, but not many seconds later; if the
 * timestamps say otherwise, one clock is wrong, and camera times are converted to the station's clock, which all recordings
 * use. A difference that could be transmission delay is left alone: arrival times cannot tell delay from clock error, and
 * `clockSkew.ts` measures it from the tracks.
 */

/** More than a second in the future, or older than any live stream, means a wrong clock. */
const AHEAD_MAX_US = 1_000_000;
const LATE_MAX_US = 5_000_000;
/** Hysteresis: a clock judged wrong counts as right again only within 80 % of the limits. */
const MARGIN = 0.8;
/** The least delayed picture of the last 10 s gives the best estimate of the clock difference. */
const WINDOW_US = 10_000_000;
const SLOT_US = 1_000_000;
/** A stream that stalled is late only briefly; a clock that was set stays different. */
const JUMP_MIN_US = 3_000_000;
const JUMP_LASTS_US = 3_000_000;
/** Smaller changes are varying delay, not another clock: the correction must not jitter within a sortie. */
const RELATCH_US = 1_000_000;

type CameraClock = {
  /** Takes a picture's own time and its arrival. True when the clock difference is known for the first time or has changed. */
  readonly onPicture: (cameraUnixUs: number, arrivedUnixUs: number) => boolean;
  /** Camera minus station, microseconds, including the least observed delay (which lowers it); undefined before a picture. */
  readonly offsetUs: () => number | undefined;
  /** Whether the difference is more than a delay can be, so that times are converted. */
  readonly isMapped: () => boolean;
  readonly toStation: (cameraUnixUs: number) => number;
};

type Slot = { readonly startUs: number; readonly leastLagUs: number };

export function createCameraClock(): CameraClock {
  let slots: readonly Slot[] = [];
  let jumpedAtUs: number | undefined;
  let latchedUs: number | undefined;
  let isMapped = false;
  return {
    onPicture: (cameraUnixUs, arrivedUnixUs) => {
      const lagUs = arrivedUnixUs - cameraUnixUs;
      if (isJump(slots, lagUs)) {
        jumpedAtUs ??= arrivedUnixUs;
        if (Math.abs(arrivedUnixUs - jumpedAtUs) < JUMP_LASTS_US) return false;
        slots = [];
      }
      jumpedAtUs = undefined;
      slots = withSample(slots, lagUs, arrivedUnixUs);
      const offsetUs = -Math.min(...slots.map(({ leastLagUs }) => leastLagUs));
      const isFirst = latchedUs === undefined;
      if (latchedUs !== undefined && Math.abs(offsetUs - latchedUs) < RELATCH_US) return false;
      const wasMapped = isMapped;
      latchedUs = offsetUs;
      isMapped = isWrong(offsetUs, wasMapped);
      // Another delay of a correct clock is not reported.
      return isFirst || isMapped || wasMapped;
    },
    offsetUs: () => latchedUs,
    isMapped: () => isMapped,
    toStation: (cameraUnixUs) => (isMapped && latchedUs !== undefined ? cameraUnixUs - latchedUs : cameraUnixUs),
  };
}

const isWrong = (offsetUs: number, wasWrong: boolean): boolean => {
  const margin = wasWrong ? MARGIN : 1;
  return offsetUs > AHEAD_MAX_US * margin || offsetUs < -LATE_MAX_US * margin;
};

/** The delay jumped: one of the clocks was set, or the stream stalled. */
const isJump = (slots: readonly Slot[], lagUs: number): boolean => {
  const last = slots.at(-1);
  return last !== undefined && Math.abs(lagUs - last.leastLagUs) > JUMP_MIN_US;
};

/** Keeps the least delay of every second of the window. */
function withSample(slots: readonly Slot[], lagUs: number, nowUs: number): readonly Slot[] {
  const last = slots.at(-1);
  if (!last || nowUs < last.startUs) return [{ startUs: nowUs, leastLagUs: lagUs }];
  if (nowUs - last.startUs < SLOT_US) {
    const merged = { startUs: last.startUs, leastLagUs: Math.min(last.leastLagUs, lagUs) };
    return [...slots.slice(0, -1), merged];
  }
  return [...slots.filter(({ startUs }) => nowUs - startUs <= WINDOW_US), { startUs: nowUs, leastLagUs: lagUs }];
}
