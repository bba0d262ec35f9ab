import { Color, DynamicDrawUsage, type InterleavedBufferAttribute } from "three";
import { LineMaterial } from "three/examples/jsm/lines/LineMaterial.js";
import { LineSegments2 } from "three/examples/jsm/lines/LineSegments2.js";
import { LineSegmentsGeometry } from "three/examples/jsm/lines/LineSegmentsGeometry.js";

type RollingLook = {
  readonly colour: string;
  readonly widthPx: number;
  readonly opacity: number;
  readonly isOnTop?: boolean;
};

/** Thick segments in one buffer made once: the newest overwrites the oldest, nothing is allocated while flying. */
export class RollingSegments {
  readonly object: LineSegments2;
  readonly #buffer: InterleavedBufferAttribute["data"];
  readonly #capacity: number;
  #written = 0;

  constructor(capacity: number, look: RollingLook) {
    this.#capacity = capacity;
    const geometry = new LineSegmentsGeometry();
    geometry.setPositions(new Float32Array(capacity * 6));
    this.#buffer = (geometry.getAttribute("instanceStart") as InterleavedBufferAttribute).data;
    this.#buffer.setUsage(DynamicDrawUsage);
    geometry.instanceCount = 0;
    const material = new LineMaterial({
      color: new Color(look.colour).getHex(),
      linewidth: look.widthPx,
      transparent: true,
      opacity: look.opacity,
      depthTest: look.isOnTop !== true,
    });
    this.object = new LineSegments2(geometry, material);
    this.object.frustumCulled = false;
    this.object.raycast = () => undefined;
    this.object.renderOrder = look.isOnTop ? 30 : 21;
  }

  /** Adds a segment, over the oldest when full. */
  push(from: ArrayLike<number>, to: ArrayLike<number>): void {
    this.write(this.#written % this.#capacity, from, to);
    this.#written++;
    this.object.geometry.instanceCount = Math.min(this.#written, this.#capacity);
  }

  /** Writes one segment in its place; `show` says how many count. */
  write(index: number, from: ArrayLike<number>, to: ArrayLike<number>): void {
    const array = this.#buffer.array as Float32Array;
    for (let i = 0; i < 3; i++) {
      array[index * 6 + i] = from[i] ?? 0;
      array[index * 6 + 3 + i] = to[i] ?? 0;
    }
    this.#buffer.needsUpdate = true;
  }

  show(countOfSegments: number): void {
    this.object.geometry.instanceCount = countOfSegments;
  }

  clear(): void {
    this.#written = 0;
    this.object.geometry.instanceCount = 0;
  }

  dispose(): void {
    this.object.geometry.dispose();
    this.object.material.dispose();
  }
}
