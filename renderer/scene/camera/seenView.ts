import { Matrix4, type PerspectiveCamera, Vector3 } from "three";
import type { CameraRig } from "./cameraRig.js";

const clip = new Matrix4();

/** The camera follows these, after the layers of the same frame: when they jump, the camera has not moved yet. */
const VIEW_KEYS = ["targetEastM", "targetNorthM", "targetUpM", "rangeM", "azimuthRad", "elevationRad"] as const;
type RigView = CameraRig["view"];

/** The view that something on the screen was last worked out for. */
export class SeenView {
  /** Projection times view, column by column: scene metres to clip space. */
  readonly clip = new Float64Array(16);
  readonly eye = new Vector3();
  widthPx = 0;
  heightPx = 0;
  readonly #rig: RigView = {
    ...{ targetEastM: Number.NaN, targetNorthM: 0, targetUpM: 0 },
    ...{ rangeM: 0, azimuthRad: 0, elevationRad: 0 },
  };

  /** True when camera, rig or window differ from the last time. */
  refresh(
    camera: PerspectiveCamera,
    view: RigView,
    size: { readonly width: number; readonly height: number },
  ): boolean {
    let isOther = this.widthPx !== size.width || this.heightPx !== size.height;
    this.widthPx = size.width;
    this.heightPx = size.height;
    this.eye.copy(camera.position);
    const { elements } = clip.multiplyMatrices(camera.projectionMatrix, camera.matrixWorldInverse);
    for (let i = 0; i < 16; i++) {
      isOther ||= this.clip[i] !== elements[i];
      this.clip[i] = elements[i] ?? 0;
    }
    for (const key of VIEW_KEYS) {
      isOther ||= this.#rig[key] !== view[key];
      this.#rig[key] = view[key];
    }
    return isOther;
  }
}
