/** Ground height from several sources of different quality; each answers only where it has data. */
import type { Position } from "../position.js";

export type GroundHeight = {
  readonly heightAmslM: number;
  /** One sigma, metres. */
  readonly sigmaM: number;
  readonly surface: "land" | "sea" | "waterline" | "unknown";
  readonly waterlineDistanceM: number | undefined;
};
export type GroundModel = { readonly heightAt: (position: Position) => GroundHeight };

/** Undefined where the source has no data. */
export type GroundSource = { readonly heightAt: (position: Position) => GroundHeight | undefined };

/** Asks the sources in order, the best first; uses `otherwise` where none has data. */
export const composeGround = (sources: readonly GroundSource[], otherwise: GroundModel): GroundModel => ({
  heightAt: (position) => {
    for (const source of sources) {
      const known = source.heightAt(position);
      if (known) return known;
    }
    return otherwise.heightAt(position);
  },
});
