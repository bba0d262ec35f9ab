import { type CSSProperties, useCallback, useRef } from "react";
import type { CoastDocument } from "../../src/geo/coastDocument.js";
import type { MapDescription } from "../../src/geo/tiles/mapDescription.js";
import type { Sky } from "../../src/geo/sky/sky.js";
import type { Position } from "../../src/geo/position.js";
import { useText } from "../app/text.js";
import { type Latest, useLatest, useWhole } from "../bridge/latest.js";
import type { CameraRig } from "./camera/cameraRig.js";
import type { PointerHub } from "./camera/pointerHub.js";
import { FindPlace } from "./find/FindPlace.js";
import type { Finder } from "./find/finder.js";
import { type Surface, terrainHeightM, type TerrainGrids } from "./geometry/surface.js";
import { SkyReadout } from "./light/SkyReadout.js";
import { GroundLegend } from "./look/GroundLegend.js";
import { MeasureTool } from "./measure/MeasureTool.js";
import type { Measuring } from "./measure/measuring.js";
import { PointerReadout } from "./PointerReadout.js";
import { ScaleBar } from "./ScaleBar.js";
import type { ScenePalette } from "./scenePalette.js";
import type { SceneFrame } from "./sceneFrame.js";
import type { CoastSceneProps } from "./sceneTypes.js";
import { PlaceCard } from "./where/PlaceCard.js";
import { useFootHeight } from "./useFootHeight.js";
import { TideReadout } from "./TideReadout.js";
import type { ShownTide } from "./tideWatch.js";

type SceneFootProps = Pick<
  CoastSceneProps,
  | "coast"
  | "focus"
  | "scaleAt"
  | "mode"
  | "onModeChange"
  | "find"
  | "isPicking"
  | "where"
  | "terrain"
  | "tide"
  | "hourNote"
> & {
  readonly rig: CameraRig;
  /** Written here: how high the line is. */
  readonly footPx: Latest<number>;
  readonly pointer: PointerHub;
  readonly frame: SceneFrame;
  readonly document: CoastDocument | undefined;
  readonly grids: TerrainGrids | undefined;
  readonly surface: Surface;
  readonly finder: Finder;
  readonly measuring: Latest<Measuring | undefined>;
  readonly map: MapDescription | undefined;
  readonly isMapOffline: Latest<boolean>;
  /** Undefined in a scene without a tide. */
  readonly tideNow: Latest<ShownTide | undefined> | undefined;
  readonly sky: Latest<Sky | undefined>;
  readonly palette: ScenePalette;
  /** Undefined while no contour lines are drawn. */
  readonly contourStepM: Latest<number | undefined>;
  /** The sea's edge is drawn where the tide has it. */
  readonly isShoreMoved: boolean;
};

/** The line over the scene's edge: its scale, where the pointer is, and the tools that work on any map. */
export function SceneFoot(props: SceneFootProps) {
  const { coast, focus, scaleAt = "bottom", find, rig, pointer, frame, document, grids } = props;
  const { mode, onModeChange, finder, measuring, surface, isPicking = false } = props;
  const { map, isMapOffline, tideNow, isShoreMoved, where, terrain, tide } = props;
  const foot = useRef<HTMLDivElement>(null);
  useFootHeight(foot, props.footPx);
  const heightM = useCallback(
    (place: Position): number | undefined => {
      const { eastM, northM } = frame.pointOf(place);
      const isKnown = grids && terrainHeightM(grids, eastM, northM) !== undefined;
      return isKnown ? surface.heightM(eastM, northM) : undefined;
    },
    [frame, grids, surface],
  );
  return (
    <div ref={foot} className="scene-foot" data-at={scaleAt}>
      <ScaleBar rig={rig} />
      <div className="scene-words">
        <PointerReadout {...{ focus, pointer, frame, document, grids }} />
        {props.hourNote !== undefined && (
          <p className="scene-hour" data-testid="scene-hour">
            {props.hourNote}
          </p>
        )}
        <SkyReadout shown={props.sky} />
        {tideNow && <TideReadout shown={tideNow} isShoreDrawn={document !== undefined && isShoreMoved} />}
        <GroundLegend {...{ grids, palette: props.palette, contourStepM: props.contourStepM }} />
      </div>
      <NoCoast coast={coast} />
      <MapOffline map={map} isOffline={isMapOffline} />
      <div className="scene-tools">
        <MeasureTool {...{ measuring, frame, heightM, isPicking }} />
        {where && <PlaceCard {...{ where, document, measuring, focus, terrain, tide }} />}
        {find && <FindPlace {...{ finder, frame, mode, onModeChange, ...find }} />}
      </div>
    </div>
  );
}

/** The edges covered by panels, as CSS variables. */
export const insetStyle = (insetPx: CoastSceneProps["insetPx"]): CSSProperties =>
  ({
    "--inset-left": `${insetPx?.left ?? 0}px`,
    "--inset-right": `${insetPx?.right ?? 0}px`,
    "--inset-top": `${insetPx?.top ?? 0}px`,
    "--inset-bottom": `${insetPx?.bottom ?? 0}px`,
  }) as CSSProperties;

/** Without a coast the scene shows only sea, which must not be taken for knowledge: say that there is no coast. */
function NoCoast({ coast }: Pick<CoastSceneProps, "coast">) {
  const t = useText();
  const isKnown = useLatest(coast, (document) => document !== undefined);
  return isKnown ? null : <p className="scene-credit">{t("scene.noCoast")}</p>;
}

type MapOfflineProps = { readonly map: MapDescription | undefined; readonly isOffline: Latest<boolean> };

/** Plain ground in the place of a map would be taken for a map without anything on it. */
function MapOffline({ map, isOffline }: MapOfflineProps) {
  const t = useText();
  return useWhole(isOffline) ? (
    <p className="scene-credit">{t("scene.mapOffline", { name: map?.name ?? "" })}</p>
  ) : null;
}
