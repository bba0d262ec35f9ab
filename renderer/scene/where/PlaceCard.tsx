import { Suspense, useEffect } from "react";
import { readLater, useReadAhead } from "../../app/readLater.js";
import { type Latest, useWhole } from "../../bridge/latest.js";
import type { Measuring } from "../measure/measuring.js";
import type { PlaceFactsCardProps } from "./PlaceFactsCard.js";

type PlaceCardProps = Omit<PlaceFactsCardProps, "position"> & {
  /** A click is another point of the measured line while this is something: no card then. */
  readonly measuring: Latest<Measuring | undefined>;
};

const facts = readLater(() => import("./PlaceFactsCard.js").then(({ PlaceFactsCard }) => PlaceFactsCard));
const LATER = [facts];

/** What is known of the place that was clicked on the map. */
export function PlaceCard({ measuring, ...shown }: PlaceCardProps) {
  const { pinned } = shown.where;
  const position = useWhole(pinned);
  const isMeasuring = useWhole(measuring) !== undefined;
  useEffect(() => {
    if (isMeasuring) pinned.set(undefined);
  }, [isMeasuring, pinned]);
  useReadAhead(LATER);
  return position && !isMeasuring ? (
    <Suspense fallback={null}>
      <facts.Screen {...shown} position={position} />
    </Suspense>
  ) : null;
}
