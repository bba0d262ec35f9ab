/** Effects of optics and microbolometer: blur, temporal noise, and a drifting fixed pattern. */
import { seededRng } from "../../src/core/rng.js";
import { hash32 } from "../world/noise.js";

const NOISE_COUNT = 1 << 17;
/** Interval for recalculating the fixed pattern, seconds. */
const PATTERN_EVERY_S = 1;
/** Time over which the pattern changes into another, seconds. */
const PATTERN_PERIOD_S = 240;

/** Centre weight of a three-tap blur: about a Gaussian of 0.72 pixel. */
const BLUR_MIDDLE = 0.54;
const BLUR_SIDE = (1 - BLUR_MIDDLE) / 2;

type Sensor = {
  /** Adds blur and noise to `temperaturesC` in place. `frameKey` selects the noise of this frame. */
  readonly expose: (temperaturesC: Float32Array, worldS: number, frameKey: number) => void;
};

type SensorOptions = {
  readonly widthPx: number;
  readonly heightPx: number;
  /** Noise-equivalent temperature difference, one sigma, kelvin. */
  readonly netdK: number;
};

/** Offsets per pixel, column and row that remain after a shutter calibration. */
function makePattern({ widthPx, heightPx, netdK }: SensorOptions, key: number): Float32Array {
  const rng = seededRng(key);
  const columns = Float32Array.from({ length: widthPx }, () => 0.5 * netdK * rng.normal());
  const rows = Float32Array.from({ length: heightPx }, () => 0.3 * netdK * rng.normal());
  const pattern = new Float32Array(widthPx * heightPx);
  for (let i = 0; i < pattern.length; i++) {
    pattern[i] = (columns[i % widthPx] ?? 0) + (rows[Math.floor(i / widthPx)] ?? 0) + 0.6 * netdK * rng.normal();
  }
  return pattern;
}

/** At the picture's edges a pixel replaces its missing neighbour. */
function blurRows(image: Float32Array, width: number, out: Float32Array): void {
  for (let row = 0; row < image.length; row += width) {
    const last = row + width - 1;
    let before = image[row] ?? 0;
    let here = before;
    for (let i = row; i < last; i++) {
      const after = image[i + 1] ?? 0;
      out[i] = BLUR_MIDDLE * here + BLUR_SIDE * (before + after);
      before = here;
      here = after;
    }
    out[last] = BLUR_MIDDLE * here + BLUR_SIDE * (before + here);
  }
}

export function openSensor(options: SensorOptions, seed: number): Sensor {
  const { widthPx, heightPx, netdK } = options;
  const key = hash32(seed ^ 0x5e45);
  const rng = seededRng(key);
  const noise = Float32Array.from({ length: NOISE_COUNT }, () => netdK * rng.normal());
  const first = makePattern(options, key + 1);
  const second = makePattern(options, key + 2);
  const pattern = new Float32Array(widthPx * heightPx);
  const scratch = new Float32Array(widthPx * heightPx);
  let patternStep: number | undefined;

  const driftPattern = (worldS: number) => {
    const step = Math.floor(worldS / PATTERN_EVERY_S);
    if (step === patternStep) return;
    patternStep = step;
    const turn = (2 * Math.PI * step * PATTERN_EVERY_S) / PATTERN_PERIOD_S;
    const a = Math.cos(turn);
    const b = Math.sin(turn);
    for (let i = 0; i < pattern.length; i++) pattern[i] = a * (first[i] ?? 0) + b * (second[i] ?? 0);
  };

  return {
    expose: (temperaturesC, worldS, frameKey) => {
      blurRows(temperaturesC, widthPx, scratch);
      driftPattern(worldS);
      // Each row uses a different part of the noise table, so no two frames have the same noise.
      const noiseFrom = (y: number): number =>
        hash32(Math.imul(frameKey, 0x9e3779b1) ^ y ^ key) % (NOISE_COUNT - widthPx);
      for (let y = 0; y < heightPx; y++) {
        const from = noiseFrom(y);
        const row = y * widthPx;
        const above = Math.max(0, row - widthPx);
        const below = Math.min((heightPx - 1) * widthPx, row + widthPx);
        for (let x = 0; x < widthPx; x++) {
          const sides = (scratch[above + x] ?? 0) + (scratch[below + x] ?? 0);
          // Rounded as a picture of its own would be: reading and writing the picture once more for that takes as long again.
          const blurredC = Math.fround(BLUR_MIDDLE * (scratch[row + x] ?? 0) + BLUR_SIDE * sides);
          temperaturesC[row + x] = blurredC + (noise[from + x] ?? 0) + (pattern[row + x] ?? 0);
        }
      }
    },
  };
}
