/** The camera's automatic gain: maps temperatures to grey, following the scene slowly to avoid flicker. */

/** Minimum temperature span from black to white, kelvin: with less, a quiet sea would be amplified to noise. */
const SPAN_MIN_K = 11;
const BELOW_K = 2.5;
const ABOVE_K = 2;
/** Time constant of the gain, seconds. */
const FOLLOW_S = 2.5;
const LOW_FRACTION = 0.01;
const HIGH_FRACTION = 0.995;

const BIN_K = 0.1;
const BINS = 1024;
const BINS_FROM_C = -30;

type Gain = {
  /** Writes grey levels for `temperaturesC`. `afterS`: seconds since the previous frame, 0 for the first. */
  readonly apply: (temperaturesC: Float32Array, afterS: number, luma: Uint8Array) => void;
};

export function openGain(): Gain {
  const histogram = new Uint32Array(BINS);
  let blackC: number | undefined;
  let whiteC = 0;

  const measure = (temperaturesC: Float32Array): { readonly lowC: number; readonly highC: number } => {
    histogram.fill(0);
    let count = 0;
    // Every 13th pixel: coprime with the row length, so that all columns are sampled.
    for (let i = 0; i < temperaturesC.length; i += 13) {
      const bin = Math.min(BINS - 1, Math.max(0, (((temperaturesC[i] ?? 0) - BINS_FROM_C) / BIN_K) | 0));
      histogram[bin] = (histogram[bin] ?? 0) + 1;
      count++;
    }
    return { lowC: percentileC(histogram, count * LOW_FRACTION), highC: percentileC(histogram, count * HIGH_FRACTION) };
  };

  return {
    apply: (temperaturesC, afterS, luma) => {
      const { lowC, highC } = measure(temperaturesC);
      const wantedBlackC = lowC - BELOW_K;
      const wantedWhiteC = Math.max(highC + ABOVE_K, wantedBlackC + SPAN_MIN_K);
      const follow = blackC === undefined ? 1 : 1 - Math.exp(-Math.max(0, afterS) / FOLLOW_S);
      blackC = (blackC ?? wantedBlackC) + follow * (wantedBlackC - (blackC ?? wantedBlackC));
      whiteC += follow * (wantedWhiteC - whiteC);
      const scale = 255 / Math.max(SPAN_MIN_K / 2, whiteC - blackC);
      const offset = 0.5 - blackC * scale;
      for (let i = 0; i < luma.length; i++) {
        const grey = (temperaturesC[i] ?? 0) * scale + offset;
        luma[i] = grey <= 0 ? 0 : grey >= 255 ? 255 : grey;
      }
    },
  };
}

function percentileC(histogram: Uint32Array, below: number): number {
  let seen = 0;
  for (let bin = 0; bin < BINS; bin++) {
    seen += histogram[bin] ?? 0;
    if (seen > below) return BINS_FROM_C + (bin + 0.5) * BIN_K;
  }
  return BINS_FROM_C + BINS * BIN_K;
}
