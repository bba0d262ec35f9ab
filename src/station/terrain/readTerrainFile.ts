/**
 * A file of heights that a person has named, of whichever kind: DTED and GeoTIFF by their first bytes, HGT and tiles by their
 * names.
 */
import path from "node:path";
import type { GeoTiffProblem } from "../../core/geoTiffContent.js";
import { err, ok, type Result } from "../../core/result.js";
import type { BadTerrain } from "../../geo/terrain/badTerrain.js";
import { readDted } from "../../geo/terrain/dted.js";
import { geoTiffSource } from "../../geo/terrain/geoTiffSource.js";
import { readHgt } from "../../geo/terrain/hgt.js";
import { gridSource } from "../../geo/terrain/gridSource.js";
import type { MeasuredRaster, TerrainSource } from "../../geo/terrain/terrain.js";
import { createTerrainModel, type TerrainModel } from "../../geo/terrain/terrainModel.js";
import { readGeoTiff } from "../../io/geoTiff/readGeoTiff.js";
import { openRegularFile, type OpenFileProblem } from "../../io/regularFile.js";
import { isTileFile, readTileTerrain, type TileTerrainProblem } from "./readTileTerrain.js";

export type TerrainFileProblem =
  | BadTerrain
  | GeoTiffProblem
  | OpenFileProblem
  | TileTerrainProblem
  | { readonly kind: "too-many-bytes"; readonly megabytesMax: number }
  | { readonly kind: "no-terrain" };

/** 64 million doubles, with room for their tiles. */
const MEGABYTES_MAX = 1024;

export async function readTerrainFile(file: string): Promise<Result<TerrainSource, TerrainFileProblem>> {
  if (isTileFile(file)) return readTileTerrain(file);
  const read = await bytesOf(file);
  if (!read.ok) return read;
  const bytes = read.value;
  const name = path.basename(file);
  if (bytes.subarray(0, 3).toString("latin1") === "UHL") return readDted(bytes, name);
  if (/\.hgt$/i.test(name)) return readHgt(bytes, name);
  const content = await readGeoTiff(bytes);
  if (content.ok) return geoTiffSource(content.value, name);
  return content.error.kind === "not-geotiff" ? err({ kind: "no-terrain" }) : content;
}

async function bytesOf(file: string): Promise<Result<Buffer, TerrainFileProblem>> {
  const opened = await openRegularFile(file);
  if (!opened.ok) return opened;
  const { handle, bytes } = opened.value;
  try {
    if (bytes > MEGABYTES_MAX * 2 ** 20) return err({ kind: "too-many-bytes", megabytesMax: MEGABYTES_MAX });
    return ok(await handle.readFile());
  } catch (problem) {
    return err({ kind: "not-readable", reason: (problem as NodeJS.ErrnoException).code ?? String(problem) });
  } finally {
    await handle.close();
  }
}

type TerrainFiles = {
  /** Undefined where none of the files could be read. */
  readonly model: TerrainModel | undefined;
  readonly problems: readonly { readonly file: string; readonly problem: TerrainFileProblem }[];
};

/** One after the other: each may take hundreds of megabytes while it is read. */
export async function readTerrainFiles(files: readonly string[]): Promise<TerrainFiles> {
  const sources: TerrainSource[] = [];
  const problems: { file: string; problem: TerrainFileProblem }[] = [];
  for (const file of files) {
    const read = await readTerrainFile(file);
    if (read.ok) sources.push(read.value);
    else problems.push({ file, problem: read.error });
  }
  return { model: sources.length > 0 ? createTerrainModel(sources) : undefined, problems };
}

/** Undefined without a raster. */
export const terrainModelOf = (rasters: readonly MeasuredRaster[]): TerrainModel | undefined =>
  rasters.length > 0 ? createTerrainModel(rasters.map(gridSource)) : undefined;
