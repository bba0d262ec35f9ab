/** Connected areas that stand out from the background, grown from strong seeds over weaker neighbours (hysteresis). */
import type { Background } from "./background.js";
import type { Plane } from "./plane.js";
import { DETECTOR } from "./detectorNumbers.js";

export type Threshold = {
  /** Seed threshold in local sigmas. */
  readonly sigmas: number;
  /** Minimum contrast in grey levels, however low the noise. */
  readonly minContrast: number;
  /** Fraction of the seed's threshold that a neighbour must reach. */
  readonly growFraction: number;
};

/** The cells of one area, as a range of `Components.cells`. */
export type Component = {
  readonly from: number;
  readonly to: number;
  readonly isWarm: boolean;
  /** Grey levels: background and noise at the strongest cell, and that cell's contrast. */
  readonly background: number;
  readonly sigma: number;
  readonly contrast: number;
};

export type Components = {
  readonly cells: Int32Array;
  /** 0 not visited, 1 in a component. */
  readonly marks: Uint8Array;
  readonly found: Component[];
};

export const createComponents = (plane: Plane): Components => ({
  cells: new Int32Array(plane.width * plane.height),
  marks: new Uint8Array(plane.width * plane.height),
  found: [],
});

type Search = { readonly plane: Plane; readonly background: Background; readonly threshold: Threshold };

/** Fills `into.found`. With `isWarm` false it looks for areas colder than their surroundings. */
export function findComponents(search: Search, isWarm: boolean, into: Components): void {
  const { plane, background } = search;
  const { step } = background.shape;
  into.found.length = 0;
  into.marks.fill(0);
  let used = 0;
  for (let y = 0; y < plane.height; y++) {
    const grid = Math.floor(y / step) * background.width;
    for (let x = 0; x < plane.width; x++) {
      const at = y * plane.width + x;
      const excess = excessAt(search, at, grid + Math.floor(x / step), isWarm);
      if (excess < 1 || into.marks[at] !== 0) continue;
      if (into.found.length >= DETECTOR.componentsMax) return;
      const component = grow(search, isWarm, { into, seed: at, from: used });
      into.found.push(component);
      used = component.to;
    }
  }
}

/** Contrast as a multiple of the seed threshold: from 1 on the cell is a seed. */
function excessAt(search: Search, at: number, gridAt: number, isWarm: boolean): number {
  const { plane, background, threshold } = search;
  const value = (plane.data[at] ?? 0) / plane.unit;
  const contrast = isWarm ? value - (background.warm[gridAt] ?? 0) : (background.cold[gridAt] ?? 0) - value;
  const needed = Math.max(threshold.minContrast, threshold.sigmas * (background.sigma[gridAt] ?? 0));
  return contrast / needed;
}

type Growth = { readonly into: Components; readonly seed: number; readonly from: number };

function grow(search: Search, isWarm: boolean, { into, seed, from }: Growth): Component {
  const { plane, background, threshold } = search;
  const { step } = background.shape;
  const { cells, marks } = into;
  let to = from;
  let bestExcess = -1;
  let best = { background: 0, sigma: 0, contrast: 0 };
  cells[to++] = seed;
  marks[seed] = 1;
  for (let next = from; next < to; next++) {
    const at = cells[next] ?? 0;
    const y = Math.floor(at / plane.width);
    const x = at - y * plane.width;
    const gridAt = Math.floor(y / step) * background.width + Math.floor(x / step);
    const excess = excessAt(search, at, gridAt, isWarm);
    if (excess > bestExcess) {
      bestExcess = excess;
      const level = (isWarm ? background.warm[gridAt] : background.cold[gridAt]) ?? 0;
      best = {
        background: level,
        sigma: background.sigma[gridAt] ?? 0,
        contrast: Math.abs((plane.data[at] ?? 0) / plane.unit - level),
      };
    }
    for (let ny = Math.max(0, y - 1); ny <= Math.min(plane.height - 1, y + 1); ny++) {
      for (let nx = Math.max(0, x - 1); nx <= Math.min(plane.width - 1, x + 1); nx++) {
        const neighbour = ny * plane.width + nx;
        if (marks[neighbour] !== 0) continue;
        const neighbourGrid = Math.floor(ny / step) * background.width + Math.floor(nx / step);
        if (excessAt(search, neighbour, neighbourGrid, isWarm) < threshold.growFraction) continue;
        marks[neighbour] = 1;
        cells[to++] = neighbour;
      }
    }
  }
  return { from, to, isWarm, ...best };
}
