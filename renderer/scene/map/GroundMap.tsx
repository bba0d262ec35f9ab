import { useFrame, useThree } from "@react-three/fiber";
import { useEffect, useMemo } from "react";
import type { MapDescription } from "../../../src/geo/tiles/mapDescription.js";
import type { TileAddress } from "../../../src/geo/tiles/webMercator.js";
import type { Latest } from "../../bridge/latest.js";
import type { StationMaps } from "../../bridge/stationMaps.js";
import type { ScenePalette } from "../scenePalette.js";
import { useScene } from "../SceneContext.js";
import { pageClock } from "../framePacer.js";
import { GroundSheets, sheetQuality } from "./groundSheets.js";
import { MapNameList, NO_NAMES } from "./mapNames.js";
import { readRasterTile, type ReadTile, type TilePicture } from "./tilePicture.js";
import { vectorTileReader } from "./vectorTile.js";
import { TilePictures } from "./tilePictures.js";

type GroundMapProps = {
  readonly map: MapDescription | undefined;
  /** Lie over it, in this order. */
  readonly overlays?: readonly MapDescription[] | undefined;
  readonly ask: StationMaps["tile"];
  /** Set while the map's server does not answer. */
  readonly isOffline: Latest<boolean>;
};

/** Vector tiles are painted in the theme's colours; pictures have their own, and the shaders dim them. */
const tileReader = (theme: ScenePalette["name"]): ReadTile => {
  const readVector = vectorTileReader(theme);
  return async (bytes, encoding) => (encoding === "mvt" ? readVector(bytes) : readRasterTile(bytes, encoding));
};

const NONE: readonly MapDescription[] = [];

/** A map on the ground, and drawings over it: follows the camera, asks for tiles and hands the pictures to the ground's shaders. */
export function GroundMap({ map, overlays = NONE, ask, isOffline }: GroundMapProps) {
  const { frame, ground, palette, quality, rig, mapNames } = useScene();
  const invalidate = useThree((state) => state.invalidate);
  const { sheets, layers } = useMemo(() => {
    const painted = new GroundSheets(ground, frame, sheetQuality(quality.isCalm));
    const shown = map ? [map, ...overlays] : overlays;
    ground.uMapDimmed.value = shown[0]?.encoding === "mvt" ? 0 : 1;
    const names = new MapNameList();
    const onArrived = (picture: TilePicture, tile: TileAddress): void => {
      painted.tilesArrived();
      if (names.add(tile, picture.names ?? [])) mapNames.set(names.get());
      invalidate();
    };
    return {
      sheets: painted,
      layers: shown.map(
        (layer) =>
          new TilePictures({
            map: layer,
            ask,
            read: tileReader(palette.name),
            onArrived,
            // Drawings are files: that they are there says nothing of a server.
            onOffline: (isNow) => (layer.isOverlay === true ? undefined : isOffline.set(isNow)),
            clock: pageClock,
          }),
      ),
    };
  }, [ground, frame, palette, quality, map, overlays, ask, isOffline, invalidate, mapNames]);
  useEffect(() => {
    invalidate();
    return () => {
      for (const layer of layers) layer.dispose();
      isOffline.set(false);
      mapNames.set(NO_NAMES);
      sheets.dispose();
      invalidate();
    };
  }, [sheets, layers, isOffline, invalidate, mapNames]);
  useFrame(() => {
    const againMs = sheets.update(rig.goal, layers, pageClock.nowMs());
    if (againMs !== undefined) pageClock.after(againMs, invalidate);
  });
  return null;
}
