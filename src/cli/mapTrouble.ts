import { tmpdir } from "node:os";
import { mapLine } from "../station/maps/mapLine.js";
import { openMaps } from "../station/maps/openMaps.js";
import { print } from "./output.js";

/** Says what is wrong with the maps that a command was given, if anything is: found before anything is started. No server is asked. */
export async function areMapsUsable(command: string, files: readonly string[] | undefined): Promise<boolean> {
  if (!files || files.length === 0) return true;
  const maps = await openMaps({ files, cacheFolder: tmpdir() });
  await maps.close();
  for (const { file, problem } of maps.problems) print(`${command}: ${mapLine(file, problem)}`);
  return maps.problems.length === 0;
}
