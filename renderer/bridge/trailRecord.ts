import type { VehicleId } from "../../src/vehicle/vehicleState.js";
import { Trail, trailOf, type TrackPoint, type VehicleTrack } from "../../src/vehicle/trail.js";
import { Latest } from "./latest.js";

/** Where aircraft have been: what the station remembered when this page joined, and every step heard since. */
export class TrailRecord {
  /** Changes with every step. */
  readonly changes = new Latest(0);
  #trail = new Trail();

  add(vehicleId: VehicleId, to: TrackPoint): void {
    if (this.#trail.add(vehicleId, to)) this.changes.set(this.changes.get() + 1);
  }

  /** What the station remembers replaces what this page knew. */
  replace(tracks: readonly VehicleTrack[]): void {
    this.#trail = trailOf(tracks);
    this.changes.set(this.changes.get() + 1);
  }

  /** As it is now; another object after `replace`. */
  get trail(): Trail {
    return this.#trail;
  }
}
