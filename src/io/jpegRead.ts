import { BitReader, huffmanTable, type HuffmanTable } from "./jpegHuffman.js";

/**
 * The luma of a baseline JPEG (ITU-T T.81), grey or colour. Here because thermal cameras write one-component JPEGs, which
 * the WebCodecs package cannot hand over. Progressive and arithmetic ones are left to it.
 */
type GreyJpeg = { readonly widthPx: number; readonly heightPx: number; readonly luma: Uint8Array };

type Component = {
  readonly id: number;
  readonly across: number;
  readonly down: number;
  readonly quantId: number;
  dcTable: HuffmanTable | undefined;
  acTable: HuffmanTable | undefined;
  lastDc: number;
};
type Frame = { readonly widthPx: number; readonly heightPx: number; readonly components: readonly Component[] };

const PIXELS_MAX = 64_000_000;
const SOF_BASELINE: readonly number[] = [0xc0, 0xc1];
const DHT = 0xc4;
const SOS = 0xda;
const DQT = 0xdb;
const DRI = 0xdd;

// Figure A.6: the order in which a block's coefficients are sent.
const ZIGZAG = Uint8Array.from([
  0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7, 14, 21, 28,
  35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47,
  55, 62, 63,
]);

/** Undefined for what is no baseline JPEG of 8 bits; a damaged one is grey from the damage on. */
export function decodeGreyJpeg(bytes: Uint8Array): GreyJpeg | undefined {
  return bytes[0] === 0xff && bytes[1] === 0xd8 ? new JpegReading(bytes).run() : undefined;
}

class JpegReading {
  readonly #bytes: Uint8Array;
  readonly #quants = new Map<number, Uint16Array>();
  readonly #tables = new Map<number, HuffmanTable>();
  #frame: Frame | undefined;
  #restartEvery = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  run(): GreyJpeg | undefined {
    for (let at = 2; at + 4 <= this.#bytes.byteLength;) {
      if (this.#bytes[at] !== 0xff) return undefined;
      const marker = this.#bytes[at + 1] ?? 0;
      const length = this.#word(at + 2);
      const segment = this.#bytes.subarray(at + 4, at + 2 + length);
      if (marker === SOS) return this.#scan(segment, at + 2 + length);
      if (!this.#onSegment(marker, segment)) return undefined;
      at += 2 + length;
    }
    return undefined;
  }

  #word(at: number): number {
    return ((this.#bytes[at] ?? 0) << 8) | (this.#bytes[at + 1] ?? 0);
  }

  /** False when this picture is of a kind that is not read here. */
  #onSegment(marker: number, segment: Uint8Array): boolean {
    if (marker === DQT) this.#onQuants(segment);
    else if (marker === DHT) this.#onTables(segment);
    else if (marker === DRI) this.#restartEvery = ((segment[0] ?? 0) << 8) | (segment[1] ?? 0);
    else if (SOF_BASELINE.includes(marker)) this.#frame = frameFrom(segment);
    else if (marker >= 0xc2 && marker <= 0xcf) return false;
    return true;
  }

  #onQuants(segment: Uint8Array): void {
    for (let at = 0; at < segment.byteLength;) {
      const head = segment[at++] ?? 0;
      const is16 = head >> 4 !== 0;
      const table = new Uint16Array(64);
      for (let i = 0; i < 64; i++) {
        table[ZIGZAG[i] ?? 0] = is16 ? ((segment[at] ?? 0) << 8) | (segment[at + 1] ?? 0) : (segment[at] ?? 0);
        at += is16 ? 2 : 1;
      }
      this.#quants.set(head & 15, table);
    }
  }

  #onTables(segment: Uint8Array): void {
    for (let at = 0; at + 17 <= segment.byteLength;) {
      const counts = segment.subarray(at + 1, at + 17);
      const total = counts.reduce((sum, count) => sum + count, 0);
      this.#tables.set(segment[at] ?? 0, huffmanTable(counts, segment.subarray(at + 17, at + 17 + total)));
      at += 17 + total;
    }
  }

  #scan(head: Uint8Array, at: number): GreyJpeg | undefined {
    const frame = this.#frame;
    const countOfComponents = head[0] ?? 0;
    // One scan with everything in it, as cameras write; several scans of a baseline picture are a rarity.
    if (!frame || countOfComponents !== frame.components.length) return undefined;
    for (let i = 0; i < countOfComponents; i++) {
      const component = frame.components.find(({ id }) => id === head[1 + 2 * i]);
      const selector = head[2 + 2 * i] ?? 0;
      if (!component) return undefined;
      component.dcTable = this.#tables.get(selector >> 4);
      component.acTable = this.#tables.get(16 + (selector & 15));
    }
    return this.#blocks(frame, new BitReader(this.#bytes, at));
  }

  #blocks(frame: Frame, bits: BitReader): GreyJpeg {
    const { widthPx, heightPx, components } = frame;
    const luma = new Uint8Array(widthPx * heightPx).fill(128);
    const picture: GreyJpeg = { widthPx, heightPx, luma };
    // A lone component is not interleaved: its sampling factors mean nothing.
    const isAlone = components.length === 1;
    const across = isAlone ? 1 : Math.max(...components.map((component) => component.across));
    const down = isAlone ? 1 : Math.max(...components.map((component) => component.down));
    const columns = Math.ceil(widthPx / (8 * across));
    const units = columns * Math.ceil(heightPx / (8 * down));
    for (let unit = 0; unit < units; unit++) {
      if (this.#restartEvery > 0 && unit > 0 && unit % this.#restartEvery === 0) {
        bits.restart();
        for (const component of components) component.lastDc = 0;
      }
      const left = (unit % columns) * 8 * across;
      const top = Math.floor(unit / columns) * 8 * down;
      if (!this.#unit(frame, bits, { picture, left, top, isAlone })) return picture;
    }
    return picture;
  }

  /** One minimum coded unit; false at damage. The first component is the luma, the rest is read to get past it. */
  #unit(frame: Frame, bits: BitReader, place: Place): boolean {
    for (const [index, component] of frame.components.entries()) {
      const countOfBlocks = place.isAlone ? 1 : component.across * component.down;
      for (let block = 0; block < countOfBlocks; block++) {
        const coefficients = readBlock(bits, component, this.#quants.get(component.quantId));
        if (!coefficients) return false;
        const left = place.left + (place.isAlone ? 0 : 8 * (block % component.across));
        const top = place.top + (place.isAlone ? 0 : 8 * Math.floor(block / component.across));
        if (index === 0) putBlock(place.picture, coefficients, left, top);
      }
    }
    return true;
  }
}

type Place = { readonly picture: GreyJpeg; readonly left: number; readonly top: number; readonly isAlone: boolean };

function frameFrom(segment: Uint8Array): Frame | undefined {
  const heightPx = ((segment[1] ?? 0) << 8) | (segment[2] ?? 0);
  const widthPx = ((segment[3] ?? 0) << 8) | (segment[4] ?? 0);
  const countOfComponents = segment[5] ?? 0;
  const isOurs = segment[0] === 8 && widthPx * heightPx > 0 && widthPx * heightPx <= PIXELS_MAX;
  if (!isOurs || countOfComponents < 1 || segment.byteLength < 6 + 3 * countOfComponents) return undefined;
  const components = Array.from({ length: countOfComponents }, (_, i): Component => {
    const [id = 0, sampling = 0x11, quantId = 0] = segment.subarray(6 + 3 * i, 9 + 3 * i);
    const tables = { dcTable: undefined, acTable: undefined, lastDc: 0 };
    return { id, across: Math.max(1, sampling >> 4), down: Math.max(1, sampling & 15), quantId, ...tables };
  });
  return { widthPx, heightPx, components };
}

const block = new Float64Array(64);

/** The 64 coefficients, dequantised, in rows; one buffer for all, valid until the next call. */
function readBlock(bits: BitReader, component: Component, quant: Uint16Array | undefined): Float64Array | undefined {
  const { dcTable, acTable } = component;
  if (!dcTable || !acTable || !quant) return undefined;
  block.fill(0);
  const dcSize = bits.symbol(dcTable);
  if (dcSize === undefined || dcSize > 15) return undefined;
  component.lastDc += bits.value(dcSize);
  block[0] = component.lastDc * (quant[0] ?? 1);
  return readAcs(bits, acTable, quant) ? block : undefined;
}

/** The 63 others, zeros run-length coded; false at damage. */
function readAcs(bits: BitReader, table: HuffmanTable, quant: Uint16Array): boolean {
  for (let i = 1; i < 64; i++) {
    const runAndSize = bits.symbol(table);
    if (runAndSize === undefined) return false;
    const size = runAndSize & 15;
    if (size === 0 && runAndSize !== 0xf0) break;
    i += runAndSize >> 4;
    const at = ZIGZAG[i];
    if (at === undefined) return false;
    block[at] = bits.value(size) * (quant[at] ?? 1);
  }
  return true;
}

// cos((2x + 1) u pi / 16) with the scale of A.3.3, by [x][u].
const BASIS = Float64Array.from({ length: 64 }, (_, i) => {
  const u = i % 8;
  return Math.cos(((2 * (i >> 3) + 1) * u * Math.PI) / 16) * (u === 0 ? Math.SQRT1_2 : 1) * 0.5;
});
const half = new Float64Array(64);

/** Inverse cosine transform, rows then columns, into the picture; what sticks out over its edge is left away. */
function putBlock({ widthPx, heightPx, luma }: GreyJpeg, coefficients: Float64Array, left: number, top: number): void {
  transform(coefficients, half);
  transform(half, coefficients);
  for (let y = 0; y < 8 && top + y < heightPx; y++) {
    for (let x = 0; x < 8 && left + x < widthPx; x++) {
      const value = Math.round((coefficients[y * 8 + x] ?? 0) + 128);
      luma[(top + y) * widthPx + left + x] = Math.min(255, Math.max(0, value));
    }
  }
}

/** Transforms each row of `from` and writes it as a column: applied twice, both directions are done. */
function transform(from: Float64Array, to: Float64Array): void {
  for (let row = 0; row < 8; row++) {
    for (let x = 0; x < 8; x++) {
      let sum = 0;
      for (let u = 0; u < 8; u++) sum += (from[row * 8 + u] ?? 0) * (BASIS[x * 8 + u] ?? 0);
      to[x * 8 + row] = sum;
    }
  }
}
