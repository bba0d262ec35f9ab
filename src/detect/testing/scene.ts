/** Synthetic thermal pictures for tests: noise, a background that may have an edge, and warm or cold rectangles and discs. */
import { seededRng } from "../../core/rng.js";
import type { GreyImage } from "../detection.js";

export type Thing = {
  readonly x: number;
  readonly y: number;
  /** Half axes in pixels. */
  readonly halfLength: number;
  readonly halfWidth: number;
  readonly angleRad?: number;
  readonly level: number;
  readonly isRound?: boolean;
};

export type Scene = {
  readonly seed: number;
  readonly noise?: number;
  /** Grey level of the ground at a pixel. */
  readonly ground?: (x: number, y: number) => number;
  readonly things?: readonly Thing[];
  readonly widthPx?: number;
  readonly heightPx?: number;
};

export function drawScene(scene: Scene): GreyImage {
  const { widthPx = 640, heightPx = 512, noise = 2, things = [], ground = () => 60 } = scene;
  const rng = seededRng(scene.seed);
  const luma = new Uint8Array(widthPx * heightPx);
  for (let y = 0; y < heightPx; y++) {
    for (let x = 0; x < widthPx; x++) {
      let level = ground(x, y);
      for (const thing of things) level += coverOf(thing, x + 0.5, y + 0.5) * thing.level;
      luma[y * widthPx + x] = Math.max(0, Math.min(255, level + noise * rng.normal()));
    }
  }
  return { widthPx, heightPx, luma };
}

/** 1 inside, 0 outside, a soft edge a pixel wide. */
function coverOf(
  { x, y, halfLength, halfWidth, angleRad = 0, isRound = false }: Thing,
  px: number,
  py: number,
): number {
  const along = (px - x) * Math.cos(angleRad) + (py - y) * Math.sin(angleRad);
  const across = (py - y) * Math.cos(angleRad) - (px - x) * Math.sin(angleRad);
  const outside = isRound
    ? (Math.hypot(along / halfLength, across / halfWidth) - 1) * Math.min(halfLength, halfWidth)
    : Math.max(Math.abs(along) - halfLength, Math.abs(across) - halfWidth);
  return Math.min(1, Math.max(0, 0.5 - outside));
}
