import type { Detection, DetectionShape } from "./detection.js";

/** A detection of the built-in detector; its shape is always known. */
export type Blob = Omit<Detection, "shape"> & DetectionShape;

export const detectionFromBlob = ({ majorPx, minorPx, angleRad, contrast, ...detection }: Blob): Detection => ({
  ...detection,
  shape: { majorPx, minorPx, angleRad, contrast },
});
