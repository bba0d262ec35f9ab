/** A drawing over the map: its points, lines and areas as vector tiles, its pictures as maps of their own. */
import path from "node:path";
import { err, ok, type Result } from "../../core/result.js";
import type { BadFile } from "../../geo/badFile.js";
import type { Overlay, OverlayPicture } from "../../geo/overlay/overlay.js";
import { overlayTiles, TILE_EXTENT, type OverlayTile } from "../../geo/overlay/overlayTile.js";
import { pictureTransform } from "../../geo/overlay/pictureTransform.js";
import { readGeoJsonOverlay } from "../../geo/overlay/readGeoJsonOverlay.js";
import { readKml } from "../../geo/overlay/readKml.js";
import type { GeoBounds } from "../../geo/tiles/geoBounds.js";
import { isTileAddress } from "../../geo/tiles/webMercator.js";
import { type OverlayFile, readOverlayFile } from "../../io/maps/overlayFile.js";
import { writeVectorTile } from "../../io/maps/vectorTileWriter.js";
import { readWholePicture } from "../../io/pictures/wholePicture.js";
import type { MapFileProblem, MapRemark, OpenedFile, OpenMap } from "./mapFile.js";
import { pictureMap } from "./pictureMap.js";

export const OVERLAY_ENDINGS: readonly string[] = [".kml", ".kmz", ".geojson"];

/** A tenth of a metre a step of the tile's numbers. */
const ZOOM_MAX_OF_DRAWINGS = 16;
const WGS_84 = 4326;
/** Each is held whole. */
const PICTURES_MAX = 20;
/** Drawings of one KMZ. */
const LINKED_MAX = 50;

export async function openOverlay(file: string): Promise<Result<OpenedFile, MapFileProblem>> {
  const opened = await readOverlayFile(file);
  if (!opened.ok) return opened;
  const isJson = path.extname(file).toLowerCase() === ".geojson";
  const name = path.basename(file);
  const read = isJson ? readGeoJsonOverlay(opened.value.text, name) : await readAll(opened.value, name);
  if (!read.ok) return read;
  return openedOverlay(read.value, opened.value, path.basename(file, path.extname(file)));
}

/** The drawing with those of the same KMZ that it links to; the links that lead elsewhere are left in it. */
async function readAll(file: OverlayFile, name: string): Promise<Result<Overlay, BadFile>> {
  const first = readKml(file.text, name);
  if (!first.ok) return first;
  const overlays: Overlay[] = [first.value];
  const elsewhere: string[] = [];
  const seen = new Set<string>();
  // The list grows while it is gone through: a drawing that is linked to may link to others.
  for (const overlay of overlays) {
    for (const href of overlay.links) {
      const isNew = !seen.has(href) && seen.size < LINKED_MAX;
      const text = isNew ? await file.linked(href) : undefined;
      if (text === undefined && !seen.has(href)) elsewhere.push(href);
      seen.add(href);
      if (text === undefined) continue;
      const read = readKml(text, `${name}: ${href}`);
      if (!read.ok) return read;
      overlays.push(read.value);
    }
  }
  return ok({
    name: first.value.name,
    features: overlays.flatMap(({ features }) => features),
    pictures: overlays.flatMap(({ pictures }) => pictures),
    links: elsewhere,
  });
}

async function openedOverlay(
  overlay: Overlay,
  file: OverlayFile,
  fileName: string,
): Promise<Result<OpenedFile, MapFileProblem>> {
  const name = overlay.name === "" ? fileName : overlay.name;
  const remarks: MapRemark[] = [];
  if (overlay.links.length > 0) remarks.push({ kind: "links-not-followed", count: overlay.links.length });
  const maps: OpenMap[] = [];
  // Pictures first: lines and names lie over them.
  for (const picture of overlay.pictures.slice(0, PICTURES_MAX)) {
    const opened = await openPicture(picture, file, `${name}: ${picture.name === "" ? picture.href : picture.name}`);
    if (opened.ok) maps.push(opened.value);
    else remarks.push({ kind: "picture-left-out", href: picture.href, problem: opened.error });
  }
  if (overlay.pictures.length > PICTURES_MAX)
    remarks.push({ kind: "more-pictures", count: overlay.pictures.length, max: PICTURES_MAX });
  const drawing = drawingOf(overlay, name);
  if (drawing) maps.push(drawing);
  if (maps.length > 0) return ok({ maps, remarks });
  const leftOut = remarks.find(({ kind }) => kind === "picture-left-out");
  return err(leftOut?.kind === "picture-left-out" ? leftOut.problem : { kind: "empty-drawing" });
}

async function openPicture(
  picture: OverlayPicture,
  file: OverlayFile,
  name: string,
): Promise<Result<OpenMap, MapFileProblem>> {
  const found = await file.picture(picture.href);
  if (!found) return err({ kind: "picture-not-there", href: picture.href });
  if (!found.ok) return found;
  const level = await readWholePicture(found.value.bytes);
  if (!level.ok) return level;
  const toPlane = pictureTransform(picture, level.value);
  const placed = { levels: [level.value], toPlane, epsg: WGS_84, attribution: "", close: () => Promise.resolve() };
  const map = pictureMap(placed, name, found.value.file === undefined ? [] : [found.value.file]);
  return map.ok ? ok({ ...map.value, description: { ...map.value.description, isOverlay: true } }) : map;
}

function drawingOf(overlay: Overlay, name: string): OpenMap | undefined {
  const bounds = boundsOf(overlay);
  if (!bounds) return undefined;
  const tileAt = overlayTiles(overlay);
  const description = { name, attribution: "", encoding: "mvt", isOnline: false, isOverlay: true, bounds } as const;
  return {
    besides: [],
    description: { ...description, zoomMin: 0, zoomMax: ZOOM_MAX_OF_DRAWINGS },
    tile: (at) => {
      const tile = isTileAddress(at) ? tileAt(at) : undefined;
      return Promise.resolve(ok(tile && vectorTileOf(tile)));
    },
    close: () => Promise.resolve(),
  };
}

function boundsOf({ features }: Overlay): GeoBounds | undefined {
  if (features.length === 0) return undefined;
  let [southDeg, westDeg, northDeg, eastDeg] = [90, 180, -90, -180];
  for (const position of features.flatMap(({ parts }) => parts.flat())) {
    southDeg = Math.min(southDeg, position.latitudeDeg);
    northDeg = Math.max(northDeg, position.latitudeDeg);
    westDeg = Math.min(westDeg, position.longitudeDeg);
    eastDeg = Math.max(eastDeg, position.longitudeDeg);
  }
  return { southDeg, westDeg, northDeg, eastDeg };
}

/** Layers of our own: looks are properties of the features, names stand at points. */
const vectorTileOf = ({ shapes, names }: OverlayTile): Uint8Array =>
  writeVectorTile([
    {
      ...{ name: "overlay", extent: TILE_EXTENT },
      features: shapes.map(({ shape, parts, look }) => ({
        ...{ type: shape, parts },
        properties: {
          stroke: look.stroke,
          strokePx: look.strokePx,
          ...(look.fill === undefined ? {} : { fill: look.fill }),
        },
      })),
    },
    {
      ...{ name: "overlay_name", extent: TILE_EXTENT },
      features: names.map(({ x, y, name }) => ({ type: "point", parts: [[{ x, y }]], properties: { name } })),
    },
  ]);
