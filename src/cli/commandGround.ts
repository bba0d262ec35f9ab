import { type Coast, createCoast } from "../geo/coast.js";
import type { Place } from "../geo/places/place.js";
import type { Position } from "../geo/position.js";
import type { Tide } from "../geo/tide/tideModel.js";
import { isInBounds } from "../geo/tiles/geoBounds.js";
import path from "node:path";
import { readKnownGround } from "../station/knownGround.js";
import { listPacks } from "../station/packs/packStore.js";
import { isSourceOf } from "../station/terrain/sourceNames.js";
import { readTerrainFiles } from "../station/terrain/readTerrainFile.js";
import { terrainLine } from "../station/terrain/terrainLine.js";
import { tideOf } from "../station/tideStore.js";
import type { TerrainModel } from "../geo/terrain/terrainModel.js";
import { builtInCoast } from "./builtInCoast.js";
import { builtInPlaces } from "./builtInPlaces.js";
import type { CommandIo } from "./commandIo.js";
import { packLine, touchedLine } from "./pack/packLine.js";
import { tideHere } from "./whereTide.js";

/** What a command without a station knows of the ground besides heights. */
export type CommandGround = {
  readonly coast: Coast | undefined;
  readonly places: readonly Place[];
  readonly tideAt: (position: Position, unixTimeMs: number) => Promise<Tide>;
};

/** What is shipped; with a data folder what `vigie start` would use: a person's own coast and the imported packs too. */
export async function commandGround(io: CommandIo, dataFolder: string | undefined): Promise<CommandGround> {
  if (dataFolder === undefined) {
    return {
      ...{ coast: await builtInCoast(io), places: await builtInPlaces(io) },
      tideAt: (position, unixTimeMs) => tideHere(io, position, unixTimeMs),
    };
  }
  const { coast, places, tides } = await readKnownGround({ data: dataFolder }, io.stderr);
  return {
    coast: coast.document && createCoast(coast.document),
    places: places.flatMap(({ document }) => document.places),
    tideAt: (position, unixTimeMs) => Promise.resolve(tideOf(tides, position, unixTimeMs)?.tide ?? { kind: "unknown" }),
  };
}

type HeightsWanted = {
  /** Named by the person: one that cannot be read is a failure. */
  readonly given: readonly string[];
  /** Undefined where packs are left out. */
  readonly dataFolder: string | undefined;
  /** Only packs whose area has one of these are opened. */
  readonly places: readonly Position[];
};

export type CommandHeights = {
  readonly model: TerrainModel | undefined;
  /** The pack that a source of the model came with; undefined for a given file. */
  readonly packOf: (sourceName: string) => string | undefined;
};

/** Heights of the given files and of imported packs. Undefined when a given one cannot be used; what is wrong is said. */
export async function commandHeights(
  command: string,
  { given, dataFolder, places }: HeightsWanted,
  io: CommandIo,
): Promise<CommandHeights | undefined> {
  const packed = dataFolder === undefined ? [] : await packHeights(command, dataFolder, places, io);
  const further = packed.filter(({ file }) => !given.includes(file));
  const { model, problems } = await readTerrainFiles([...given, ...further.map(({ file }) => file)]);
  for (const { file, problem } of problems) io.stderr(`${command}: ${terrainLine(file, problem)}`);
  if (problems.some(({ file }) => given.includes(file))) return undefined;
  const isGiven = (name: string): boolean => given.some((file) => isSourceOf(name, file));
  return {
    model,
    packOf: (name) => (isGiven(name) ? undefined : further.find(({ file }) => isSourceOf(name, file))?.pack),
  };
}

type PackedHeights = { readonly pack: string; readonly file: string };

async function packHeights(
  command: string,
  dataFolder: string,
  places: readonly Position[],
  io: CommandIo,
): Promise<readonly PackedHeights[]> {
  const found: PackedHeights[] = [];
  for (const { name, folder, manifest, touchedFile } of await listPacks(dataFolder)) {
    if (!manifest.ok) {
      io.stderr(`${command}: pack ${name}: ${packLine(manifest.error)}`);
      continue;
    }
    const { area, files } = manifest.value;
    if (!places.some((place) => isInBounds(area, place))) continue;
    if (touchedFile !== undefined) io.stderr(`${command}: pack ${name}: ${touchedLine(name, touchedFile)}`);
    for (const { kind, path: file } of files)
      if (kind === "terrain") found.push({ pack: name, file: path.join(folder, file) });
  }
  return found;
}
