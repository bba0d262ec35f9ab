/** The part of H.264 Annex B needed to split access units and recognise keyframes (ITU-T H.264, 7.3.1 and annex B). */
import { isTooLargeToDecode, pictureSize, type PictureSize } from "./h264Sps.js";

const NAL_IDR = 5;
const NAL_SEI = 6;
const NAL_SPS = 7;
const NAL_AUD = 9;
const SEI_RECOVERY_POINT = 6;

type UnitFacts = {
  /** Decoding can start here: an IDR picture, or a recovery point with its parameter set. */
  readonly isKeyframe: boolean;
  readonly codec: string | undefined;
  /** Contains a parameter set, keyframe or not. */
  readonly hasParameters: boolean;
  /** A parameter set that must not reach the decoder: its pictures would not fit into memory, or it is truncated. */
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

/** Scans the whole unit, because a parameter set after the first slice applies to the following pictures. */
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

/** NAL units, each from its type byte on. */
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

/** An SEI is a list of messages; type and length are sums of 255 bytes plus a rest (7.3.2.3.1). */
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

/** Splits at access unit delimiters inside: some muxers put two pictures into one PES packet. */
export function splitAtDelimiters(bytes: Uint8Array): readonly Uint8Array[] {
  const cuts = [0];
  for (let at = nextStartCode(bytes, 0); at !== -1; at = nextStartCode(bytes, at + 3)) {
    const isDelimiter = ((bytes[at + 3] ?? 0) & 0x1f) === NAL_AUD;
    const cut = at > 0 && bytes[at - 1] === 0 ? at - 1 : at; // the four-byte start code
    if (isDelimiter && cut > 0) cuts.push(cut);
  }
  return cuts.map((cut, index) => bytes.subarray(cut, cuts[index + 1] ?? bytes.byteLength));
}
