import { useEffect, useState } from "react";
import type { Position } from "../../../src/geo/position.js";
import { gridHeightM } from "../../../src/geo/terrain/heightGrid.js";
import { useWhole } from "../../bridge/latest.js";
import type { StationStore } from "../../bridge/stationStore.js";

/** Heights and tide at a place; undefined while the station has not answered. */
type GroundHere = { readonly hasHeight: boolean; readonly hasTide: boolean };

/** The least square that heights can be asked for. */
const SQUARE = { halfWidthM: 1, countPerSide: 2 };

/** What the station answers for the place itself: a file of another place is no knowledge of this one. */
export function useGroundHere(station: StationStore, place: Position | undefined): GroundHere | undefined {
  const files = useWhole(station.terrain.files);
  const [found, setFound] = useState<{ readonly of: Asked; readonly here: GroundHere }>();
  const { terrain, tide, clock } = station;
  useEffect(() => {
    if (!place) return undefined;
    let isWanted = true;
    const grid = files.length > 0 ? terrain.heights({ middle: place, ...SQUARE }) : Promise.resolve(undefined);
    void Promise.all([grid, tide.tideAt(place, clock.stationUnixUsNow() / 1000)]).then(([heights, level]) => {
      const hasHeight = heights !== undefined && gridHeightM(heights, 0, 0) !== undefined;
      if (isWanted) setFound({ of: { place, files }, here: { hasHeight, hasTide: level?.kind === "known" } });
    });
    return () => {
      isWanted = false;
    };
  }, [place, files, terrain, tide, clock]);
  return found !== undefined && found.of.place === place && found.of.files === files ? found.here : undefined;
}

type Asked = { readonly place: Position; readonly files: readonly string[] };
