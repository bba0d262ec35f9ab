/** What a pacer needs of a page; handed in so that tests own the time. */
type PacerClock = {
  readonly nowMs: () => number;
  readonly after: (delayMs: number, task: () => void) => void;
};

export const pageClock: PacerClock = {
  nowMs: () => performance.now(),
  after: (delayMs, task) => void setTimeout(task, delayMs),
};

export type PacerLimits = {
  /** From the beginning of one frame to the beginning of the next, milliseconds. */
  readonly minGapMs: number;
  /** Rest after a frame, in shares of what it took: 1 leaves half of the time to everything else. */
  readonly restShare: number;
  /**
   * Frames begin at multiples of `minGapMs`, so that pictures with the same limits change together: on software GL the
   * whole page is put together anew for each of them.
   */
  readonly isInStep: boolean;
};

/** A frame that was asked for but never told of (a lost context, a canvas not yet ready) is given up after this. */
const GIVEN_UP_AFTER_MS = 2000;

/**
 * The one place that asks for frames of the scene. Telemetry, video and camera all want frames, together far more than
 * a screen shows: many requests become one frame, only one is under way at a time, and a machine that needs long for
 * it gets time to rest, so that the page stays answerable on software GL.
 */
export class FramePacer {
  readonly #draw: () => void;
  readonly #limits: PacerLimits;
  readonly #clock: PacerClock;
  #isWanted = false;
  #isWaiting = false;
  #startedMs: number | undefined;
  #notBeforeMs = Number.NEGATIVE_INFINITY;

  /** `draw` begins a frame; whoever draws calls `done` when it is on the screen. */
  constructor(draw: () => void, limits: PacerLimits, clock: PacerClock) {
    this.#draw = draw;
    this.#limits = limits;
    this.#clock = clock;
  }

  readonly request = (): void => {
    this.#isWanted = true;
    this.#next();
  };

  /** The frame is finished, on the graphics card too. */
  readonly done = (): void => {
    if (this.#startedMs === undefined) return;
    const nowMs = this.#clock.nowMs();
    const restMs = (nowMs - this.#startedMs) * this.#limits.restShare;
    const { minGapMs, isInStep } = this.#limits;
    const notBeforeMs = Math.max(this.#startedMs + minGapMs, nowMs + restMs);
    this.#notBeforeMs = isInStep ? stepNear(notBeforeMs, minGapMs) : notBeforeMs;
    this.#startedMs = undefined;
    this.#next();
  };

  #next(): void {
    if (!this.#isWanted || this.#isWaiting || this.#startedMs !== undefined) return;
    const waitMs = this.#notBeforeMs - this.#clock.nowMs();
    if (waitMs <= 0) {
      this.#begin();
      return;
    }
    this.#isWaiting = true;
    this.#clock.after(waitMs, () => {
      this.#isWaiting = false;
      this.#begin();
    });
  }

  #begin(): void {
    this.#isWanted = false;
    const startedMs = this.#clock.nowMs();
    this.#startedMs = startedMs;
    this.#clock.after(GIVEN_UP_AFTER_MS, () => {
      if (this.#startedMs === startedMs) this.done();
    });
    this.#draw();
  }
}

/** The nearest step: a frame begun a little late must not push the next one to the step after. */
const stepNear = (timeMs: number, stepMs: number): number => Math.round(timeMs / stepMs) * stepMs;
