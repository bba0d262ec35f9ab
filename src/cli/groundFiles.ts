import { tmpdir } from "node:os";
import { mapLine } from "../station/maps/mapLine.js";
import { openMaps } from "../station/maps/openMaps.js";
import { print } from "./output.js";
import { terrainTrouble } from "./terrainLine.js";

type GroundFiles = {
  readonly terrain: readonly string[] | undefined;
  readonly maps: readonly string[] | undefined;
};

/** Says what is wrong with the files of heights and the maps that a command was given, if anything is, before anything is started. */
export async function isGroundUsable(command: string, { terrain, maps }: GroundFiles): Promise<boolean> {
  const trouble = [...(await terrainTrouble(terrain)), ...(await mapTrouble(maps))];
  for (const line of trouble) print(`${command}: ${line}`);
  return trouble.length === 0;
}

/** No server is asked. */
async function mapTrouble(files: readonly string[] = []): Promise<readonly string[]> {
  const { problems, close } = await openMaps({ files, cacheFolder: tmpdir() });
  await close();
  return problems.map(({ file, problem }) => mapLine(file, problem));
}
