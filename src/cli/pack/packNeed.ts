import { createCoast } from "../../geo/coast.js";
import { type AreaNeed, areaNeeds } from "../../geo/pack/areaNeeds.js";
import { groundArea, type AreaProblem } from "../../geo/pack/askedArea.js";
import type { GroundArea } from "../../geo/pack/groundArea.js";
import type { Place } from "../../geo/places/place.js";
import { openMaps } from "../../station/maps/openMaps.js";
import { type AreaPiece, areaPieces } from "../../station/packs/areaPieces.js";
import { readTerrainFiles } from "../../station/terrain/readTerrainFile.js";
import { type CommandIo } from "../commandIo.js";
import { usableGround } from "../groundFiles.js";
import { type KnownGround, readKnownGround } from "../../station/knownGround.js";
import { HOW_TO_GET, needLines } from "./needLines.js";
import { readNeedOptions } from "./needOptions.js";

const PROBLEMS: Readonly<Record<AreaProblem["kind"], string>> = {
  "area-too-small": "the area is too small, or its corners are the wrong way round",
  "area-too-large": "the area is larger than 10 degrees",
  "no-coast": "there is no coast line",
  "far-from-coast": "a place has no coast line within 15 km",
  "other-coast": "no coast line leads from one place to the other",
  "same-place": "both places are at the same piece of coast",
};

type NeedEnvironment = { readonly io: CommandIo; readonly dataFolder: string; readonly nowUnixMs: number };
/** "wrong-use" has its reason; the other two have been told. */
type NeedOutcome = "done" | "failed" | { readonly wrongUse: string };

/** Prints what a sortie over an area needs, and what of it is there: the files that are named, and those of imported packs. */
export async function packNeed(argv: readonly string[], env: NeedEnvironment): Promise<NeedOutcome> {
  const { io, dataFolder, nowUnixMs } = env;
  const isWithoutPacks = argv.includes("--no-packs");
  const known = await readKnownGround({ data: dataFolder, withoutPacks: isWithoutPacks }, io.stderr);
  const places: readonly Place[] = known.places.flatMap(({ document }) => document.places);
  const wanted = readNeedOptions(argv, places);
  if (!wanted.ok) return { wrongUse: wanted.error };
  const { document } = known.coast;
  const area = groundArea(wanted.value.area, document && createCoast(document));
  if (!area.ok) {
    io.stderr(`vigie pack: ${PROBLEMS[area.error.kind]}`);
    return "failed";
  }
  const ground = await usableGround("vigie pack", wanted.value, isWithoutPacks ? undefined : dataFolder);
  if (!ground) return "failed";
  const pieces = await piecesOf(area.value, { ...known, ...ground, dataFolder });
  const needs = areaNeeds(
    area.value,
    pieces.map(({ piece }) => piece),
    nowUnixMs,
  );
  for (const line of wanted.value.isJson ? [jsonLine(area.value, needs)] : inWords(area.value, needs)) io.stdout(line);
  return "done";
}

type Told = Pick<GroundArea, "areaKm2" | "coastKm">;

function jsonLine({ areaKm2, coastKm }: Told, needs: readonly AreaNeed[]): string {
  const told = needs.map((need) => ({ ...need, howToGet: HOW_TO_GET[need.kind] }));
  return JSON.stringify({ areaKm2, ...(coastKm !== undefined && { coastKm }), needs: told });
}

const inWords = ({ areaKm2, coastKm }: Told, needs: readonly AreaNeed[]): readonly string[] => [
  `area: ${areaKm2.toFixed(0)} km2${coastKm === undefined ? "" : `, ${coastKm.toFixed(0)} km of coast`}`,
  ...needLines(needs),
];

type Files = KnownGround & {
  readonly terrain: readonly string[] | undefined;
  readonly maps: readonly string[] | undefined;
  readonly dataFolder: string;
};

/** On this thread: the services of a station read in workers, for which no command waits. */
async function piecesOf(area: GroundArea, files: Files): Promise<readonly AreaPiece[]> {
  const { terrain: terrainFiles = [], maps: mapFiles = [], dataFolder } = files;
  const { model } = await readTerrainFiles(terrainFiles);
  const rasters = model?.sources.map(({ raster }) => raster) ?? [];
  const maps = await openMaps({ files: mapFiles, cacheFolder: dataFolder });
  const pieces = await areaPieces(
    {
      ...{ ...files, terrainFiles, mapFiles },
      terrain: { isRead: Promise.resolve(), rasters: () => rasters },
      maps: { maps: () => Promise.resolve(maps.maps), tile: maps.tile },
    },
    area,
  );
  await maps.close();
  return pieces;
}
