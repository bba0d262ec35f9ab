/**
 * Converts the output of a thermal core (14-bit counts, centikelvin, degrees) to the grey levels the detector is tuned for. 8-bit
 * pictures already went through the camera's gain and are not changed.
 */
import { medianOf } from "../core/median.js";
import type { GreyImage } from "./detection.js";

type Samples = Uint8Array | Uint16Array | Float32Array;

/**
 * Fraction of the picture at either end that is ignored for the range: dead pixels (a dead row and a dead column are 0.35 % of
 * 640x512), the sun, an engine. Such samples are clipped to the end of the range.
 */
const TAIL_FRACTION = 0.005;
/** The scene fills this much of the range, which leaves room for objects warmer or colder than it. */
const SCENE_LEVELS = 230;
const MID_LEVEL = 127.5;
/**
 * Maximum noise of a pixel after stretching: as much as a camera's own gain leaves in a calm scene. A flat sea thus stays flat,
 * while a person 5 K warmer still gets 300 levels at a core's noise of 0.05 K.
 */
const NOISE_LEVELS_MAX = 3;
/** Quantisation noise of an integer: 1/√12. */
const QUANTISATION_NOISE = 0.289;
/** A span beyond that of any scene in counts or centikelvin (327 K): the picture was already stretched for display. */
const SCREEN_SPAN = 32_768;
/** Maximum number of samples used for the statistics: pictures up to 640x400 are used whole. */
const LOOKED_AT_MAX = 262_144;

export function greyFromSamples(widthPx: number, heightPx: number, samples: Samples): GreyImage {
  if (samples instanceof Uint8Array) return { widthPx, heightPx, luma: samples };
  const { middle, span, median, noise } = statisticsOf(samples, widthPx);
  const luma = new Uint8Array(samples.length);
  const isForScreen = samples instanceof Uint16Array && span > SCREEN_SPAN;
  const gain = Math.min(SCENE_LEVELS / span, NOISE_LEVELS_MAX / noise);
  // A uniform picture has zero span and noise: it becomes one grey level.
  const levelsPerUnit = Number.isFinite(gain) ? gain : 0;
  for (let i = 0; i < samples.length; i++) {
    const sample = samples[i] ?? 0;
    // Not a number: treated as the median, neither warm nor cold.
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

/** Difference of neighbours: mostly noise, √2 times that of one pixel. 1.4826 scales a median deviation to one sigma. */
function noiseOf(differences: readonly number[]): number {
  return (1.4826 * (medianOf(differences) ?? 0)) / Math.SQRT2;
}
