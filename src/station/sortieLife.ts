import type { Cancel, Scheduler } from "../core/clock.js";
import type { VehicleState } from "../vehicle/vehicleState.js";
import type { StationBus } from "./bus.js";
import type { Recorder } from "./recording/recorder.js";
import { isArmed } from "../vehicle/selectors/airborne.js";

/** The last frames of a flight still arrive this long after landing; then the sortie is sealed. */
const CLOSE_AFTER_DISARM_MS = 10_000;

/**
 * When a sortie begins and ends.
 *
 *   not receiving ──vehicle found──▶ recording ──armed──▶ flying ──all disarmed──▶ landed ──10 s──▶ sealed
 *                                                   ▲                        armed │                │
 *                                                   └──────────────────────────────┴──armed (new)───┘
 */
type SortieLifeOptions = {
  readonly recorder: Recorder;
  readonly scheduler: Scheduler;
  readonly bus: StationBus;
  readonly vehicles: () => readonly VehicleState[];
  /** Facts about the station for the first line of a sortie's event log. */
  readonly facts: Readonly<Record<string, unknown>>;
};

export function createSortieLife({ recorder, scheduler, bus, vehicles, facts }: SortieLifeOptions): {
  readonly dispose: () => void;
} {
  let hasFlown = false;
  let hasSealed = false;
  let cancelClose: Cancel | undefined;

  bus.on("vehicle-found", ({ state }) => recorder.open({ ...facts, vehicleId: state.id }));
  bus.on("vehicle-state", ({ state, before }) => {
    if (state.heartbeat === before.heartbeat) return;
    if (vehicles().some((vehicle) => isArmed(vehicle) === true)) {
      hasFlown = true;
      cancelClose?.();
      cancelClose = undefined;
      if (recorder.isOpen()) return;
      if (hasSealed) bus.publish({ kind: "next-sortie" });
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
  });
  return { dispose: () => cancelClose?.() };
}
