import { legsOf, type MeasuredLeg, ringAreaM2 } from "../../../src/geo/measure.js";
import type { Position } from "../../../src/geo/position.js";
import { selfCrossing } from "../../../src/geo/selfCrossing.js";
import type { SceneFrame } from "../sceneFrame.js";

/** What has been clicked while measuring. */
export type Measuring = { readonly places: readonly Position[]; readonly isClosed: boolean };

export const NOTHING_MEASURED: Measuring = { places: [], isClosed: false };
export const CORNERS_MIN = 3;

/** With the place; after a closed ring a new line begins. */
export const withPlace = ({ places, isClosed }: Measuring, place: Position): Measuring => ({
  places: isClosed ? [place] : [...places, place],
  isClosed: false,
});

export const closed = (measuring: Measuring): Measuring =>
  measuring.places.length < CORNERS_MIN ? measuring : { ...measuring, isClosed: true };

/** One step back: open again, or one place less. */
export const withoutLast = ({ places, isClosed }: Measuring): Measuring => ({
  places: isClosed ? places : places.slice(0, -1),
  isClosed: false,
});

type MeasuredFigures = {
  readonly legs: readonly MeasuredLeg[];
  readonly totalM: number;
  /** How much higher the end of the last leg is than its start; undefined where a height is not known. */
  readonly riseM: number | undefined;
  /** Of a closed ring; "crossing" where its edges cross and there is no one area. */
  readonly areaM2: number | "crossing" | undefined;
};

export function measuredFigures(
  { places, isClosed }: Measuring,
  frame: SceneFrame,
  heightM: (place: Position) => number | undefined,
): MeasuredFigures {
  const legs = legsOf(places, isClosed);
  const end = isClosed ? places[0] : places.at(-1);
  const start = isClosed ? places.at(-1) : places.at(-2);
  const [fromM, toM] = [start && heightM(start), end && heightM(end)];
  const ring = places.map((place) => frame.pointOf(place)).map(({ eastM, northM }) => ({ xM: eastM, yM: northM }));
  return {
    legs,
    totalM: legs.reduce((sum, { lengthM }) => sum + lengthM, 0),
    riseM: fromM === undefined || toM === undefined ? undefined : toM - fromM,
    areaM2: !isClosed ? undefined : selfCrossing(ring) ? "crossing" : ringAreaM2(places),
  };
}
