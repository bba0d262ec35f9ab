/** The area that a person chooses, as the places to ask about it. */
import { DEG_PER_RAD, RAD_PER_DEG } from "../angles.js";
import type { Coast } from "../coast.js";
import { err, ok, type Result } from "../../core/result.js";
import { wrapLongitudeDeg } from "../longitudes.js";
import type { Position } from "../position.js";
import type { GeoBounds } from "../tiles/geoBounds.js";
import { coastStretch, type StretchAsked, type StretchProblem } from "./coastStretch.js";
import type { GroundArea } from "./groundArea.js";
import { widthDeg } from "./packArea.js";

/** What a person chooses. */
export type AreaAsked =
  { readonly kind: "box"; readonly bounds: GeoBounds } | ({ readonly kind: "stretch" } & StretchAsked);

export type AreaProblem = StretchProblem | { readonly kind: "area-too-small" } | { readonly kind: "area-too-large" };

/** Degrees either way: beyond, the shares would be kilometres wide, and nothing of a coast would be said. */
const AREA_DEG_MAX = 10;
/** About a hundred metres. */
const AREA_DEG_MIN = 0.001;
const PER_SIDE = 32;
/** Of a sphere of the ellipsoid's area. */
const EARTH_RADIUS_KM = 6371.007;

export function groundArea(asked: AreaAsked, coast: Coast | undefined): Result<GroundArea, AreaProblem> {
  if (asked.kind === "stretch") return coastStretch(asked, coast);
  const { bounds } = asked;
  const sidesDeg = [widthDeg(bounds), bounds.northDeg - bounds.southDeg];
  if (sidesDeg.some((sideDeg) => !(sideDeg >= AREA_DEG_MIN))) return err({ kind: "area-too-small" });
  if (sidesDeg.some((sideDeg) => sideDeg > AREA_DEG_MAX)) return err({ kind: "area-too-large" });
  return ok(boxArea(bounds));
}

function boxArea(bounds: GeoBounds): GroundArea {
  const samples: Position[] = [];
  for (let row = 0; row < PER_SIDE; row++)
    for (let column = 0; column < PER_SIDE; column++)
      samples.push(placeIn(bounds, (column + 0.5) / PER_SIDE, (row + 0.5) / PER_SIDE));
  const rim: Position[] = [];
  for (let i = 0; i < PER_SIDE; i++) {
    const part = i / PER_SIDE;
    rim.push(placeIn(bounds, part, 0), placeIn(bounds, 1, part), placeIn(bounds, 1 - part, 1));
    rim.push(placeIn(bounds, 0, 1 - part));
  }
  const widthRad = widthDeg(bounds) * RAD_PER_DEG;
  const areaKm2 = EARTH_RADIUS_KM ** 2 * widthRad * (sinOf(bounds.northDeg) - sinOf(bounds.southDeg));
  return { bounds, samples, rim, areaKm2, coastKm: undefined };
}

const sinOf = (degrees: number): number => Math.sin(degrees * RAD_PER_DEG);

/** `east` and `north` from 0 to 1; equal steps of `north` are equal areas. The rim is met exactly. */
function placeIn(bounds: GeoBounds, east: number, north: number): Position {
  const { southDeg, northDeg, westDeg, eastDeg } = bounds;
  const sine = sinOf(southDeg) + north * (sinOf(northDeg) - sinOf(southDeg));
  const latitudeDeg = north === 0 ? southDeg : north === 1 ? northDeg : Math.asin(sine) * DEG_PER_RAD;
  if (east === 1) return { latitudeDeg, longitudeDeg: eastDeg };
  return { latitudeDeg, longitudeDeg: wrapLongitudeDeg(westDeg + east * widthDeg(bounds)) };
}
