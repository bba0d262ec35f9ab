import type { Position } from "../position.js";
import type { TerrainModel } from "./terrainModel.js";

/** The ground's height at one place, with one sigma of its error and the file that it comes from. */
export type KnownHeight = { readonly heightAmslM: number; readonly sigmaM: number; readonly source: string };

/** Undefined where no file knows the ground, which is not 0. */
export function knownHeightAt(model: TerrainModel | undefined, position: Position): KnownHeight | undefined {
  const found = model?.heightAt(position);
  return found && { heightAmslM: found.heightAmslM, sigmaM: found.sigmaM, source: found.source.name };
}
