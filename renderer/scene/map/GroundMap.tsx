import { useFrame, useThree } from "@react-three/fiber";
import { useEffect, useMemo } from "react";
import type { MapDescription } from "../../../src/geo/tiles/mapDescription.js";
import type { Latest } from "../../bridge/latest.js";
import type { StationMaps } from "../../bridge/stationMaps.js";
import type { ScenePalette } from "../scenePalette.js";
import { useScene } from "../SceneContext.js";
import { pageClock } from "../framePacer.js";
import { GroundSheets, sheetQuality } from "./groundSheets.js";
import { readRasterTile, type ReadTile } from "./tilePicture.js";
import { vectorTileReader } from "./vectorTile.js";
import { TilePictures } from "./tilePictures.js";

type GroundMapProps = {
  readonly map: MapDescription;
  readonly ask: StationMaps["tile"];
  /** Set while the map's server does not answer. */
  readonly isOffline: Latest<boolean>;
};

/** Vector tiles are painted in the theme's colours; pictures have their own, and the shaders dim them. */
const tileReader = (theme: ScenePalette["name"]): ReadTile => {
  const readVector = vectorTileReader(theme);
  return async (bytes, encoding) => (encoding === "mvt" ? readVector(bytes) : readRasterTile(bytes, encoding));
};

/** A map on the ground: follows the camera, asks for tiles and hands the pictures to the ground's shaders. */
export function GroundMap({ map, ask, isOffline }: GroundMapProps) {
  const { frame, ground, palette, quality, rig } = useScene();
  const invalidate = useThree((state) => state.invalidate);
  const { sheets, pictures } = useMemo(() => {
    const painted = new GroundSheets(ground, frame, sheetQuality(quality.isCalm));
    ground.uMapDimmed.value = map.encoding === "mvt" ? 0 : 1;
    const onArrived = (): void => {
      painted.tilesArrived();
      invalidate();
    };
    return {
      sheets: painted,
      pictures: new TilePictures({
        map,
        ask,
        read: tileReader(palette.name),
        onArrived,
        onOffline: (isNow) => isOffline.set(isNow),
        clock: pageClock,
      }),
    };
  }, [ground, frame, palette, quality, map, ask, isOffline, invalidate]);
  useEffect(() => {
    invalidate();
    return () => {
      pictures.dispose();
      isOffline.set(false);
      sheets.dispose();
      invalidate();
    };
  }, [sheets, pictures, isOffline, invalidate]);
  useFrame(() => {
    const againMs = sheets.update(rig.goal, pictures, pageClock.nowMs());
    if (againMs !== undefined) pageClock.after(againMs, invalidate);
  });
  return null;
}
