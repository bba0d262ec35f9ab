import { useMemo } from "react";
import type { SweepItem } from "../../../src/plan/plan.js";
import { Latest, useWhole } from "../../bridge/latest.js";
import { buildLandMesh, ringOf, ringSegments } from "../geometry/landGeometry.js";
import { planHandles } from "../geometry/planHandles.js";
import type { Position } from "../../../src/geo/position.js";
import { drapedSegments, onSurface } from "../geometry/surface.js";
import { useScene } from "../SceneContext.js";
import { FlatArea } from "./FlatArea.js";
import { HandlePoints } from "./HandlePoints.js";
import type { PlanLayerProps } from "./planLayerProps.js";
import { RouteLayer } from "./RouteLayer.js";
import { ThickLines } from "./ThickLines.js";
import { usePlanPointer } from "./usePlanPointer.js";

const AREA_AT_M = 0.6;
const NO_DRAFT = new Latest<readonly Position[]>([]);

/** The plan being drawn: areas, route, and on the selected area corners to drag and edge middles to pull out. */
export function PlanLayer(props: PlanLayerProps) {
  const { plan, selectedItemId, selectedCorner, homeAmslM = 0 } = props;
  const { palette } = useScene();
  const document = useWhole(plan);
  const draft = useWhole(props.draft ?? NO_DRAFT);
  const sweeps = useMemo(() => (document?.items ?? []).filter((item) => item.kind === "sweep"), [document]);
  const selected = sweeps.find(({ id }) => id === selectedItemId);
  usePlanPointer({ ...props, sweeps, isDrawing: draft.length > 0 });
  return (
    <>
      {sweeps.map((sweep) => (
        <SweepArea key={sweep.id} sweep={sweep} isSelected={sweep === selected} />
      ))}
      <RouteLayer plan={plan} homeAmslM={homeAmslM} isDraft />
      {selected && <AreaHandles area={selected.area} selectedCorner={selectedCorner} />}
      {draft.length > 0 && <Draft draft={draft} colour={palette.select} />}
    </>
  );
}

function SweepArea({ sweep, isSelected }: { readonly sweep: SweepItem; readonly isSelected: boolean }) {
  const { frame, surface, palette } = useScene();
  const outline = useMemo(
    () => drapedSegments(new Float32Array(ringSegments(ringOf(frame, sweep.area), 0)), surface, AREA_AT_M),
    [frame, surface, sweep.area],
  );
  const mesh = useMemo(() => {
    const flat = buildLandMesh(frame, [{ outline: sweep.area, holes: [] }], AREA_AT_M / 2);
    return onSurface(flat, surface);
  }, [frame, surface, sweep.area]);
  return (
    <>
      <FlatArea mesh={mesh} colour={palette.select} opacity={isSelected ? 0.12 : 0.05} />
      <ThickLines
        segments={outline}
        colour={palette.select}
        widthPx={isSelected ? 2.5 : 1.5}
        opacity={isSelected ? 1 : 0.6}
        isOnTop
        name="area outline"
      />
    </>
  );
}

function AreaHandles({
  area,
  selectedCorner,
}: {
  readonly area: readonly Position[];
  readonly selectedCorner: number | undefined;
}) {
  const { palette } = useScene();
  const handles = useMemo(() => planHandles(area), [area]);
  const places = (wanted: (kind: string, index: number) => boolean): readonly Position[] =>
    handles.filter(({ kind, index }) => wanted(kind, index)).map(({ position }) => position);
  const rim = palette.name === "day" ? "#ffffff" : "#0b0f14";
  return (
    <>
      <HandlePoints places={places((kind) => kind === "middle")} sizePx={11} fill={rim} rim={palette.select} />
      <HandlePoints
        places={places((kind, index) => kind === "corner" && index !== selectedCorner)}
        sizePx={17}
        fill={palette.select}
        rim={rim}
      />
      <HandlePoints
        places={places((kind, index) => kind === "corner" && index === selectedCorner)}
        sizePx={22}
        fill={palette.aircraft}
        rim={palette.select}
      />
    </>
  );
}

function Draft({ draft, colour }: { readonly draft: readonly Position[]; readonly colour: string }) {
  const { frame, surface, palette } = useScene();
  const ring = useMemo(() => ringOf(frame, draft), [frame, draft]);
  const segments = useMemo(
    () => drapedSegments(new Float32Array(draft.length > 1 ? ringSegments(ring, 0) : []), surface, AREA_AT_M),
    [draft, ring, surface],
  );
  return (
    <>
      <ThickLines segments={segments} colour={colour} widthPx={2} isOnTop name="area being drawn" />
      <HandlePoints places={draft} sizePx={14} fill={palette.aircraft} rim={colour} />
    </>
  );
}
