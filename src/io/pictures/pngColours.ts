import type { PngLayout, PutPixel } from "./pngRows.js";

type Colours = {
  /** Three bytes a colour. */
  readonly palette: Uint8Array | undefined;
  /** The chunk tRNS (https://www.w3.org/TR/png-3/#11tRNS). */
  readonly opacities: Uint8Array | undefined;
};

/** Writes red, green, blue and opacity of each pixel. Of 16 bits a sample, the high bytes are the levels. */
export function colourWriter(layout: PngLayout, { palette, opacities }: Colours, to: Uint8Array): PutPixel {
  const { depth, perPixel } = layout;
  // A layout has greys where its colour type is that of palettes; other types may carry a palette as a suggestion.
  if (layout.greys && palette) return paletteWriter(depth, palette, opacities, to);
  if (perPixel < 3) return greyWriter(layout, opacities, to);
  const sampleBytes = depth / 8;
  const isClear = clearTest(opacities, 3, sampleBytes);
  return (row, x, pixel) => {
    const from = 1 + x * perPixel * sampleBytes;
    const at = pixel * 4;
    to[at] = row[from] ?? 0;
    to[at + 1] = row[from + sampleBytes] ?? 0;
    to[at + 2] = row[from + 2 * sampleBytes] ?? 0;
    to[at + 3] = perPixel === 4 ? (row[from + 3 * sampleBytes] ?? 0) : isClear(row, from) ? 0 : 255;
  };
}

/** Sample `x` of a row of samples of less than a byte, or of one. */
const sampleAt = (row: Uint8Array, x: number, depth: number): number => {
  if (depth === 8) return row[1 + x] ?? 0;
  const perByte = 8 / depth;
  return ((row[1 + Math.floor(x / perByte)] ?? 0) >> (8 - depth - (x % perByte) * depth)) & ((1 << depth) - 1);
};

const paletteWriter =
  (depth: number, palette: Uint8Array, opacities: Uint8Array | undefined, to: Uint8Array): PutPixel =>
  (row, x, pixel) => {
    const index = sampleAt(row, x, depth);
    const at = pixel * 4;
    to[at] = palette[3 * index] ?? 0;
    to[at + 1] = palette[3 * index + 1] ?? 0;
    to[at + 2] = palette[3 * index + 2] ?? 0;
    to[at + 3] = opacities?.[index] ?? 255;
  };

function greyWriter({ depth, perPixel }: PngLayout, opacities: Uint8Array | undefined, to: Uint8Array): PutPixel {
  const put = (pixel: number, grey: number, opacity: number): void => {
    to.fill(grey, pixel * 4, pixel * 4 + 3);
    to[pixel * 4 + 3] = opacity;
  };
  if (depth < 8 || (depth === 8 && perPixel === 1)) {
    const top = (1 << depth) - 1;
    const clear = opacities && opacities.byteLength >= 2 ? opacities[1] : undefined;
    return (row, x, pixel) => {
      const sample = sampleAt(row, x, depth);
      put(pixel, (sample * 255) / top, sample === clear ? 0 : 255);
    };
  }
  const sampleBytes = depth / 8;
  const isClear = clearTest(opacities, 1, sampleBytes);
  return (row, x, pixel) => {
    const from = 1 + x * perPixel * sampleBytes;
    put(pixel, row[from] ?? 0, perPixel === 2 ? (row[from + sampleBytes] ?? 0) : isClear(row, from) ? 0 : 255);
  };
}

/** Whether the samples at a place in a row are those of the one colour that is clear; tRNS has 16 bits for each. */
function clearTest(opacities: Uint8Array | undefined, count: number, sampleBytes: number) {
  if (!opacities || opacities.byteLength < 2 * count) return () => false;
  const wanted = Array.from({ length: count * sampleBytes }, (_, i) => {
    const sample = Math.floor(i / sampleBytes);
    return opacities[2 * sample + (sampleBytes === 2 ? i % 2 : 1)] ?? 0;
  });
  return (row: Uint8Array, from: number): boolean => wanted.every((byte, i) => row[from + i] === byte);
}
