import type { ObjectClass } from "./detection.js";
import { DETECTOR } from "./detectorNumbers.js";

/**
 * What a warm thing of this size is, seen from above. Sizes in metres, the longer side first; a person lying or casting
 * a blurred outline is up to 2.2 m, a car 3.2 to 6.2, an inflatable narrow and long. Anything else is unknown.
 */
export function classify(lengthM: number, widthM: number, contrast: number): ObjectClass {
  const aspect = lengthM / Math.max(0.1, widthM);
  if (lengthM > DETECTOR.unknownFromM || widthM > DETECTOR.unknownFromWidthM) return "unknown";
  const isNarrowBoat = lengthM >= DETECTOR.narrowBoatFromM && aspect >= DETECTOR.narrowBoatAspect;
  if (lengthM >= DETECTOR.boatFromM || isNarrowBoat) return "boat";
  if (lengthM >= DETECTOR.vehicleFromM && widthM >= DETECTOR.vehicleFromWidthM) return "vehicle";
  // Nobody is colder than a beach at night.
  if (contrast > 0 && lengthM <= DETECTOR.personToM && lengthM >= DETECTOR.personFromM) return "person";
  return "unknown";
}
