import { parseBoundedJson, SMALL_FILE_LIMITS } from "../core/boundedJson.js";

/**
 * The signature of a manifest's bytes (Ed25519, RFC 8032), in a file of its own. The chain of events and the hashes in
 * the manifest show every change except one: that all of them were written anew. Against that the signature needs the
 * station's private key.
 */
export const signatureText = (signatureBase64: string): string =>
  `${JSON.stringify({ format: "vigie-signature", version: 1, algorithm: "Ed25519", signature: signatureBase64 })}\n`;

/** The signature in base64; undefined for anything other than such a file. */
export function readSignature(text: string): string | undefined {
  const parsed = parseBoundedJson(text, SMALL_FILE_LIMITS);
  if (!parsed.ok || typeof parsed.value !== "object" || parsed.value === null) return undefined;
  const { format, algorithm, signature } = parsed.value as Record<string, unknown>;
  const isSignature = format === "vigie-signature" && algorithm === "Ed25519" && typeof signature === "string";
  return isSignature ? signature : undefined;
}

/** Passed in because the pure rooms have no crypto. Undefined for an invalid key. */
export type CheckSignature = (
  publicKeyPem: string,
  text: string,
  signatureBase64: string,
) => { readonly isRight: boolean; readonly fingerprint: string } | undefined;
