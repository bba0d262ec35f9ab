/** Ground height from several sources of different quality; each answers only where it has data. */
import type { Position } from "../position.js";
import type { Slope } from "../terrain/terrain.js";

export type GroundHeight = {
  readonly heightAmslM: number;
  /** One sigma, metres. */
  readonly sigmaM: number;
  readonly surface: "land" | "sea" | "waterline" | "unknown";
  readonly waterlineDistanceM: number | undefined;
  /** Absent where the ground is taken for level. */
  readonly slope?: Slope;
};
/** How rough the ground of terrain files can be: for searches along a ray. */
type Roughness = {
  /** No ground rises by more, metres per metre. */
  readonly steepestRatio: number;
  /** Nothing is narrower: the distance between two heights of the finest file. */
  readonly resolutionM: number;
};
export type GroundModel = {
  readonly heightAt: (position: Position) => GroundHeight;
  /** Absent without terrain files. */
  readonly roughness?: Roughness | undefined;
};

/** Undefined where the source has no data. */
export type GroundSource = {
  readonly heightAt: (position: Position) => GroundHeight | undefined;
  readonly roughness?: Roughness | undefined;
};

/** Asks the sources in order, the best first; uses `otherwise` where none has data. */
export const composeGround = (sources: readonly GroundSource[], otherwise: GroundModel): GroundModel => ({
  roughness: sources.find(({ roughness }) => roughness !== undefined)?.roughness,
  heightAt: (position) => {
    for (const source of sources) {
      const known = source.heightAt(position);
      if (known) return known;
    }
    return otherwise.heightAt(position);
  },
});
