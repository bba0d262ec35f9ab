import { createContext, useContext, useEffect } from "react";
import { useThree } from "@react-three/fiber";
import type { Latest } from "../bridge/latest.js";
import type { CameraRig } from "./camera/cameraRig.js";
import type { LabelBoard } from "./labels/labelBoard.js";
import type { MapNames } from "./map/mapNames.js";
import type { EdgeBoard } from "./edge/edgeBoard.js";
import type { FoundPlace, Visit } from "./find/finder.js";
import type { Quality } from "./quality.js";
import type { PointerHub } from "./camera/pointerHub.js";
import type { Surface } from "./geometry/surface.js";
import type { GroundUniforms } from "./shaders/groundUniforms.js";
import type { ScenePalette } from "./scenePalette.js";
import type { SceneFrame } from "./sceneFrame.js";
import type { GroundPointerHandlers } from "./sceneTypes.js";

/** What the layers share: origin, colours, ground, quality, camera rig, labels, marks at the edge and pointer. */
export type SceneTools = {
  readonly frame: SceneFrame;
  readonly palette: ScenePalette;
  readonly ground: GroundUniforms;
  /** Replaced when heights arrive. */
  readonly surface: Surface;
  readonly quality: Quality;
  readonly rig: CameraRig;
  readonly labels: LabelBoard;
  readonly edges: EdgeBoard;
  readonly pointer: PointerHub;
  /** Names in the tiles of the map and of the drawings that are shown. */
  readonly mapNames: Latest<MapNames>;
  /** The place that was searched for and is marked. */
  readonly found: Latest<FoundPlace | undefined>;
  /** Sends the camera to a place; it no longer follows. "B" brings it back. */
  readonly visit: (visit: Visit) => void;
};

export const SceneContext = createContext<SceneTools | undefined>(undefined);

export function useScene(): SceneTools {
  const tools = useContext(SceneContext);
  if (!tools) throw new Error("Invariant: a scene layer outside CoastScene");
  return tools;
}

/** Requests a frame whenever the stream has a new value. */
export function useRedrawOn(stream: Latest<unknown>): void {
  const invalidate = useThree((state) => state.invalidate);
  useEffect(() => {
    invalidate();
    return stream.onChange(() => invalidate());
  }, [stream, invalidate]);
}

/** Pointer events over the ground for a layer; the last mounted layer gets them first. */
export function useGroundPointer(handlers: GroundPointerHandlers): void {
  const { pointer } = useScene();
  useEffect(() => pointer.add(handlers), [pointer, handlers]);
}
