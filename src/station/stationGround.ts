import { join } from "node:path";
import type { GroundFile } from "../contract/groundMessages.js";
import type { StationBus } from "./bus.js";
import { groundInventory } from "./groundInventory.js";
import { startMapService, type MapService } from "./maps/stationMaps.js";
import type { StationInputs } from "./stationTypes.js";
import { startTerrainService, type TerrainService } from "./terrain/stationTerrain.js";

type StationGround = {
  readonly terrain: TerrainService;
  readonly maps: MapService;
  readonly groundFiles: () => Promise<readonly GroundFile[]>;
};

/** Begins to read the files of heights and maps that the station was started with. */
export function startStationGround(
  { terrain: terrainFiles = [], maps: mapFiles = [] }: Pick<StationInputs, "terrain" | "maps">,
  dataFolder: string,
  bus: StationBus,
): StationGround {
  const onRead = (): void => bus.publish({ kind: "terrain-read" });
  const terrain = startTerrainService({ files: terrainFiles, log: bus.log, onRead });
  const maps = startMapService({ files: mapFiles, cacheFolder: join(dataFolder, "maps"), log: bus.log });
  return { terrain, maps, groundFiles: () => groundInventory({ terrainFiles, mapFiles, terrain, maps, dataFolder }) };
}
