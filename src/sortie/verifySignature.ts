import type { EventLog, Sha256 } from "./eventChain.js";
import type { Manifest } from "./manifest.js";
import { readSignature, type CheckSignature } from "./signature.js";

export type SignatureProblem =
  | { readonly kind: "signature-missing"; readonly fingerprint: string }
  | { readonly kind: "signature-unreadable" }
  | { readonly kind: "signature-wrong" }
  /** The public key beside the sortie is not the one named in the manifest or the log. */
  | { readonly kind: "key-differs"; readonly expected: string; readonly found: string }
  | { readonly kind: "sealed-otherwise" };

/**
 * `none`: never signed (0.2, or a station without a key). An unknown key is no fault, it may be another station's;
 * `isKnown` says it.
 */
export type SignatureVerdict =
  | { readonly state: "none" | "wrong" }
  | { readonly state: "right"; readonly fingerprint: string; readonly isKnown: boolean };

export type Trust = {
  readonly check: CheckSignature;
  /** The keys of this station, and those that were added to it. */
  readonly knownFingerprints: ReadonlySet<string>;
};

type Signed = {
  readonly manifestText: string | undefined;
  readonly manifest: Manifest | undefined;
  readonly log: EventLog | undefined;
  readonly signatureText?: string | undefined;
  readonly publicKeyPem?: string | undefined;
  readonly sealedHereSha256?: string | undefined;
};

type Judged = { readonly verdict: SignatureVerdict; readonly problems: readonly SignatureProblem[] };

/**
 * Whether the manifest is the one that the station signed. The signer is named in three places: the log (at the start
 * of the sortie), the manifest, and the public key beside them. If any of them says that the sortie is signed, it must
 * be.
 */
export function judgeSignature(signed: Signed, sha256: Sha256, trust: Trust | undefined): Judged {
  const { manifestText, manifest, sealedHereSha256 } = signed;
  const isOther =
    sealedHereSha256 !== undefined && manifestText !== undefined && sha256(manifestText) !== sealedHereSha256;
  const otherwise: readonly SignatureProblem[] = isOther ? [{ kind: "sealed-otherwise" }] : [];
  if (!trust || !manifest || manifestText === undefined) return { verdict: { state: "none" }, problems: otherwise };
  const judged = judge({ ...signed, manifest, manifestText }, trust);
  return { verdict: judged.verdict, problems: [...judged.problems, ...otherwise] };
}

type Sealed = Signed & { readonly manifest: Manifest; readonly manifestText: string };

function judge(sealed: Sealed, trust: Trust): Judged {
  const { manifest, manifestText, log, signatureText, publicKeyPem } = sealed;
  const named = keyNamedIn(log);
  const expected = manifest.signedBy ?? named;
  if (signatureText === undefined) {
    if (expected === undefined) return { verdict: { state: "none" }, problems: [] };
    return wrong({ kind: "signature-missing", fingerprint: expected });
  }
  const signature = readSignature(signatureText);
  if (signature === undefined || publicKeyPem === undefined) return wrong({ kind: "signature-unreadable" });
  const checked = trust.check(publicKeyPem, manifestText, signature);
  if (!checked) return wrong({ kind: "signature-unreadable" });
  const { fingerprint, isRight } = checked;
  if (!isRight) return wrong({ kind: "signature-wrong" });
  const other = [manifest.signedBy, named].find((name) => name !== undefined && name !== fingerprint);
  if (other !== undefined) return wrong({ kind: "key-differs", expected: other, found: fingerprint });
  return { verdict: { state: "right", fingerprint, isKnown: trust.knownFingerprints.has(fingerprint) }, problems: [] };
}

const wrong = (problem: SignatureProblem): Judged => ({ verdict: { state: "wrong" }, problems: [problem] });

/** Fingerprint of the key that the station recorded at the start of the sortie. */
function keyNamedIn(log: EventLog | undefined): string | undefined {
  const fingerprint = log?.events.find(({ kind }) => kind === "station-key")?.facts["fingerprint"];
  return typeof fingerprint === "string" ? fingerprint : undefined;
}
