import { localFrameAt, type LocalFrame } from "../../geo/localFrame.js";
import type { Position } from "../../geo/position.js";
import type { CoveragePatch } from "../../sortie/coverageTiles.js";
import { cellsOf } from "../../sortie/footprintCells.js";
import type { Footprint } from "../../track/footprint.js";

/** Frames overlap by nine tenths: five footprints a second miss nothing and cost little. */
const EVERY_US = 200_000;

/**
 * The covered ground of one camera, one footprint at a time, computed in the camera's worker. Nothing is accumulated
 * here: the station keeps the sum, which outlives this worker.
 */
export class CoverageMaker {
  #frame: LocalFrame | undefined;
  #lastUs = Number.NEGATIVE_INFINITY;

  /** Sets the origin of the coverage grid; undefined: the next footprint sets it. */
  setOrigin(origin: Position | undefined): void {
    this.#frame = origin && localFrameAt(origin);
  }

  /** Undefined when the last patch was less than 0.2 s before. */
  patchOf(unixTimeUs: number, footprint: Footprint, widthPx: number): CoveragePatch | undefined {
    // The absolute difference, because the camera's clock may be set back.
    if (Math.abs(unixTimeUs - this.#lastUs) < EVERY_US) return undefined;
    this.#lastUs = unixTimeUs;
    this.#frame ??= localFrameAt(footprint.corners[0].position);
    return cellsOf({ ...footprint, widthPx }, this.#frame);
  }
}
