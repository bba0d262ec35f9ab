import { useThree } from "@react-three/fiber";
import { useEffect, useMemo } from "react";
import { type Latest, useWhole } from "../../bridge/latest.js";
import type { CoastModel } from "../geometry/coastModel.js";
import { withSea } from "../geometry/relief.js";
import { shoreM, type TerrainGrids } from "../geometry/surface.js";
import { useScene } from "../SceneContext.js";
import { applyLight, applyRelief } from "../shaders/groundUniforms.js";
import type { SceneLight } from "./sceneLight.js";

type GroundLightProps = {
  readonly light: Latest<SceneLight>;
  readonly model: CoastModel | undefined;
  /** Of the files; undefined where hillshade and steepness are not asked for, or nothing is known. */
  readonly grids: TerrainGrids | undefined;
};

/** Lights sea, land and sky, and makes the pictures of the relief. It draws nothing itself. */
export function GroundLight({ light, model, grids }: GroundLightProps): null {
  const { ground, palette } = useScene();
  const invalidate = useThree((state) => state.invalidate);
  const now = useWhole(light);
  const landed = useMemo(() => {
    const isSea = (eastM: number, northM: number): boolean => model !== undefined && shoreM(model, eastM, northM) <= 0;
    return { near: grids?.near && withSea(grids.near, isSea), far: grids?.far && withSea(grids.far, isSea) };
  }, [model, grids]);
  useEffect(() => {
    applyLight(ground, palette, now);
    invalidate();
  }, [ground, palette, now, invalidate]);
  useEffect(() => {
    applyRelief(ground, landed, now.direction);
    invalidate();
  }, [ground, landed, now.direction, invalidate]);
  return null;
}
