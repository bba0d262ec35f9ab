import { createCoast, type Coast } from "../geo/coast.js";
import type { CoastDocument } from "../geo/coastDocument.js";
import { readOrWhy, type CommandIo } from "./commandIo.js";
import { missionsFile } from "./missionsFile.js";

/** The coast that is shipped. Without it commands go on: whether a place is land or sea is then not known. */
export async function builtInCoast(io: CommandIo): Promise<Coast | undefined> {
  const source = await readOrWhy(io, missionsFile("coast", "channel.json"));
  // Written by our own build script: not validated here.
  return "why" in source ? undefined : createCoast(JSON.parse(source.text) as CoastDocument);
}
