import { BufferAttribute, BufferGeometry, Shape, ShapeGeometry } from "three";
import type { TrafficTarget } from "../../../src/vehicle/traffic.js";

type Outline = readonly (readonly [number, number])[];

/** The right half of the outline, from nose to tail; the left half is its mirror image. */
const HALVES: Readonly<Record<TrafficTarget["kind"], Outline>> = {
  // Seen from above: straight wings, a small tail. No contact looks like it, and our own have four arms.
  aircraft: [
    [0, 1.3],
    [0.16, 1],
    [0.16, 0.35],
    [1.25, -0.15],
    [1.25, -0.45],
    [0.16, -0.2],
    [0.13, -0.8],
    [0.5, -1.05],
    [0.5, -1.25],
    [0, -1.15],
  ],
  // A long solid hull with a notch astern; a contact's hull is short and hollow.
  ship: [
    [0, 1.5],
    [0.42, 0.6],
    [0.42, -1.25],
    [0, -0.95],
  ],
};

const RIM = 0.2;

/**
 * Mark and dark rim in one geometry, for one draw call per kind: `rim` is 1 at the corners of the rim, which is drawn
 * first.
 */
export function trafficGeometry(kind: TrafficTarget["kind"]): BufferGeometry {
  const half = HALVES[kind];
  const outline: Outline = [
    ...half,
    ...half
      .slice(1, -1)
      .reverse()
      .map(([x, y]) => [-x, y] as const),
  ];
  const parts = [new ShapeGeometry(shapeOf(grown(outline))), new ShapeGeometry(shapeOf(outline))];
  const places: number[] = [];
  const rims: number[] = [];
  parts.forEach((part, index) => {
    const flat = part.toNonIndexed();
    places.push(...flat.getAttribute("position").array);
    rims.push(...Array.from({ length: flat.getAttribute("position").count }, () => 1 - index));
    flat.dispose();
    part.dispose();
  });
  return new BufferGeometry()
    .setAttribute("position", new BufferAttribute(new Float32Array(places), 3))
    .setAttribute("rim", new BufferAttribute(new Float32Array(rims), 1));
}

/** Every corner moved out along the mean of its two edges' normals, as far as keeps the rim equally wide. */
function grown(outline: Outline): Outline {
  return outline.map((corner, i) => {
    const before = outline.at(i - 1) ?? corner;
    const after = outline[(i + 1) % outline.length] ?? corner;
    const [ax, ay] = normal(before, corner);
    const [bx, by] = normal(corner, after);
    // Sharp corners would become very long: the rim is limited to twice its width.
    const share = Math.max(0.5, 1 + ax * bx + ay * by);
    return [corner[0] + (RIM * (ax + bx)) / share, corner[1] + (RIM * (ay + by)) / share];
  });
}

/** Outward, for an outline that goes clockwise. */
function normal([fromX, fromY]: Outline[number], [toX, toY]: Outline[number]): readonly [number, number] {
  const lengthOf = Math.hypot(toX - fromX, toY - fromY);
  return [-(toY - fromY) / lengthOf, (toX - fromX) / lengthOf];
}

function shapeOf(outline: Outline): Shape {
  const shape = new Shape();
  outline.forEach(([x, y], i) => (i === 0 ? shape.moveTo(x, y) : shape.lineTo(x, y)));
  return shape;
}

export const TRAFFIC_VERTEX = /* glsl */ `
attribute float rim;
attribute vec4 tint;
uniform vec3 uRim;
varying vec4 vColour;
void main() {
  vColour = mix(tint, vec4(uRim, tint.a * 0.85), rim);
  gl_Position = projectionMatrix * viewMatrix * instanceMatrix * vec4(position, 1.0);
}`;

export const TRAFFIC_FRAGMENT = /* glsl */ `
varying vec4 vColour;
void main() {
  gl_FragColor = vColour;
}`;
