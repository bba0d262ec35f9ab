/** Stream types of a PMT (ISO/IEC 13818-1, table 2-34, and registrations in use). */
import type { PmtStream } from "./psi.js";

export const TYPE_H264 = 0x1b;
const TYPE_METADATA_PES = 0x15;
const TYPE_PRIVATE_PES = 0x06;

const OTHER_VIDEO: Readonly<Record<number, string>> = {
  0x01: "MPEG-1",
  0x02: "MPEG-2",
  0x10: "MPEG-4 Part 2",
  0x21: "JPEG 2000",
  0x24: "H.265",
  0x25: "H.265",
  0x33: "H.266",
  0x42: "AVS",
  0xd1: "Dirac",
  0xea: "VC-1",
};
/** Private streams are identified by their registration descriptor. */
const REGISTERED_VIDEO: Readonly<Record<string, string>> = {
  HEVC: "H.265",
  "VVC ": "H.266",
  AV01: "AV1",
  "VC-1": "VC-1",
  drac: "Dirac",
};
const AUDIO: readonly number[] = [0x03, 0x04, 0x0f, 0x11, 0x1c, 0x81, 0x82, 0x83, 0x84, 0x87];
const REGISTERED_AUDIO: readonly string[] = ["AC-3", "EAC3", "Opus", "BSSD", "DTS1", "DTS2", "DTS3"];

/** Name of a video codec other than H.264; undefined for anything but video. */
export const otherVideoOf = ({ streamType, registration }: PmtStream): string | undefined =>
  OTHER_VIDEO[streamType] ?? (registration === undefined ? undefined : REGISTERED_VIDEO[registration]);

export const isAudio = ({ streamType, registration }: PmtStream): boolean =>
  AUDIO.includes(streamType) || (registration !== undefined && REGISTERED_AUDIO.includes(registration));

/** Type 0x06 is also used for subtitles and AC-3, so it counts only with a KLVA registration. */
export const mayCarryKlv = ({ streamType, isKlva }: PmtStream): boolean =>
  streamType === TYPE_METADATA_PES || (streamType === TYPE_PRIVATE_PES && isKlva);
