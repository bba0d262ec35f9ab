import { useMemo } from "react";
import type { MapDescription } from "../../../src/geo/tiles/mapDescription.js";
import { settingsStore } from "../../app/settings.js";
import { Latest, useLatest, useWhole } from "../../bridge/latest.js";
import type { StationMaps } from "../../bridge/stationMaps.js";
import { useStore } from "../../bridge/StoresContext.js";

const NO_MAPS = new Latest<readonly MapDescription[]>([]);

/** The map that the operator has chosen: none, one by its name, or the first where nothing was chosen yet. */
export function useShownMap(maps: Pick<StationMaps, "list"> | undefined): MapDescription | undefined {
  const settings = useStore(settingsStore);
  const list = useWhole(maps?.list ?? NO_MAPS);
  const shownMap = useLatest(settings.values, (values) => values.shownMap);
  return chosenMap(list, shownMap);
}

/** The drawings that lie over the map: all but those that were switched off. */
export function useShownOverlays(maps: Pick<StationMaps, "list"> | undefined): readonly MapDescription[] {
  const settings = useStore(settingsStore);
  const list = useWhole(maps?.list ?? NO_MAPS);
  const { hiddenOverlays } = useWhole(settings.values);
  return useMemo(() => overlaysOf(list).filter(({ name }) => !hiddenOverlays.includes(name)), [list, hiddenOverlays]);
}

export const overlaysOf = (list: readonly MapDescription[]): readonly MapDescription[] =>
  list.filter(({ isOverlay }) => isOverlay === true);
/** The maps that one is chosen of. */
export const basesOf = (list: readonly MapDescription[]): readonly MapDescription[] =>
  list.filter(({ isOverlay }) => isOverlay !== true);

/** `chosen`: a map's name, "none", or undefined where nothing was chosen. A map that is not there any more counts as not chosen. */
export function chosenMap(list: readonly MapDescription[], chosen: string | undefined): MapDescription | undefined {
  if (chosen === NO_MAP) return undefined;
  const bases = basesOf(list);
  return bases.find(({ name }) => name === chosen) ?? bases[0];
}

/** The choice of no map; a map's name is never empty. */
export const NO_MAP = "";
