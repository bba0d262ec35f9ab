/** Depacketises H.264 from RTP (RFC 6184, modes 0 and 1): single NAL units, aggregates (STAP-A), fragments (FU-A). */
import type { RtpPacket } from "./rtpPacket.js";

const STAP_A = 24;
const FU_A = 28;
const START_CODE = Uint8Array.of(0, 0, 0, 1);
/** As in `pes.ts`: keeps a picture without an end from filling the memory. */
const PICTURE_BYTES_MAX = 8 * 1024 * 1024;

/** One coded picture with start codes. Incomplete pictures are not returned. */
export type RtpPicture = { readonly ticks: number; readonly bytes: Uint8Array; readonly isAfterLoss: boolean };

export class RtpH264 {
  #parts: Uint8Array[] = [];
  #byteCount = 0;
  #ticks: number | undefined;
  #isInFragment = false;
  #isDamaged = false;
  #isAfterLoss = false;

  /** Packets in sequence order; `isAfterLoss`: packets before this one were lost. */
  push(packet: RtpPacket, isAfterLoss: boolean): readonly RtpPicture[] {
    const pictures: RtpPicture[] = [];
    if (isAfterLoss) this.#isDamaged = true;
    // A picture ends with the marker bit or, if that packet is lost, with a new timestamp.
    if (this.#ticks !== undefined && this.#ticks !== packet.ticks) {
      pictures.push(...this.#end());
      // The lost packets may have belonged to either picture.
      if (isAfterLoss) this.#isDamaged = true;
    }
    this.#ticks = packet.ticks;
    this.#take(packet.payload);
    if (packet.isMarked) pictures.push(...this.#end());
    return pictures;
  }

  #take(payload: Uint8Array): void {
    const type = (payload[0] ?? 0) & 0x1f;
    if (type === FU_A) this.#takeFragment(payload);
    else if (type === STAP_A) this.#takeAggregate(payload);
    else if (type >= 1 && type < STAP_A) this.#add(START_CODE, payload);
    // Interleaved mode needs negotiation (SDP), which a receive-only station does not do.
    else this.#isDamaged = true;
  }

  #takeFragment(payload: Uint8Array): void {
    const [indicator = 0, header = 0] = payload;
    const isStart = (header & 0x80) !== 0;
    if (isStart) this.#add(START_CODE, Uint8Array.of((indicator & 0xe0) | (header & 0x1f)), payload.subarray(2));
    else if (this.#isInFragment) this.#add(payload.subarray(2));
    else this.#isDamaged = true;
    this.#isInFragment = (header & 0x40) === 0 && (isStart || this.#isInFragment);
  }

  #takeAggregate(payload: Uint8Array): void {
    for (let at = 1; at + 2 < payload.byteLength;) {
      const length = ((payload[at] ?? 0) << 8) | (payload[at + 1] ?? 0);
      const unit = payload.subarray(at + 2, at + 2 + length);
      if (length === 0 || unit.byteLength < length) {
        this.#isDamaged = true;
        return;
      }
      this.#add(START_CODE, unit);
      at += 2 + length;
    }
  }

  #add(...parts: readonly Uint8Array[]): void {
    for (const part of parts) {
      this.#byteCount += part.byteLength;
      if (this.#byteCount > PICTURE_BYTES_MAX) {
        this.#isDamaged = true;
        this.#parts = [];
        return;
      }
      this.#parts.push(part.slice());
    }
  }

  #end(): readonly RtpPicture[] {
    const { ticks, parts, isDamaged } = { ticks: this.#ticks, parts: this.#parts, isDamaged: this.#isDamaged };
    const isWhole = !isDamaged && !this.#isInFragment && parts.length > 0;
    const bytes = isWhole ? joined(parts, this.#byteCount) : undefined;
    this.#parts = [];
    this.#byteCount = 0;
    this.#isInFragment = false;
    this.#isDamaged = false;
    this.#ticks = undefined;
    if (!bytes || ticks === undefined) {
      this.#isAfterLoss = true;
      return [];
    }
    const picture: RtpPicture = { ticks, bytes, isAfterLoss: this.#isAfterLoss };
    this.#isAfterLoss = false;
    return [picture];
  }
}

function joined(parts: readonly Uint8Array[], byteCount: number): Uint8Array {
  const all = new Uint8Array(byteCount);
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.byteLength;
  }
  return all;
}
