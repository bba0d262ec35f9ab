import { MavLinkPacketSignature, x25crc } from "node-mavlink";

/** MAVLink 2 signing, the vehicle's side of one link: https://mavlink.io/en/guide/message_signing.html */
export type Signing = {
  /** Undefined or all zero removes the key. */
  readonly setKey: (key: Uint8Array | undefined, initialTimestamp: bigint) => void;
  readonly isKeyed: () => boolean;
  /** The frame with a signature when there is a key, otherwise unchanged. */
  readonly sign: (frame: Uint8Array, crcExtra: number) => Uint8Array;
  readonly check: (frame: Uint8Array) => "unsigned" | "good" | "bad";
};

const SIGNATURE_LENGTH = 13;
/** Signature timestamps count units of 10 microseconds since 2015-01-01. */
const EPOCH_2015_US = 1_420_070_400_000_000n;
/** The first frame of a stream may be at most a minute old. */
const OLDEST_TICKS = 6_000_000n;

function timestampOf(frame: Buffer): bigint {
  return BigInt(frame.readUIntLE(frame.length - SIGNATURE_LENGTH + 1, 6));
}

/**
 * `nowUnixUs` is the vehicle's clock; timestamps rise by at least one per frame even if the clock does not. Replayed frames, wrong
 * keys and old streams are "bad".
 */
export function createSigning(linkId: number, nowUnixUs: () => number): Signing {
  let key: Buffer | undefined;
  let last = 0n;
  const streams = new Map<string, bigint>();

  const next = (): bigint => {
    const now = (BigInt(Math.round(nowUnixUs())) - EPOCH_2015_US) / 10n;
    last = now > last ? now : last + 1n;
    return last;
  };
  const isFresh = (frame: Buffer): boolean => {
    const stream = `${frame[5] ?? 0}/${frame[6] ?? 0}/${frame[frame.length - SIGNATURE_LENGTH] ?? 0}`;
    const time = timestampOf(frame);
    const before = streams.get(stream);
    if (before === undefined ? time + OLDEST_TICKS < last : time <= before) return false;
    streams.set(stream, time);
    if (time > last) last = time;
    return true;
  };
  return {
    setKey: (given, initialTimestamp) => {
      const isNone = given === undefined || given.every((byte) => byte === 0);
      key = isNone ? undefined : Buffer.from(given);
      if (initialTimestamp > last) last = initialTimestamp;
      streams.clear();
    },
    isKeyed: () => key !== undefined,
    sign: (frame, crcExtra) => {
      if (!key) return frame;
      return signedFrame(frame, { key, linkId, time: next(), crcExtra });
    },
    check: (bytes) => {
      const frame = Buffer.from(bytes);
      if (frame[0] !== 0xfd || ((frame[2] ?? 0) & 1) === 0) return "unsigned";
      if (!key) return "bad";
      const signature = new MavLinkPacketSignature(frame);
      return signature.signature === signature.calculate(key) && isFresh(frame) ? "good" : "bad";
    },
  };
}

type Seal = { readonly key: Buffer; readonly linkId: number; readonly time: bigint; readonly crcExtra: number };

function signedFrame(unsigned: Uint8Array, { key, linkId, time, crcExtra }: Seal): Uint8Array {
  // The "signed" incompatibility flag is part of the checksum.
  const body = Buffer.from(unsigned);
  body[2] = (body[2] ?? 0) | 1;
  body.writeUInt16LE(x25crc(body, 1, 2, crcExtra), body.length - 2);
  const frame = Buffer.concat([body, Buffer.alloc(SIGNATURE_LENGTH)]);
  // The stock `sign` uses whole milliseconds: two frames in the same one would have equal timestamps (STYLE 12).
  const signature = new MavLinkPacketSignature(frame);
  signature.linkId = linkId;
  // eslint-disable-next-line id-denylist -- the stock class's own name
  signature.timestamp = Number(time);
  signature.signature = signature.calculate(key);
  return frame;
}
