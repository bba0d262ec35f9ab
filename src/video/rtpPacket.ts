/** The header of an RTP packet (RFC 3550, 5.1). */
export type RtpPacket = {
  readonly payloadType: number;
  /** Marker bit: the last packet of a picture. */
  readonly isMarked: boolean;
  /** 16 bits, wrapping. */
  readonly sequence: number;
  /** RTP timestamp: 32 bits, 90 kHz for video, wrapping. */
  readonly ticks: number;
  /** SSRC: identifies the sender; changes when it restarts. */
  readonly source: number;
  readonly payload: Uint8Array;
};

const HEADER_BYTES = 12;
/** RTCP packets on the same port (RFC 5761, 4) look like RTP with payload types from 72 on. */
const RTCP_TYPES_FROM = 72;
const RTCP_TYPES_TO = 78;

export const isRtcp = (datagram: Uint8Array): boolean => {
  const type = (datagram[1] ?? 0) & 0x7f;
  return ((datagram[0] ?? 0) & 0xc0) === 0x80 && type >= RTCP_TYPES_FROM && type <= RTCP_TYPES_TO;
};

/** Undefined for anything but RTP version 2. */
export function parseRtp(datagram: Uint8Array): RtpPacket | undefined {
  const first = datagram[0] ?? 0;
  if (datagram.byteLength <= HEADER_BYTES || (first & 0xc0) !== 0x80) return undefined;
  const view = new DataView(datagram.buffer, datagram.byteOffset, datagram.byteLength);
  let from = HEADER_BYTES + 4 * (first & 0x0f);
  if ((first & 0x10) !== 0) {
    if (from + 4 > datagram.byteLength) return undefined;
    from += 4 + 4 * view.getUint16(from + 2);
  }
  const padding = (first & 0x20) !== 0 ? (datagram[datagram.byteLength - 1] ?? 0) : 0;
  const to = datagram.byteLength - padding;
  if (from >= to) return undefined;
  return {
    payloadType: (datagram[1] ?? 0) & 0x7f,
    isMarked: ((datagram[1] ?? 0) & 0x80) !== 0,
    sequence: view.getUint16(2),
    ticks: view.getUint32(4),
    source: view.getUint32(8),
    payload: datagram.subarray(from, to),
  };
}
