import { useThree } from "@react-three/fiber";
import { useEffect, useMemo } from "react";
import { legsOf } from "../../../src/geo/measure.js";
import type { Position } from "../../../src/geo/position.js";
import { useFormat } from "../../app/useFormat.js";
import { type Latest, useWhole } from "../../bridge/latest.js";
import { drapedSegments } from "../geometry/surface.js";
import { SceneLabel } from "../labels/labelBoard.js";
import { LABEL_RANK } from "../labels/labelRank.js";
import { closed, CORNERS_MIN, type Measuring, withPlace } from "../measure/measuring.js";
import { useGroundPointer, useScene } from "../SceneContext.js";
import type { GroundPointerEvent, GroundPointerHandlers } from "../sceneTypes.js";
import { HandlePoints } from "./HandlePoints.js";
import { ThickLines } from "./ThickLines.js";

const LINE_AT_M = 0.7;
// A click this close to the first point closes the ring: gloved fingers.
const CLOSE_WITHIN_PX = 20;
/** The second half of a double click. */
const SAME_WITHIN_PX = 4;

type MeasureLayerProps = { readonly measuring: Latest<Measuring | undefined> };

/** The line that is measured, its points and the length of each leg, on the ground. Only while it is there it takes clicks. */
export function MeasureLayer({ measuring }: MeasureLayerProps) {
  const value = useWhole(measuring);
  return value && <MeasuredLine measuring={measuring} value={value} />;
}

function MeasuredLine({ measuring, value }: MeasureLayerProps & { readonly value: Measuring }) {
  const { frame, surface, palette } = useScene();
  const { places, isClosed } = value;
  useMeasurePointer(measuring);
  useLegLabels(value);
  const segments = useMemo(() => {
    const points = places.map((place) => frame.pointOf(place));
    const first = points[0];
    const stops = isClosed && first ? [...points, first] : points;
    const flat = stops.slice(1).flatMap((to, i) => {
      const from = stops[i] ?? to;
      return [from.eastM, from.northM, 0, to.eastM, to.northM, 0];
    });
    return drapedSegments(new Float32Array(flat), surface, LINE_AT_M);
  }, [places, isClosed, frame, surface]);
  const starts = useMemo(() => places.slice(0, 1), [places]);
  const others = useMemo(() => places.slice(1), [places]);
  const isClosable = !isClosed && places.length >= CORNERS_MIN;
  return (
    <>
      <ThickLines segments={segments} colour={palette.aircraft} widthPx={2.5} isOnTop name="measured line" />
      <HandlePoints places={others} sizePx={12} fill={palette.aircraft} rim={palette.select} />
      <HandlePoints places={starts} sizePx={isClosable ? 20 : 12} fill={palette.aircraft} rim={palette.select} />
    </>
  );
}

function useMeasurePointer(measuring: Latest<Measuring | undefined>): void {
  const { frame, surface } = useScene();
  const handlers = useMemo<GroundPointerHandlers>(() => {
    const isWithin = (event: GroundPointerEvent, place: Position | undefined, reachPx: number): boolean => {
      if (!place) return false;
      const { eastM, northM } = frame.pointOf(place);
      const spot = event.toScreen(place, surface.heightM(eastM, northM));
      return spot !== undefined && Math.hypot(spot.xPx - event.xPx, spot.yPx - event.yPx) < reachPx;
    };
    return {
      onMove: (event) => event.setCursor("crosshair"),
      onClick: (event) => {
        const now = measuring.get();
        if (!now || !event.position) return false;
        const { places, isClosed } = now;
        if (!isClosed && isWithin(event, places.at(-1), SAME_WITHIN_PX)) return true;
        const isOnFirst = !isClosed && places.length >= CORNERS_MIN && isWithin(event, places[0], CLOSE_WITHIN_PX);
        measuring.set(isOnFirst ? closed(now) : withPlace(now, event.position));
        return true;
      },
      onDoubleClick: () => true,
    };
  }, [measuring, frame, surface]);
  useGroundPointer(handlers);
}

/** The length of each leg, at its middle. */
function useLegLabels({ places, isClosed }: Measuring): void {
  const { frame, surface, labels } = useScene();
  const format = useFormat();
  const invalidate = useThree((state) => state.invalidate);
  useEffect(() => {
    const removes = legsOf(places, isClosed).map(({ lengthM }, i) => {
      const [from, to] = [places[i], places[(i + 1) % places.length]].map((place) => place && frame.pointOf(place));
      const label = new SceneLabel(`leg ${i}`);
      label.eastM = ((from?.eastM ?? 0) + (to?.eastM ?? 0)) / 2;
      label.northM = ((from?.northM ?? 0) + (to?.northM ?? 0)) / 2;
      label.upM = surface.heightM(label.eastM, label.northM);
      label.text = format.wayText(lengthM);
      label.priority = LABEL_RANK.measured;
      return labels.add(label);
    });
    invalidate();
    return () => {
      for (const remove of removes) remove();
      invalidate();
    };
  }, [places, isClosed, frame, surface, labels, format, invalidate]);
}
