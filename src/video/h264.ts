/** Just enough of H.264 Annex B to cut access units and to know keyframes (ITU-T H.264, 7.3.1 and annex B). */
import { isTooLargeToDecode, pictureSize, type PictureSize } from "./h264Sps.js";

const NAL_IDR = 5;
const NAL_SEI = 6;
const NAL_SPS = 7;
const NAL_AUD = 9;
const SEI_RECOVERY_POINT = 6;

type UnitFacts = {
  /** Decoding can begin here: an IDR picture, or a recovery point that brings its parameter set along. */
  readonly isKeyframe: boolean;
  readonly codec: string | undefined;
  /** A parameter set came along, keyframe or not. */
  readonly hasParameters: boolean;
  /** A parameter set that no decoder must see: its pictures would not fit into the memory, or it is cut off. */
  readonly refused: RefusedSize | undefined;
};
export type RefusedSize = PictureSize | "unreadable";

/** Index of the next 00 00 01 at or after `from`, or -1. */
export function nextStartCode(bytes: Uint8Array, from: number): number {
  for (let at = bytes.indexOf(1, from + 2); at !== -1; at = bytes.indexOf(1, at + 1)) {
    if (bytes[at - 1] === 0 && bytes[at - 2] === 0) return at - 2;
  }
  return -1;
}

/** Looks at all of the unit: a parameter set behind the first slice would change the next pictures all the same. */
export function unitFacts(bytes: Uint8Array): UnitFacts {
  let hasIdr = false;
  let isRecoveryPoint = false;
  let codec: string | undefined;
  let refused: RefusedSize | undefined;
  for (const nal of nalUnits(bytes)) {
    const nalType = (nal[0] ?? 0) & 0x1f;
    if (nalType === NAL_IDR) hasIdr = true;
    else if (nalType === NAL_SEI) isRecoveryPoint ||= hasRecoveryPoint(nal);
    else if (nalType === NAL_SPS && nal.byteLength >= 4) {
      codec = codecName(nal.subarray(1, 4));
      refused ??= refusal(nal);
    }
  }
  const hasParameters = codec !== undefined;
  const isKeyframe = hasIdr || (isRecoveryPoint && hasParameters);
  return { isKeyframe, codec: isKeyframe ? codec : undefined, hasParameters, refused };
}

/** Each from the byte of its type on. */
function* nalUnits(bytes: Uint8Array): Iterable<Uint8Array> {
  for (let at = nextStartCode(bytes, 0); at !== -1;) {
    const next = nextStartCode(bytes, at + 3);
    yield bytes.subarray(at + 3, next === -1 ? bytes.byteLength : next);
    at = next;
  }
}

function refusal(sps: Uint8Array): RefusedSize | undefined {
  const size = pictureSize(sps);
  if (!size) return "unreadable";
  return isTooLargeToDecode(size) ? size : undefined;
}

/** A list of messages, each with its type and length in bytes of 255 and a rest (7.3.2.3.1). */
function hasRecoveryPoint(sei: Uint8Array): boolean {
  for (let at = 1; at + 2 < sei.byteLength;) {
    let type = 0;
    for (; sei[at] === 0xff; at++) type += 255;
    type += sei[at++] ?? 0;
    let length = 0;
    for (; sei[at] === 0xff; at++) length += 255;
    length += sei[at++] ?? 0;
    if (type === SEI_RECOVERY_POINT) return true;
    at += length;
  }
  return false;
}

const codecName = (profile: Uint8Array): string =>
  `avc1.${[...profile].map((byte) => byte.toString(16).toUpperCase().padStart(2, "0")).join("")}`;

/** Cuts where an access unit delimiter stands inside: some muxers put two pictures into one packet. */
export function splitAtDelimiters(bytes: Uint8Array): readonly Uint8Array[] {
  const cuts = [0];
  for (let at = nextStartCode(bytes, 0); at !== -1; at = nextStartCode(bytes, at + 3)) {
    const isDelimiter = ((bytes[at + 3] ?? 0) & 0x1f) === NAL_AUD;
    const cut = at > 0 && bytes[at - 1] === 0 ? at - 1 : at; // the four-byte start code
    if (isDelimiter && cut > 0) cuts.push(cut);
  }
  return cuts.map((cut, index) => bytes.subarray(cut, cuts[index + 1] ?? bytes.byteLength));
}
