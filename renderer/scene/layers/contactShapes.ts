import { BufferGeometry, Shape, ShapeGeometry } from "three";
import type { ObjectClass } from "../../../src/detect/detection.js";
import type { MarkShape } from "../crowd/contactCrowd.js";

/**
 * Shape identifies the class, not only colour: a diamond for people, a hull for boats, a square for vehicles, a ring
 * for unknown objects; a wide, thin ring for a crowd of several classes.
 */
const OUTLINES: Readonly<Record<MarkShape, readonly (readonly [number, number])[]>> = {
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
  mixed: Array.from(
    { length: 28 },
    (_, i) => [1.05 * Math.cos((i / 14) * Math.PI), 1.05 * Math.sin((i / 14) * Math.PI)] as const,
  ),
};

/** Boats and unknown objects are hollow, so that they differ from people and vehicles without colour. */
const HOLE_RATIO: Readonly<Partial<Record<MarkShape, number>>> = { boat: 0.52, unknown: 0.52, mixed: 0.8 };

const CLASSES: readonly ObjectClass[] = ["person", "boat", "vehicle", "unknown"];
export const CONTACT_CLASSES = CLASSES;

const shapeOf = (points: readonly (readonly [number, number])[], scale: number): Shape => {
  const shape = new Shape();
  points.forEach(([x, y], i) => (i === 0 ? shape.moveTo(x * scale, y * scale) : shape.lineTo(x * scale, y * scale)));
  return shape;
};

/** The filled mark, and a dark one a little larger to lie under it. Both stand in the plane that faces the eye. */
export function contactGeometry(mark: MarkShape, isBacking: boolean): BufferGeometry {
  const points = OUTLINES[mark];
  const shape = shapeOf(points, isBacking ? (mark === "mixed" ? 1.15 : 1.38) : 1);
  const holeRatio = HOLE_RATIO[mark];
  if (!isBacking && holeRatio !== undefined) shape.holes.push(shapeOf(points, holeRatio));
  return new ShapeGeometry(shape);
}
