import type { Clock } from "../../core/clock.js";

/** Six missed answers of a page that is pinged twice a second. */
const STARVED_AFTER_MS = 3000;

/**
 * Decides whether the ground station may send its heartbeat. A frozen window must not make the vehicle believe that
 * somebody is watching: its failsafe for a lost ground station is safer than a dead screen.
 *
 *   never fed ──▶ silent ──feed──▶ sending ──3 s without feed──▶ silent
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
