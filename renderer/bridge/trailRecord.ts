import type { VehicleId } from "../../src/vehicle/vehicleState.js";
import { Trail, trailOf, type TrackPoint, type VehicleTrack } from "../../src/vehicle/trail.js";
import { Latest } from "./latest.js";

/** Tracks of the aircraft: what the station recorded before this page joined, and every position since. */
export class TrailRecord {
  /** Incremented with every position. */
  readonly changes = new Latest(0);
  #trail = new Trail();

  add(vehicleId: VehicleId, to: TrackPoint): void {
    if (this.#trail.add(vehicleId, to)) this.changes.set(this.changes.get() + 1);
  }

  /** Replaces everything by the station's record. */
  replace(tracks: readonly VehicleTrack[]): void {
    this.#trail = trailOf(tracks);
    this.changes.set(this.changes.get() + 1);
  }

  /** The current trail; a new object after `replace`. */
  get trail(): Trail {
    return this.#trail;
  }
}
