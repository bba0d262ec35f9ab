/**
 * What a thermal core measured (counts of 14 bits, centikelvin, degrees) as the grey levels that the detector is made for.
 * Pictures of 8 bits are levels already: the camera's own gain made them, and they stay as they are.
 */
import { medianOf } from "../core/median.js";
import type { GreyImage } from "./detection.js";

type Samples = Uint8Array | Uint16Array | Float32Array;

/**
 * The share of the picture, at either end, that does not set the range: dead pixels (a dead row and a dead column are 0.35 %
 * of 640x512), the sun, an engine. Such samples take the end of the range.
 */
const TAIL_FRACTION = 0.005;
/** The scene fills this much of the range; warmer and colder things still differ from it. */
const SCENE_LEVELS = 230;
const MID_LEVEL = 127.5;
/**
 * Levels that the noise of one pixel may be stretched to: what a camera's own gain leaves in a calm scene. A flat sea stays
 * flat, and a person of 5 K on it is still 300 levels at a core's 0.05 K.
 */
const NOISE_LEVELS_MAX = 3;
/** A whole number is wrong by this much by itself: one over the root of twelve. */
const QUANTISATION_NOISE = 0.289;
/** More of the 16 bits than any scene has in counts or centikelvin (327 K): made for a screen already. */
const SCREEN_SPAN = 32_768;
/** Samples looked at for the statistics: every picture up to 640x400 whole. */
const LOOKED_AT_MAX = 262_144;

export function greyFromSamples(widthPx: number, heightPx: number, samples: Samples): GreyImage {
  if (samples instanceof Uint8Array) return { widthPx, heightPx, luma: samples };
  const { middle, span, median, noise } = statisticsOf(samples, widthPx);
  const luma = new Uint8Array(samples.length);
  const isForScreen = samples instanceof Uint16Array && span > SCREEN_SPAN;
  const gain = Math.min(SCENE_LEVELS / span, NOISE_LEVELS_MAX / noise);
  // A picture of one value has no span and no noise: it is one grey.
  const levelsPerUnit = Number.isFinite(gain) ? gain : 0;
  for (let i = 0; i < samples.length; i++) {
    const sample = samples[i] ?? 0;
    // No measurement: neither warm nor cold.
    const value = Number.isFinite(sample) ? sample : median;
    const level = isForScreen ? value / 257 : MID_LEVEL + (value - middle) * levelsPerUnit;
    luma[i] = Math.min(255, Math.max(0, Math.round(level)));
  }
  return { widthPx, heightPx, luma };
}

type Statistics = { readonly middle: number; readonly span: number; readonly median: number; readonly noise: number };

function statisticsOf(samples: Uint16Array | Float32Array, widthPx: number): Statistics {
  const step = Math.max(1, Math.floor(samples.length / LOOKED_AT_MAX));
  const values: number[] = [];
  const differences: number[] = [];
  for (let i = 0; i < samples.length; i += step) {
    const value = samples[i] ?? 0;
    if (!Number.isFinite(value)) continue;
    values.push(value);
    const right = samples[i + 1] ?? Number.NaN;
    if ((i + 1) % widthPx !== 0 && Number.isFinite(right)) differences.push(Math.abs(right - value));
  }
  const sorted = Float64Array.from(values).sort();
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
  const low = at(TAIL_FRACTION);
  const high = at(1 - TAIL_FRACTION);
  const isWhole = samples instanceof Uint16Array;
  const noise = Math.max(isWhole ? QUANTISATION_NOISE : 0, noiseOf(differences));
  return { middle: (low + high) / 2, span: high - low, median: at(0.5), noise };
}

/** Neighbours mostly look at the same thing: half of their differences are noise. 1.4826 makes a deviation of a median. */
function noiseOf(differences: readonly number[]): number {
  return (1.4826 * (medianOf(differences) ?? 0)) / Math.SQRT2;
}
