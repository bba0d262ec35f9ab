import { geodesicDistanceM } from "../geo/geodesic.js";
import type { Position } from "../geo/position.js";
import type { VehicleId } from "./vehicleState.js";

export type TrackPoint = { readonly position: Position; readonly altitudeAmslM: number };
type Step = { readonly vehicleId: VehicleId; readonly from: TrackPoint; readonly to: TrackPoint };

/** The track of one vehicle, oldest point first. Between two pieces nothing was received, so no line connects them. */
export type VehicleTrack = { readonly vehicleId: VehicleId; readonly pieces: readonly (readonly TrackPoint[])[] };

/** About ten kilometres of flight for all vehicles together; the oldest steps are dropped. */
export const TRAIL_CAPACITY = 6000;
const STEP_M = 1.5;
/**
 * A gap this long means a lost link or another flight: the trail is interrupted instead of drawing a line across it.
 */
export const BREAK_M = 400;

/** The tracks of all vehicles: steps of at least 1.5 m, the newest 6000. */
export class Trail {
  readonly #steps: Step[] = [];
  readonly #ends = new Map<VehicleId, TrackPoint>();
  #count = 0;

  /** Number of steps since the beginning, dropped ones included. */
  get count(): number {
    return this.#count;
  }

  /** `to` is the vehicle's present position. True when a step was added. */
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

  /**
   * Passes the steps from number `first` on to `take`, oldest first, as far as they are kept; returns the new count.
   */
  since(first: number, take: (step: Step) => void): number {
    for (let i = Math.max(first, this.#count - TRAIL_CAPACITY); i < this.#count; i++) {
      const step = this.#steps[i % TRAIL_CAPACITY];
      if (step) take(step);
    }
    return this.#count;
  }

  /** All steps that are kept, for a screen that connects later: `trailOf` makes the same trail of them. */
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

/** The trail of which `tracks` are a copy; steps of different vehicles may be in another order. */
export function trailOf(tracks: readonly VehicleTrack[]): Trail {
  const trail = new Trail();
  for (const { vehicleId, pieces } of tracks)
    for (const piece of pieces) for (const point of piece) trail.add(vehicleId, point);
  return trail;
}

const lengthM = (from: TrackPoint, to: TrackPoint): number =>
  Math.hypot(geodesicDistanceM(from.position, to.position), to.altitudeAmslM - from.altitudeAmslM);
