/** Tells whether a large area is isolated, or part of something that continues (a road, a bank of wet sand, a wave). */
import type { Component, Components } from "./components.js";
import type { Plane } from "./plane.js";
import type { Shape } from "./shape.js";
import { DETECTOR } from "./detectorNumbers.js";

type Isolation = {
  readonly isIsland: boolean;
  /** Mean of the area minus the median of its surroundings, grey levels; sign reversed for cold areas, so positive there too. */
  readonly contrast: number;
};

// Work buffer.
const around = new Float64Array(DETECTOR.ringPlaces);

type Ring = { readonly shape: Shape; readonly marginPx: number; readonly warmPlacesMax: number };

/** `marginPx`: distance outside the outline at which the surroundings are sampled. */
export function isolationOf(component: Component, components: Components, plane: Plane, ring: Ring): Isolation {
  const sign = component.isWarm ? 1 : -1;
  const own = meanOf(component, components, plane) * sign;
  const count = sampleRing(plane, ring, sign);
  if (count < DETECTOR.ringPlaces / 2) return { isIsland: false, contrast: 0 };
  const sorted = around.subarray(0, count).sort();
  const contrast = own - (sorted[count >> 1] ?? 0);
  const warmestAllowed = sorted[count - 1 - Math.floor((ring.warmPlacesMax * count) / DETECTOR.ringPlaces)] ?? 0;
  return { isIsland: warmestAllowed < own - contrast / 2, contrast };
}

function meanOf(component: Component, components: Components, plane: Plane): number {
  let sum = 0;
  for (let i = component.from; i < component.to; i++) sum += plane.data[components.cells[i] ?? 0] ?? 0;
  return sum / (component.to - component.from) / plane.unit;
}

/** Fills the work buffer with levels around the shape; returns how many of the sample places lie in the picture. */
function sampleRing(plane: Plane, { shape, marginPx }: Ring, sign: number): number {
  let count = 0;
  const halfMajor = shape.majorPx / 2 + marginPx;
  const halfMinor = shape.minorPx / 2 + marginPx;
  const cos = Math.cos(shape.angleRad);
  const sin = Math.sin(shape.angleRad);
  for (let i = 0; i < DETECTOR.ringPlaces; i++) {
    // The ring is a superellipse (rounded rectangle): about the same distance from a hull's corners as from its sides.
    const c = Math.cos((2 * Math.PI * (i + 0.5)) / DETECTOR.ringPlaces);
    const s = Math.sin((2 * Math.PI * (i + 0.5)) / DETECTOR.ringPlaces);
    const along = halfMajor * Math.sign(c) * Math.sqrt(Math.abs(c));
    const across = halfMinor * Math.sign(s) * Math.sqrt(Math.abs(s));
    const x = Math.floor((shape.centroidX + along * cos - across * sin) / plane.cellPx);
    const y = Math.floor((shape.centroidY + along * sin + across * cos) / plane.cellPx);
    if (x < 0 || y < 0 || x >= plane.width || y >= plane.height) continue;
    around[count++] = ((plane.data[y * plane.width + x] ?? 0) / plane.unit) * sign;
  }
  return count;
}
