/** Huffman codes of a JPEG (ITU-T T.81 annex C and F.2.2): bits in, symbols and signed values out. */
export type HuffmanTable = { readonly symbolOf: Int16Array; readonly lengthOf: Uint8Array };

const CODE_BITS_MAX = 16;

/** `counts[i]` codes of i + 1 bits; a table over all 16-bit prefixes, so that a symbol is one look-up. */
export function huffmanTable(counts: Uint8Array, symbols: Uint8Array): HuffmanTable {
  const symbolOf = new Int16Array(1 << CODE_BITS_MAX).fill(-1);
  const lengthOf = new Uint8Array(1 << CODE_BITS_MAX);
  let code = 0;
  let index = 0;
  for (let bits = 1; bits <= CODE_BITS_MAX; bits++) {
    for (let i = 0; i < (counts[bits - 1] ?? 0); i++) {
      const from = code << (CODE_BITS_MAX - bits);
      const to = (code + 1) << (CODE_BITS_MAX - bits);
      symbolOf.fill(symbols[index] ?? 0, from, to);
      lengthOf.fill(bits, from, to);
      code++;
      index++;
    }
    code <<= 1;
  }
  return { symbolOf, lengthOf };
}

/**
 * The entropy-coded bytes of a scan: stuffed zeros taken out; a marker, or the end of the file, ends them with zeros for
 * ever. Whoever used such a zero has read a picture that is not there: `isOverrun` says so.
 */
export class BitReader {
  readonly #bytes: Uint8Array;
  #at: number;
  #bits = 0;
  #countOfBits = 0;
  #countOfFakeBits = 0;

  constructor(bytes: Uint8Array, at: number) {
    this.#bytes = bytes;
    this.#at = at;
  }

  /** Where the next marker is to be looked for. */
  get at(): number {
    return this.#at;
  }

  get isOverrun(): boolean {
    return this.#countOfFakeBits > this.#countOfBits;
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#bytes.byteLength;
  }

  /** Undefined for bits that are no code: the picture is damaged from here. */
  symbol(table: HuffmanTable): number | undefined {
    this.#fill(CODE_BITS_MAX);
    const prefix = (this.#bits >>> (this.#countOfBits - CODE_BITS_MAX)) & 0xffff;
    const length = table.lengthOf[prefix] ?? 0;
    if (length === 0) return undefined;
    this.#countOfBits -= length;
    return table.symbolOf[prefix];
  }

  /** `size` bits, 0 to 15, as a whole number. */
  bits(size: number): number {
    if (size === 0) return 0;
    this.#fill(size);
    this.#countOfBits -= size;
    return (this.#bits >>> this.#countOfBits) & ((1 << size) - 1);
  }

  /** A value of `size` bits as JPEG signs it: the lower half of the range is negative. */
  value(size: number): number {
    const raw = this.bits(size);
    return size === 0 || raw >= 1 << (size - 1) ? raw : raw - (1 << size) + 1;
  }

  /** Steps over a restart marker to the next byte boundary. */
  restart(): void {
    this.#bits = 0;
    this.#countOfBits = 0;
    this.#countOfFakeBits = 0;
    while (this.#at + 1 < this.#bytes.byteLength && !this.#isMarker()) this.#at++;
    this.#at += 2;
  }

  #isMarker(): boolean {
    const next = this.#bytes[this.#at + 1] ?? 0;
    return this.#bytes[this.#at] === 0xff && next !== 0 && next !== 0xff;
  }

  /** At most 16 bits are asked for, so 24 always fit in the 32 of an integer. */
  #fill(wanted: number): void {
    while (this.#countOfBits < wanted) {
      const isEnd = this.#at >= this.#bytes.byteLength || this.#isMarker();
      const byte = isEnd ? 0 : (this.#bytes[this.#at] ?? 0);
      if (isEnd) this.#countOfFakeBits += 8;
      // A stuffed zero goes with its byte; a byte that fills up before a marker stands alone.
      else this.#at += byte === 0xff && this.#bytes[this.#at + 1] === 0 ? 2 : 1;
      this.#bits = ((this.#bits << 8) | byte) & 0xffffff;
      this.#countOfBits += 8;
    }
  }
}
