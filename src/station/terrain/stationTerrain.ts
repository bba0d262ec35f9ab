import type { TerrainModel } from "../../geo/terrain/terrainModel.js";
import { readTerrainFiles } from "./readTerrainFile.js";

/** The ground of the files that the operator named, against which plans are checked. */
export type StationTerrain =
  | { readonly kind: "none" }
  | { readonly kind: "reading" }
  | { readonly kind: "known"; readonly model: TerrainModel }
  /** At least one of them: part of the ground is missing. */
  | { readonly kind: "unreadable" };

/** Begins to read; the returned function answers what is known by then. `log`: one line for each file that fails. */
export function openStationTerrain(files: readonly string[], log: (line: string) => void): () => StationTerrain {
  if (files.length === 0) return () => ({ kind: "none" });
  let terrain: StationTerrain = { kind: "reading" };
  void readTerrainFiles(files).then(
    ({ model, problems }) => {
      for (const { file, problem } of problems) log(`vigie: ${file}: no heights from it (${problem.kind})`);
      terrain = model && problems.length === 0 ? { kind: "known", model } : { kind: "unreadable" };
    },
    (problem: unknown) => {
      log(`vigie: no heights: ${String(problem)}`);
      terrain = { kind: "unreadable" };
    },
  );
  return () => terrain;
}
