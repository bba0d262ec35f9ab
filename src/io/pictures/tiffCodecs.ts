/**
 * The compressions of a TIFF's strips and tiles. Every one stops at `bytesMax`, so that a decompression bomb does no
 * harm.
 */
import { constants, inflateSync } from "node:zlib";

const LZW_CLEAR = 256;
const LZW_END = 257;
const LZW_CODES = 4096;

/** Copies into a plain Uint8Array: `slice` of a Node Buffer makes no copy. */
export const plainBytes = (bytes: Uint8Array): Uint8Array =>
  new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** Returns at most `bytesMax` bytes: fewer when the packed data end before, undefined when they are damaged. */
export type Unpack = (packed: Uint8Array, bytesMax: number) => Uint8Array | undefined;

export const unpacked: Unpack = (packed, bytesMax) => packed.subarray(0, bytesMax);

export const inflated: Unpack = (packed, bytesMax) => {
  try {
    // Some writers pack a last strip that is longer than the picture: there is room for one strip more.
    const maxOutputLength = 2 * bytesMax + 1024;
    const whole = inflateSync(packed, { maxOutputLength, finishFlush: constants.Z_SYNC_FLUSH });
    return plainBytes(whole).subarray(0, bytesMax);
  } catch {
    // Damaged, or longer than the picture can be.
    return undefined;
  }
};

/** PackBits (section 9): a count, then that many bytes, or one byte repeated. */
export const unpackedBits: Unpack = (packed, bytesMax) => {
  const out = new Uint8Array(bytesMax);
  let to = 0;
  for (let at = 0; at < packed.byteLength && to < bytesMax;) {
    const head = ((packed[at++] ?? 0) << 24) >> 24;
    if (head >= 0) {
      const run = packed.subarray(at, at + Math.min(head + 1, bytesMax - to));
      out.set(run, to);
      at += head + 1;
      to += run.byteLength;
    } else if (head !== -128) {
      const end = Math.min(bytesMax, to + 1 - head);
      out.fill(packed[at++] ?? 0, to, end);
      to = end;
    }
  }
  return out.subarray(0, to);
};

/** LZW (section 13). */
export const unpackedLzw: Unpack = (packed, bytesMax) => new Lzw(packed, bytesMax).run();

/**
 * An LZW code stands for one byte, or for an earlier string plus one byte: strings are stored as offsets into the
 * output.
 */
class Lzw {
  readonly #packed: Uint8Array;
  readonly #out: Uint8Array;
  readonly #startOf = new Int32Array(LZW_CODES);
  readonly #lengthOf = new Int32Array(LZW_CODES);
  #at = 0;
  #to = 0;
  #next = LZW_END + 1;
  #width = 9;
  #bits = 0;
  #countOfBits = 0;
  /** Offset of the previous string: -1 after a clear code. */
  #lastAt = -1;

  constructor(packed: Uint8Array, bytesMax: number) {
    this.#packed = packed;
    this.#out = new Uint8Array(bytesMax);
  }

  /** The output as far as it went; undefined for an invalid code. */
  run(): Uint8Array | undefined {
    while (this.#to < this.#out.byteLength) {
      const code = this.#code();
      if (code === undefined || code === LZW_END) break;
      if (code === LZW_CLEAR) this.#clear();
      else if (!this.#put(code)) return undefined;
    }
    return this.#out.subarray(0, this.#to);
  }

  #code(): number | undefined {
    while (this.#countOfBits < this.#width && this.#at < this.#packed.byteLength) {
      this.#bits = ((this.#bits << 8) | (this.#packed[this.#at++] ?? 0)) & 0xffffff;
      this.#countOfBits += 8;
    }
    if (this.#countOfBits < this.#width) return undefined;
    this.#countOfBits -= this.#width;
    return (this.#bits >>> this.#countOfBits) & ((1 << this.#width) - 1);
  }

  #clear(): void {
    this.#next = LZW_END + 1;
    this.#width = 9;
    this.#lastAt = -1;
  }

  #put(code: number): boolean {
    const [lastAt, startedAt] = [this.#lastAt, this.#to];
    const isByte = code < LZW_CLEAR;
    if (!isByte && (lastAt < 0 || code > this.#next)) return false;
    if (lastAt >= 0 && this.#next < LZW_CODES) {
      // A new string is the previous one plus the first byte of this one, which follows it in the output: this one may
      // itself be the new string.
      this.#startOf[this.#next] = lastAt;
      this.#lengthOf[this.#next++] = startedAt - lastAt + 1;
    }
    if (isByte) this.#out[this.#to++] = code;
    else this.#copy(this.#startOf[code] ?? 0, this.#lengthOf[code] ?? 0);
    this.#lastAt = startedAt;
    // TIFF widens its codes one code earlier than GIF does.
    if (this.#next + 1 >= 1 << this.#width && this.#width < 12) this.#width++;
    return true;
  }

  /** Byte by byte: the source may overlap what is being written. */
  #copy(from: number, length: number): void {
    const end = Math.min(this.#out.byteLength, this.#to + length);
    for (let i = from; this.#to < end; i++) this.#out[this.#to++] = this.#out[i] ?? 0;
  }
}
