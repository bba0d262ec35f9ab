import { isArmed } from "../../../src/vehicle/selectors/airborne.js";
import type { VehicleId, VehicleState } from "../../../src/vehicle/vehicleState.js";

type Since = { readonly fraction: number; readonly atMonoMs: number };

/** Sooner, and by less, a battery's own steps of a per cent say nothing of how fast it goes. */
const LEARNS_FOR_MS = 60_000;
const LEARNS_FRACTION = 0.02;

/** How fast each battery goes in this flight, as it has gone since the aircraft was armed. */
export class DrainMeter {
  readonly #since = new Map<VehicleId, Since>();
  readonly #perS = new Map<VehicleId, number>();

  learn(vehicle: VehicleState): void {
    const { id, battery } = vehicle;
    const fraction = battery?.value.remainingFraction;
    if (isArmed(vehicle) !== true || fraction === undefined || battery === undefined) {
      this.#since.delete(id);
      this.#perS.delete(id);
      return;
    }
    const since = this.#since.get(id);
    // Fuller than before: another battery.
    if (!since || fraction > since.fraction) this.#since.set(id, { fraction, atMonoMs: battery.receivedAtMonoMs });
    else {
      const forMs = battery.receivedAtMonoMs - since.atMonoMs;
      const used = since.fraction - fraction;
      if (forMs >= LEARNS_FOR_MS && used >= LEARNS_FRACTION) this.#perS.set(id, (used / forMs) * 1000);
    }
  }

  /** Of the whole battery a second; undefined before it is known. */
  perS(id: VehicleId): number | undefined {
    return this.#perS.get(id);
  }
}
