import { join } from "node:path";
import type { Result } from "../core/result.js";
import type { CoastOrigin } from "../contract/groundMessages.js";
import type { StationFailure } from "../contract/failures.js";
import { COAST_DOCUMENT_CHARS_MAX } from "../geo/coastDocumentCheck.js";
import { installRoot } from "../io/appPaths.js";
import { readText, writeAtomic } from "../io/fileStore.js";
import { withoutLinkOutside } from "../io/linkOutside.js";
import type { StationBus } from "./bus.js";
import { packCoast } from "./packs/packCoast.js";
import type { StationFolders } from "./stationTypes.js";
import type { ReadingService } from "./reading/readingService.js";

/**
 * The user's own coast line, once loaded, replaces that of an imported pack, which replaces the built-in coast, until this file
 * is removed.
 */
const USER_COAST = "coast.json";

export type CoastStore = {
  /** A `CoastDocument` as JSON; undefined when this installation has none. */
  readonly documentJson: () => string | undefined;
  readonly origin: () => CoastOrigin;
  readonly load: () => Promise<void>;
  /** The bytes of a GeoJSON file. */
  readonly replace: (geojson: Uint8Array) => Promise<Result<string, StationFailure>>;
};

type CoastStoreOptions = {
  readonly folders: StationFolders;
  readonly reading: ReadingService;
  readonly bus: StationBus;
};

export function createCoastStore({ folders, reading, bus }: CoastStoreOptions): CoastStore {
  const { data: dataFolder, withoutPacks = false } = folders;
  let documentJson: string | undefined;
  let origin: CoastOrigin = { kind: "none" };
  const ownDocument = async (): Promise<string | undefined> => {
    const path = join(dataFolder, USER_COAST);
    const isOwn = await withoutLinkOutside(dataFolder, path);
    const text = isOwn.ok ? await readText(path, COAST_DOCUMENT_CHARS_MAX) : isOwn;
    if (!text.ok && text.error.code === "ENOENT") return undefined;
    const checked = text.ok ? await reading.read({ kind: "coast-document", text: text.value, path }) : text;
    if (checked.ok) return checked.value;
    // The built-in coast is then shown.
    bus.notice({ id: "coast", severity: "caution", key: "coast-refused", facts: { path } });
    return undefined;
  };
  return {
    documentJson: () => documentJson,
    origin: () => origin,
    load: async () => {
      documentJson = await ownDocument();
      if (documentJson !== undefined) return void (origin = { kind: "own" });
      const ofPack = withoutPacks ? undefined : await packCoast(dataFolder, reading);
      documentJson = ofPack?.documentJson;
      if (ofPack) return void (origin = { kind: "pack", pack: ofPack.pack });
      const builtIn = await readText(join(installRoot(), "missions", "coast", "channel.json"));
      documentJson = builtIn.ok ? builtIn.value : undefined;
      origin = { kind: builtIn.ok ? "built-in" : "none" };
    },
    replace: async (geojson) => {
      const document = await reading.read({ kind: "coast-line", bytes: geojson });
      if (!document.ok) return document;
      const written = await writeAtomic(join(dataFolder, USER_COAST), document.value);
      if (!written.ok) return written;
      documentJson = document.value;
      origin = { kind: "own" };
      bus.publish({ kind: "coast-replaced" });
      return document;
    },
  };
}
