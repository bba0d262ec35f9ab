/**
 * Recognises the codec of an RTP stream. Static payload types exist only for old codecs; H.264 and H.265 use dynamic ones that an
 * SDP would explain, and we have none, so the first payload bytes decide.
 */
import type { RtpPacket } from "./rtpPacket.js";

export type RtpContent =
  { readonly kind: "mp2t" } | { readonly kind: "h264" } | { readonly kind: "other"; readonly codec: string };

/** RFC 3551, table 5. */
const STATIC_TYPES: Readonly<Record<number, string>> = { 26: "Motion JPEG", 31: "H.261", 32: "MPEG-2", 34: "H.263" };
const MP2T = 33;
const LAST_AUDIO_TYPE = 23;
const TS_PACKET_BYTES = 188;
/** Number of packets examined: a few tenths of a second of any video. */
const VOTES = 20;

const H264_TYPES: readonly number[] = [1, 5, 6, 7, 8, 9, 24];
const H264_FU_A = 28;

export class RtpCodec {
  #countOfPackets = 0;
  #h264 = 0;
  #h265 = 0;

  /** Undefined until it is known. */
  see({ payloadType, payload }: RtpPacket): RtpContent | undefined {
    const isTs = payload[0] === 0x47 && payload.byteLength % TS_PACKET_BYTES === 0;
    if (payloadType === MP2T || isTs) return { kind: "mp2t" };
    const named = STATIC_TYPES[payloadType] ?? (payloadType <= LAST_AUDIO_TYPE ? "sound" : undefined);
    if (named !== undefined) return { kind: "other", codec: named };
    this.#countOfPackets++;
    if (isH265(payload)) this.#h265++;
    else if (isH264(payload)) this.#h264++;
    if (this.#countOfPackets < VOTES) return undefined;
    if (Math.max(this.#h264, this.#h265) < VOTES / 2)
      return { kind: "other", codec: "a coding that is not known here" };
    return this.#h264 >= this.#h265 ? { kind: "h264" } : { kind: "other", codec: "H.265" };
  }
}

/** NAL header of RFC 6184, 5.2: forbidden bit, nal_ref_idc, type; fragments (FU-A) have the real type in the next byte. */
function isH264(payload: Uint8Array): boolean {
  const [first = 0, second = 0] = payload;
  if ((first & 0x80) !== 0) return false;
  const type = first & 0x1f;
  if (type !== H264_FU_A) return H264_TYPES.includes(type);
  return (second & 0x20) === 0 && (second & 0xc0) !== 0xc0 && H264_TYPES.includes(second & 0x1f);
}

/** RFC 7798, 1.1.4: nearly every packet has layer 0 and temporal id 1; read as H.264 these bytes give unused NAL types. */
function isH265(payload: Uint8Array): boolean {
  const [first = 0, second = 0] = payload;
  const type = first >> 1;
  const isKnown = type <= 21 || (type >= 32 && type <= 40) || type === 48 || type === 49;
  return (first & 0x81) === 0 && second === 1 && isKnown && !H264_TYPES.slice(0, 2).includes(first & 0x1f);
}
