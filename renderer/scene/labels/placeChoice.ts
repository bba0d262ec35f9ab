/** Which names of places are worth showing from where the camera stands. Pure; allocates nothing while the camera moves. */
import { type Place, placeFame } from "../../../src/geo/places/place.js";
import type { Surface } from "../geometry/surface.js";
import type { SceneFrame } from "../sceneFrame.js";

/** More names than this are a gazetteer, not a map. */
export const NAMES_MAX = 24;

export type ChoiceView = {
  /** Projection times view, column by column: scene metres to clip space. */
  readonly clip: ArrayLike<number>;
  readonly eye: { readonly x: number; readonly y: number; readonly z: number };
  readonly widthPx: number;
  readonly heightPx: number;
};

/** A village of 500 inhabitants is named from this far; a better-known place from further, less than in proportion. */
const VILLAGE_REACH_M = 13_000;
const VILLAGE_FAME = 500;
const FAME_POWER = 0.6;
/** Two names closer than this on the screen would be read as one: the better known is kept. */
const APART_X_PX = 96;
const APART_Y_PX = 30;
/** A name that is shown stays a little longer than one that is not comes, so that none flickers at its limit. */
const KEPT_BONUS = 0.85;

export class PlaceChoice {
  /** Indices of the chosen places; the first `count` are valid, best first. */
  readonly chosen = new Int32Array(NAMES_MAX);
  count = 0;
  readonly eastM: Float64Array;
  readonly northM: Float64Array;
  /** Of the ground. */
  readonly upM: Float64Array;
  readonly #reachM: Float64Array;
  readonly #xPx: Float64Array;
  readonly #yPx: Float64Array;
  /** Distance from the eye in reaches; infinite where a place cannot be named. */
  readonly #score: Float64Array;
  readonly #isShown: Uint8Array;
  readonly #before = new Int32Array(NAMES_MAX);

  constructor(places: readonly Place[], frame: SceneFrame, surface: Surface) {
    const count = places.length;
    const points = places.map(({ position }) => frame.pointOf(position));
    this.eastM = Float64Array.from(points, ({ eastM }) => eastM);
    this.northM = Float64Array.from(points, ({ northM }) => northM);
    this.upM = Float64Array.from(points, ({ eastM, northM }) => surface.heightM(eastM, northM));
    this.#reachM = Float64Array.from(places, reachOf);
    this.#xPx = new Float64Array(count);
    this.#yPx = new Float64Array(count);
    this.#score = new Float64Array(count);
    this.#isShown = new Uint8Array(count);
  }

  has(index: number): boolean {
    return this.#isShown[index] === 1;
  }

  /** True when other places are chosen than before. */
  update(view: ChoiceView): boolean {
    for (let i = 0; i < this.#score.length; i++) this.#rate(i, view);
    const countBefore = this.count;
    this.#before.set(this.chosen);
    this.count = 0;
    for (let best = this.#best(); best >= 0 && this.count < NAMES_MAX; best = this.#best()) {
      if (!this.#isCrowded(best)) this.chosen[this.count++] = best;
      this.#score[best] = Number.POSITIVE_INFINITY;
    }
    const isOther = !this.#isAsBefore(countBefore);
    this.#isShown.fill(0);
    for (let i = 0; i < this.count; i++) this.#isShown[this.chosen[i] ?? 0] = 1;
    return isOther;
  }

  #rate(i: number, { clip, eye, widthPx, heightPx }: ChoiceView): void {
    const x = this.eastM[i] ?? 0;
    const y = this.northM[i] ?? 0;
    const z = this.upM[i] ?? 0;
    this.#score[i] = Number.POSITIVE_INFINITY;
    const w = this.#clipRow(clip, 3, i);
    if (w <= 0) return;
    const ndcX = this.#clipRow(clip, 0, i) / w;
    const ndcY = this.#clipRow(clip, 1, i) / w;
    if (Math.abs(ndcX) > 1 || Math.abs(ndcY) > 1) return;
    this.#xPx[i] = (ndcX * 0.5 + 0.5) * widthPx;
    this.#yPx[i] = (0.5 - ndcY * 0.5) * heightPx;
    const ratio = Math.hypot(x - eye.x, y - eye.y, z - eye.z) / (this.#reachM[i] ?? 1);
    const score = this.has(i) ? ratio * KEPT_BONUS : ratio;
    if (score < 1) this.#score[i] = score;
  }

  /** One row of the matrix times a place. */
  #clipRow(clip: ArrayLike<number>, row: number, i: number): number {
    const east = (clip[row] ?? 0) * (this.eastM[i] ?? 0);
    const north = (clip[row + 4] ?? 0) * (this.northM[i] ?? 0);
    return east + north + (clip[row + 8] ?? 0) * (this.upM[i] ?? 0) + (clip[row + 12] ?? 0);
  }

  #best(): number {
    let best = -1;
    let bestScore = Number.POSITIVE_INFINITY;
    for (let i = 0; i < this.#score.length; i++) {
      const score = this.#score[i] ?? bestScore;
      if (score >= bestScore) continue;
      best = i;
      bestScore = score;
    }
    return best;
  }

  #isCrowded(candidate: number): boolean {
    for (let i = 0; i < this.count; i++) {
      const other = this.chosen[i] ?? 0;
      const isNear =
        Math.abs((this.#xPx[other] ?? 0) - (this.#xPx[candidate] ?? 0)) < APART_X_PX &&
        Math.abs((this.#yPx[other] ?? 0) - (this.#yPx[candidate] ?? 0)) < APART_Y_PX;
      if (isNear) return true;
    }
    return false;
  }

  /** The same places in any order. */
  #isAsBefore(countBefore: number): boolean {
    if (countBefore !== this.count) return false;
    for (let i = 0; i < this.count; i++) if (this.#isShown[this.chosen[i] ?? 0] !== 1) return false;
    return true;
  }
}

const reachOf = (place: Place): number =>
  VILLAGE_REACH_M * (Math.max(VILLAGE_FAME, placeFame(place)) / VILLAGE_FAME) ** FAME_POWER;
