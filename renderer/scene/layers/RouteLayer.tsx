import { useMemo } from "react";
import { type Plan, missionItemsOf } from "../../../src/plan/plan.js";
import { type Latest, useLatest, useWhole } from "../../bridge/latest.js";
import { activeLeg, routePoints, routeSegments } from "../geometry/routeGeometry.js";
import { drapedSegments } from "../geometry/surface.js";
import { useScene } from "../SceneContext.js";
import { ThickLines } from "./ThickLines.js";

type RouteLayerProps = {
  readonly plan: Latest<Plan | undefined>;
  /** The item being flown, counted from 0 in the plan; undefined when no mission runs. */
  readonly currentItemIndex?: Latest<number | undefined>;
  /** Home's height above sea level, rounded; 0 when unknown. */
  readonly homeAmslM: number;
  /** Fainter, with no active leg: a plan that is drawn, not flown. */
  readonly isDraft?: boolean;
};

const NONE = new Float32Array(0);

/** The route: magenta, the leg being flown at full strength, the rest at half; its shadow on the ground tells the height. */
export function RouteLayer({ plan, currentItemIndex, homeAmslM, isDraft = false }: RouteLayerProps) {
  const { frame, surface, palette } = useScene();
  const document = useWhole(plan);
  const points = useMemo(
    () => (document ? routePoints(frame, missionItemsOf(document), { homeAmslM }) : []),
    [frame, document, homeAmslM],
  );
  const segments = useMemo(() => routeSegments(points), [points]);
  const shadow = useMemo(() => drapedSegments(segments, surface, 0.5), [segments, surface]);
  return (
    <>
      <ThickLines segments={shadow} colour={palette.route} widthPx={1} opacity={0.22} name="route on the ground" />
      <ThickLines segments={segments} colour={palette.route} widthPx={isDraft ? 2 : 2.5} opacity={0.5} name="route" />
      {currentItemIndex && (
        <ActiveLeg points={points} segments={segments} current={currentItemIndex} colour={palette.route} />
      )}
    </>
  );
}

type ActiveLegProps = {
  readonly points: ReturnType<typeof routePoints>;
  readonly segments: Float32Array;
  readonly current: Latest<number | undefined>;
  readonly colour: string;
};

function ActiveLeg({ points, segments, current, colour }: ActiveLegProps) {
  const leg = useLatest(current, (index) => (index === undefined ? undefined : activeLeg(points, index)));
  const segment = useMemo(() => (leg === undefined ? NONE : segments.slice(leg * 6, leg * 6 + 6)), [segments, leg]);
  return <ThickLines segments={segment} colour={colour} widthPx={5} name="active leg" />;
}
