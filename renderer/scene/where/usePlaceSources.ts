import { useEffect, useMemo, useState } from "react";
import { createCoast } from "../../../src/geo/coast.js";
import type { CoastDocument } from "../../../src/geo/coastDocument.js";
import type { Position } from "../../../src/geo/position.js";
import type { KnownHeight } from "../../../src/geo/terrain/knownHeight.js";
import { Latest, useLatest, useWhole } from "../../bridge/latest.js";
import type { CoastSceneProps, SceneWhere } from "../sceneTypes.js";
import { TideWatch } from "../tideWatch.js";
import type { PlaceSources } from "./placeFacts.js";

const TICK_MS = 1000;
const NO_TIDE = new Latest<undefined>(undefined);

type Sources = Pick<CoastSceneProps, "focus"> &
  Pick<SceneWhere, "home"> & {
    readonly terrain: CoastSceneProps["terrain"] | undefined;
    readonly tide: CoastSceneProps["tide"] | undefined;
    readonly document: CoastDocument | undefined;
  };

/** What is known of the place now: ground and tide are asked of the station, the rest is here. */
export function usePlaceSources(position: Position, { terrain, tide, focus, home, document }: Sources): PlaceSources {
  const coast = useMemo(() => document && createCoast(document), [document]);
  const shore = useMemo(() => coast?.landOrSea(position), [coast, position]);
  const ground = useGround(position, terrain);
  const watch = useMemo(
    () => (tide && !tide.isSeaSimulated ? new TideWatch(tide, () => position) : undefined),
    [tide, position],
  );
  useEffect(() => {
    if (!watch) return undefined;
    watch.tick();
    const timer = setInterval(() => watch.tick(), TICK_MS);
    return () => clearInterval(timer);
  }, [watch]);
  const shown = useWhole<{ readonly tide: PlaceSources["tide"] } | undefined>(watch?.shown ?? NO_TIDE);
  return {
    ...{ shore, ground, tide: shown?.tide },
    home: useWhole(home),
    // To a metre, as the way is shown.
    aircraft: useLatest(focus, (now) => now && rounded(now.position)),
  };
}

const rounded = ({ latitudeDeg, longitudeDeg }: Position): Position => ({
  latitudeDeg: Math.round(latitudeDeg * 1e5) / 1e5,
  longitudeDeg: Math.round(longitudeDeg * 1e5) / 1e5,
});

function useGround(position: Position, terrain: Sources["terrain"]): KnownHeight | undefined {
  const [found, setFound] = useState<{ readonly of: Position; readonly height: KnownHeight | undefined }>();
  useEffect(() => {
    if (!terrain) return undefined;
    let isWanted = true;
    const ask = (): void =>
      void terrain.heightAt(position).then((height) => {
        if (isWanted) setFound({ of: position, height });
      });
    ask();
    const stop = terrain.files.onChange(ask);
    return () => {
      isWanted = false;
      stop();
    };
  }, [position, terrain]);
  return found?.of === position ? found.height : undefined;
}
