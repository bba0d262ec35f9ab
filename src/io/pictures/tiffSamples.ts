/** Samples of an unpacked TIFF strip: their format, and the prediction that made them compress better. */

export type SampleForm = {
  readonly bits: number;
  /** 1 unsigned, 2 signed, 3 floating-point (tag 339). */
  readonly format: number;
  readonly perPixel: number;
  readonly isLittleEndian: boolean;
};

/** Reads sample `index` of the row that begins at offset `rowAt`. */
type SampleReader = (rowAt: number, index: number) => number;

export function sampleReader(raw: Uint8Array, { bits, format, isLittleEndian }: SampleForm): SampleReader {
  const view = new DataView(raw.buffer, raw.byteOffset, raw.byteLength);
  if (bits < 8) {
    const perByte = 8 / bits;
    return (rowAt, index) => {
      const byte = raw[rowAt + Math.floor(index / perByte)] ?? 0;
      return (byte >> (8 - bits - (index % perByte) * bits)) & ((1 << bits) - 1);
    };
  }
  if (bits === 8) return format === 2 ? (at, i) => view.getInt8(at + i) : (at, i) => raw[at + i] ?? 0;
  if (bits === 16) {
    return format === 2
      ? (at, i) => view.getInt16(at + 2 * i, isLittleEndian)
      : (at, i) => view.getUint16(at + 2 * i, isLittleEndian);
  }
  if (bits === 64) return (at, i) => view.getFloat64(at + 8 * i, isLittleEndian);
  if (format === 3) return (at, i) => view.getFloat32(at + 4 * i, isLittleEndian);
  return format === 2
    ? (at, i) => view.getInt32(at + 4 * i, isLittleEndian)
    : (at, i) => view.getUint32(at + 4 * i, isLittleEndian);
}

type Predicted = SampleForm & { readonly stride: number; readonly predictor: number; readonly widthPx: number };

/** A strip with its prediction reversed; undefined for a prediction that this format cannot have. */
export function undoPrediction(raw: Uint8Array, form: Predicted): Uint8Array | undefined {
  if (form.predictor === 1) return raw;
  const out = raw.slice();
  const rows = Math.floor(out.byteLength / form.stride);
  const isWhole = form.format !== 3 && [8, 16, 32].includes(form.bits);
  if (form.predictor === 2 && isWhole) {
    for (let y = 0; y < rows; y++) undoDifferences(out.subarray(y * form.stride, (y + 1) * form.stride), form);
    return out;
  }
  if (form.predictor !== 3 || form.format !== 3) return undefined;
  for (let y = 0; y < rows; y++) undoFloating(out.subarray(y * form.stride, (y + 1) * form.stride), form);
  return out;
}

/** Section 14: each sample is stored as its difference from the one to its left. */
function undoDifferences(row: Uint8Array, { bits, perPixel, widthPx, isLittleEndian }: Predicted): void {
  const view = new DataView(row.buffer, row.byteOffset, row.byteLength);
  for (let i = perPixel; i < widthPx * perPixel; i++) {
    if (bits === 8) row[i] = (row[i] ?? 0) + (row[i - perPixel] ?? 0);
    else if (bits === 16) {
      const sum = view.getUint16(2 * i, isLittleEndian) + view.getUint16(2 * (i - perPixel), isLittleEndian);
      view.setUint16(2 * i, sum & 0xffff, isLittleEndian);
    } else {
      const sum = view.getUint32(4 * i, isLittleEndian) + view.getUint32(4 * (i - perPixel), isLittleEndian);
      view.setUint32(4 * i, sum >>> 0, isLittleEndian);
    }
  }
}

/** Adobe's technical note 3: differences of bytes, with the highest bytes of all samples first. */
function undoFloating(row: Uint8Array, { bits, perPixel, widthPx, isLittleEndian }: Predicted): void {
  for (let i = perPixel; i < row.byteLength; i++) row[i] = (row[i] ?? 0) + (row[i - perPixel] ?? 0);
  const planes = row.slice();
  const count = widthPx * perPixel;
  const bytes = bits / 8;
  for (let i = 0; i < count; i++) {
    for (let byte = 0; byte < bytes; byte++) {
      row[i * bytes + (isLittleEndian ? bytes - 1 - byte : byte)] = planes[byte * count + i] ?? 0;
    }
  }
}
