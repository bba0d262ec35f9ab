/** Just enough of H.264 Annex B to cut access units and to know keyframes (ITU-T H.264, 7.3.1 and annex B). */

const NAL_IDR = 5;
const NAL_SPS = 7;
const NAL_AUD = 9;

type UnitFacts = { readonly isKeyframe: boolean; readonly codec: string | undefined };

/** Index of the next 00 00 01 at or after `from`, or -1. */
function nextStartCode(bytes: Uint8Array, from: number): number {
  for (let at = bytes.indexOf(1, from + 2); at !== -1; at = bytes.indexOf(1, at + 1)) {
    if (bytes[at - 1] === 0 && bytes[at - 2] === 0) return at - 2;
  }
  return -1;
}

export function unitFacts(bytes: Uint8Array): UnitFacts {
  let isKeyframe = false;
  let codec: string | undefined;
  for (let at = nextStartCode(bytes, 0); at !== -1; at = nextStartCode(bytes, at + 3)) {
    const nalType = (bytes[at + 3] ?? 0) & 0x1f;
    if (nalType === NAL_IDR) isKeyframe = true;
    if (nalType === NAL_SPS && at + 7 <= bytes.byteLength) codec = codecName(bytes.subarray(at + 4, at + 7));
    // Pictures come last in a unit: after the first slice there is nothing more to learn.
    if (nalType >= 1 && nalType <= NAL_IDR) break;
  }
  return { isKeyframe, codec: isKeyframe ? codec : undefined };
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
