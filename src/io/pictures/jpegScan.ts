/** One scan of a JPEG: its blocks in order, whole (sequential) or as one more layer of bits (progressive, annex G). */
import type { Component, Frame } from "./jpegFrame.js";
import type { BitReader, HuffmanTable } from "./jpegHuffman.js";
import { putBlock, ZIGZAG } from "./jpegIdct.js";

/** First and last coefficient, and the bits before and after this layer: only of a progressive picture. */
export type Band = {
  readonly first: number;
  readonly last: number;
  readonly bitsBefore: number;
  readonly bitsAfter: number;
};

type Scan = Band & {
  readonly frame: Frame;
  readonly components: readonly Component[];
  readonly quants: ReadonlyMap<number, Uint16Array>;
  readonly restartEvery: number;
};

/** Blocks in a row that hold nothing more of this band. */
type Run = { blocks: number };
type BlockReader = (bits: BitReader, component: Component, row: number, column: number) => boolean;

/** False at damage, or where the bytes end before the picture does. */
export function readScan(scan: Scan, bits: BitReader): boolean {
  const run: Run = { blocks: 0 };
  const readBlock = blockReader(scan, run);
  const restart = (): void => {
    bits.restart();
    run.blocks = 0;
    for (const component of scan.components) component.lastDc = 0;
  };
  for (const component of scan.components) component.lastDc = 0;
  const [only] = scan.components;
  // A lone component is not interleaved: its sampling factors mean nothing.
  if (only && scan.components.length === 1) {
    const { blocksAcross, blocksDown } = only;
    return everyUnit({ across: blocksAcross, down: blocksDown, scan, restart }, bits, (row, column) =>
      readBlock(bits, only, row, column),
    );
  }
  const { unitsAcross, unitsDown } = scan.frame;
  return everyUnit({ across: unitsAcross, down: unitsDown, scan, restart }, bits, (row, column) =>
    scan.components.every((component) => {
      for (let y = 0; y < component.down; y++) {
        for (let x = 0; x < component.across; x++) {
          if (!readBlock(bits, component, row * component.down + y, column * component.across + x)) return false;
        }
      }
      return true;
    }),
  );
}

type Units = { readonly across: number; readonly down: number; readonly scan: Scan; readonly restart: () => void };

function everyUnit(
  { across, down, scan, restart }: Units,
  bits: BitReader,
  read: (row: number, column: number) => boolean,
): boolean {
  let unit = 0;
  for (let row = 0; row < down; row++) {
    for (let column = 0; column < across; column++, unit++) {
      if (scan.restartEvery > 0 && unit > 0 && unit % scan.restartEvery === 0) restart();
      if (!read(row, column) || bits.isOverrun) return false;
    }
  }
  return true;
}

function blockReader(scan: Scan, run: Run): BlockReader {
  if (!scan.frame.isProgressive)
    return (bits, component, row, column) => sequential(scan, bits, component, { row, column });
  const { first, bitsBefore } = scan;
  const none = new Int16Array(64);
  const layer = first === 0 ? (bitsBefore === 0 ? dcFirst : dcMore) : bitsBefore === 0 ? acFirst : acMore;
  return (bits, component, row, column) => {
    const { coefficients, blocksPerRow } = component;
    // What the grey does not need is read into nothing; only DC layers are interleaved, and those look at nothing.
    const at = coefficients ? (row * blocksPerRow + column) * 64 : 0;
    return layer({ scan, run, bits, component, coefficients: coefficients ?? none, at });
  };
}

const block = new Float64Array(64);

type Place = { readonly row: number; readonly column: number };

function sequential(scan: Scan, bits: BitReader, component: Component, { row, column }: Place): boolean {
  const { dcTable, acTable, plane } = component;
  const quant = scan.quants.get(component.quantId);
  if (!dcTable || !acTable || !quant) return false;
  const dcSize = bits.symbol(dcTable);
  if (dcSize === undefined || dcSize > 11) return false;
  component.lastDc += bits.value(dcSize);
  block.fill(0);
  block[0] = component.lastDc * (quant[0] ?? 1);
  if (!sequentialAcs(bits, acTable, quant)) return false;
  if (plane) putBlock(plane, block, column * 8, row * 8);
  return true;
}

/** The 63 others, zeros run-length coded; false at damage. */
function sequentialAcs(bits: BitReader, table: HuffmanTable, quant: Uint16Array): boolean {
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

type Layer = {
  readonly scan: Scan;
  readonly run: Run;
  readonly bits: BitReader;
  readonly component: Component;
  readonly coefficients: Int16Array;
  /** Where the block begins. */
  readonly at: number;
};

function dcFirst({ scan, bits, component, coefficients, at }: Layer): boolean {
  if (!component.dcTable) return false;
  const size = bits.symbol(component.dcTable);
  if (size === undefined || size > 11) return false;
  component.lastDc += bits.value(size);
  coefficients[at] = component.lastDc << scan.bitsAfter;
  return true;
}

function dcMore({ scan, bits, coefficients, at }: Layer): boolean {
  if (bits.bits(1) === 1) coefficients[at] = (coefficients[at] ?? 0) | (1 << scan.bitsAfter);
  return true;
}

function acFirst({ scan, run, bits, component, coefficients, at }: Layer): boolean {
  if (run.blocks > 0) {
    run.blocks--;
    return true;
  }
  if (!component.acTable) return false;
  for (let i = scan.first; i <= scan.last; i++) {
    const runAndSize = bits.symbol(component.acTable);
    if (runAndSize === undefined) return false;
    const zeros = runAndSize >> 4;
    const size = runAndSize & 15;
    if (size === 0 && zeros < 15) {
      run.blocks = (1 << zeros) - 1 + bits.bits(zeros);
      return true;
    }
    i += zeros;
    const place = ZIGZAG[i];
    if (place === undefined) return false;
    coefficients[at + place] = bits.value(size) << scan.bitsAfter;
  }
  return true;
}

/** One bit more for what is known, and what was too small before. */
function acMore(layer: Layer): boolean {
  const { scan, run, component } = layer;
  const from = run.blocks > 0 ? scan.first : component.acTable && putNew(layer, component.acTable);
  if (from === undefined) return false;
  if (run.blocks > 0) {
    refineTo(layer, from, 64);
    run.blocks--;
  }
  return true;
}

/** Puts the new ones up to the end of the band or the beginning of a run: where that is. Undefined at damage. */
function putNew(layer: Layer, table: HuffmanTable): number | undefined {
  const { scan, run, bits, coefficients, at } = layer;
  let i = scan.first;
  for (; i <= scan.last; i++) {
    const runAndSize = bits.symbol(table);
    if (runAndSize === undefined) return undefined;
    const zeros = runAndSize >> 4;
    const isNew = (runAndSize & 15) !== 0;
    if (!isNew && zeros < 15) {
      run.blocks = (1 << zeros) + bits.bits(zeros);
      return i;
    }
    const value = isNew ? (bits.bits(1) === 1 ? 1 : -1) << scan.bitsAfter : 0;
    i = refineTo(layer, i, zeros);
    if (value !== 0 && i <= scan.last) coefficients[at + (ZIGZAG[i] ?? 0)] = value;
  }
  return i;
}

/** Refines what is not zero from `from` on; stops at the zero after `zeros` of them, or behind the band. */
function refineTo({ scan, bits, coefficients, at }: Layer, from: number, zeros: number): number {
  const step = 1 << scan.bitsAfter;
  let left = zeros;
  let i = from;
  for (; i <= scan.last; i++) {
    const place = at + (ZIGZAG[i] ?? 0);
    const value = coefficients[place] ?? 0;
    if (value === 0) {
      if (left === 0) break;
      left--;
    } else if (bits.bits(1) === 1 && (Math.abs(value) & step) === 0)
      coefficients[place] = value + Math.sign(value) * step;
  }
  return i;
}
