import { geodesicDistanceM } from "../geo/geodesic.js";
import type { Position } from "../geo/position.js";
import type { VehicleId } from "./vehicleState.js";

export type TrackPoint = { readonly position: Position; readonly altitudeAmslM: number };
type Step = { readonly vehicleId: VehicleId; readonly from: TrackPoint; readonly to: TrackPoint };

/** Where one vehicle has been, oldest first. Between two pieces nothing was heard of it: no line joins them. */
export type VehicleTrack = { readonly vehicleId: VehicleId; readonly pieces: readonly (readonly TrackPoint[])[] };

/** Some ten kilometres of flight, all vehicles together; the oldest steps fall off. */
export const TRAIL_CAPACITY = 6000;
const STEP_M = 1.5;
/** A gap this long is a lost link or another flight: the trail breaks instead of inventing a line. */
export const BREAK_M = 400;

/** Where vehicles have been: steps of at least 1.5 m, the newest 6000. */
export class Trail {
  readonly #steps: Step[] = [];
  readonly #ends = new Map<VehicleId, TrackPoint>();
  #count = 0;

  /** Steps taken since the beginning, those that fell off included. */
  get count(): number {
    return this.#count;
  }

  /** `to` is where the vehicle is now. True when a step was taken. */
  add(vehicleId: VehicleId, to: TrackPoint): boolean {
    const from = this.#ends.get(vehicleId);
    const stepM = from ? lengthM(from, to) : Number.POSITIVE_INFINITY;
    if (stepM < STEP_M) return false;
    this.#ends.set(vehicleId, to);
    if (!from || stepM > BREAK_M) return false;
    this.#steps[this.#count % TRAIL_CAPACITY] = { vehicleId, from, to };
    this.#count++;
    return true;
  }

  /** Hands over the steps from number `first` on, oldest first, as far as they are kept; returns the new count. */
  since(first: number, take: (step: Step) => void): number {
    for (let i = Math.max(first, this.#count - TRAIL_CAPACITY); i < this.#count; i++) {
      const step = this.#steps[i % TRAIL_CAPACITY];
      if (step) take(step);
    }
    return this.#count;
  }

  /** All that is kept, for one who joins later: `trailOf` makes the same trail of it. */
  tracks(): readonly VehicleTrack[] {
    const pieces = new Map<VehicleId, TrackPoint[][]>();
    this.since(0, ({ vehicleId, from, to }) => {
      const known = pieces.get(vehicleId) ?? [];
      pieces.set(vehicleId, known);
      const last = known.at(-1);
      if (last?.at(-1) === from) last.push(to);
      else known.push([from, to]);
    });
    return [...pieces].map(([vehicleId, of]) => ({ vehicleId, pieces: of }));
  }
}

/** The trail that these tracks were taken from; steps of different vehicles may follow in another order. */
export function trailOf(tracks: readonly VehicleTrack[]): Trail {
  const trail = new Trail();
  for (const { vehicleId, pieces } of tracks)
    for (const piece of pieces) for (const point of piece) trail.add(vehicleId, point);
  return trail;
}

const lengthM = (from: TrackPoint, to: TrackPoint): number =>
  Math.hypot(geodesicDistanceM(from.position, to.position), to.altitudeAmslM - from.altitudeAmslM);
