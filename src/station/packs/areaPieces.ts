/** Everything that this station knows of the ground, as pieces that can be asked about places. */
import { stat } from "node:fs/promises";
import path from "node:path";
import type { GroundPiece, PieceFacts } from "../../geo/pack/areaNeeds.js";
import type { GroundArea } from "../../geo/pack/groundArea.js";
import type { PackFile } from "../../geo/pack/packManifest.js";
import { nearestPlace } from "../../geo/places/nearestPlace.js";
import type { Position } from "../../geo/position.js";
import { gridSource } from "../../geo/terrain/gridSource.js";
import { type GeoBounds, isInBounds, touches } from "../../geo/tiles/geoBounds.js";
import type { MapDescription } from "../../geo/tiles/mapDescription.js";
import { tilePointOf } from "../../geo/tiles/webMercator.js";
import { isMapIdOf, mapIdOf } from "../maps/openMaps.js";
import type { MapService } from "../maps/stationMaps.js";
import { isSourceOf } from "../terrain/sourceNames.js";
import type { TerrainService } from "../terrain/stationTerrain.js";
import type { PlacesFile } from "../placesStore.js";
import type { TideFile } from "../tideStore.js";
import type { KnownGround } from "../knownGround.js";
import { listPacks } from "./packStore.js";

export type AreaSources = KnownGround & {
  /** Full paths, as the services below were given them. */
  readonly terrainFiles: readonly string[];
  readonly mapFiles: readonly string[];
  readonly terrain: Pick<TerrainService, "isRead" | "rasters">;
  readonly maps: Pick<MapService, "maps" | "tile">;
  readonly dataFolder: string;
};

/** `file`: its full path, for a piece that can go into a pack. */
export type AreaPiece = { readonly piece: GroundPiece; readonly file: string | undefined };

/** So many tiles of a map are looked at, of the deepest zoom at which the area's places lie in no more than these. */
const TILES_MAX = 400;
const TILES_AT_ONCE = 16;

/** Waits until the files are read. */
export async function areaPieces(sources: AreaSources, area: GroundArea): Promise<readonly AreaPiece[]> {
  const packed = await filesOfPacks(sources.dataFolder);
  await sources.terrain.isRead;
  const heights = await Promise.all(
    sources.terrainFiles.map((file, index) => heightPiece(sources, packed, [file, index])),
  );
  const maps: AreaPiece[] = [];
  const described = await sources.maps.maps();
  for (const map of described) if (map.isOverlay !== true) maps.push(await mapPiece(sources, packed, map, area));
  const drawings = await Promise.all(
    sources.mapFiles.map((file, index) => drawingPiece(packed, [file, index], { described, area })),
  );
  return [
    ...coastPieces(sources, packed),
    ...heights.filter((piece) => piece !== undefined),
    ...maps,
    ...drawings.filter((piece) => piece !== undefined),
    ...sources.tides.map((tide, index) => tidePiece(tide, index, packed)),
    ...sources.places.map((places, index) => namesPiece(places, index, packed)),
  ];
}

type Packed = { readonly pack: string; readonly file: PackFile };
type PackedFiles = ReadonlyMap<string, Packed>;

async function filesOfPacks(dataFolder: string): Promise<PackedFiles> {
  const packs = await listPacks(dataFolder);
  return new Map(
    packs.flatMap(({ name, folder, manifest }) =>
      manifest.ok
        ? manifest.value.files.map((file): [string, Packed] => [path.join(folder, file.path), { pack: name, file }])
        : [],
    ),
  );
}

const NOTHING_SAID = {
  ...{ pack: undefined, dataDate: undefined, attribution: undefined, sizeBytes: undefined },
  ...{ resolutionM: undefined, zoom: undefined, isPackable: false },
} as const;

const packedFacts = (known: Packed | undefined): Partial<PieceFacts> =>
  known
    ? {
        ...{ pack: known.pack, dataDate: known.file.dataDate, attribution: known.file.attribution },
        sizeBytes: known.file.sizeBytes,
      }
    : {};

const sizeOf = (file: string): Promise<number | undefined> =>
  stat(file).then(
    ({ size }) => size,
    () => undefined,
  );

async function heightPiece(
  { terrain }: AreaSources,
  packed: PackedFiles,
  [file, index]: readonly [string, number],
): Promise<AreaPiece | undefined> {
  const rasters = terrain.rasters().filter(({ name }) => isSourceOf(name, file));
  const [raster] = rasters;
  // It could not be read, which the list of files and the log say.
  if (!raster) return undefined;
  const heights = rasters.map(gridSource);
  return {
    file,
    piece: {
      ...{ ...NOTHING_SAID, id: `terrain-${index}`, kind: "terrain", name: raster.name, basis: "content" },
      ...{ resolutionM: raster.resolutionM, isPackable: true, sizeBytes: await sizeOf(file) },
      ...packedFacts(packed.get(file)),
      knows: (place) => heights.some((source) => source.heightAt(place) !== undefined),
    },
  };
}

/** A drawing with its pictures; undefined for a file that is none. */
async function drawingPiece(
  packed: PackedFiles,
  [file, index]: readonly [string, number],
  { described, area }: { readonly described: readonly MapDescription[]; readonly area: GroundArea },
): Promise<AreaPiece | undefined> {
  const drawings = described.filter(({ id, isOverlay }) => isOverlay === true && isMapIdOf(id, index));
  if (drawings.length === 0) return undefined;
  const frames = drawings.map(({ bounds }) => bounds);
  return {
    file,
    piece: {
      ...{ ...NOTHING_SAID, id: mapIdOf(index), kind: "map", name: path.basename(file), basis: "drawing" },
      ...{ isPackable: true, sizeBytes: await sizeOf(file), ...packedFacts(packed.get(file)) },
      knows: inFrames(frames, area),
    },
  };
}

/** A drawing may lie between the places that are asked about: one of them stands for it then, so that it is listed. */
function inFrames(frames: readonly GeoBounds[], { bounds, samples, rim }: GroundArea): GroundPiece["knows"] {
  const isInside = (place: Position): boolean => frames.some((frame) => isInBounds(frame, place));
  const isBetween = ![...samples, ...rim].some(isInside) && frames.some((frame) => touches(frame, bounds));
  return isBetween ? (place) => place === samples[0] : isInside;
}

async function mapPiece(
  { mapFiles, maps }: AreaSources,
  packed: PackedFiles,
  described: MapDescription,
  area: GroundArea,
): Promise<AreaPiece> {
  const { id, name, attribution, isOnline, bounds } = described;
  // A server is no file, although it is named by one.
  const file = isOnline ? undefined : mapFiles.find((_, index) => mapIdOf(index) === id);
  const common = { ...NOTHING_SAID, id, kind: "map", name, ...(attribution === "" ? {} : { attribution }) } as const;
  const inBounds = (place: Position): boolean => isInBounds(bounds, place);
  if (file === undefined) return { file, piece: { ...common, basis: isOnline ? "online" : "bounds", knows: inBounds } };
  const content = /\.(pmtiles|mbtiles)$/i.test(file) ? await tilesOf(described, maps, area) : undefined;
  const facts = { isPackable: true, sizeBytes: await sizeOf(file), ...packedFacts(packed.get(file)) };
  const known = content ?? { zoom: undefined, knows: inBounds };
  return { file, piece: { ...common, ...facts, basis: content ? "content" : "bounds", ...known } };
}

type Content = Pick<GroundPiece, "knows"> & { readonly zoom: NonNullable<PieceFacts["zoom"]> };

/** Which tiles are there: a map's stated frame says nothing of the gaps in it. */
async function tilesOf(map: MapDescription, maps: AreaSources["maps"], area: GroundArea): Promise<Content> {
  let lookedAt = map.zoomMax;
  const keyOf = (place: Position): string => {
    const { column, row } = tilePointOf(place, lookedAt);
    return `${Math.floor(column)} ${Math.floor(row)}`;
  };
  const keysNow = (): ReadonlySet<string> =>
    new Set([...area.samples, ...area.rim].filter((place) => isInBounds(map.bounds, place)).map(keyOf));
  while (lookedAt > map.zoomMin && keysNow().size > TILES_MAX) lookedAt--;
  const keys = [...keysNow()];
  const there = new Set<string>();
  for (let i = 0; i < keys.length; i += TILES_AT_ONCE) {
    const some = keys.slice(i, i + TILES_AT_ONCE);
    const found = await Promise.all(
      some.map((key) => {
        const [column = 0, row = 0] = key.split(" ").map(Number);
        return maps.tile({ mapId: map.id, zoom: lookedAt, column, row });
      }),
    );
    some.forEach((key, j) => found[j]?.bytes && there.add(key));
  }
  return {
    zoom: { lookedAt, deepest: map.zoomMax },
    knows: (place) => isInBounds(map.bounds, place) && there.has(keyOf(place)),
  };
}

function coastPieces({ coast: { document, origin } }: AreaSources, packed: PackedFiles): readonly AreaPiece[] {
  if (!document) return [];
  const [file, known] =
    [...packed].find(([, one]) => origin.kind === "pack" && one.pack === origin.pack && one.file.kind === "coast") ??
    [];
  return [
    {
      file,
      piece: {
        ...{ ...NOTHING_SAID, id: "coast", kind: "coast", name: document.source, basis: "bounds" },
        ...{ dataDate: document.date, attribution: `${document.attribution}, ${document.licence}` },
        ...packedFacts(known),
        isPackable: file !== undefined,
        knows: (place) => isInBounds(document.box, place),
      },
    },
  ];
}

const tidePiece = ({ file, name, attribution, reaches }: TideFile, index: number, packed: PackedFiles): AreaPiece => ({
  file: packed.has(file) ? file : undefined,
  piece: {
    ...{ ...NOTHING_SAID, id: `tide-${index}`, kind: "tide", name, basis: "content", attribution },
    ...packedFacts(packed.get(file)),
    ...{ isPackable: packed.has(file), knows: reaches },
  },
});

const namesPiece = (
  { file, name, document: { attribution, places } }: PlacesFile,
  index: number,
  packed: PackedFiles,
): AreaPiece => ({
  file: packed.has(file) ? file : undefined,
  piece: {
    ...{ ...NOTHING_SAID, id: `names-${index}`, kind: "names", name, basis: "content", attribution },
    ...packedFacts(packed.get(file)),
    ...{ isPackable: packed.has(file), knows: (place) => nearestPlace(places, place) !== undefined },
  },
});
