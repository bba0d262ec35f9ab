/**
 * Splits raw H.264 (a `.h264` file: ITU-T H.264, annex B) into pictures and writes them as a transport stream for the same
 * readers. The format has no timestamps: pictures are spaced 1/25 s apart.
 */
import { nextStartCode, unitFacts } from "./h264.js";
import { TsWriter } from "./tsWriter.js";

const NAL_SLICE = 1;
const NAL_IDR = 5;
const TICKS_A_PICTURE = 3600;
/** NAL unit types that start a new picture when a slice came before (7.4.1.2.3): SEI, parameter sets, delimiter. */
const OPENING: readonly number[] = [6, 7, 8, 9];
const PICTURE_BYTES_MAX = 8 * 1024 * 1024;

export class AnnexBReader {
  readonly #writer = new TsWriter();
  #pending = new Uint8Array(0);
  #countOfPictures = 0;

  /** Takes bytes in portions of any size; returns transport stream packets. */
  push(bytes: Uint8Array): readonly Uint8Array[] {
    const data = new Uint8Array(this.#pending.byteLength + bytes.byteLength);
    data.set(this.#pending);
    data.set(bytes, this.#pending.byteLength);
    const out: Uint8Array[] = [];
    let from = Math.max(0, nextStartCode(data, 0));
    for (let end = nextPicture(data, from); end !== undefined; end = nextPicture(data, from)) {
      out.push(this.#write(data.subarray(from, end)));
      from = end;
    }
    // Data without a picture end within the size limit is discarded.
    this.#pending = data.byteLength - from > PICTURE_BYTES_MAX ? new Uint8Array(0) : data.slice(from);
    return out;
  }

  flush(): readonly Uint8Array[] {
    const last = this.#pending;
    this.#pending = new Uint8Array(0);
    return last.byteLength > 4 ? [this.#write(last)] : [];
  }

  #write(bytes: Uint8Array): Uint8Array {
    const pts = this.#countOfPictures++ * TICKS_A_PICTURE;
    return this.#writer.write({ bytes, pts, isKeyframe: unitFacts(bytes).isKeyframe, isAfterLoss: false });
  }
}

/** Index at which the picture after the one at `from` begins; undefined when it is not in `data` yet. */
function nextPicture(data: Uint8Array, from: number): number | undefined {
  let hasSlice = false;
  for (let at = nextStartCode(data, from); at !== -1 && at + 4 < data.byteLength; at = nextStartCode(data, at + 3)) {
    const type = (data[at + 3] ?? 0) & 0x1f;
    const isSlice = type >= NAL_SLICE && type <= NAL_IDR;
    // first_mb_in_slice, the slice header's first field, is 0 (Exp-Golomb: a single 1 bit) in the first slice of a picture.
    const isFirstSlice = isSlice && ((data[at + 4] ?? 0) & 0x80) !== 0;
    if (hasSlice && (OPENING.includes(type) || isFirstSlice)) return data[at - 1] === 0 ? at - 1 : at;
    hasSlice ||= isSlice;
  }
  return undefined;
}

/** Tells H.264 from H.265 by the first NAL unit; undefined when it is neither. */
export function bareCodec(head: Uint8Array): "H.264" | "H.265" | undefined {
  const at = nextStartCode(head, 0);
  if (at < 0 || at > 1) return undefined;
  const first = head[at + 3] ?? 0;
  // H.265 VPS, SPS, PPS or delimiter: two-byte NAL header, layer 0.
  const isH265 = [32, 33, 34, 35].includes(first >> 1) && (first & 0x81) === 0 && head[at + 4] === 1;
  if (isH265) return "H.265";
  return (first & 0x80) === 0 && [1, 5, 6, 7, 8, 9].includes(first & 0x1f) ? "H.264" : undefined;
}
