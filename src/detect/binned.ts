import type { Blob } from "./blob.js";
import type { GreyImage } from "./detection.js";
import type { ThermalDetector } from "./thermalDetector.js";
import { DETECTOR } from "./detectorNumbers.js";

/**
 * Detects at a suitable scale: a picture taken from very low is first binned 2x2, 4x4 or 8x8, so that one object is not detected
 * in pieces. Boxes are returned in pixels of the full picture.
 */
export function detectBinned(detector: ThermalDetector, image: GreyImage, metresPerPixel: number): readonly Blob[] {
  let factor = 1;
  while (metresPerPixel * factor < DETECTOR.finestMetresPerPixel) factor *= 2;
  if (factor > DETECTOR.binningMax) return [];
  if (factor === 1) return detector.detect(image, metresPerPixel);
  return detector.detect(binned(image, factor), metresPerPixel * factor).map((blob) => enlarged(blob, factor));
}

/** Averages blocks of `factor` by `factor` pixels; incomplete blocks at the right and bottom are dropped. */
function binned({ widthPx, heightPx, luma }: GreyImage, factor: number): GreyImage {
  const width = Math.floor(widthPx / factor);
  const height = Math.floor(heightPx / factor);
  const out = new Uint8Array(width * height);
  const area = factor * factor;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      let sum = 0;
      for (let dy = 0; dy < factor; dy++) {
        const from = (y * factor + dy) * widthPx + x * factor;
        for (let dx = 0; dx < factor; dx++) sum += luma[from + dx] ?? 0;
      }
      out[y * width + x] = Math.round(sum / area);
    }
  }
  return { widthPx: width, heightPx: height, luma: out };
}

const enlarged = (blob: Blob, factor: number): Blob => ({
  ...blob,
  x: blob.x * factor,
  y: blob.y * factor,
  w: blob.w * factor,
  h: blob.h * factor,
  centroidX: blob.centroidX * factor,
  centroidY: blob.centroidY * factor,
  majorPx: blob.majorPx * factor,
  minorPx: blob.minorPx * factor,
});
