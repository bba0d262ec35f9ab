/** The timers a pacer needs, passed in so that tests control the time. */
export type PacerClock = {
  readonly nowMs: () => number;
  readonly after: (delayMs: number, task: () => void) => void;
};

export const pageClock: PacerClock = {
  nowMs: () => performance.now(),
  after: (delayMs, task) => void setTimeout(task, delayMs),
};

export type PacerLimits = {
  /** Least time between the starts of two frames, milliseconds. */
  readonly minGapMs: number;
  /** Pause after a frame as a fraction of its duration: 1 leaves half of the time to everything else. */
  readonly restShare: number;
  /**
   * Frames start at multiples of `minGapMs`, so that canvases with the same limits change together: with software
   * rendering the browser composes the whole page anew for each change.
   */
  readonly isInStep: boolean;
};

/** A requested frame that is never reported as done (lost context, canvas not ready) is given up after this. */
const GIVEN_UP_AFTER_MS = 2000;

/**
 * The only place that requests frames of the scene. Telemetry, video and camera all request frames, together far more
 * than a screen shows: many requests become one frame, only one frame is in progress at a time, and a slow machine gets
 * pauses between frames so that the page stays responsive.
 */
export class FramePacer {
  readonly #draw: () => void;
  readonly #limits: PacerLimits;
  readonly #clock: PacerClock;
  #isWanted = false;
  #isWaiting = false;
  #startedMs: number | undefined;
  #notBeforeMs = Number.NEGATIVE_INFINITY;

  /** `draw` starts a frame; the drawer calls `done` when it is on the screen. */
  constructor(draw: () => void, limits: PacerLimits, clock: PacerClock) {
    this.#draw = draw;
    this.#limits = limits;
    this.#clock = clock;
  }

  readonly request = (): void => {
    this.#isWanted = true;
    this.#next();
  };

  /** Called when the frame is finished, on the graphics card too. */
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

/** The nearest step: a frame that started slightly late must not move the next one by a whole step. */
const stepNear = (timeMs: number, stepMs: number): number => Math.round(timeMs / stepMs) * stepMs;
