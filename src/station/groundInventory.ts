/** The station's files of heights and maps, as a person wants to know them before a flight. */
import { stat } from "node:fs/promises";
import path from "node:path";
import type { GroundFile } from "../contract/groundMessages.js";
import type { PackFile } from "../geo/pack/packManifest.js";
import { mapIdOf } from "./maps/openMaps.js";
import type { MapService } from "./maps/stationMaps.js";
import { listPacks } from "./packs/packStore.js";
import { isSourceOf } from "./terrain/sourceNames.js";
import type { TerrainService } from "./terrain/stationTerrain.js";

type GroundSources = {
  /** Full paths, as the services below were given them. */
  readonly terrainFiles: readonly string[];
  readonly mapFiles: readonly string[];
  readonly terrain: Pick<TerrainService, "isRead" | "rasters">;
  readonly maps: Pick<MapService, "maps">;
  readonly dataFolder: string;
};

/** Answers when all files have been read, or could not be. */
export async function groundInventory(sources: GroundSources): Promise<readonly GroundFile[]> {
  const packed = await filesOfPacks(sources.dataFolder);
  const maps = await sources.maps.maps();
  await sources.terrain.isRead;
  const heights = sources.terrainFiles.map(async (file): Promise<GroundFile> => {
    const raster = sources.terrain.rasters().find(({ name }) => isSourceOf(name, file));
    return {
      ...{ kind: "terrain", name: raster?.name ?? path.basename(file), ...(await onDisk(file, packed)) },
      ...{ resolutionM: raster?.resolutionM, bounds: raster?.bounds, isUsed: raster !== undefined },
    };
  });
  const pictures = sources.mapFiles.map(async (file, index): Promise<GroundFile> => {
    const map = maps.find(({ id }) => id === mapIdOf(index));
    const known = await onDisk(file, packed);
    return {
      ...{ kind: "map", ...known, name: map?.name ?? path.basename(file) },
      attribution: known.attribution ?? (map?.attribution === "" ? undefined : map?.attribution),
      ...{ resolutionM: undefined, bounds: map?.bounds, isUsed: map !== undefined },
    };
  });
  return Promise.all([...heights, ...pictures]);
}

type Packed = { readonly pack: string; readonly file: PackFile };

async function filesOfPacks(dataFolder: string): Promise<ReadonlyMap<string, Packed>> {
  const packs = await listPacks(dataFolder);
  return new Map(
    packs.flatMap(({ name, folder, manifest }) =>
      manifest.ok
        ? manifest.value.files.map((file): [string, Packed] => [path.join(folder, file.path), { pack: name, file }])
        : [],
    ),
  );
}

async function onDisk(
  file: string,
  packs: ReadonlyMap<string, Packed>,
): Promise<Pick<GroundFile, "pack" | "dataDate" | "attribution" | "sizeBytes">> {
  const known = packs.get(file);
  const { dataDate, attribution, sizeBytes } = known?.file ?? {};
  const sizeNow = await stat(file).then(
    ({ size }) => size,
    () => undefined,
  );
  return { pack: known?.pack, dataDate, attribution, sizeBytes: sizeNow ?? sizeBytes };
}
