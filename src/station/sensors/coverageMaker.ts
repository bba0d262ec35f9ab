import { localFrameAt, type LocalFrame } from "../../geo/localFrame.js";
import type { Position } from "../../geo/position.js";
import type { CoveragePatch } from "../../sortie/coverageTiles.js";
import { cellsOf } from "../../sortie/footprintCells.js";
import type { Footprint } from "../../track/footprint.js";

/** Frames overlap by nine tenths: a footprint five times a second misses nothing and costs little. */
const EVERY_US = 200_000;

/**
 * The covered ground of one camera, footprint by footprint, in the camera's worker. Nothing is added up here: what is kept is
 * the station's, and outlives this worker.
 */
export class CoverageMaker {
  #frame: LocalFrame | undefined;
  #lastUs = Number.NEGATIVE_INFINITY;

  /** Cells are counted from there from now on; undefined: from the next footprint. */
  setOrigin(origin: Position | undefined): void {
    this.#frame = origin && localFrameAt(origin);
  }

  /** Undefined when the last one was a moment ago. */
  patchOf(unixTimeUs: number, footprint: Footprint, widthPx: number): CoveragePatch | undefined {
    // Either way: the camera's clock may be set back.
    if (Math.abs(unixTimeUs - this.#lastUs) < EVERY_US) return undefined;
    this.#lastUs = unixTimeUs;
    this.#frame ??= localFrameAt(footprint.corners[0].position);
    return cellsOf({ ...footprint, widthPx }, this.#frame);
  }
}
