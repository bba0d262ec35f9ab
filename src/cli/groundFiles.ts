import { tmpdir } from "node:os";
import { mapLine } from "../station/maps/mapLine.js";
import { openMaps } from "../station/maps/openMaps.js";
import { packGround } from "../station/packs/packGround.js";
import { print } from "./output.js";
import { packLine, touchedLine } from "./pack/packLine.js";
import { terrainTrouble } from "./terrainTrouble.js";

type GroundFiles = {
  readonly terrain: readonly string[] | undefined;
  readonly maps: readonly string[] | undefined;
};

/**
 * The files of heights and the maps that a command was given, then those of the imported packs. Undefined when something is wrong
 * with a given one, which is said before anything is started; a broken pack is only said. Without `dataFolder` no packs are used.
 */
export async function usableGround(
  command: string,
  given: GroundFiles,
  dataFolder: string | undefined,
): Promise<GroundFiles | undefined> {
  const trouble = [...(await terrainTrouble(given.terrain)), ...(await mapTrouble(given.maps))];
  for (const line of trouble) print(`${command}: ${line}`);
  if (trouble.length > 0) return undefined;
  if (dataFolder === undefined) return given;
  const { maps, terrain, problems, touched } = await packGround(dataFolder);
  for (const { pack, problem } of problems) print(`${command}: pack ${pack}: ${packLine(problem)}`);
  for (const { pack, file } of touched) print(`${command}: pack ${pack}: ${touchedLine(pack, file)}`);
  return { terrain: both(given.terrain, terrain), maps: both(given.maps, maps) };
}

/** Each file once: a file of a pack may be given too. */
function both(given: readonly string[] = [], ofPacks: readonly string[]): readonly string[] | undefined {
  const files = [...new Set([...given, ...ofPacks])];
  return files.length > 0 ? files : undefined;
}

/** No server is asked. */
async function mapTrouble(files: readonly string[] = []): Promise<readonly string[]> {
  const { problems, close } = await openMaps({ files, cacheFolder: tmpdir() });
  await close();
  return problems.map(({ file, problem }) => mapLine(file, problem));
}
