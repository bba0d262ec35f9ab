/** Synthetic thermal pictures for tests: noise, a background that may have an edge, and warm or cold rectangles and discs. */
import { seededRng } from "../../core/rng.js";
import type { GreyImage } from "../detection.js";

export type Thing = {
  readonly x: number;
  readonly y: number;
  /** Semi-axes in pixels. */
  readonly halfLength: number;
  readonly halfWidth: number;
  readonly angleRad?: number;
  readonly level: number;
  readonly isRound?: boolean;
};

export type Scene = {
  readonly seed: number;
  readonly noise?: number;
  /** Grey level of the ground at a pixel; everywhere `GROUND_LEVEL` when absent. */
  readonly ground?: (x: number, y: number) => number;
  readonly things?: readonly Thing[];
  readonly widthPx?: number;
  readonly heightPx?: number;
};

const GROUND_LEVEL = 60;

/** Drawn once, as tests draw thousands of pictures: each row of each picture begins at another place in it. */
const NOISE = noiseTable(1 << 19);

function noiseTable(count: number): Float32Array {
  const rng = seededRng(1);
  return Float32Array.from({ length: count }, rng.normal);
}

export function drawScene(scene: Scene): GreyImage {
  const { widthPx = 640, heightPx = 512, noise = 2, things = [], ground } = scene;
  const levels = new Float32Array(widthPx * heightPx).fill(GROUND_LEVEL);
  if (ground) fillRows(levels, widthPx, ground);
  for (const thing of things) addThing({ levels, widthPx, heightPx }, thing);
  const rng = seededRng(scene.seed);
  const luma = new Uint8Array(widthPx * heightPx);
  for (let row = 0; row < luma.length; row += widthPx) {
    const from = Math.floor(rng.uniform() * (NOISE.length - widthPx));
    for (let x = 0; x < widthPx; x++) {
      luma[row + x] = Math.max(0, Math.min(255, (levels[row + x] ?? 0) + noise * (NOISE[from + x] ?? 0)));
    }
  }
  return { widthPx, heightPx, luma };
}

function fillRows(levels: Float32Array, widthPx: number, ground: NonNullable<Scene["ground"]>): void {
  for (let i = 0; i < levels.length; i++) levels[i] = ground(i % widthPx, Math.floor(i / widthPx));
}

type Canvas = { readonly levels: Float32Array; readonly widthPx: number; readonly heightPx: number };

/** Visits only the pixels the object can cover, because tests draw thousands of pictures. */
function addThing({ levels, widthPx, heightPx }: Canvas, thing: Thing): void {
  const { halfLength, halfWidth } = thing;
  // Reaches the corners of a rectangle, and a disc whose soft edge grows with its longer axis.
  const stretch = 1 + 0.5 / Math.min(halfLength, halfWidth);
  const reachPx = Math.hypot(halfLength + 0.5, halfWidth + 0.5) * stretch + 1;
  const [fromX, toX] = [Math.floor(thing.x - reachPx), Math.ceil(thing.x + reachPx)];
  const [fromY, toY] = [Math.floor(thing.y - reachPx), Math.ceil(thing.y + reachPx)];
  for (let y = Math.max(0, fromY); y <= Math.min(heightPx - 1, toY); y++) {
    for (let x = Math.max(0, fromX); x <= Math.min(widthPx - 1, toX); x++) {
      const at = y * widthPx + x;
      levels[at] = (levels[at] ?? 0) + coverOf(thing, x + 0.5, y + 0.5) * thing.level;
    }
  }
}

/** Coverage: 1 inside, 0 outside, with a soft edge one pixel wide. */
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
