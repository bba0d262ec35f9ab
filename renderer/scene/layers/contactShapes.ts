import { BufferGeometry, Shape, ShapeGeometry } from "three";
import type { ObjectClass } from "../../../src/detect/detection.js";

/**
 * Shape identifies the class, not only colour: a diamond for people, a hull for boats, a square for vehicles, a ring
 * for unknown objects.
 */
const OUTLINES: Readonly<Record<ObjectClass, readonly (readonly [number, number])[]>> = {
  person: [
    [0, 1],
    [0.8, 0],
    [0, -1],
    [-0.8, 0],
  ],
  boat: [
    [0, 1.25],
    [0.55, 0.45],
    [0.55, -0.9],
    [-0.55, -0.9],
    [-0.55, 0.45],
  ],
  vehicle: [
    [0.75, 0.75],
    [0.75, -0.75],
    [-0.75, -0.75],
    [-0.75, 0.75],
  ],
  unknown: Array.from(
    { length: 20 },
    (_, i) => [0.8 * Math.cos((i / 10) * Math.PI), 0.8 * Math.sin((i / 10) * Math.PI)] as const,
  ),
};

const CLASSES: readonly ObjectClass[] = ["person", "boat", "vehicle", "unknown"];
export const CONTACT_CLASSES = CLASSES;

const shapeOf = (points: readonly (readonly [number, number])[], scale: number): Shape => {
  const shape = new Shape();
  points.forEach(([x, y], i) => (i === 0 ? shape.moveTo(x * scale, y * scale) : shape.lineTo(x * scale, y * scale)));
  return shape;
};

/** The filled mark, and a dark one a little larger to lie under it. Both stand in the plane that faces the eye. */
export function contactGeometry(objectClass: ObjectClass, isBacking: boolean): BufferGeometry {
  const points = OUTLINES[objectClass];
  const shape = shapeOf(points, isBacking ? 1.38 : 1);
  // Boats and unknown objects are hollow, so that they differ from people and vehicles without colour.
  if (!isBacking && (objectClass === "boat" || objectClass === "unknown")) shape.holes.push(shapeOf(points, 0.52));
  return new ShapeGeometry(shape);
}
