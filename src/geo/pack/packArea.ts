import { wrapLongitudeDeg } from "../longitudes.js";
import { type GeoBounds, WHOLE_WORLD } from "../tiles/geoBounds.js";

/**
 * The area around all of them. Maps that do not say where they are count as the whole world, and are then left out while another
 * file says more. For areas of less than half the earth, which may cross the antimeridian.
 */
export function areaAround(all: readonly GeoBounds[]): GeoBounds {
  const known = all.filter(({ westDeg, eastDeg }) => eastDeg - westDeg < 360);
  const [first] = known;
  if (!first) return WHOLE_WORLD;
  let { southDeg, northDeg } = first;
  let [westmostDeg, eastmostDeg] = [first.westDeg, first.westDeg + widthDeg(first)];
  for (const bounds of known.slice(1)) {
    // The same meridian, in the turn that is nearest to the first area.
    const westDeg = bounds.westDeg + 360 * Math.round((first.westDeg - bounds.westDeg) / 360);
    westmostDeg = Math.min(westmostDeg, westDeg);
    eastmostDeg = Math.max(eastmostDeg, westDeg + widthDeg(bounds));
    southDeg = Math.min(southDeg, bounds.southDeg);
    northDeg = Math.max(northDeg, bounds.northDeg);
  }
  if (eastmostDeg - westmostDeg >= 360) return { ...WHOLE_WORLD, southDeg, northDeg };
  return { southDeg, northDeg, westDeg: wrapLongitudeDeg(westmostDeg), eastDeg: wrapLongitudeDeg(eastmostDeg) };
}

/** From west to east, also across the antimeridian. */
export const widthDeg = ({ westDeg, eastDeg }: GeoBounds): number => (eastDeg >= westDeg ? 0 : 360) + eastDeg - westDeg;
