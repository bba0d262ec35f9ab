/** Pure rooms have no crypto: SHA-256 comes from the caller. */
type Sha256 = (bytes: Uint8Array) => Uint8Array;

export type Signing = {
  /** 32 bytes. */
  readonly secretKey: Uint8Array;
  readonly linkId: number;
  /** 10 µs units since 2015-01-01 UTC. Must increase with every message of a link: the caller keeps the counter. */
  readonly time10us: number;
  readonly sha256: Sha256;
};

const SIGNATURE_LENGTH = 6;

/**
 * The 13 bytes that follow the checksum: link id, time, and the first 48 bits of SHA-256 over key, frame up to its
 * checksum, link id and time. https://mavlink.io/en/guide/message_signing.html
 */
export function signatureOf(frame: Uint8Array, checksumEnd: number, signing: Signing): Uint8Array {
  const block = new Uint8Array(7 + SIGNATURE_LENGTH);
  const view = new DataView(block.buffer);
  block[0] = signing.linkId;
  view.setUint32(1, signing.time10us % 2 ** 32, true);
  view.setUint16(5, Math.floor(signing.time10us / 2 ** 32), true);
  block.set(hashOf(frame.subarray(0, checksumEnd), block.subarray(0, 7), signing), 7);
  return block;
}

function hashOf(upToChecksum: Uint8Array, linkAndTime: Uint8Array, key: Pick<Signing, "secretKey" | "sha256">) {
  const hashed = new Uint8Array(key.secretKey.length + upToChecksum.length + linkAndTime.length);
  hashed.set(key.secretKey);
  hashed.set(upToChecksum, key.secretKey.length);
  hashed.set(linkAndTime, key.secretKey.length + upToChecksum.length);
  return key.sha256(hashed).subarray(0, SIGNATURE_LENGTH);
}

/** True when the frame was signed with this key. False for a frame without a signature. */
export function isSignatureValid(frameBytes: Uint8Array, key: Pick<Signing, "secretKey" | "sha256">): boolean {
  const end = frameBytes.length - 7 - SIGNATURE_LENGTH;
  if (frameBytes[0] !== 0xfd || ((frameBytes[2] ?? 0) & 1) === 0 || end <= 0) return false;
  const expected = hashOf(frameBytes.subarray(0, end), frameBytes.subarray(end, end + 7), key);
  return expected.every((byte, i) => byte === frameBytes[end + 7 + i]);
}

const EPOCH_2015_UNIX_US = 1_420_070_400_000_000;

/** Signing time of a wall-clock time: whole units of 10 µs since 2015-01-01 UTC, never below 0. */
export const signingTimeOf = (unixUs: number): number => Math.max(0, Math.floor((unixUs - EPOCH_2015_UNIX_US) / 10));

/** One minute: the first frame of a new stream may not be older. */
const SIGNING_OLDEST_10US = 6_000_000;
/**
 * Bounds the memory: a frame of an invented sender fails by its signature, so only a holder of the key could reach it.
 */
const STREAMS_MAX = 1024;

/**
 * The newest timestamp of every stream (system id, component id, link id): a replayed frame has a valid signature but
 * an old timestamp. https://mavlink.io/en/guide/message_signing.html#handling-timestamps-and-replay-attacks
 */
export class SigningStreams {
  readonly #newest = new Map<number, number>();

  /**
   * True when the frame's timestamp is newer than all before on its stream, or the stream is new and the timestamp at
   * most a minute old.
   */
  accept(
    frame: { readonly systemId: number; readonly componentId: number },
    sealed: SignedAt,
    own10us: number,
  ): boolean {
    const key = (frame.systemId << 16) | (frame.componentId << 8) | sealed.linkId;
    const newest = this.#newest.get(key);
    const isNew = newest === undefined ? sealed.time10us + SIGNING_OLDEST_10US >= own10us : sealed.time10us > newest;
    if (!isNew || (newest === undefined && this.#newest.size >= STREAMS_MAX)) return false;
    this.#newest.set(key, sealed.time10us);
    return true;
  }
}
type SignedAt = { readonly linkId: number; readonly time10us: number };
