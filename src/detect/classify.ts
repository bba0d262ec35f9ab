import type { ObjectClass } from "./detection.js";
import { DETECTOR } from "./detectorNumbers.js";

/**
 * Class of a warm object by its size seen from above; metres, longer side first. A person lying, or with a blurred outline, is
 * up to 2.2 m, a car 3.2 to 6.2 m, an inflatable long and narrow. Anything else is unknown.
 */
export function classify(lengthM: number, widthM: number, contrast: number): ObjectClass {
  const aspect = lengthM / Math.max(0.1, widthM);
  if (lengthM > DETECTOR.unknownFromM || widthM > DETECTOR.unknownFromWidthM) return "unknown";
  const isNarrowBoat = lengthM >= DETECTOR.narrowBoatFromM && aspect >= DETECTOR.narrowBoatAspect;
  if (lengthM >= DETECTOR.boatFromM || isNarrowBoat) return "boat";
  if (lengthM >= DETECTOR.vehicleFromM && widthM >= DETECTOR.vehicleFromWidthM) return "vehicle";
  // A person is never colder than a beach at night.
  if (contrast > 0 && lengthM <= DETECTOR.personToM && lengthM >= DETECTOR.personFromM) return "person";
  return "unknown";
}
