/** Pure rooms have no crypto: SHA-256 comes from the caller. */
type Sha256 = (bytes: Uint8Array) => Uint8Array;

export type Signing = {
  /** 32 bytes. */
  readonly secretKey: Uint8Array;
  readonly linkId: number;
  /** 10 µs units since 2015-01-01 UTC. Must rise with every message of a link: the caller keeps the counter. */
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

/** Whether a signed frame was signed with this key. False for a frame without a signature. */
export function isSignatureValid(frameBytes: Uint8Array, key: Pick<Signing, "secretKey" | "sha256">): boolean {
  const end = frameBytes.length - 7 - SIGNATURE_LENGTH;
  if (frameBytes[0] !== 0xfd || ((frameBytes[2] ?? 0) & 1) === 0 || end <= 0) return false;
  const expected = hashOf(frameBytes.subarray(0, end), frameBytes.subarray(end, end + 7), key);
  return expected.every((byte, i) => byte === frameBytes[end + 7 + i]);
}
