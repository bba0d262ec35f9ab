import { BufferAttribute, type BufferGeometry, CircleGeometry, Color } from "three";
import { mergeGeometries } from "three/examples/jsm/utils/BufferGeometryUtils.js";

/** A dot for towns and villages, a triangle for capes, lighthouses and the like: no contact looks like either. */
export type PlaceShape = "settlement" | "landmark";

const CORNERS: Readonly<Record<PlaceShape, number>> = { settlement: 16, landmark: 3 };
const RIM = 1.5;
/** The first corner of the triangle points up. */
const START_RAD = Math.PI / 2;

/** Rim and mark in one geometry, the rim first, in the plane that faces the eye; the mark reaches to 1. */
export function placeGeometry(shape: PlaceShape, colour: string, rim: string): BufferGeometry {
  const disc = (radius: number, style: string): BufferGeometry => {
    const made = new CircleGeometry(radius, CORNERS[shape], START_RAD);
    const { r, g, b } = new Color(style);
    const colours = Float32Array.from(
      { length: made.getAttribute("position").count * 3 },
      (_, i) => [r, g, b][i % 3] ?? 0,
    );
    return made.setAttribute("color", new BufferAttribute(colours, 3));
  };
  const parts = [disc(RIM, rim), disc(1, colour)];
  const merged = mergeGeometries(parts);
  for (const part of parts) part.dispose();
  return merged;
}
