/**
 * Picture size from a sequence parameter set (ITU-T H.264, 7.3.2.1.1), checked before a decoder allocates memory for it.
 */
export type PictureSize = { readonly widthPx: number; readonly heightPx: number };

/** Maximum macroblocks of a picture at level 5.2 (table A-1): 4096 x 2304. Drone cameras send at most 4K. */
const MACROBLOCKS_MAX = 36_864;
/** Maximum width or height in macroblocks: the square root of eight times that (A.3.1). */
const SIDE_MACROBLOCKS_MAX = Math.floor(Math.sqrt(8 * MACROBLOCKS_MAX));
const MACROBLOCK_PX = 16;

/** Profiles whose SPS contains chroma_format_idc (7.3.2.1.1). */
const PROFILES_WITH_CHROMA: readonly number[] = [100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135];

export const isTooLargeToDecode = ({ widthPx, heightPx }: PictureSize): boolean => {
  const across = widthPx / MACROBLOCK_PX;
  const down = heightPx / MACROBLOCK_PX;
  return across * down > MACROBLOCKS_MAX || Math.max(across, down) > SIDE_MACROBLOCKS_MAX;
};

/** `sps` begins with its type byte. The size is in whole macroblocks, without cropping; undefined when truncated. */
export function pictureSize(sps: Uint8Array): PictureSize | undefined {
  const bits = new ExpGolombReader(withoutEmulation(sps.subarray(1)));
  const profile = bits.bits(8);
  bits.bits(16); // constraints and level
  bits.unsigned(); // seq_parameter_set_id
  if (PROFILES_WITH_CHROMA.includes(profile)) skipChroma(bits);
  bits.unsigned(); // log2_max_frame_num_minus4
  skipPictureOrder(bits);
  bits.unsigned(); // max_num_ref_frames
  bits.bits(1); // gaps_in_frame_num_value_allowed_flag
  const across = bits.unsigned() + 1;
  const mapUnits = bits.unsigned() + 1;
  const fieldsAFrame = bits.bits(1) === 1 ? 1 : 2;
  if (bits.isOverrun) return undefined;
  return { widthPx: across * MACROBLOCK_PX, heightPx: mapUnits * fieldsAFrame * MACROBLOCK_PX };
}

function skipChroma(bits: ExpGolombReader): void {
  const chromaFormat = bits.unsigned();
  if (chromaFormat === 3) bits.bits(1);
  bits.unsigned(); // bit_depth_luma_minus8
  bits.unsigned(); // bit_depth_chroma_minus8
  bits.bits(1); // qpprime_y_zero_transform_bypass_flag
  if (bits.bits(1) === 0) return;
  for (let list = 0; list < (chromaFormat === 3 ? 12 : 8); list++) {
    if (bits.bits(1) === 1) skipScalingList(bits, list < 6 ? 16 : 64);
  }
}

function skipScalingList(bits: ExpGolombReader, size: number): void {
  let last = 8;
  let next = 8;
  for (let i = 0; i < size && !bits.isOverrun; i++) {
    if (next !== 0) next = (last + bits.signed() + 256) % 256;
    last = next === 0 ? last : next;
  }
}

function skipPictureOrder(bits: ExpGolombReader): void {
  const type = bits.unsigned();
  if (type === 0) bits.unsigned();
  if (type !== 1) return;
  bits.bits(1);
  bits.signed();
  bits.signed();
  const count = bits.unsigned();
  for (let i = 0; i < count && !bits.isOverrun; i++) bits.signed();
}

/** Removes emulation prevention: 00 00 03 stands for 00 00 before a byte that would look like a start code (7.3.1). */
function withoutEmulation(bytes: Uint8Array): Uint8Array {
  const out: number[] = [];
  let zeros = 0;
  for (const byte of bytes) {
    if (zeros >= 2 && byte === 3) {
      zeros = 0;
      continue;
    }
    zeros = byte === 0 ? zeros + 1 : 0;
    out.push(byte);
  }
  return Uint8Array.from(out);
}

/** Exp-Golomb codes (clause 9.1). Past the end it reads zeros and records that it did. */
class ExpGolombReader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get isOverrun(): boolean {
    return this.#at > 8 * this.#bytes.byteLength;
  }

  bits(count: number): number {
    let value = 0;
    for (let i = 0; i < count; i++, this.#at++) {
      value = value * 2 + (((this.#bytes[this.#at >> 3] ?? 0) >> (7 - (this.#at & 7))) & 1);
    }
    return value;
  }

  unsigned(): number {
    let zeros = 0;
    while (this.bits(1) === 0) if (++zeros > 32) return Number.MAX_SAFE_INTEGER;
    return 2 ** zeros - 1 + this.bits(zeros);
  }

  signed(): number {
    const code = this.unsigned();
    return code % 2 === 1 ? (code + 1) / 2 : -code / 2;
  }
}
