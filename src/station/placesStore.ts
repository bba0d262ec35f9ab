import { join } from "node:path";
import { PLACES_CHARS_MAX, readPlaces } from "../geo/places/placesDocument.js";
import { installRoot } from "../io/appPaths.js";
import { readText } from "../io/fileStore.js";

export type PlacesStore = {
  /** A `PlacesDocument` as JSON; undefined when this installation has none that can be read. */
  readonly documentJson: () => string | undefined;
  readonly load: () => Promise<void>;
};

const BUILT_IN = join("missions", "places", "channel.json");

/** Names of places help to read the map and nothing depends on them: without the file the station goes on, with one line. */
export function createPlacesStore(log: (line: string) => void, root = installRoot()): PlacesStore {
  const path = join(root, BUILT_IN);
  let documentJson: string | undefined;
  const nothing = (why: string): void => log(`no names of places on the map: ${path}: ${why}`);
  return {
    documentJson: () => documentJson,
    load: async () => {
      const text = await readText(path, PLACES_CHARS_MAX);
      if (!text.ok) {
        nothing(text.error.code);
        return;
      }
      const read = readPlaces(text.value, path);
      // The checked form is passed on, not the text: no member that the reader does not know reaches a screen.
      if (read.ok) documentJson = JSON.stringify(read.value);
      else nothing([read.error.where, read.error.problem].filter((words) => words !== undefined).join(": "));
    },
  };
}
