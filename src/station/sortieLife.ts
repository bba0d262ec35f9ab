import type { Cancel, Scheduler } from "../core/clock.js";
import type { VehicleState } from "../vehicle/vehicleState.js";
import type { Recorder } from "./recording/recorder.js";

/** After landing the last words of the flight are still coming; then the sortie is sealed. */
const CLOSE_AFTER_DISARM_MS = 10_000;

/**
 * When a sortie begins and ends.
 *
 *   nothing heard ──vehicle heard──▶ recording ──armed──▶ flying ──all disarmed──▶ landed ──10 s──▶ sealed
 *                                                   ▲                        armed │                │
 *                                                   └──────────────────────────────┴──armed (new)───┘
 */
type SortieLife = {
  readonly onVehicleHeard: (facts: Readonly<Record<string, unknown>>) => void;
  readonly onStates: (states: readonly VehicleState[]) => void;
  readonly dispose: () => void;
};

/** `onNext` is told when another sortie begins than the one this station started with. */
export function createSortieLife(recorder: Recorder, scheduler: Scheduler, onNext: () => void): SortieLife {
  let hasFlown = false;
  let hasSealed = false;
  let cancelClose: Cancel | undefined;

  const isArmed = (state: VehicleState): boolean => state.heartbeat?.value.isArmed === true;
  return {
    onVehicleHeard: (facts) => recorder.open(facts),
    onStates: (states) => {
      if (states.some(isArmed)) {
        hasFlown = true;
        cancelClose?.();
        cancelClose = undefined;
        if (recorder.isOpen()) return;
        if (hasSealed) onNext();
        recorder.open({ because: "armed" });
        return;
      }
      if (!hasFlown || cancelClose) return;
      cancelClose = scheduler.after(CLOSE_AFTER_DISARM_MS, () => {
        hasFlown = false;
        hasSealed = true;
        cancelClose = undefined;
        void recorder.close("landed");
      });
    },
    dispose: () => cancelClose?.(),
  };
}
