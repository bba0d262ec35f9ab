/** How high the ground is, from several sources of different worth: each answers only where it knows. */
import type { Position } from "../position.js";

export type GroundHeight = {
  readonly heightAmslM: number;
  /** One sigma. */
  readonly sigmaM: number;
  readonly surface: "land" | "sea" | "waterline" | "unknown";
  readonly waterlineDistanceM: number | undefined;
};
export type GroundModel = { readonly heightAt: (position: Position) => GroundHeight };

/** Undefined where the source knows nothing: outside its data, or without any. */
export type GroundSource = { readonly heightAt: (position: Position) => GroundHeight | undefined };

/** The answer of the first source that knows, the best one first; `otherwise` where none does. */
export const composeGround = (sources: readonly GroundSource[], otherwise: GroundModel): GroundModel => ({
  heightAt: (position) => {
    for (const source of sources) {
      const known = source.heightAt(position);
      if (known) return known;
    }
    return otherwise.heightAt(position);
  },
});
