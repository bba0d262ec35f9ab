/** From a set of cells to a box, a sub-pixel centre and the axes of the shape. */
import type { GreyImage } from "./detection.js";
import type { Component, Components } from "./components.js";
import type { Plane } from "./plane.js";
import { DETECTOR } from "./detectorNumbers.js";

/** Pixels of the full picture; pixel i covers [i, i + 1). Axes are full lengths, the angle turns from +x towards +y. */
export type Shape = {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
  readonly centroidX: number;
  readonly centroidY: number;
  readonly majorPx: number;
  readonly minorPx: number;
  readonly angleRad: number;
  readonly areaPx: number;
};

/** Accumulates weighted moments and the bounding box of the added points. */
class Moments {
  weight = 0;
  sumX = 0;
  sumY = 0;
  sumXX = 0;
  sumXY = 0;
  sumYY = 0;
  count = 0;
  left = Infinity;
  top = Infinity;
  right = -Infinity;
  bottom = -Infinity;

  add(x: number, y: number, weight: number): void {
    this.count++;
    this.weight += weight;
    this.sumX += weight * x;
    this.sumY += weight * y;
    this.sumXX += weight * x * x;
    this.sumXY += weight * x * y;
    this.sumYY += weight * y * y;
    if (x < this.left) this.left = x;
    if (x > this.right) this.right = x;
    if (y < this.top) this.top = y;
    if (y > this.bottom) this.bottom = y;
  }

  /** `cell` is the side of the square that one `add` represents; half of it on each side belongs to the shape. */
  shape(cell: number): Shape {
    const centroidX = this.sumX / this.weight;
    const centroidY = this.sumY / this.weight;
    const own = (cell * cell) / 12;
    const varX = Math.max(0, this.sumXX / this.weight - centroidX * centroidX) + own;
    const varY = Math.max(0, this.sumYY / this.weight - centroidY * centroidY) + own;
    const covXY = this.sumXY / this.weight - centroidX * centroidY;
    const middle = (varX + varY) / 2;
    const spread = Math.hypot((varX - varY) / 2, covXY);
    // A uniform bar of length L has variance L² / 12.
    const majorPx = Math.sqrt(12 * (middle + spread));
    const minorPx = Math.sqrt(12 * Math.max(own, middle - spread));
    return {
      x: this.left - cell / 2,
      y: this.top - cell / 2,
      w: this.right - this.left + cell,
      h: this.bottom - this.top + cell,
      centroidX,
      centroidY,
      majorPx,
      minorPx,
      angleRad: Math.atan2(2 * covXY, varX - varY) / 2,
      areaPx: this.count * cell * cell,
    };
  }
}

/** Shape of the area's outline with equal weights: right for large objects, whose hottest part is not their centre. */
export function outlineShape(component: Component, components: Components, plane: Plane): Shape {
  const moments = new Moments();
  for (let i = component.from; i < component.to; i++) {
    const at = components.cells[i] ?? 0;
    const y = Math.floor(at / plane.width);
    moments.add((at - y * plane.width + 0.5) * plane.cellPx, (y + 0.5) * plane.cellPx, 1);
  }
  return moments.shape(plane.cellPx);
}

/** Measures a small warm spot again in the full picture, weighted by its contrast. */
export function spotShape(image: GreyImage, outline: Shape, background: number): Shape & { readonly contrast: number } {
  const [from, to] = [Math.floor(outline.y), Math.ceil(outline.y + outline.h)];
  const left = Math.max(0, Math.floor(outline.x) - DETECTOR.spotMarginPx);
  const top = Math.max(0, from - DETECTOR.spotMarginPx);
  const right = Math.min(image.widthPx, Math.ceil(outline.x + outline.w) + DETECTOR.spotMarginPx);
  const bottom = Math.min(image.heightPx, to + DETECTOR.spotMarginPx);
  let peak = 0;
  // The rows of the outline itself, also where the picture ends within the margin.
  for (let y = Math.max(0, from); y < Math.min(image.heightPx, to); y++) {
    for (let x = left; x < right; x++) peak = Math.max(peak, image.luma[y * image.widthPx + x] ?? 0);
  }
  const contrast = Math.max(1, peak - background);
  const edge = background + DETECTOR.spotEdgeFraction * contrast;
  const moments = new Moments();
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < right; x++) {
      const above = (image.luma[y * image.widthPx + x] ?? 0) - edge;
      if (above > 0) moments.add(x + 0.5, y + 0.5, above);
    }
  }
  if (moments.weight === 0) return { ...outline, contrast };
  return { ...moments.shape(1), contrast };
}
