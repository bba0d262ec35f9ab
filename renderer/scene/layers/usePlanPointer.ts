import { useEffect, useMemo, useRef } from "react";
import type { Position } from "../../../src/geo/position.js";
import type { SweepItem } from "../../../src/plan/plan.js";
import { handleAt, isInsideArea, type PlanHandle, planHandles } from "../geometry/planHandles.js";
import { useGroundPointer, useScene } from "../SceneContext.js";
import type { GroundPointerEvent, GroundPointerHandlers } from "../sceneTypes.js";
import type { PlanLayerProps } from "./planLayerProps.js";

// For gloved fingers: the handle is drawn 17 px wide and can be gripped within 40 px.
const REACH_PX = 20;

type PlanPointerInput = PlanLayerProps & { readonly sweeps: readonly SweepItem[]; readonly isDrawing: boolean };

/** Dragging corners, pulling edges out, selecting areas. While a new area is drawn the clicks belong to the workspace. */
export function usePlanPointer(input: PlanPointerInput): void {
  const { frame, surface } = useScene();
  const now = useRef({ ...input, frame, surface });
  useEffect(() => {
    now.current = { ...input, frame, surface };
  });
  const handlers = useMemo<GroundPointerHandlers>(() => {
    let held: { readonly index: number; isNew: boolean; hasMoved: boolean } | undefined;
    const handleUnder = (event: GroundPointerEvent): PlanHandle | undefined => {
      const { sweeps, selectedItemId, isDrawing, frame, surface } = now.current;
      const area = sweeps.find(({ id }) => id === selectedItemId)?.area;
      if (!area || isDrawing) return undefined;
      const onScreen = (position: Position) => {
        const { eastM, northM } = frame.pointOf(position);
        return event.toScreen(position, surface.heightM(eastM, northM));
      };
      return handleAt(planHandles(area), event, onScreen, REACH_PX);
    };
    const drag = (event: GroundPointerEvent): void => {
      if (!held || !event.position) return;
      if (held.isNew) {
        now.current.onInsert(held.index, event.position);
        held.isNew = false;
      } else now.current.onCornerDrag(held.index, event.position, false);
      held.hasMoved = true;
    };
    return {
      onDown: (event) => {
        if (event.button !== 0) return false;
        const handle = handleUnder(event);
        if (!handle) return false;
        held = { index: handle.index, isNew: handle.kind === "middle", hasMoved: false };
        if (handle.kind === "corner") now.current.onSelect(now.current.selectedItemId, handle.index);
        return true;
      },
      onMove: (event, isCaptured) => {
        if (isCaptured) {
          event.setCursor("grabbing");
          drag(event);
        } else if (handleUnder(event)) event.setCursor("grab");
      },
      onUp: (event) => {
        // A press without a move only selects: it must not leave an undo step behind.
        if (held?.hasMoved && event.position) now.current.onCornerDrag(held.index, event.position, true);
        held = undefined;
      },
      onClick: (event) => {
        const { position } = event;
        const { sweeps, isDrawing, onSelect, selectedItemId } = now.current;
        if (!position || isDrawing) return false;
        const hit = sweeps.find(({ area }) => isInsideArea(area, position));
        if (hit) onSelect(hit.id, undefined);
        else if (selectedItemId !== undefined) onSelect(undefined, undefined);
        return hit !== undefined;
      },
    };
  }, []);
  useGroundPointer(handlers);
}
