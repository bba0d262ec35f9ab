/**
 * Constant false-alarm rate (CFAR) detector for thermal luminance, at two scales.
 *
 *   picture ─▶ 1/2 ─▶ spots: people, engines, anything up to some 35 pixels
 *                └──▶ 1/4 ─▶ large areas, warmer or colder: hulls, cars ─▶ spots on them become part of them
 *
 * The threshold follows the local noise, so the false alarm rate does not depend on the scene (Finn and Johnson 1968).
 */
import { computeBackground, createBackground, type Background } from "./background.js";
import { classify } from "./classify.js";
import { createComponents, findComponents, type Component, type Components, type Threshold } from "./components.js";
import { absorbSpots, keepLargest } from "./mergeBlobs.js";
import { isolationOf } from "./isolation.js";
import { createPlane, halveImage, halvePlane, integrate, type Plane } from "./plane.js";
import { outlineShape, spotShape, type Shape } from "./shape.js";
import type { Blob } from "./blob.js";
import type { GreyImage } from "./detection.js";
import { DETECTOR } from "./detectorNumbers.js";

type DetectorOptions = {
  /** Threshold for a small spot, local sigmas. */
  readonly thresholdSigmas?: number;
  /** Minimum contrast in grey levels, however low the noise of the surroundings. */
  readonly minContrast?: number;
};

/** The built-in detector, synchronous. It owns its buffers: use one per stream, one frame at a time. */
export type ThermalDetector = {
  /** `metresPerPixel` on the ground at the picture's centre, if known: sizes are then checked in metres. */
  readonly detect: (image: GreyImage, metresPerPixel?: number) => readonly Blob[];
};

type Scale = { readonly plane: Plane; readonly background: Background; readonly components: Components };
type Buffers = { readonly widthPx: number; readonly heightPx: number; readonly fine: Scale; readonly coarse: Scale };

const FINE = { boxRadius: DETECTOR.fineBoxCells, reach: DETECTOR.fineReachCells, step: DETECTOR.fineStepCells };
const COARSE = { boxRadius: DETECTOR.coarseBoxCells, reach: DETECTOR.coarseReachCells, step: DETECTOR.coarseStepCells };

function scaleOf(widthPx: number, heightPx: number, cellPx: number): Scale {
  const plane = createPlane(widthPx, heightPx, cellPx);
  const background = createBackground(plane, cellPx === 2 ? FINE : COARSE);
  return { plane, background, components: createComponents(plane) };
}

/** Plausible sizes, in pixels. */
type Gates = {
  readonly spotMinPx: number;
  readonly largeMinPx: number;
  readonly largeMaxPx: number;
  readonly largeMinWidthPx: number;
  readonly marginPx: number;
};

const GATES_UNKNOWN: Gates = {
  spotMinPx: DETECTOR.unknownSpotMinPx,
  largeMinPx: DETECTOR.unknownLargeMinPx,
  largeMaxPx: DETECTOR.unknownLargeMaxPx,
  largeMinWidthPx: DETECTOR.unknownLargeMinWidthPx,
  marginPx: DETECTOR.unknownPartMarginPx,
};

const gatesOf = (metresPerPixel: number): Gates => ({
  spotMinPx: Math.max(DETECTOR.spotMinPx, DETECTOR.spotMinM / metresPerPixel),
  largeMinPx: Math.max(DETECTOR.largeMinPx, DETECTOR.largeMinM / metresPerPixel),
  largeMaxPx: DETECTOR.largeMaxM / metresPerPixel,
  largeMinWidthPx: Math.max(DETECTOR.largeMinWidthPx, DETECTOR.largeMinWidthM / metresPerPixel),
  marginPx: Math.max(DETECTOR.partMarginPx, DETECTOR.partMarginM / metresPerPixel),
});

export function createThermalDetector(options: DetectorOptions = {}): ThermalDetector {
  const spotThreshold: Threshold = {
    sigmas: options.thresholdSigmas ?? DETECTOR.spotSigmas,
    minContrast: options.minContrast ?? DETECTOR.spotContrast,
    growFraction: DETECTOR.growFraction,
  };
  const largeThreshold: Threshold = {
    sigmas: DETECTOR.largeSigmas,
    minContrast: DETECTOR.largeContrast,
    growFraction: DETECTOR.growFraction,
  };
  let buffers: Buffers | undefined;

  const detect = (image: GreyImage, metresPerPixel?: number): readonly Blob[] => {
    const { widthPx, heightPx, luma } = image;
    if (buffers?.widthPx !== widthPx || buffers.heightPx !== heightPx) {
      buffers = { widthPx, heightPx, fine: scaleOf(widthPx, heightPx, 2), coarse: scaleOf(widthPx, heightPx, 4) };
    }
    const { fine, coarse } = buffers;
    const gates = metresPerPixel === undefined ? GATES_UNKNOWN : gatesOf(metresPerPixel);
    halveImage(luma, widthPx, fine.plane);
    halvePlane(fine.plane, coarse.plane);
    const fineBlobs = findSpots(image, fine, spotThreshold);
    const isLarge = (blob: Blob): boolean => blob.majorPx >= gates.largeMinPx;
    const candidates = [...fineBlobs.filter(isLarge), ...findLarge(coarse, largeThreshold)];
    const large = keepLargest(
      candidates.filter((blob) => isPlausible(blob, gates)),
      gates.marginPx,
    );
    const spots = fineBlobs.filter((blob) => !isLarge(blob) && blob.majorPx >= gates.spotMinPx);
    const blobs = absorbSpots(large, spots, gates.marginPx);
    return metresPerPixel === undefined ? blobs : blobs.map((blob) => classified(blob, metresPerPixel));
  };
  return { detect };
}

const classified = (blob: Blob, metresPerPixel: number): Blob => ({
  ...blob,
  class: classify(blob.majorPx * metresPerPixel, blob.minorPx * metresPerPixel, blob.contrast),
});

function isPlausible(blob: Blob, gates: Gates): boolean {
  return (
    blob.majorPx >= gates.largeMinPx &&
    blob.majorPx <= gates.largeMaxPx &&
    blob.minorPx >= gates.largeMinWidthPx &&
    blob.majorPx <= DETECTOR.largeAspectMax * blob.minorPx
  );
}

function findSpots(image: GreyImage, scale: Scale, threshold: Threshold): readonly Blob[] {
  const { plane, background, components } = scale;
  integrate(plane);
  computeBackground(plane, background);
  findComponents({ plane, background, threshold }, true, components);
  return components.found.flatMap((component) => {
    const outline = outlineShape(component, components, plane);
    const spot = spotShape(image, outline, component.background);
    const isOpen =
      spot.majorPx >= DETECTOR.spotIslandFromPx &&
      !isolationOf(component, components, plane, {
        shape: spot,
        marginPx: DETECTOR.spotIslandMarginPx,
        warmPlacesMax: DETECTOR.warmPlacesSpot,
      }).isIsland;
    return isOpen ? [] : [blobFrom(spot, { ...component, contrast: spot.contrast }, threshold)];
  });
}

function findLarge(scale: Scale, threshold: Threshold): readonly Blob[] {
  const { plane, background, components } = scale;
  integrate(plane);
  computeBackground(plane, background);
  const blobs: Blob[] = [];
  for (const isWarm of [true, false]) {
    findComponents({ plane, background, threshold }, isWarm, components);
    for (const component of components.found) {
      const shape = outlineShape(component, components, plane);
      if (shape.areaPx < DETECTOR.largeFillMin * shape.majorPx * shape.minorPx) continue;
      const { isIsland, contrast } = isolationOf(component, components, plane, {
        shape,
        marginPx: DETECTOR.islandMarginPx,
        warmPlacesMax: DETECTOR.warmPlacesLarge,
      });
      if (!isIsland || contrast < threshold.minContrast) continue;
      blobs.push(blobFrom(shape, component, threshold));
    }
  }
  return blobs;
}

/** The score is about 0.5 at the threshold and approaches 1 above it. */
function blobFrom(shape: Shape, { contrast, sigma, isWarm }: Component, threshold: Threshold): Blob {
  const needed = Math.max(DETECTOR.contrastDoubtful, Math.min(DETECTOR.noiseCountedMax, threshold.sigmas * sigma));
  return {
    x: shape.x,
    y: shape.y,
    w: shape.w,
    h: shape.h,
    centroidX: shape.centroidX,
    centroidY: shape.centroidY,
    class: "unknown",
    classBasis: "size",
    score: 1 - 0.5 * Math.min(1, needed / Math.max(1e-6, contrast)),
    majorPx: shape.majorPx,
    minorPx: shape.minorPx,
    angleRad: shape.angleRad,
    contrast: isWarm ? contrast : -contrast,
  };
}
