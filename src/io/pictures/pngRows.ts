import { lumaOf } from "./sampledPicture.js";

export type PngLayout = {
  readonly widthPx: number;
  readonly heightPx: number;
  /** Bits a sample. */
  readonly depth: number;
  readonly perPixel: number;
  readonly isInterlaced: boolean;
  /** The grey value of each palette colour; undefined without a palette. */
  readonly greys: Uint8Array | undefined;
};

type Pass = { readonly x0: number; readonly y0: number; readonly dx: number; readonly dy: number };

const WHOLE: readonly Pass[] = [{ x0: 0, y0: 0, dx: 1, dy: 1 }];
/** Adam7, the seven passes of an interlaced picture (8.2). */
const SEVEN: readonly Pass[] = [
  { x0: 0, y0: 0, dx: 8, dy: 8 },
  { x0: 4, y0: 0, dx: 8, dy: 8 },
  { x0: 0, y0: 4, dx: 4, dy: 8 },
  { x0: 2, y0: 0, dx: 4, dy: 4 },
  { x0: 0, y0: 2, dx: 2, dy: 4 },
  { x0: 1, y0: 0, dx: 2, dy: 2 },
  { x0: 0, y0: 1, dx: 1, dy: 2 },
];

/** Stores pixel `x` of a row, which begins with its filter type's byte, as the picture's pixel `to`. */
export type PutPixel = (row: Uint8Array, x: number, to: number) => void;

/** Rows that are stored as grey values. */
export function greyRows(layout: PngLayout): { readonly rows: PngRows; readonly samples: Uint8Array | Uint16Array } {
  const { widthPx, heightPx, depth, perPixel } = layout;
  const isGrey16 = depth === 16 && perPixel < 3;
  const samples = isGrey16 ? new Uint16Array(widthPx * heightPx) : new Uint8Array(widthPx * heightPx);
  const toGrey = greyReader(layout);
  const rows = new PngRows(layout, (row, x, to) => {
    samples[to] = toGrey(row, x);
  });
  return { rows, samples };
}

/** Takes inflated bytes in portions of any size and stores the pixels of each complete row. */
export class PngRows {
  readonly #layout: PngLayout;
  readonly #passes: readonly Pass[];
  readonly #pixelBytes: number;
  readonly #put: PutPixel;
  #passIndex = -1;
  #row = 0;
  #countOfRows = 0;
  #countOfColumns = 0;
  /** The filter type's byte, then the row. */
  #bytes = new Uint8Array(0);
  #before = new Uint8Array(0);
  #filled = 0;

  constructor(layout: PngLayout, put: PutPixel) {
    const { widthPx, heightPx, depth, perPixel } = layout;
    this.#layout = layout;
    this.#put = put;
    this.#pixelBytes = Math.max(1, (depth * perPixel) / 8);
    this.#passes = (layout.isInterlaced ? SEVEN : WHOLE).filter((pass) => pass.x0 < widthPx && pass.y0 < heightPx);
    this.#beginPass();
  }

  get isComplete(): boolean {
    return this.#passIndex >= this.#passes.length;
  }

  push(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.byteLength && !this.isComplete;) {
      const part = bytes.subarray(at, at + this.#bytes.byteLength - this.#filled);
      this.#bytes.set(part, this.#filled);
      this.#filled += part.byteLength;
      at += part.byteLength;
      if (this.#filled === this.#bytes.byteLength) this.#endRow();
    }
  }

  #beginPass(): void {
    this.#passIndex++;
    const pass = this.#passes[this.#passIndex];
    if (!pass) return;
    const { widthPx, heightPx, depth, perPixel } = this.#layout;
    this.#countOfColumns = Math.ceil((widthPx - pass.x0) / pass.dx);
    this.#countOfRows = Math.ceil((heightPx - pass.y0) / pass.dy);
    const rowBytes = Math.ceil((this.#countOfColumns * depth * perPixel) / 8);
    this.#row = 0;
    this.#filled = 0;
    this.#bytes = new Uint8Array(1 + rowBytes);
    this.#before = new Uint8Array(1 + rowBytes);
  }

  #endRow(): void {
    unfilter(this.#bytes, this.#before, this.#pixelBytes);
    const pass = this.#passes[this.#passIndex];
    if (pass) {
      const to = (pass.y0 + this.#row * pass.dy) * this.#layout.widthPx + pass.x0;
      for (let x = 0; x < this.#countOfColumns; x++) this.#put(this.#bytes, x, to + x * pass.dx);
    }
    [this.#bytes, this.#before] = [this.#before, this.#bytes];
    this.#filled = 0;
    this.#row++;
    if (this.#row === this.#countOfRows) this.#beginPass();
  }
}

/** Reads pixel `x` of a row that begins with its filter type's byte. */
function greyReader({ depth, perPixel, greys }: PngLayout): (row: Uint8Array, x: number) => number {
  if (depth < 8) {
    const perByte = 8 / depth;
    const top = (1 << depth) - 1;
    return (row, x) => {
      const value = ((row[1 + Math.floor(x / perByte)] ?? 0) >> (8 - depth - (x % perByte) * depth)) & top;
      return greys ? (greys[value] ?? 0) : (value * 255) / top;
    };
  }
  const sampleBytes = depth / 8;
  const stride = perPixel * sampleBytes;
  if (perPixel >= 3) {
    // 16-bit colour is made for display: the high bytes are the levels.
    return (row, x) => {
      const at = 1 + x * stride;
      return lumaOf(row[at] ?? 0, row[at + sampleBytes] ?? 0, row[at + 2 * sampleBytes] ?? 0);
    };
  }
  if (depth === 16) return (row, x) => ((row[1 + x * stride] ?? 0) << 8) | (row[2 + x * stride] ?? 0);
  return (row, x) => (greys ? (greys[row[1 + x] ?? 0] ?? 0) : (row[1 + x * stride] ?? 0));
}

/** Reverses the filter of a row in place (9.2). Pixels left of the picture or above it count as zero. */
function unfilter(row: Uint8Array, before: Uint8Array, pixelBytes: number): void {
  const filter = row[0] ?? 0;
  if (filter === 0) return;
  for (let at = 1; at < row.byteLength; at++) {
    const hasLeft = at > pixelBytes;
    const left = hasLeft ? (row[at - pixelBytes] ?? 0) : 0;
    const upLeft = hasLeft ? (before[at - pixelBytes] ?? 0) : 0;
    row[at] = (row[at] ?? 0) + predicted(filter, left, before[at] ?? 0, upLeft);
  }
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
