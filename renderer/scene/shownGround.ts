import { useEffect } from "react";
import type { GeoBounds } from "../../src/geo/tiles/geoBounds.js";
import { Latest } from "../bridge/latest.js";
import { useStore } from "../bridge/StoresContext.js";
import { defineStore } from "../bridge/uiStores.js";
import type { CameraRig } from "./camera/cameraRig.js";
import { viewCorners } from "./mini/miniView.js";
import type { SceneFrame } from "./sceneFrame.js";

/** What the scene that was opened last shows, for pages without one; undefined before any was opened. */
export const shownGroundStore = defineStore(() => new Latest<(() => GeoBounds) | undefined>(undefined));

/** Of a usual window. */
const ASPECT = 16 / 9;

/** The camera is asked when somebody wants to know, not at each frame. */
export function useReportShownGround(rig: Pick<CameraRig, "view">, frame: SceneFrame): void {
  const shown = useStore(shownGroundStore);
  useEffect(() => shown.set(() => boundsSeen(rig.view, frame)), [shown, rig, frame]);
}

/** The box around what the camera sees of the ground. */
export function boundsSeen(view: CameraRig["view"], frame: SceneFrame): GeoBounds {
  const corners = viewCorners(view, ASPECT).map(({ eastM, northM }) => frame.positionOf(eastM, northM));
  const [north, east] = [
    corners.map(({ latitudeDeg }) => latitudeDeg),
    corners.map(({ longitudeDeg }) => longitudeDeg),
  ];
  return {
    ...{ southDeg: Math.min(...north), northDeg: Math.max(...north) },
    ...{ westDeg: Math.min(...east), eastDeg: Math.max(...east) },
  };
}
