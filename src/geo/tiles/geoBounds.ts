import { isObject } from "../jsonText.js";
import type { Position } from "../position.js";

/** Degrees. `westDeg` may be larger than `eastDeg`: then the area crosses 180 degrees. */
export type GeoBounds = {
  readonly southDeg: number;
  readonly westDeg: number;
  readonly northDeg: number;
  readonly eastDeg: number;
};

export const WHOLE_WORLD: GeoBounds = { southDeg: -90, westDeg: -180, northDeg: 90, eastDeg: 180 };

/** Bounds of a JSON document; undefined where they are none, or not on the earth. */
export function readBounds(value: unknown): GeoBounds | undefined {
  if (!isObject(value)) return undefined;
  const { southDeg, westDeg, northDeg, eastDeg } = value;
  const isOnEarth =
    isDegrees(southDeg, 90) && isDegrees(northDeg, 90) && isDegrees(westDeg, 180) && isDegrees(eastDeg, 180);
  return isOnEarth && southDeg < northDeg ? { southDeg, westDeg, northDeg, eastDeg } : undefined;
}

const isDegrees = (value: unknown, limitDeg: number): value is number =>
  typeof value === "number" && Math.abs(value) <= limitDeg;

export function isInBounds({ southDeg, westDeg, northDeg, eastDeg }: GeoBounds, place: Position): boolean {
  const { latitudeDeg, longitudeDeg } = place;
  if (latitudeDeg < southDeg || latitudeDeg > northDeg) return false;
  return westDeg <= eastDeg
    ? longitudeDeg >= westDeg && longitudeDeg <= eastDeg
    : longitudeDeg >= westDeg || longitudeDeg <= eastDeg;
}

/** Whether two areas, neither of which crosses 180 degrees, have anything in common. */
export const touches = (one: GeoBounds, other: GeoBounds): boolean =>
  one.southDeg <= other.northDeg &&
  other.southDeg <= one.northDeg &&
  one.westDeg <= other.eastDeg &&
  other.westDeg <= one.eastDeg;
