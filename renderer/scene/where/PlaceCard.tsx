import { Suspense, useEffect } from "react";
import type { CoastDocument } from "../../../src/geo/coastDocument.js";
import type { Position } from "../../../src/geo/position.js";
import { readLater, useReadAhead } from "../../app/readLater.js";
import { type Latest, useWhole } from "../../bridge/latest.js";
import type { Measuring } from "../measure/measuring.js";
import type { CoastSceneProps, SceneWhere } from "../sceneTypes.js";

export type PlaceCardProps = Pick<CoastSceneProps, "focus"> & {
  readonly terrain: CoastSceneProps["terrain"] | undefined;
  readonly tide: CoastSceneProps["tide"] | undefined;
  readonly where: SceneWhere;
  readonly document: CoastDocument | undefined;
  /** A click is another point of the measured line while this is something: no card then. */
  readonly measuring: Latest<Measuring | undefined>;
};

const facts = readLater<PlaceCardProps & { readonly position: Position }>(() =>
  import("./PlaceFactsCard.js").then(({ PlaceFactsCard }) => PlaceFactsCard),
);
const LATER = [facts];

/** What is known of the place that was clicked on the map. */
export function PlaceCard(props: PlaceCardProps) {
  const { pinned } = props.where;
  const position = useWhole(pinned);
  const isMeasuring = useWhole(props.measuring) !== undefined;
  useEffect(() => {
    if (isMeasuring) pinned.set(undefined);
  }, [isMeasuring, pinned]);
  useReadAhead(LATER);
  return position && !isMeasuring ? (
    <Suspense fallback={null}>
      <facts.Screen {...props} position={position} />
    </Suspense>
  ) : null;
}
