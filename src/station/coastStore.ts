import { join } from "node:path";
import { err, ok, type Result } from "../core/result.js";
import type { StationFailure } from "../contract/failures.js";
import { coastFromGeoJson } from "../geo/coastFromGeoJson.js";
import { installRoot } from "../io/appPaths.js";
import { readText, writeAtomic } from "../io/fileStore.js";

/** The user's own line, once loaded, replaces the built-in coast until the file is removed. */
const USER_COAST = "coast.json";

export type CoastStore = {
  /** A `CoastDocument` as JSON; undefined when this installation has none. */
  readonly documentJson: () => string | undefined;
  readonly load: () => Promise<void>;
  readonly replace: (geojsonText: string) => Promise<Result<string, StationFailure>>;
};

export function createCoastStore(dataFolder: string): CoastStore {
  let documentJson: string | undefined;
  return {
    documentJson: () => documentJson,
    load: async () => {
      const own = await readText(join(dataFolder, USER_COAST));
      const builtIn = own.ok ? own : await readText(join(installRoot(), "missions", "coast", "channel.json"));
      documentJson = builtIn.ok ? builtIn.value : undefined;
    },
    replace: async (geojsonText) => {
      const document = coastFromGeoJson(geojsonText, "your coast line");
      if (!document.ok) return err(document.error);
      const json = JSON.stringify(document.value);
      const written = await writeAtomic(join(dataFolder, USER_COAST), json);
      if (!written.ok) return written;
      documentJson = json;
      return ok(json);
    },
  };
}
