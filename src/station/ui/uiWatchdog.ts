import type { Clock } from "../../core/clock.js";

/** Six missed beats of a page that beats twice a second. */
const STARVED_AFTER_MS = 3000;

/**
 * Decides whether the ground station may beat. A frozen window must not keep the vehicle believing that somebody
 * watches: its own failsafe for a lost ground station is better than a dead screen.
 *
 *   never fed ──▶ silent ──feed──▶ beating ──3 s without food──▶ silent
 */
type UiWatchdog = { readonly feed: () => void; readonly isUiAlive: () => boolean };

export function createUiWatchdog(clock: Clock, isRequired: boolean): UiWatchdog {
  let fedAtMonoMs: number | undefined;
  return {
    feed: () => {
      fedAtMonoMs = clock.monoMs();
    },
    isUiAlive: () => !isRequired || (fedAtMonoMs !== undefined && clock.monoMs() - fedAtMonoMs < STARVED_AFTER_MS),
  };
}
