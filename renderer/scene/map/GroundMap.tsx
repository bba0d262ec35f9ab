import { useFrame, useThree } from "@react-three/fiber";
import { useEffect, useMemo } from "react";
import type { MapDescription } from "../../../src/geo/tiles/mapDescription.js";
import type { StationMaps } from "../../bridge/stationMaps.js";
import { useScene } from "../SceneContext.js";
import { pageClock } from "../framePacer.js";
import { GroundSheets, sheetQuality } from "./groundSheets.js";
import { readRasterTile, type ReadTile } from "./tilePicture.js";
import { TilePictures } from "./tilePictures.js";

type GroundMapProps = {
  readonly map: MapDescription;
  readonly ask: StationMaps["tile"];
  readonly read?: ReadTile;
};

/** A map on the ground: follows the camera, asks for tiles and hands the pictures to the ground's shaders. */
export function GroundMap({ map, ask, read = readRasterTile }: GroundMapProps) {
  const { frame, ground, quality, rig } = useScene();
  const invalidate = useThree((state) => state.invalidate);
  const { sheets, pictures } = useMemo(() => {
    const painted = new GroundSheets(ground, frame, sheetQuality(quality.isCalm));
    const onArrived = (): void => {
      painted.tilesArrived();
      invalidate();
    };
    const { nowMs } = pageClock;
    return { sheets: painted, pictures: new TilePictures({ map, ask, read, onArrived, nowMs }) };
  }, [ground, frame, quality, map, ask, read, invalidate]);
  useEffect(() => {
    invalidate();
    return () => {
      pictures.dispose();
      sheets.dispose();
      invalidate();
    };
  }, [sheets, pictures, invalidate]);
  useFrame(() => {
    const againMs = sheets.update(rig.goal, pictures, pageClock.nowMs());
    if (againMs !== undefined) pageClock.after(againMs, invalidate);
  });
  return null;
}
