import { useFrame, useThree } from "@react-three/fiber";
import { useEffect, useMemo, useRef } from "react";
import { PerspectiveCamera, Vector3 } from "three";
import type { Surface } from "../geometry/surface.js";
import type { Viewport } from "../labels/placeLabels.js";
import { type Latest, useWhole } from "../../bridge/latest.js";
import { NO_CORNER } from "../edge/edgePlaces.js";
import { MINI_PX } from "../mini/miniMapShown.js";
import { SeenView } from "./seenView.js";
import { useRedrawOn, useScene } from "../SceneContext.js";
import type { CoastSceneProps } from "../sceneTypes.js";

/** With longer frames the camera lags instead of jumping. */
const LONGEST_STEP_S = 0.3;
const FOV_DEG = 40;
/** Between the line with the scale bar and the tools, and the labels. */
const FOOT_GAP_PX = 12;
const target = new Vector3();

type SceneCameraProps = Pick<
  CoastSceneProps,
  "mode" | "onModeChange" | "focus" | "fit" | "insetPx" | "scaleAt" | "onGroundPick" | "pointer"
> & {
  /** Height of the line with the scale bar and the tools: free of labels. */
  readonly footPx: Latest<number>;
  /** Counts up whenever the camera has moved. */
  readonly moved: Latest<number>;
  /** The lower left corner is not free. */
  readonly isMiniMapShown: boolean;
};

/** Applies the rig to three's camera, handles the pointer, and draws the labels after each move. */
export function SceneCamera(props: SceneCameraProps) {
  const { mode, onModeChange, focus, fit, insetPx, scaleAt = "bottom", onGroundPick, pointer } = props;
  const { frame, surface, rig, labels, edges, pointer: hub, ground } = useScene();
  const { gl, camera, size, invalidate } = useThree();
  const { moved, isMiniMapShown } = props;
  const seen = useMemo(() => new SeenView(), []);
  useEffect(() => {
    edges.corner = isMiniMapShown ? MINI_PX : NO_CORNER;
    invalidate();
  }, [edges, isMiniMapShown, invalidate]);
  const footPx = useWhole(props.footPx);
  const viewport = useMemo(
    () => viewportOf(size, insetPx, { scaleAt, footPx: footPx + FOOT_GAP_PX }),
    [size, insetPx, scaleAt, footPx],
  );
  useEffect(() => invalidate(), [viewport, invalidate]);
  const calls = useRef({ frame, surface, onModeChange, onGroundPick });
  useEffect(() => {
    calls.current = { frame, surface, onModeChange, onGroundPick };
  });
  useRedrawOn(focus);

  useEffect(() => {
    rig.setMode(mode);
    invalidate();
  }, [rig, mode, invalidate]);

  useEffect(() => (pointer ? hub.add(pointer) : undefined), [hub, pointer]);

  useEffect(() => {
    if (!(camera instanceof PerspectiveCamera)) return undefined;
    return hub.attach({
      element: gl.domElement,
      camera,
      rig,
      frameNow: () => calls.current.frame,
      surfaceNow: () => calls.current.surface,
      redraw: () => invalidate(),
      onModeChange: (next) => {
        rig.setMode(next);
        calls.current.onModeChange?.(next);
      },
      onGroundPick: (position) => calls.current.onGroundPick?.(position),
    });
  }, [hub, gl, camera, rig, invalidate]);

  useEffect(() => {
    const onFit = (): void => {
      const places = fit?.get();
      if (!places || places.length === 0) return;
      const points = places.map((place) => frame.pointOf(place));
      const east = points.map((point) => point.eastM);
      const north = points.map((point) => point.northM);
      const spanEast = Math.max(...east) - Math.min(...east);
      const spanNorth = Math.max(...north) - Math.min(...north);
      const aspect = Math.max(0.5, size.width / Math.max(1, size.height));
      const spanM = Math.max(300, spanNorth, spanEast / aspect) * 1.5;
      rig.lookAt(
        (Math.max(...east) + Math.min(...east)) / 2,
        (Math.max(...north) + Math.min(...north)) / 2,
        spanM / 2 / Math.tan((FOV_DEG * Math.PI) / 360),
      );
      invalidate();
    };
    onFit();
    return fit?.onChange(onFit);
    // A resize must not undo where the user has moved the camera since.
    // eslint-disable-next-line react-hooks/exhaustive-deps -- see above
  }, [fit, frame, rig, invalidate]);

  useFrame((state, delta) => {
    const place = focus.get();
    if (place) {
      const { eastM, northM } = frame.pointOf(place.position);
      rig.followTo(eastM, northM);
    }
    rig.standOn(surface.heightM(rig.goal.targetEastM, rig.goal.targetNorthM), place?.altitudeAmslM);
    const isMoving = rig.settle(Math.min(delta, LONGEST_STEP_S));
    if (state.camera instanceof PerspectiveCamera) {
      aim(state.camera, rig.view, insetPx, state.size);
      stayAbove(state.camera, surface);
      edges.draw(state.camera, viewport, state.size.width, state.size.height);
      labels.reserve(edges.taken);
      if (seen.refresh(state.camera, rig.view, state.size)) moved.set(moved.get() + 1);
      labels.draw(state.camera, viewport, state.size.width, state.size.height);
    }
    ground.uTimeS.value = state.clock.elapsedTime % 10_000;
    ground.uHazeM.value = Math.max(9000, rig.view.rangeM * 4);
    if (isMoving) state.invalidate();
  });
  return null;
}

const EYE_OVER_GROUND_M = 3;

/** A camera in a hill sees nothing: it is lifted, and looks at the same place. */
function stayAbove(camera: PerspectiveCamera, surface: Surface): void {
  const { position } = camera;
  const lowestM = surface.heightM(position.x, position.y) + EYE_OVER_GROUND_M;
  if (position.z >= lowestM || surface.highestM === 0) return;
  position.z = lowestM;
  camera.lookAt(target);
  camera.updateMatrixWorld();
}

type View = ReturnType<typeof useScene>["rig"]["view"];
type Size = { readonly width: number; readonly height: number };

function aim(camera: PerspectiveCamera, view: View, insetPx: CoastSceneProps["insetPx"], size: Size): void {
  const flatM = view.rangeM * Math.cos(view.elevationRad);
  target.set(view.targetEastM, view.targetNorthM, view.targetUpM);
  camera.position.set(
    target.x - flatM * Math.sin(view.azimuthRad),
    target.y - flatM * Math.cos(view.azimuthRad),
    Math.max(1.5, target.z + view.rangeM * Math.sin(view.elevationRad)),
  );
  camera.up.set(0, 0, 1);
  camera.fov = FOV_DEG;
  // Gives the depth buffer its precision around the viewed place.
  camera.near = Math.max(0.5, view.rangeM * 0.02);
  camera.far = 150_000 + view.rangeM;
  camera.lookAt(target);
  const rightPx = insetPx ? (insetPx.left - insetPx.right) / 2 : 0;
  const downPx = insetPx ? (insetPx.top - insetPx.bottom) / 2 : 0;
  camera.setViewOffset(size.width, size.height, -rightPx, -downPx, size.width, size.height);
  camera.updateMatrixWorld();
}

type Foot = { readonly scaleAt: "top" | "bottom"; readonly footPx: number };

const viewportOf = (size: Size, insetPx: CoastSceneProps["insetPx"], { scaleAt, footPx }: Foot): Viewport => ({
  leftPx: (insetPx?.left ?? 0) + 4,
  topPx: (insetPx?.top ?? 0) + (scaleAt === "top" ? footPx : 4),
  rightPx: size.width - (insetPx?.right ?? 0) - 4,
  bottomPx: size.height - (insetPx?.bottom ?? 0) - (scaleAt === "bottom" ? footPx : 4),
});
