import {
  BoxGeometry,
  BufferAttribute,
  type BufferGeometry,
  CircleGeometry,
  Color,
  ConeGeometry,
  CylinderGeometry,
  SphereGeometry,
  TorusGeometry,
} from "three";
import { mergeGeometries } from "three/examples/jsm/utils/BufferGeometryUtils.js";

const ROTORS: readonly (readonly [number, number])[] = [
  [0.62, 0.62],
  [-0.62, 0.62],
  [0.62, -0.62],
  [-0.62, -0.62],
];
const BODY = "#e8eef3";
const ARM = "#9aa6b1";
const DISC = "#55626e";
const NOSE = "#f5a524";
const EYE = "#10151b";

/**
 * A quadcopter about two units across, nose along +y (north at heading 0), in one geometry with its colours: body, four
 * arms and rotors, an amber nose, the camera's ball below. Port and starboard rotor hubs are red and green.
 */
export function quadGeometry(): BufferGeometry {
  const parts: BufferGeometry[] = [
    tint(new BoxGeometry(0.42, 0.72, 0.2), BODY),
    tint(new ConeGeometry(0.16, 0.34, 12).translate(0, 0.52, 0), NOSE),
    tint(new SphereGeometry(0.15, 12, 8).translate(0, 0.3, -0.2), EYE),
  ];
  for (const [x, y] of ROTORS) {
    const arm = new BoxGeometry(0.09, Math.hypot(x, y), 0.07);
    parts.push(tint(arm.translate(0, Math.hypot(x, y) / 2, 0).rotateZ(Math.atan2(-x, y)), ARM));
    parts.push(
      tint(
        new CylinderGeometry(0.09, 0.09, 0.16, 8).rotateX(Math.PI / 2).translate(x, y, 0.06),
        x < 0 ? "#ff4d4f" : "#3fb950",
      ),
    );
    parts.push(tint(new TorusGeometry(0.4, 0.028, 6, 28).translate(x, y, 0.13), BODY));
    parts.push(tint(new CircleGeometry(0.38, 20).translate(x, y, 0.12), DISC));
  }
  const merged = mergeGeometries(parts);
  for (const part of parts) part.dispose();
  return merged;
}

function tint(geometry: BufferGeometry, style: string): BufferGeometry {
  const colour = new Color(style);
  const flat = geometry.index ? geometry.toNonIndexed() : geometry;
  const count = flat.getAttribute("position").count;
  const colours = new Float32Array(count * 3);
  for (let i = 0; i < count; i++) colours.set([colour.r, colour.g, colour.b], i * 3);
  flat.setAttribute("color", new BufferAttribute(colours, 3));
  flat.deleteAttribute("uv");
  return flat;
}
