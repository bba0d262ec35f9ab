import { join } from "node:path";
import type { GroundFile } from "../contract/groundMessages.js";
import type { Clock } from "../core/clock.js";
import type { StationBus } from "./bus.js";
import type { CoastStore } from "./coastStore.js";
import { coastOf } from "./knownGround.js";
import { groundInventory } from "./groundInventory.js";
import { startMapService, type MapService } from "./maps/stationMaps.js";
import type { AreaSources } from "./packs/areaPieces.js";
import { createPackService, type PackService } from "./packs/packService.js";
import type { PlacesStore } from "./placesStore.js";
import type { StationInputs } from "./stationTypes.js";
import { startTerrainService, type TerrainService } from "./terrain/stationTerrain.js";
import type { TideStore } from "./tideStore.js";

type StationGround = {
  readonly terrain: TerrainService;
  readonly maps: MapService;
  readonly packs: PackService;
  readonly groundFiles: () => Promise<readonly GroundFile[]>;
};

type GroundOptions = {
  readonly inputs: Pick<StationInputs, "terrain" | "maps">;
  readonly dataFolder: string;
  readonly bus: StationBus;
  readonly clock: Clock;
  readonly known: { readonly coast: CoastStore; readonly tide: TideStore; readonly places: PlacesStore };
};

/** Begins to read the files of heights and maps that the station was started with. */
export function startStationGround({ inputs, dataFolder, bus, clock, known }: GroundOptions): StationGround {
  const { terrain: terrainFiles = [], maps: mapFiles = [] } = inputs;
  const onRead = (): void => bus.publish({ kind: "terrain-read" });
  const terrain = startTerrainService({ files: terrainFiles, log: bus.log, onRead });
  const maps = startMapService({ files: mapFiles, cacheFolder: join(dataFolder, "maps"), log: bus.log });
  const files = { terrainFiles, mapFiles, terrain, maps, dataFolder };
  const { coast, tide, places } = known;
  const sources = (): AreaSources => ({
    ...files,
    coast: coastOf(coast),
    ...{ tides: tide.known(), places: places.known() },
  });
  const packs = createPackService({
    ...{ dataFolder, sources, log: bus.log, publish: bus.send },
    unixMs: () => clock.unixUs() / 1000,
  });
  return { terrain, maps, packs, groundFiles: () => groundInventory(files) };
}
