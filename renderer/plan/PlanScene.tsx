import { useCallback, useEffect, useMemo, useRef } from "react";
import type { Position } from "../../src/geo/position.js";
import { Latest, useLatest } from "../bridge/latest.js";
import { useStation } from "../bridge/StoresContext.js";
import { useText } from "../app/text.js";
import { useFormat } from "../app/useFormat.js";
import { useIsSeaSimulated } from "../panels/ground/useIsSeaSimulated.js";
import { CoastScene } from "../scene/CoastScene.js";
import { PlaceLayer } from "../scene/layers/PlaceLayer.js";
import { PlanLayer } from "../scene/layers/PlanLayer.js";
import type { GroundPointerEvent, GroundPointerHandlers } from "../scene/sceneTypes.js";
import {
  type PlanEditorState,
  addDraftCorner,
  dragCorner,
  edit,
  insertCorner,
  select,
  takeTool,
} from "./planEditorState.js";
import { usePlanEditor } from "./PlanEditorContext.js";
import { PROFILE_PX, useIsProfileShown } from "./profile/profileShown.js";
import { sceneOrigin } from "./sceneOrigin.js";
import { planHourMs, tidePlaceOf } from "./start/planHour.js";
import type { TextKey } from "../app/dictionary.js";

// A click this close to the first corner closes the area: about a finger's width.
const CLOSE_WITHIN_PX = 14;
const SAME_WITHIN_PX = 4;
const INSET_PX = { left: 280, right: 328, top: 76 };
/** Planning has nothing for the camera to follow. */
const NO_FOCUS = new Latest<{ readonly position: Position; readonly altitudeAmslM: number } | undefined>(undefined);

type PlanSceneProps = { readonly fit: Latest<readonly Position[] | undefined>; readonly onClose: () => void };

const isOnFirst = (event: GroundPointerEvent, state: PlanEditorState): boolean => {
  const first = state.draft[0];
  const spot = first && event.toScreen(first, 0);
  return (
    state.draft.length >= 3 &&
    spot !== undefined &&
    Math.hypot(spot.xPx - event.xPx, spot.yPx - event.yPx) < CLOSE_WITHIN_PX
  );
};

/** The second half of a double click. */
const isOnLast = (event: GroundPointerEvent, { draft }: PlanEditorState): boolean => {
  const last = draft.at(-1);
  const spot = last && event.toScreen(last, 0);
  return spot !== undefined && Math.hypot(spot.xPx - event.xPx, spot.yPx - event.yPx) < SAME_WITHIN_PX;
};

const hintKey = ({ tool, draft, selectedCorner }: PlanEditorState): TextKey | "" => {
  if (tool === "home") return "plan.hint.home";
  if (tool === "select") return selectedCorner === undefined ? "" : "plan.hint.corner";
  if (draft.length === 0) return "plan.hint.first";
  return draft.length < 3 ? "plan.hint.next" : "plan.hint.close";
};

/**
 * The map with the plan. The meaning of clicks and drags depends on the current tool. The hint follows the pointer
 * without React.
 */
export function PlanScene({ fit, onClose }: PlanSceneProps) {
  const t = useText();
  const format = useFormat();
  const station = useStation();
  const editor = usePlanEditor();
  const { state, change, draft } = editor;
  const hintRef = useRef<HTMLDivElement>(null);
  const selectedItemId = useLatest(state, ({ tool, selectedItemId: id }) => (tool === "select" ? id : undefined));
  const selectedCorner = useLatest(state, (value) => value.selectedCorner);
  const homeAmslM = useLatest(state, ({ history }) => history.present.plannedHome?.altitudeAmslM);
  const isPicking = useLatest(state, ({ tool }) => tool !== "select");
  const hint = useLatest(state, hintKey);
  const origin = useMemo(() => sceneOrigin(station, state), [station, state]);
  useEffect(() => origin.start(), [origin]);

  // The hour of the plan: the station's now only while the plan has no start.
  const sceneTime = useCallback(() => planHourMs(station, editor), [station, editor]);
  const isSeaSimulated = useIsSeaSimulated();
  const isProfileShown = useIsProfileShown();
  const insetPx = useMemo(
    () => ({ ...INSET_PX, bottom: isProfileShown ? PROFILE_PX.shown : PROFILE_PX.hidden }),
    [isProfileShown],
  );
  const tide = useMemo(
    () => ({
      ...{ tideAt: station.tide.tideAt, isSeaSimulated, unixMsNow: sceneTime },
      placeNow: () => tidePlaceOf(state.get().history.present),
    }),
    [station, state, isSeaSimulated, sceneTime],
  );
  const startsAtUnixMs = useLatest(state, ({ history }) => history.present.startsAtUnixMs);

  const pointer = useMemo<GroundPointerHandlers>(
    () => ({
      onMove: (event) => {
        if (state.get().tool !== "select") event.setCursor("crosshair");
        editor.point(event.position);
        hintRef.current?.style.setProperty("transform", `translate(${event.xPx + 16}px, ${event.yPx + 18}px)`);
      },
      onClick: (event) => {
        const at = event.position;
        const { tool } = state.get();
        if (!at || tool === "select") return false;
        if (tool === "home") {
          const altitudeAmslM = state.get().history.present.plannedHome?.altitudeAmslM ?? 0;
          change((before) =>
            takeTool(edit(before, { kind: "set-home", home: { position: at, altitudeAmslM } }), "select"),
          );
        } else if (isOnFirst(event, state.get())) onClose();
        else if (isOnLast(event, state.get())) return true;
        else change((before) => addDraftCorner(before, at));
        return true;
      },
      onDoubleClick: () => {
        if (state.get().tool !== "draw") return false;
        onClose();
        return true;
      },
    }),
    [state, change, editor, onClose],
  );
  return (
    <div className="plan-scene" data-testid="plan-scene">
      <CoastScene
        mode="top"
        coast={station.coast}
        terrain={station.terrain}
        maps={station.maps}
        tide={tide}
        sceneTime={sceneTime}
        hourNote={
          startsAtUnixMs === undefined
            ? undefined
            : t("plan.start.shown", {
                day: format.utcDateText(startsAtUnixMs * 1000),
                time: format.utcText(startsAtUnixMs * 1000).slice(0, 5),
              })
        }
        find={{ places: station.places, contacts: undefined }}
        origin={origin.latest}
        focus={NO_FOCUS}
        fit={fit}
        pointer={pointer}
        isPicking={isPicking}
        insetPx={insetPx}
        label={t("plan.scene")}
        onGroundPick={() => change((before) => select(before, before.selectedItemId, undefined))}
      >
        <PlaceLayer places={station.places} />
        <PlanLayer
          plan={station.planOnScreen}
          {...(homeAmslM === undefined ? {} : { homeAmslM })}
          selectedItemId={selectedItemId}
          selectedCorner={selectedCorner}
          draft={draft}
          onCornerDrag={(corner, to, isFinal) => change((before) => dragCorner(before, corner, to, isFinal))}
          onInsert={(corner, at) => change((before) => insertCorner(before, corner, at))}
          onSelect={(itemId, corner) => change((before) => select(before, itemId, corner))}
        />
      </CoastScene>
      <div ref={hintRef} className="plan-hint" hidden={hint === ""} data-testid="plan-hint">
        {hint === "" ? "" : t(hint)}
      </div>
    </div>
  );
}
