import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  sign,
  verify,
  type KeyObject,
} from "node:crypto";

/** An Ed25519 key pair (RFC 8032). The private key leaves this object only as `secret`, for the keychain. */
export type KeyPair = {
  /** SHA-256 of the public key (SubjectPublicKeyInfo, DER), 64 hex digits. */
  readonly fingerprint: string;
  readonly publicKeyPem: string;
  /** The signature in base64. */
  readonly sign: (text: string) => string;
};

/** A new private key, PKCS #8 in DER, for the keychain. */
export const newKeySecret = (): Uint8Array =>
  new Uint8Array(generateKeyPairSync("ed25519").privateKey.export({ type: "pkcs8", format: "der" }));

/** Undefined for bytes that are not such a key. */
export function keyPairFrom(secret: Uint8Array): KeyPair | undefined {
  try {
    const privateKey = createPrivateKey({ key: Buffer.from(secret), type: "pkcs8", format: "der" });
    if (privateKey.asymmetricKeyType !== "ed25519") return undefined;
    const publicKey = createPublicKey(privateKey);
    return {
      fingerprint: fingerprintOf(publicKey),
      publicKeyPem: publicKey.export({ type: "spki", format: "pem" }).toString(),
      sign: (text) => sign(null, Buffer.from(text), privateKey).toString("base64"),
    };
  } catch {
    // Node throws for bytes that are not a key.
    return undefined;
  }
}

export function checkSignature(
  publicKeyPem: string,
  text: string,
  signatureBase64: string,
): { readonly isRight: boolean; readonly fingerprint: string } | undefined {
  try {
    const publicKey = createPublicKey(publicKeyPem);
    if (publicKey.asymmetricKeyType !== "ed25519") return undefined;
    const isRight = verify(null, Buffer.from(text), publicKey, Buffer.from(signatureBase64, "base64"));
    return { isRight, fingerprint: fingerprintOf(publicKey) };
  } catch {
    // The text is not a key.
    return undefined;
  }
}

const fingerprintOf = (publicKey: KeyObject): string =>
  createHash("sha256")
    .update(publicKey.export({ type: "spki", format: "der" }))
    .digest("hex");
