import { type GroundShading, settingsStore } from "../../app/settings.js";
import { useLatest } from "../../bridge/latest.js";
import { useStore } from "../../bridge/StoresContext.js";
import type { TerrainGrids } from "../geometry/surface.js";

type Shading = {
  readonly shading: GroundShading;
  /** The heights to shade. */
  readonly relief: TerrainGrids | undefined;
};
const PLAIN: Shading = { shading: "plain", relief: undefined };

/** What the settings want of the relief; plain where no file knows the ground, as invented hills have no slopes to show. */
export function useShading(grids: TerrainGrids | undefined): Shading {
  const shading = useLatest(useStore(settingsStore).values, ({ groundShading }) => groundShading);
  return grids && shading !== "plain" ? { shading, relief: grids } : PLAIN;
}
