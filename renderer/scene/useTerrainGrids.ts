import { useEffect, useState } from "react";
import { Latest, useWhole } from "../bridge/latest.js";
import type { TerrainGrids } from "./geometry/surface.js";
import type { SceneFrame } from "./sceneFrame.js";
import type { SceneTerrain } from "./sceneTypes.js";

/** 31 m between heights, which is what the usual files have; and 280 m as far as hills are drawn. */
const NEAR = { halfWidthM: 5000, countPerSide: 321 };
const FAR = { halfWidthM: 36_000, countPerSide: 257 };
const NO_FILES = new Latest<readonly string[]>([]);

/** The heights around the scene's origin; undefined without files and until the station has answered. */
export function useTerrainGrids(terrain: SceneTerrain | undefined, frame: SceneFrame): TerrainGrids | undefined {
  const files = useWhole(terrain?.files ?? NO_FILES);
  const [found, setFound] = useState<{ readonly frame: SceneFrame; readonly grids: TerrainGrids }>();
  useEffect(() => {
    if (!terrain || files.length === 0) return undefined;
    let isWanted = true;
    const middle = frame.origin;
    void Promise.all([terrain.heights({ middle, ...NEAR }), terrain.heights({ middle, ...FAR })]).then(
      ([near, far]) => {
        if (isWanted && (near ?? far)) setFound({ frame, grids: { near, far } });
      },
    );
    return () => {
      isWanted = false;
    };
  }, [terrain, files, frame]);
  return found?.frame === frame && files.length > 0 ? found.grids : undefined;
}
