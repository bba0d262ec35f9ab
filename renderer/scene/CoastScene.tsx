import "./zUp.js";
import "./scene.css";
import { Canvas, invalidate } from "@react-three/fiber";
import { useEffect, useMemo, useRef, useState } from "react";
import type { CoastDocument } from "../../src/geo/coastDocument.js";
import { Latest, useWhole } from "../bridge/latest.js";
import { useStore } from "../bridge/StoresContext.js";
import { CameraRig } from "./camera/cameraRig.js";
import { PointerHub } from "./camera/pointerHub.js";
import { SceneCamera } from "./camera/SceneCamera.js";
import { EdgeBoard } from "./edge/edgeBoard.js";
import { LabelBoard } from "./labels/labelBoard.js";
import { Finder } from "./find/finder.js";
import { buildCoastModel, type CoastModel } from "./geometry/coastModel.js";
import { BACKDROP_SHAPE, buildHillMesh, terrainShape } from "./geometry/hillMesh.js";
import type { FlatMesh } from "./geometry/landGeometry.js";
import { surfaceOf, type TerrainGrids } from "./geometry/surface.js";
import { FrameDetail } from "./frameDetail.js";
import { FoundLayer } from "./layers/FoundLayer.js";
import { GraticuleLayer } from "./layers/GraticuleLayer.js";
import { GroundLayer } from "./layers/GroundLayer.js";
import { ContourLayer } from "./layers/ContourLayer.js";
import { MeasureLayer } from "./layers/MeasureLayer.js";
import { GroundLight } from "./light/GroundLight.js";
import { useSceneLight } from "./light/useSceneLight.js";
import { useShading } from "./look/useShading.js";
import { GroundKeys } from "./look/GroundKeys.js";
import { GroundMap } from "./map/GroundMap.js";
import { NO_NAMES } from "./map/mapNames.js";
import { useShownMap, useShownOverlays } from "./map/useShownMap.js";
import { TideShore } from "./layers/TideShore.js";
import type { Measuring } from "./measure/measuring.js";
import { MiniMap } from "./mini/MiniMap.js";
import { useIsMiniMapShown } from "./mini/miniMapShown.js";
import { PacedFrames } from "./PacedFrames.js";
import { type Quality, sceneQuality } from "./quality.js";
import { SceneContext, type SceneTools } from "./SceneContext.js";
import { insetStyle, SceneFoot } from "./SceneFoot.js";
import type { CoastSceneProps } from "./sceneTypes.js";
import { createGroundUniforms } from "./shaders/groundUniforms.js";
import type { SceneFrame } from "./sceneFrame.js";
import { useReportShownGround } from "./shownGround.js";
import { useTideWatch } from "./TideReadout.js";
import { SoftGroundFrames } from "./SoftGroundFrames.js";
import { useTerrainGrids } from "./useTerrainGrids.js";
import { useSceneFrame } from "./useSceneFrame.js";
import { PinLayer } from "./where/PinLayer.js";
import { usePixelRatio } from "./usePixelRatio.js";

/**
 * The 3D scene of Fly, Plan and Review: coast, sky and camera, with layers as children. Layers read `Latest` data and
 * request frames themselves; nothing here re-renders while the aircraft moves.
 */
export function CoastScene(props: CoastSceneProps) {
  const {
    coast,
    terrain,
    tide,
    maps,
    origin,
    focus,
    label,
    children,
    mode,
    insetPx,
    scaleAt = "bottom",
    where,
    miniMap,
    sceneTime,
    ...camera
  } = props;
  const frame = useSceneFrame(origin, focus);
  const { sky, light, palette } = useSceneLight({ focus, origin, sceneTime });
  const quality = useStore(sceneQuality);
  const [detail] = useState(() => new FrameDetail(quality.detail));
  const pixelRatio = usePixelRatio(quality, detail);
  const [ground] = useState(() => createGroundUniforms(quality.isCalm));
  const document = useWhole(coast);
  const model = useMemo(() => (document ? buildCoastModel(frame, document) : undefined), [frame, document]);
  const grids = useTerrainGrids(terrain, frame);
  const tideNow = useTideWatch({ focus, origin, ...(tide ? { tide } : {}) });
  const isShoreMoved = tide?.isSeaSimulated === false;
  const surface = useMemo(() => surfaceOf(model, grids), [model, grids]);
  const hills = useMemo(
    () => hillsOf({ frame, model, document, grids }, quality),
    [frame, model, document, grids, quality],
  );
  const map = useShownMap(maps);
  const overlays = useShownOverlays(maps);
  const isMapped = map !== undefined || overlays.length > 0;
  const { shading, relief } = useShading(grids);
  const [contourStepM] = useState(() => new Latest<number | undefined>(undefined));
  const [isMapOffline] = useState(() => new Latest(false));
  const [rig] = useState(() => new CameraRig(mode));
  const [finder] = useState(() => new Finder(rig));
  const [measuring] = useState(() => new Latest<Measuring | undefined>(undefined));
  const [moved] = useState(() => new Latest(0));
  const isMiniMapShown = useIsMiniMapShown(miniMap);
  const [footPx] = useState(() => new Latest(0));
  const [labels] = useState(() => new LabelBoard());
  const [edges] = useState(() => new EdgeBoard());
  const [pointer] = useState(() => new PointerHub());
  const [mapNames] = useState(() => new Latest(NO_NAMES));
  const labelHost = useRef<HTMLDivElement>(null);
  const edgeHost = useRef<HTMLDivElement>(null);
  const leaders = useRef<SVGPathElement>(null);
  const onModeChange = useRef(props.onModeChange);
  useEffect(() => {
    onModeChange.current = props.onModeChange;
  });
  const tools = useMemo<SceneTools>(() => {
    const visit: SceneTools["visit"] = (place) => {
      finder.visit(place, { frame, onModeChange: (next) => onModeChange.current?.(next) });
      invalidate();
    };
    return {
      frame,
      palette,
      ground,
      surface,
      quality,
      rig,
      labels,
      edges,
      pointer,
      mapNames,
      found: finder.shown,
      visit,
    };
  }, [frame, palette, ground, surface, quality, rig, labels, edges, pointer, mapNames, finder]);
  // When the scene's origin moves, all coordinates change: show the new place at once, without animation.
  useMemo(() => {
    rig.lookAt(0, 0, rig.goal.rangeM);
    rig.jump();
    return frame;
  }, [rig, frame]);
  useEffect(() => {
    const host = labelHost.current;
    const path = leaders.current;
    return host && path ? labels.attach(host, path) : undefined;
  }, [labels]);
  useReportShownGround(rig, frame);
  useEffect(() => (edgeHost.current ? edges.attach(edgeHost.current) : undefined), [edges]);
  return (
    <div
      className="scene"
      role="application"
      aria-label={label}
      style={insetStyle(insetPx)}
      data-palette={palette.name}
    >
      <GroundKeys />
      <Canvas
        frameloop="demand"
        flat
        dpr={pixelRatio}
        // An opaque canvas saves blending it with the page.
        gl={{ alpha: false, antialias: quality.antialias, powerPreference: "high-performance" }}
        camera={{ fov: 40, near: 1, far: 150_000, up: [0, 0, 1] }}
      >
        <PacedFrames quality={quality} detail={detail} />
        {quality.isCalm && <SoftGroundFrames detail={detail} />}
        <SceneContext value={tools}>
          <GroundLight light={light} model={model} grids={relief} />
          <GroundLayer {...{ model, document, hills, isMapped }} shading={shading} />
          {maps && isMapped && <GroundMap map={map} overlays={overlays} ask={maps.tile} isOffline={isMapOffline} />}
          {tideNow && isShoreMoved && <TideShore shown={tideNow} />}
          <ContourLayer {...{ model, grids, hills }} stepM={contourStepM} />
          <GraticuleLayer />
          {children}
          <FoundLayer shown={finder.shown} />
          <PinLayer where={where} />
          <MeasureLayer measuring={measuring} />
          <SceneCamera
            {...{ mode, focus, scaleAt, footPx, moved, isMiniMapShown }}
            {...(insetPx ? { insetPx } : {})}
            {...camera}
          />
        </SceneContext>
      </Canvas>
      <svg className="scene-leaders" aria-hidden="true">
        <path ref={leaders} />
      </svg>
      <div ref={labelHost} className="scene-labels" aria-hidden="true" />
      <div ref={edgeHost} className="scene-edges" />
      <MiniMap {...{ isMiniMapShown, miniMap, frame, document, palette, rig, moved }} visit={tools.visit} />
      <SceneFoot
        {...props}
        {...{ rig, footPx, pointer, frame, document, grids, surface, finder, measuring }}
        {...{ map, isMapOffline, tideNow, isShoreMoved, sky, palette, contourStepM }}
      />
    </div>
  );
}

type HillParts = {
  readonly frame: SceneFrame;
  readonly model: CoastModel | undefined;
  readonly document: CoastDocument | undefined;
  readonly grids: TerrainGrids | undefined;
};

/** Hills of the files' heights, else of the backdrop, else none. */
function hillsOf({ frame, model, document, grids }: HillParts, { isCalm }: Quality): FlatMesh | undefined {
  const relief = document?.relief;
  if (!model || !(grids ?? relief)) return undefined;
  return buildHillMesh({ frame, coast: model, relief, terrain: grids }, grids ? terrainShape(isCalm) : BACKDROP_SHAPE);
}
