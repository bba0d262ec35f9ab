import type { Place } from "../geo/places/place.js";
import { readPlaces } from "../geo/places/placesDocument.js";
import { readOrWhy, type CommandIo } from "./commandIo.js";
import { missionsFile } from "./missionsFile.js";

/** The names of places that are shipped. Without them commands go on, and name none. */
export async function builtInPlaces(io: CommandIo): Promise<readonly Place[]> {
  const path = missionsFile("places", "channel.json");
  const source = await readOrWhy(io, path);
  const read = "why" in source ? undefined : readPlaces(source.text, path);
  return read?.ok ? read.value.places : [];
}
