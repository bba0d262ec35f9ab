/**
 * Temperatures of ground, sea and surf for one frame. Rays are computed exactly at every eighth pixel; position, distance from the
 * waterline and the sea's slow pattern are interpolated linearly between (error below a centimetre), so that a pixel costs a few
 * additions and one lookup in the precomputed raster. Where ground rises in front of other ground, every pixel has its ray.
 */
import { seededRng } from "../../src/core/rng.js";
import type { Scenario } from "../scenario.js";
import type { Ground } from "../world/ground.js";
import { fractalNoise, hash32 } from "../world/noise.js";
import { landSurfaceOf, seaPatternK } from "../world/surface.js";
import { bakeRaster, isOnRaster, type GroundRaster } from "./groundRaster.js";
import { type Cast, type CastEnd, castRay, hasEdge } from "./groundCast.js";
import type { View } from "./projection.js";

const BLOCK_PX = 8;
/** Apparent temperature of a clear night sky near the horizon. */
const SKY_C = -12;

const FINE = { cellM: 0.25, cells: 1600 };
const COARSE = { cellM: 2.5, cells: 800 };

// Fine texture fixed to the ground.
const GRAIN_CELLS = 512;
const GRAIN_MASK = GRAIN_CELLS - 1;
const GRAIN_PER_M = 1 / 0.12;

/** Extent of the surf up to the highest reach of the swash, metres inland (negative: at sea). */
const SURF_FROM_M = -42;
const SURF_TO_M = 7;

// Layout of one span of eight pixels: for each quantity the value at its left end and the step per pixel.
const E = 0;
const N = 1;
const INLAND = 2;
const SEA = 3;
const WOBBLE = 4;
const VIGOUR = 5;
const QUANTITIES = 6;

type GroundLayer = {
  /** Fills `out` (°C, row by row from the top left). */
  readonly draw: (view: View, worldS: number, out: Float32Array) => void;
};

type Layer = {
  readonly ground: Ground;
  readonly seaC: number;
  readonly homeAmslM: number;
  readonly key: number;
  readonly fine: GroundRaster;
  readonly coarse: GroundRaster;
  readonly grain: Float32Array;
  readonly nodes: Float64Array;
  /** Height of the ground at each node, and whether the block at whose top left it is has an edge in it. */
  readonly heightsAmslM: Float64Array;
  readonly broken: Uint8Array;
  readonly sky: Uint8Array;
  readonly span: Float64Array;
  readonly step: Float64Array;
  /** A span of which only the first pixel is used. */
  readonly single: Float32Array;
};

export function openGroundLayer(scenario: Scenario, ground: Ground, seed: number): GroundLayer {
  const key = hash32(seed ^ 0x6e0d);
  const surface = landSurfaceOf(scenario, ground, seed);
  const middle = middleOf(scenario);
  const columns = scenario.camera.widthPx / BLOCK_PX + 1;
  const rows = scenario.camera.heightPx / BLOCK_PX + 1;
  const layer: Layer = {
    ground,
    seaC: scenario.temperatures.seaC,
    homeAmslM: scenario.home.altitudeAmslM,
    key,
    fine: bakeRaster(surface, { ...middle, ...FINE }),
    coarse: bakeRaster(surface, { ...middle, ...COARSE }),
    grain: makeGrain(key),
    nodes: new Float64Array(Math.ceil(columns) * Math.ceil(rows) * QUANTITIES),
    heightsAmslM: new Float64Array(Math.ceil(columns) * Math.ceil(rows)),
    broken: new Uint8Array(Math.ceil(columns) * Math.ceil(rows)),
    sky: new Uint8Array(Math.ceil(columns) * Math.ceil(rows)),
    span: new Float64Array(QUANTITIES),
    step: new Float64Array(QUANTITIES),
    single: new Float32Array(BLOCK_PX),
  };
  return {
    draw: (view, worldS, out) => {
      castNodes(layer, view, worldS);
      if (ground.relief) findEdges(layer, view);
      drawSpans(layer, view, worldS, out);
    },
  };
}

function middleOf(scenario: Scenario): { readonly eastM: number; readonly northM: number } {
  const grounded = scenario.actors.filter((actor) => actor.kind !== "gull");
  const easts = grounded.map((actor) => actor.at.eastM);
  const norths = grounded.map((actor) => actor.at.northM);
  if (easts.length === 0) return { eastM: 0, northM: 0 };
  return {
    eastM: (Math.min(...easts) + Math.max(...easts)) / 2,
    northM: (Math.min(...norths) + Math.max(...norths)) / 2,
  };
}

/** Slightly smoothed white noise (trodden sand, grass, ripples). Standard deviation about 1. */
function makeGrain(key: number): Float32Array {
  const rng = seededRng(key);
  const white = Float32Array.from({ length: GRAIN_CELLS * GRAIN_CELLS }, () => rng.normal());
  return white.map((value, i) => {
    const row = i & ~GRAIN_MASK;
    const right = white[row | ((i + 1) & GRAIN_MASK)] ?? 0;
    const up = white[(i + GRAIN_CELLS) & (white.length - 1)] ?? 0;
    return (value + 0.6 * right + 0.6 * up) / 1.3;
  });
}

function castNodes(layer: Layer, view: View, worldS: number): void {
  const { nodes, sky, heightsAmslM } = layer;
  const columns = view.widthPx / BLOCK_PX + 1;
  const rows = view.heightPx / BLOCK_PX + 1;
  for (let j = 0; j < rows; j++) {
    for (let i = 0; i < columns; i++) {
      const node = j * columns + i;
      const hit = castRay(layer, view, i * BLOCK_PX + 0.5, j * BLOCK_PX + 0.5);
      sky[node] = hit.isSky ? 1 : 0;
      heightsAmslM[node] = hit.upM;
      fill(layer, hit, worldS, nodes.subarray(node * QUANTITIES, (node + 1) * QUANTITIES));
    }
  }
}

/** Marks the blocks in which ground is in front of other ground, or of the sky. */
function findEdges(layer: Layer, view: View): void {
  const columns = view.widthPx / BLOCK_PX + 1;
  const rows = view.heightPx / BLOCK_PX + 1;
  for (let j = 0; j + 1 < rows; j++) {
    for (let i = 0; i + 1 < columns; i++) {
      const node = j * columns + i;
      const corners = [node, node + 1, node + columns, node + columns + 1].map((corner) => cornerOf(layer, corner));
      const middle = (): Cast => castRay(layer, view, (i + 0.5) * BLOCK_PX + 0.5, (j + 0.5) * BLOCK_PX + 0.5);
      layer.broken[node] = hasEdge(corners, middle) ? 1 : 0;
    }
  }
}

function cornerOf({ nodes, heightsAmslM, sky }: Layer, node: number): CastEnd {
  const valueAt = (quantity: number): number => nodes[node * QUANTITIES + quantity] ?? 0;
  return { eastM: valueAt(E), northM: valueAt(N), upM: heightsAmslM[node] ?? 0, isSky: sky[node] === 1 };
}

function fill(layer: Layer, { eastM, northM, inlandM, upSine }: Cast, worldS: number, out: Float64Array): void {
  const { key, seaC } = layer;
  out[E] = eastM;
  out[N] = northM;
  out[INLAND] = inlandM;
  if (inlandM > SURF_TO_M + 20) return;
  // At a grazing angle water reflects the cold sky.
  const slant = 1 + upSine;
  out[SEA] = seaC + seaPatternK(eastM, northM, worldS, key) - 9 * slant ** 4;
  out[WOBBLE] = fractalNoise(eastM / 34, northM / 34 + worldS / 40, 2, key + 21);
  out[VIGOUR] = Math.max(0.1, 0.75 + 1.6 * fractalNoise(eastM / 8, northM / 8 - worldS / 6, 2, key + 22));
}

function drawSpans(layer: Layer, view: View, worldS: number, out: Float32Array): void {
  const { sky, broken, single } = layer;
  const columns = view.widthPx / BLOCK_PX + 1;
  for (let y = 0; y < view.heightPx; y++) {
    const fraction = (y % BLOCK_PX) / BLOCK_PX;
    const topRow = Math.floor(y / BLOCK_PX) * columns;
    for (let i = 0; i + 1 < columns; i++) {
      const at = y * view.widthPx + i * BLOCK_PX;
      const node = topRow + i;
      if (broken[node]) {
        for (let k = 0; k < BLOCK_PX; k++) {
          drawSingle(layer, castRay(layer, view, i * BLOCK_PX + k + 0.5, y + 0.5), worldS);
          out[at + k] = single[0] ?? 0;
        }
      } else if (sky[node] && sky[node + 1]) out.fill(SKY_C, at, at + BLOCK_PX);
      else drawSpan(layer, worldS, { out, at, node, columns, fraction });
    }
  }
}

/** Draws into `single`. */
function drawSingle(layer: Layer, hit: Cast, worldS: number): void {
  if (hit.isSky) {
    layer.single[0] = SKY_C;
    return;
  }
  layer.step.fill(0);
  fill(layer, hit, worldS, layer.span);
  if (hit.inlandM > SURF_TO_M) landSpan(layer, layer.single, 0);
  else if (hit.inlandM < SURF_FROM_M) seaSpan(layer, worldS, layer.single, 0);
  else {
    landSpan(layer, layer.single, 0);
    surfSpan(layer, worldS, layer.single, 0);
  }
}

type SpanPlace = {
  readonly out: Float32Array;
  readonly at: number;
  /** The node at the top left of the span's block. */
  readonly node: number;
  /** Nodes in a row. */
  readonly columns: number;
  /** How far down in its block the span lies, 0 to 1. */
  readonly fraction: number;
};

/** Land needs only the quantities before SEA and the open sea only those before WOBBLE: the others are not interpolated there. */
function drawSpan(layer: Layer, worldS: number, place: SpanPlace): void {
  const { out, at } = place;
  interpolate(layer, place, 0, SEA);
  const left = layer.span[INLAND] ?? 0;
  const right = left + BLOCK_PX * (layer.step[INLAND] ?? 0);
  if (Math.min(left, right) > SURF_TO_M) {
    landSpan(layer, out, at);
  } else if (Math.max(left, right) < SURF_FROM_M) {
    interpolate(layer, place, SEA, WOBBLE);
    seaSpan(layer, worldS, out, at);
  } else {
    interpolate(layer, place, SEA, QUANTITIES);
    landSpan(layer, out, at);
    surfSpan(layer, worldS, out, at);
  }
}

/** Sets `span` and `step` for the quantities from one to before another. */
function interpolate({ nodes, span, step }: Layer, place: SpanPlace, fromQuantity: number, toQuantity: number): void {
  const { columns, fraction } = place;
  const top = place.node * QUANTITIES;
  const bottom = top + columns * QUANTITIES;
  for (let q = fromQuantity; q < toQuantity; q++) {
    const topLeft = nodes[top + q] ?? 0;
    const topRight = nodes[top + QUANTITIES + q] ?? 0;
    const left = topLeft + ((nodes[bottom + q] ?? 0) - topLeft) * fraction;
    const right = topRight + ((nodes[bottom + QUANTITIES + q] ?? 0) - topRight) * fraction;
    span[q] = left;
    step[q] = (right - left) / BLOCK_PX;
  }
}

function rasterFor(layer: Layer): GroundRaster {
  const { span, step, fine } = layer;
  const eastM = span[E] ?? 0;
  const northM = span[N] ?? 0;
  const isFine =
    isOnRaster(fine, eastM, northM) &&
    isOnRaster(fine, eastM + BLOCK_PX * (step[E] ?? 0), northM + BLOCK_PX * (step[N] ?? 0));
  return isFine ? fine : layer.coarse;
}

/** Bilinear interpolation in the ground raster; `gx`, `gy` in cells from its first. */
function rasterC(raster: GroundRaster, gx: number, gy: number): number {
  const { temperaturesC, cells } = raster;
  const ix = gx | 0;
  const iy = gy | 0;
  const fx = gx - ix;
  const c = iy * cells + ix;
  const a = temperaturesC[c] ?? 0;
  const b = temperaturesC[c + cells] ?? 0;
  const south = a + ((temperaturesC[c + 1] ?? 0) - a) * fx;
  const north = b + ((temperaturesC[c + cells + 1] ?? 0) - b) * fx;
  return south + (north - south) * (gy - iy);
}

/** One cell of the texture, which repeats in both directions. */
function grainAt(grain: Float32Array, gx: number, gy: number): number {
  return grain[((gy & GRAIN_MASK) * GRAIN_CELLS) | (gx & GRAIN_MASK)] ?? 0;
}

const valueOf = (values: Float64Array, quantity: number): number => values[quantity] ?? 0;

const clamp = (value: number, low: number, high: number): number => (value < low ? low : value > high ? high : value);

function landSpan(layer: Layer, out: Float32Array, at: number): void {
  const { span, step, grain } = layer;
  const raster = rasterFor(layer);
  const inlandM = span[INLAND] ?? 0;
  const grainK = inlandM < 22 ? 0.07 : 0.15;
  const perM = 1 / raster.cellM;
  const limit = raster.cells - 1.01;
  let eastM = span[E] ?? 0;
  let northM = span[N] ?? 0;
  const stepE = step[E] ?? 0;
  const stepN = step[N] ?? 0;
  for (let k = 0; k < BLOCK_PX; k++) {
    const gx = clamp((eastM - raster.westM) * perM - 0.5, 0, limit);
    const gy = clamp((northM - raster.southM) * perM - 0.5, 0, limit);
    out[at + k] = rasterC(raster, gx, gy) + grainK * grainAt(grain, eastM * GRAIN_PER_M, northM * GRAIN_PER_M);
    eastM += stepE;
    northM += stepN;
  }
}

/** Small waves: two texture layers moving against each other. */
function rippleK(grain: Float32Array, eastM: number, northM: number, worldS: number): number {
  const scale = GRAIN_PER_M / 3.2;
  const one = grainAt(grain, (eastM - 0.9 * worldS) * scale, northM * scale * 0.55);
  const other = grainAt(grain, (eastM * 0.7 + 37) * scale, (northM + 0.7 * worldS) * scale * 0.8);
  return 0.07 * (one + other);
}

function seaSpan(layer: Layer, worldS: number, out: Float32Array, at: number): void {
  const { span, step, grain } = layer;
  let eastM = span[E] ?? 0;
  let northM = span[N] ?? 0;
  let seaC = span[SEA] ?? 0;
  for (let k = 0; k < BLOCK_PX; k++) {
    out[at + k] = seaC + rippleK(grain, eastM, northM, worldS);
    eastM += step[E] ?? 0;
    northM += step[N] ?? 0;
    seaC += step[SEA] ?? 0;
  }
}

/**
 * Breaking waves: a warm front, where the sea's cool skin is torn, followed by cooler foam. `vigour` is how strongly waves break at
 * this place along the shore.
 */
function breakersK(inlandM: number, wobble: number, vigour: number, worldS: number): number {
  const phase = (inlandM - 1.6 * worldS) / 12 + 0.9 * wobble;
  const behind = 1 - (phase - Math.floor(phase));
  const front = behind < 0.14 ? 1 - behind / 0.14 : 0;
  const foam = behind > 0.08 && behind < 0.5 ? (0.5 - behind) / 0.42 : 0;
  return vigour * (0.5 * front - 0.5 * foam);
}

/** Draws the surf, and the swash running up and down the sand, over what `landSpan` has drawn. */
function surfSpan(layer: Layer, worldS: number, out: Float32Array, at: number): void {
  const { span, step, grain } = layer;
  const stepE = valueOf(step, E);
  const stepN = valueOf(step, N);
  const stepInlandM = valueOf(step, INLAND);
  const stepSeaC = valueOf(step, SEA);
  let eastM = valueOf(span, E);
  let northM = valueOf(span, N);
  let inlandM = valueOf(span, INLAND);
  let seaC = valueOf(span, SEA);
  const wobble = valueOf(span, WOBBLE);
  const vigour = valueOf(span, VIGOUR);
  const runUpM = 1.3 * swash(worldS / 7.3 + wobble) + 1.6 * wobble;
  for (let k = 0; k < BLOCK_PX; k++) {
    const water = clamp((runUpM - inlandM) / 1.2 + 0.5, 0, 1);
    if (water > 0) {
      const grown = clamp((inlandM - SURF_FROM_M) / 25, 0, 1);
      // Clamped, so that a bright speck in a wave does not look like a swimmer.
      const texture = clamp(1 + 0.5 * grainAt(grain, eastM * 2.3, northM * 2.3), 0.3, 1.7);
      const edgeK = water < 1 ? 0.3 * vigour : 0;
      const brokenK = (grown * breakersK(inlandM, wobble, vigour, worldS) + edgeK) * texture;
      const waterC = seaC + brokenK + rippleK(grain, eastM, northM, worldS);
      const sandC = out[at + k] ?? 0;
      out[at + k] = sandC + water * (waterC - sandC);
    }
    eastM += stepE;
    northM += stepN;
    inlandM += stepInlandM;
    seaC += stepSeaC;
  }
}

/** How far up the sand the water stands, -1 to 1, period 1: rises fast, falls slowly. */
function swash(turns: number): number {
  const t = turns - Math.floor(turns);
  return t < 0.35 ? (t / 0.35) * 2 - 1 : 1 - ((t - 0.35) / 0.65) * 2;
}
