import { createBuiltInDetector } from "../../detect/builtInDetector.js";
import type { Detector } from "../../detect/detector.js";

/**
 * The detectors that a camera's worker can run, by the name that `--detector` takes. To add one, write a file that
 * implements `Detector` and list it here.
 */
export const DETECTORS = {
  "built-in": createBuiltInDetector,
} satisfies Readonly<Record<string, () => Detector>>;

export type DetectorName = keyof typeof DETECTORS;

export const DEFAULT_DETECTOR: DetectorName = "built-in";

export const isDetectorName = (name: string): name is DetectorName => Object.hasOwn(DETECTORS, name);
