import type { GroundModel } from "../../geo/ground/ground.js";
import { localFrameAt, type LocalFrame } from "../../geo/localFrame.js";
import type { Position } from "../../geo/position.js";
import type { CoveragePatch } from "../../sortie/coverageTiles.js";
import { coverageGround, type CoverageGround } from "../../sortie/cellGround.js";
import { cellsOf } from "../../sortie/footprintCells.js";
import { cellsOverTerrain } from "../../sortie/terrainCells.js";
import type { CameraView } from "../../track/cameraView.js";
import type { Footprint } from "../../track/footprint.js";

/** Frames overlap by nine tenths: five footprints a second miss nothing and cost little. */
const EVERY_US = 200_000;

/**
 * The covered ground of one camera, one footprint at a time, computed in the camera's worker. Nothing is accumulated
 * here: the station keeps the sum, which outlives this worker.
 */
export class CoverageMaker {
  #frame: LocalFrame | undefined;
  #ground: GroundModel | undefined;
  /** The ground under the grid's cells; made when it is first needed. */
  #cells: CoverageGround | undefined;
  #lastUs = Number.NEGATIVE_INFINITY;

  /** Sets the origin of the coverage grid; undefined: the next footprint sets it. */
  setOrigin(origin: Position | undefined): void {
    this.#frame = origin && localFrameAt(origin);
    this.#cells = undefined;
  }

  /** Over a ground from files of heights, what a crest hides is not covered; over any other it is taken for level. */
  setGround(ground: GroundModel): void {
    this.#ground = ground;
    this.#cells = undefined;
  }

  /** Undefined when the last patch was less than 0.2 s before. `view`: without it the ground is taken for level. */
  patchOf(unixTimeUs: number, footprint: Footprint, widthPx: number, view?: CameraView): CoveragePatch | undefined {
    // The absolute difference, because the camera's clock may be set back.
    if (Math.abs(unixTimeUs - this.#lastUs) < EVERY_US) return undefined;
    this.#lastUs = unixTimeUs;
    this.#frame ??= localFrameAt(footprint.corners[0].position);
    const shown = { ...footprint, widthPx };
    if (!view || !this.#ground?.roughness) return cellsOf(shown, this.#frame);
    this.#cells ??= coverageGround(this.#ground, this.#frame);
    return cellsOverTerrain(shown, view, this.#cells);
  }
}
