import type { TerrainModel } from "../../geo/terrain/terrainModel.js";
import { readTerrainFiles } from "./readTerrainFile.js";

/** The ground of the files that the operator named, against which plans are checked. */
export type StationTerrain = {
  /** Undefined without files. */
  readonly model: TerrainModel | undefined;
  /** Files were named, and not all of them are read: part of the ground is missing. */
  readonly isPartMissing: boolean;
};
export const NO_TERRAIN: StationTerrain = { model: undefined, isPartMissing: false };

type TerrainReading = {
  readonly terrain: () => StationTerrain;
  /** Resolves when all files are read, or cannot be. */
  readonly isRead: Promise<void>;
};

/** Begins to read. `log`: one line for each file that fails. */
export function startTerrainReading(files: readonly string[], log: (line: string) => void): TerrainReading {
  if (files.length === 0) return { terrain: () => NO_TERRAIN, isRead: Promise.resolve() };
  let terrain: StationTerrain = { model: undefined, isPartMissing: true };
  const isRead = readTerrainFiles(files).then(
    ({ model, problems }) => {
      for (const { file, problem } of problems) log(`vigie: ${file}: no heights from it (${problem.kind})`);
      terrain = { model, isPartMissing: problems.length > 0 };
    },
    (problem: unknown) => log(`vigie: no heights: ${String(problem)}`),
  );
  return { terrain: () => terrain, isRead };
}
