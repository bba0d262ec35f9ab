/** A map that a person has named: a file of tiles, a picture with a place on earth, or a `.map.json` with the address of a server. */
import { createHash } from "node:crypto";
import path from "node:path";
import { err, ok, type Result } from "../../core/result.js";
import { encodingOf, statedBounds, wordsOf } from "../../geo/tiles/mapDescription.js";
import { MAP_DOCUMENT_CHARS_MAX, readMapDocument, type MapDocument } from "../../geo/tiles/mapDocument.js";
import { isTileAddress, ZOOM_MAX } from "../../geo/tiles/webMercator.js";
import { openMbTiles } from "../../io/maps/mbTilesFile.js";
import { openPmTiles } from "../../io/maps/pmTilesFile.js";
import type { TileContainer } from "../../io/maps/tileContainer.js";
import { openTileServer } from "../../io/maps/tileServer.js";
import { openRegularFile } from "../../io/regularFile.js";
import { STATION_VERSION } from "../stationVersion.js";
import type { MapFileProblem, OpenMap } from "./mapFile.js";
import { openPictureMap, PICTURE_ENDINGS } from "./openPictureMap.js";

const CACHE = { bytesMax: 500e6, daysMax: 30 };

/** `cacheFolder`: where tiles of servers are kept. */
export async function openMap(file: string, cacheFolder: string): Promise<Result<OpenMap, MapFileProblem>> {
  const kind = path.extname(file).toLowerCase();
  if (kind === ".json") return openServer(file, cacheFolder);
  if (PICTURE_ENDINGS.includes(kind)) return openPictureMap(file);
  if (kind !== ".pmtiles" && kind !== ".mbtiles") return err({ kind: "no-map" });
  const container = await (kind === ".pmtiles" ? openPmTiles(file) : openMbTiles(file));
  if (!container.ok) return container;
  const map = mapOf(container.value, path.basename(file, path.extname(file)));
  if (!map.ok) await container.value.close();
  return map;
}

function mapOf(container: TileContainer, fileName: string): Result<OpenMap, MapFileProblem> {
  const { name, attribution, encoding: stated, zoomMin, zoomMax, boundsDeg } = container.stated;
  const encoding = encodingOf(stated);
  if (!encoding) return err({ kind: "unknown-encoding", encoding: stated.slice(0, 40) });
  const hasZooms = Number.isInteger(zoomMin) && zoomMin >= 0 && zoomMax >= zoomMin && zoomMax <= ZOOM_MAX;
  if (!hasZooms) return err({ kind: "no-tiles" });
  const words = wordsOf(name ?? "");
  return ok({
    description: {
      name: words === "" ? fileName : words,
      attribution: wordsOf(attribution ?? ""),
      ...{ encoding, zoomMin, zoomMax },
      bounds: statedBounds(boundsDeg),
      isOnline: false,
    },
    ...tilesOf(container),
  });
}

const tilesOf = (container: TileContainer): Omit<OpenMap, "description"> => ({
  besides: [],
  tile: (at) => (isTileAddress(at) ? container.tile(at) : Promise.resolve(ok(undefined))),
  close: container.close,
});

async function openServer(file: string, cacheFolder: string): Promise<Result<OpenMap, MapFileProblem>> {
  const text = await textOf(file);
  if (!text.ok) return text;
  const read = readMapDocument(text.value, path.basename(file));
  if (!read.ok) return read;
  const { url, ...description } = read.value;
  return ok({
    description: { ...description, isOnline: true },
    ...tilesOf(openTileServer(serverOf(read.value, url, cacheFolder))),
  });
}

const serverOf = (
  { name, attribution, encoding, zoomMin, zoomMax }: MapDocument,
  url: string,
  cacheFolder: string,
) => ({
  url,
  stated: { name, attribution, encoding, zoomMin, zoomMax, boundsDeg: undefined },
  cache: { ...CACHE, folder: path.join(cacheFolder, createHash("sha256").update(url).digest("hex").slice(0, 16)) },
  userAgent: `Vigie/${STATION_VERSION} (ground station for coastal watch flights)`,
});

async function textOf(file: string): Promise<Result<string, MapFileProblem>> {
  const opened = await openRegularFile(file);
  if (!opened.ok) return opened;
  const { handle, bytes } = opened.value;
  try {
    return bytes > MAP_DOCUMENT_CHARS_MAX ? err({ kind: "no-map" }) : ok(await handle.readFile("utf8"));
  } catch (problem) {
    return err({ kind: "not-readable", reason: (problem as NodeJS.ErrnoException).code ?? String(problem) });
  } finally {
    await handle.close();
  }
}
