import { basename, join } from "node:path";
import { type PlacesDocument, PLACES_CHARS_MAX, readPlaces } from "../geo/places/placesDocument.js";
import { usedPackFiles } from "./packs/packGround.js";
import type { StationFolders } from "./stationTypes.js";
import { installRoot } from "../io/appPaths.js";
import { readText } from "../io/fileStore.js";

/** A file of names that was read. */
export type PlacesFile = { readonly file: string; readonly name: string; readonly document: PlacesDocument };

export type PlacesStore = {
  /** A `PlacesDocument` of all files as JSON; undefined when this installation has none that can be read. */
  readonly documentJson: () => string | undefined;
  readonly known: () => readonly PlacesFile[];
  readonly load: () => Promise<void>;
};

const BUILT_IN = join("missions", "places", "channel.json");

type PlacesStoreOptions = {
  readonly log: (line: string) => void;
  /** Whose imported packs may have further files; none without. */
  readonly folders?: StationFolders | undefined;
  readonly root?: string;
};

/** Names of places help to read the map and nothing depends on them: without a file the station goes on, with one line. */
export function createPlacesStore({ log, folders, root = installRoot() }: PlacesStoreOptions): PlacesStore {
  let known: readonly PlacesFile[] = [];
  let documentJson: string | undefined;
  return {
    documentJson: () => documentJson,
    known: () => known,
    load: async () => {
      known = await readPlacesFiles([join(root, BUILT_IN), ...(await usedPackFiles(folders, "names"))], (file, why) =>
        log(`no names of places on the map: ${file}: ${why}`),
      );
      const document = togetherOf(known);
      // The checked form is passed on, not the text: no member that the reader does not know reaches a screen.
      documentJson = document && JSON.stringify(document);
    },
  };
}

/** Those that can be read; why the others cannot goes to `onProblem`. */
async function readPlacesFiles(
  files: readonly string[],
  onProblem: (file: string, why: string) => void,
): Promise<readonly PlacesFile[]> {
  const known: PlacesFile[] = [];
  for (const file of files) {
    const text = await readText(file, PLACES_CHARS_MAX);
    const read = text.ok ? readPlaces(text.value, file) : text;
    if (read.ok) known.push({ file, name: basename(file), document: read.value });
    else if (read.error.kind === "io") onProblem(file, read.error.code);
    else onProblem(file, [read.error.where, read.error.problem].filter((words) => words !== undefined).join(": "));
  }
  return known;
}

/** A place that two files have is there once. */
function togetherOf(known: readonly PlacesFile[]): PlacesDocument | undefined {
  if (known.length === 0) return undefined;
  const places = new Map(
    known.flatMap(({ document }) =>
      document.places.map((place) => [
        `${place.name} ${place.position.latitudeDeg.toFixed(2)} ${place.position.longitudeDeg.toFixed(2)}`,
        place,
      ]),
    ),
  );
  const attributions = new Set(known.map(({ document }) => document.attribution));
  return { attribution: [...attributions].join(" · "), places: [...places.values()] };
}
