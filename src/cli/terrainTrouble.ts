import { readTerrainFiles } from "../station/terrain/readTerrainFile.js";
import { terrainLine } from "../station/terrain/terrainLine.js";

/** What is wrong with the files of heights that a command was given, a line each: found before anything is started. */
export async function terrainTrouble(files: readonly string[] | undefined): Promise<readonly string[]> {
  const { problems } = await readTerrainFiles(files ?? []);
  return problems.map(({ file, problem }) => terrainLine(file, problem));
}
