/**
 * Converts the video port's datagrams, whatever the camera's format, to one transport stream:
 *
 *   transport stream ───────────────────────────────────────────▶ unchanged
 *   RTP ─▶ order ─┬─ transport stream inside ───────────────────▶ without the RTP header
 *                 └─ H.264 ─▶ pictures ─┬─▶ (tsWriter) ─────────▶ our own transport stream
 *   bare H.264 (annexB) ────────────────┘
 *
 * The format is recognised by first bytes and sequence numbers only, not by rates or addresses.
 */
import type { VideoProblem } from "../core/mediaProblem.js";
import { AnnexBReader, bareCodec } from "./annexB.js";
import { unitFacts } from "./h264.js";
import { RtpCodec, type RtpContent } from "./rtpCodec.js";
import { RtpH264, type RtpPicture } from "./rtpH264.js";
import { RtpOrder } from "./rtpOrder.js";
import { isRtcp, parseRtp, type RtpPacket } from "./rtpPacket.js";
import { TsWriter } from "./tsWriter.js";

const TS_SYNC_BYTE = 0x47;
const TS_PACKET_BYTES = 188;
/** Datagrams of a picture after its start code: a keyframe of one megabyte. */
const WITHOUT_START_MAX = 700;
const TICKS_ROUND = 2 ** 32;
/** Ordered packets kept until their content is recognised. */
const WAITING_MAX = 64;
/** Keyframes without a preceding parameter set, or pictures without either, before it is reported: 3 s of most cameras. */
const KEYFRAMES_WITHOUT_MAX = 2;
const PICTURES_WITHOUT_MAX = 75;

export class VideoDatagrams {
  #stream: RtpStream | undefined;
  #bare: BareStream | undefined;

  /** Transport stream bytes, in order. */
  push(datagram: Uint8Array): readonly Uint8Array[] {
    const isTs = datagram[0] === TS_SYNC_BYTE && datagram.byteLength % TS_PACKET_BYTES === 0;
    if (isTs || (datagram[0] === TS_SYNC_BYTE && !this.#bare)) {
      // Another sender, or the same one reconfigured: problems of the previous stream no longer apply.
      this.#stream = undefined;
      this.#bare = undefined;
      return [datagram];
    }
    const bare = this.#bareStream(datagram);
    if (bare) return bare.push(datagram);
    if (isRtcp(datagram)) return [];
    const packet = parseRtp(datagram);
    if (!packet) return [datagram];
    if (this.#stream?.source !== packet.source) this.#stream = new RtpStream(packet.source);
    return this.#stream.push(packet);
  }

  /** What is wrong with the RTP stream, as far as its headers tell. */
  problem(): VideoProblem | undefined {
    return this.#bare?.problem() ?? this.#stream?.problem();
  }

  /** Raw H.264 starts with a start code; the following datagrams may continue a picture longer than one datagram. */
  #bareStream(datagram: Uint8Array): BareStream | undefined {
    const codec = bareCodec(datagram);
    if (codec !== undefined && this.#bare?.codec !== codec) this.#bare = new BareStream(codec);
    if (this.#bare?.isOver(codec !== undefined)) this.#bare = undefined;
    if (this.#bare) this.#stream = undefined;
    return this.#bare;
  }
}

class BareStream {
  readonly codec: "H.264" | "H.265";
  readonly #reader = new AnnexBReader();
  #countWithoutStart = 0;

  constructor(codec: "H.264" | "H.265") {
    this.codec = codec;
  }

  /** True after so many datagrams without a start code that they must be something else. */
  isOver(hasStart: boolean): boolean {
    this.#countWithoutStart = hasStart ? 0 : this.#countWithoutStart + 1;
    return this.#countWithoutStart > WITHOUT_START_MAX;
  }

  push(datagram: Uint8Array): readonly Uint8Array[] {
    return this.codec === "H.264" ? this.#reader.push(datagram) : [];
  }

  problem(): VideoProblem | undefined {
    return this.codec === "H.264" ? undefined : { kind: "codec", codec: this.codec };
  }
}

class RtpStream {
  readonly source: number;
  readonly #order = new RtpOrder();
  readonly #codec = new RtpCodec();
  readonly #pictures = new RtpH264();
  readonly #writer = new TsWriter();
  #content: RtpContent | undefined;
  #waiting: { packet: RtpPacket; isAfterLoss: boolean }[] = [];
  #lastTicks: number | undefined;
  #pts = 0;
  #hasParameters = false;
  #countOfPictures = 0;
  #countOfKeyframes = 0;

  constructor(source: number) {
    this.source = source;
  }

  problem(): VideoProblem | undefined {
    if (this.#content?.kind === "other") return { kind: "rtp-codec", codec: this.#content.codec };
    if (this.#hasParameters) return undefined;
    const isWithout = this.#countOfKeyframes >= KEYFRAMES_WITHOUT_MAX || this.#countOfPictures >= PICTURES_WITHOUT_MAX;
    return isWithout ? { kind: "rtp-no-parameters" } : undefined;
  }

  push(packet: RtpPacket): readonly Uint8Array[] {
    const out: Uint8Array[] = [];
    for (const ordered of this.#order.push(packet)) {
      if (this.#content === undefined) {
        this.#content = this.#codec.see(ordered.packet);
        // Copied, because the socket reuses its buffer.
        const kept = { ...ordered.packet, payload: ordered.packet.payload.slice() };
        if (this.#waiting.length < WAITING_MAX) this.#waiting.push({ ...ordered, packet: kept });
        if (this.#content) for (const waited of this.#waiting.splice(0)) out.push(...this.#take(waited));
      } else out.push(...this.#take(ordered));
    }
    return out;
  }

  #take({ packet, isAfterLoss }: { packet: RtpPacket; isAfterLoss: boolean }): readonly Uint8Array[] {
    if (this.#content?.kind === "mp2t") return [packet.payload];
    if (this.#content?.kind !== "h264") return [];
    return this.#pictures.push(packet, isAfterLoss).map((picture) => this.#write(picture));
  }

  #write({ ticks, bytes, isAfterLoss }: RtpPicture): Uint8Array {
    // 32 bits wrap every 13 hours; timestamps may step back a little where pictures are not sent in display order.
    const step = this.#lastTicks === undefined ? ticks : (ticks - this.#lastTicks + TICKS_ROUND) % TICKS_ROUND;
    this.#pts += step >= TICKS_ROUND / 2 ? step - TICKS_ROUND : step;
    this.#lastTicks = ticks;
    const { isKeyframe, hasParameters } = unitFacts(bytes);
    this.#countOfPictures++;
    if (isKeyframe) this.#countOfKeyframes++;
    this.#hasParameters ||= hasParameters;
    return this.#writer.write({ bytes, pts: this.#pts, isKeyframe, isAfterLoss });
  }
}
