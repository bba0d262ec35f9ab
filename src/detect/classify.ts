import type { ObjectClass } from "./detection.js";

/**
 * What a warm thing of this size is, seen from above. Sizes in metres, the longer side first; a person lying or casting
 * a blurred outline is up to 2.2 m, a car 3.2 to 6.2, an inflatable narrow and long. Anything else is unknown.
 */
export function classify(lengthM: number, widthM: number, contrast: number): ObjectClass {
  const aspect = lengthM / Math.max(0.1, widthM);
  if (lengthM > 14 || widthM > 5) return "unknown";
  if (lengthM >= 6.2 || (lengthM >= 4 && aspect >= 3.2)) return "boat";
  if (lengthM >= 2.8 && widthM >= 1) return "vehicle";
  // Nobody is colder than a beach at night.
  if (contrast > 0 && lengthM <= 2.2 && lengthM >= 0.25) return "person";
  return "unknown";
}
