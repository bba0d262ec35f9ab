import { inflateSync } from "node:zlib";

/** Samples a pixel by colour type (PNG table 11.1); palettes are not for thermal pictures and are left out. */
const CHANNELS: Readonly<Record<number, number>> = { 0: 1, 2: 3, 4: 2, 6: 4 };
const PIXELS_MAX = 64_000_000;

type GreyPng = { readonly widthPx: number; readonly heightPx: number; readonly luma: Uint8Array };

/** A PNG of 8 or 16 bits a sample, grey or colour, not interlaced, as 8-bit luma; undefined for anything else. */
export function decodeGreyPng(bytes: Uint8Array): GreyPng | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.byteLength < 33 || view.getUint32(0) !== 0x89504e47 || view.getUint32(12) !== 0x49484452) return undefined;
  const widthPx = view.getUint32(16);
  const heightPx = view.getUint32(20);
  const bitDepth = view.getUint8(24);
  const channels = CHANNELS[view.getUint8(25)];
  const isInterlaced = view.getUint8(28) !== 0;
  const isOurs = (bitDepth === 8 || bitDepth === 16) && !isInterlaced && widthPx * heightPx <= PIXELS_MAX;
  if (!isOurs || channels === undefined) return undefined;
  const sampleBytes = bitDepth / 8;
  const rows = unfiltered(pixelData(bytes, view), widthPx * channels * sampleBytes, heightPx, channels * sampleBytes);
  if (!rows) return undefined;
  const luma = new Uint8Array(widthPx * heightPx);
  for (let i = 0; i < luma.byteLength; i++) {
    // The first byte of a 16-bit sample is its high one.
    const at = i * channels * sampleBytes;
    const sample = (channel: number): number => rows[at + channel * sampleBytes] ?? 0;
    luma[i] = channels < 3 ? sample(0) : (299 * sample(0) + 587 * sample(1) + 114 * sample(2) + 500) / 1000;
  }
  return { widthPx, heightPx, luma };
}

/** The IDAT chunks, joined and inflated; empty when they do not inflate. */
function pixelData(bytes: Uint8Array, view: DataView): Uint8Array {
  const parts: Uint8Array[] = [];
  for (let at = 8; at + 12 <= bytes.byteLength;) {
    const length = view.getUint32(at);
    if (view.getUint32(at + 4) === 0x49444154) parts.push(bytes.subarray(at + 8, at + 8 + length));
    at += 12 + length;
  }
  try {
    return inflateSync(Buffer.concat(parts));
  } catch {
    // Damaged: there are too few rows, and the caller says so.
    return new Uint8Array();
  }
}

/** Undoes the filter of each row (PNG 9.2). */
function unfiltered(data: Uint8Array, rowBytes: number, rows: number, pixelBytes: number): Uint8Array | undefined {
  if (data.byteLength < (rowBytes + 1) * rows) return undefined;
  const out = new Uint8Array(rowBytes * rows);
  // What lies left of the picture or above it counts as zero.
  const at = (y: number, x: number): number => (y < 0 || x < 0 ? 0 : (out[y * rowBytes + x] ?? 0));
  for (let y = 0; y < rows; y++) {
    const row = y * (rowBytes + 1);
    const filter = data[row] ?? 0;
    for (let x = 0; x < rowBytes; x++) {
      const left = x - pixelBytes;
      const guess = predicted(filter, at(y, left), at(y - 1, x), at(y - 1, left));
      out[y * rowBytes + x] = (data[row + 1 + x] ?? 0) + guess;
    }
  }
  return out;
}

function predicted(filter: number, left: number, up: number, upLeft: number): number {
  if (filter === 1) return left;
  if (filter === 2) return up;
  if (filter === 3) return (left + up) >> 1;
  return filter === 4 ? paeth(left, up, upLeft) : 0;
}

function paeth(left: number, up: number, upLeft: number): number {
  const guess = left + up - upLeft;
  const toLeft = Math.abs(guess - left);
  const toUp = Math.abs(guess - up);
  const toUpLeft = Math.abs(guess - upLeft);
  if (toLeft <= toUp && toLeft <= toUpLeft) return left;
  return toUp <= toUpLeft ? up : upLeft;
}
