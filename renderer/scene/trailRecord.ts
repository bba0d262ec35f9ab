import { geodesicDistanceM } from "../../src/geo/geodesic.js";
import type { Position } from "../../src/geo/position.js";
import { Latest } from "../bridge/latest.js";

export type TrackPoint = { readonly position: Position; readonly altitudeAmslM: number };
type Step = { readonly from: TrackPoint; readonly to: TrackPoint };

export const TRAIL_CAPACITY = 6000;
const STEP_M = 1.5;
/** A gap this long is a lost link or another flight: the trail breaks instead of inventing a line. */
export const BREAK_M = 400;

/** Where aircraft have been, kept outside the scene so that a look at another workspace neither loses nor misses any. */
export class TrailRecord {
  /** Steps taken since the beginning, those that fell off included. */
  readonly count = new Latest(0);
  readonly #steps: Step[] = [];
  readonly #ends = new Map<string, TrackPoint>();

  add(vehicleId: string, to: TrackPoint): void {
    const from = this.#ends.get(vehicleId);
    const stepM = from ? lengthM(from, to) : Number.POSITIVE_INFINITY;
    if (stepM < STEP_M) return;
    this.#ends.set(vehicleId, to);
    if (!from || stepM > BREAK_M) return;
    this.#steps[this.count.get() % TRAIL_CAPACITY] = { from, to };
    this.count.set(this.count.get() + 1);
  }

  /** Hands over the steps from number `first` on, oldest first, as far as they are kept; returns the new count. */
  since(first: number, take: (step: Step) => void): number {
    const count = this.count.get();
    for (let i = Math.max(first, count - TRAIL_CAPACITY); i < count; i++) {
      const step = this.#steps[i % TRAIL_CAPACITY];
      if (step) take(step);
    }
    return count;
  }
}

const lengthM = (from: TrackPoint, to: TrackPoint): number =>
  Math.hypot(geodesicDistanceM(from.position, to.position), to.altitudeAmslM - from.altitudeAmslM);
