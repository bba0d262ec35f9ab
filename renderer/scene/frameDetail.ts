import { Latest } from "../bridge/latest.js";
import { medianOf } from "../../src/core/median.js";

/** When a scene draws less, and when more again, by what its frames cost. */
export type DetailLimits = {
  /** A median frame above this is too slow, milliseconds. */
  readonly slowMs: number;
  /** One below this leaves room for more detail; well under half of `slowMs`, or the level would swing. */
  readonly fastMs: number;
  /** Share of the pixels along a side at each level, finest first. */
  readonly shares: readonly number[];
};

/** An odd number, so that one frame that waited for something else decides nothing. */
const FRAMES_TO_JUDGE = 9;
/** More detail only after this many fast judgements in a row: less detail is noticed less than a change of it. */
const FAST_TO_RISE = 4;

/** The level of detail that this machine can draw, by the measured cost of its frames. 0 is the finest. */
export class FrameDetail {
  readonly level = new Latest(0);
  readonly #limits: DetailLimits;
  #costsMs: number[] = [];
  #countOfFast = 0;

  constructor(limits: DetailLimits) {
    this.#limits = limits;
  }

  get share(): number {
    return this.#limits.shares[this.level.get()] ?? 1;
  }

  /** The cost of a frame, drawing included. */
  readonly note = (costMs: number): void => {
    this.#costsMs.push(costMs);
    if (this.#costsMs.length < FRAMES_TO_JUDGE) return;
    const typicalMs = medianOf(this.#costsMs) ?? 0;
    this.#costsMs = [];
    const { slowMs, fastMs, shares } = this.#limits;
    this.#countOfFast = typicalMs < fastMs ? this.#countOfFast + 1 : 0;
    const level = this.level.get();
    if (typicalMs > slowMs && level < shares.length - 1) this.level.set(level + 1);
    if (this.#countOfFast >= FAST_TO_RISE && level > 0) {
      this.#countOfFast = 0;
      this.level.set(level - 1);
    }
  };
}
