/**
 * The camera's clock against the station's. A live picture arrives some time after it was taken: never before, and not
 * many seconds later. Where the two clocks say otherwise, one of them is wrong, and times of the camera are moved onto
 * the station's clock, on which everything else is recorded. A difference that a delay could be is left alone: how much
 * of it is delay nobody can tell from the arrival, and `clockSkew.ts` measures it by the tracks.
 */

/** A picture from the future by more than a second, or older than any live stream: a wrong clock. */
const AHEAD_MAX_US = 1_000_000;
const LATE_MAX_US = 5_000_000;
/** What was once judged wrong is right again only well within. */
const MARGIN = 0.8;
/** The picture that came quickest tells the clocks best: the least of these seconds. */
const WINDOW_US = 10_000_000;
const SLOT_US = 1_000_000;
/** A stream that stood still comes late for a moment; a clock that was set stays where it is. */
const JUMP_MIN_US = 3_000_000;
const JUMP_LASTS_US = 3_000_000;
/** Less is another delay, not another clock: times in a sortie must not tremble with it. */
const RELATCH_US = 1_000_000;

type CameraClock = {
  /** A picture's own time and when it arrived. True when the difference is told for the first time, or is another. */
  readonly onPicture: (cameraUnixUs: number, arrivedUnixUs: number) => boolean;
  /** Camera minus station, microseconds, the delay of the quickest picture included; undefined before the first. */
  readonly offsetUs: () => number | undefined;
  /** Whether the clocks differ by more than a delay, so that times are moved. */
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
      // Another delay of a clock that is right is no news.
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

/** Quite another lag: the camera's clock or ours was set, or the stream stood still. */
const isJump = (slots: readonly Slot[], lagUs: number): boolean => {
  const last = slots.at(-1);
  return last !== undefined && Math.abs(lagUs - last.leastLagUs) > JUMP_MIN_US;
};

/** The least lag of every second of the window. */
function withSample(slots: readonly Slot[], lagUs: number, nowUs: number): readonly Slot[] {
  const last = slots.at(-1);
  if (!last || nowUs < last.startUs) return [{ startUs: nowUs, leastLagUs: lagUs }];
  if (nowUs - last.startUs < SLOT_US) {
    const merged = { startUs: last.startUs, leastLagUs: Math.min(last.leastLagUs, lagUs) };
    return [...slots.slice(0, -1), merged];
  }
  return [...slots.filter(({ startUs }) => nowUs - startUs <= WINDOW_US), { startUs: nowUs, leastLagUs: lagUs }];
}
