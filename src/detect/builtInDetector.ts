import { detectBinned } from "./binned.js";
import { detectionFromBlob } from "./blob.js";
import type { Detector } from "./detector.js";
import { createThermalDetector } from "./thermalDetector.js";

/** The built-in thermal detector as a `Detector`. Its promise resolves at once. */
export function createBuiltInDetector(): Detector {
  const thermal = createThermalDetector();
  return {
    detect: ({ image, metresPerPixel }) => {
      const blobs = metresPerPixel === undefined ? thermal.detect(image) : detectBinned(thermal, image, metresPerPixel);
      return Promise.resolve(blobs.map(detectionFromBlob));
    },
  };
}
