import { describe, expect, it } from "vitest";
import { createEventChain } from "./eventChain.js";
import { manifestText } from "./manifest.js";
import { signatureText, type CheckSignature } from "./signature.js";
import { sha256 } from "./testing/sortieBuilders.js";
import type { SignatureProblem, SignatureVerdict } from "./verifySignature.js";
import { problemText, verifySortie } from "./verifySortie.js";

/** Keys are "key A" and "key B", with the fingerprints "A" and "B"; a signature is the signer's letter and the hash. */
const check: CheckSignature = (publicKeyPem, text, signatureBase64) => {
  const fingerprint = /^key ([AB])$/.exec(publicKeyPem)?.[1];
  if (fingerprint === undefined) return undefined;
  return { fingerprint, isRight: signatureBase64 === `${fingerprint} ${sha256(text)}` };
};
const trust = { check, knownFingerprints: new Set(["A"]) };

type Case = {
  /** Whom the manifest and the log name as signer. */
  readonly inManifest?: string;
  readonly inLog?: unknown;
  /** Who signed, over which text; by default the manifest. */
  readonly signer?: string;
  readonly signedText?: string;
  readonly signatureText?: string;
  readonly publicKeyPem?: string;
};

function judged({ inManifest, inLog, signer, signedText, publicKeyPem, ...given }: Case): {
  readonly signature: SignatureVerdict;
  readonly problems: readonly unknown[];
  readonly verdict: string;
} {
  const chain = createEventChain(sha256);
  const eventsText =
    chain.next({ unixTimeUs: 1, kind: "sortie-opened", facts: {} }) +
    (inLog === undefined ? "" : chain.next({ unixTimeUs: 2, kind: "station-key", facts: { fingerprint: inLog } }));
  const manifest = manifestText(5, chain.lastSha256(), [], { signedBy: inManifest });
  const signed = signer && signatureText(`${signer} ${sha256(signedText ?? manifest)}`);
  return verifySortie(
    { manifestText: manifest, eventsText, files: [], publicKeyPem, signatureText: given.signatureText ?? signed },
    sha256,
    trust,
  );
}

const signedByA: Case = { inManifest: "A", inLog: "A", signer: "A", publicKeyPem: "key A" };

describe("the signature of a sortie", () => {
  it("is right when the key named in the log and in the manifest signed the manifest", () => {
    expect(judged(signedByA)).toMatchObject({
      verdict: "intact",
      problems: [],
      signature: { state: "right", fingerprint: "A", isKnown: true },
    });
  });

  it("is right, and by an unknown key, when another station sealed the sortie", () => {
    expect(judged({ inManifest: "B", inLog: "B", signer: "B", publicKeyPem: "key B" })).toMatchObject({
      verdict: "intact",
      signature: { state: "right", fingerprint: "B", isKnown: false },
    });
  });

  it("is right when neither log nor manifest names the signer", () => {
    const { verdict, signature } = judged({ signer: "A", publicKeyPem: "key A" });
    expect([verdict, signature.state]).toEqual(["intact", "right"]);
  });

  it("is none, and no fault, when nothing says that the sortie was signed", () => {
    expect(judged({})).toMatchObject({ verdict: "intact", problems: [], signature: { state: "none" } });
    expect(judged({ inLog: 7 })).toMatchObject({ verdict: "intact", signature: { state: "none" } });
  });

  const wrongCases: readonly (readonly [string, Case, SignatureProblem])[] = [
    [
      "missing though the manifest names a signer",
      { inManifest: "A", publicKeyPem: "key A" },
      { kind: "signature-missing", fingerprint: "A" },
    ],
    [
      "missing though the log names a signer",
      { inLog: "B", publicKeyPem: "key B" },
      { kind: "signature-missing", fingerprint: "B" },
    ],
    ["unreadable", { ...signedByA, signatureText: "{}" }, { kind: "signature-unreadable" }],
    ["without its public key", { inManifest: "A", inLog: "A", signer: "A" }, { kind: "signature-unreadable" }],
    ["beside a key that is none", { ...signedByA, publicKeyPem: "no key" }, { kind: "signature-unreadable" }],
    ["over another manifest", { ...signedByA, signedText: "{}" }, { kind: "signature-wrong" }],
    [
      "by another key than the manifest names",
      { ...signedByA, signer: "B", publicKeyPem: "key B", inLog: "B" },
      { kind: "key-differs", expected: "A", found: "B" },
    ],
    [
      "by another key than the log names",
      { ...signedByA, signer: "B", publicKeyPem: "key B", inManifest: "B" },
      { kind: "key-differs", expected: "A", found: "B" },
    ],
  ];
  it.each(wrongCases)("is wrong when it is %s", (_, given, problem) => {
    expect(judged(given)).toMatchObject({ verdict: "tampered", problems: [problem], signature: { state: "wrong" } });
  });

  it("is not checked without trust", () => {
    const manifest = manifestText(5, "0".repeat(64), [], { signedBy: "A" });
    const verdict = verifySortie({ manifestText: manifest, eventsText: "", files: [] }, sha256);
    expect(verdict).toMatchObject({ verdict: "intact", signature: { state: "none" } });
  });

  it("is none where there is no manifest, or none that can be read", () => {
    const content = { eventsText: "", files: [], signatureText: signatureText("x"), publicKeyPem: "key A" };
    for (const text of [undefined, "{}"]) {
      expect(verifySortie({ ...content, manifestText: text }, sha256, trust).signature).toEqual({ state: "none" });
    }
  });
});

describe("a station that sealed the sortie itself", () => {
  const manifest = manifestText(5, "0".repeat(64), []);
  const sealed = { manifestText: manifest, eventsText: "", files: [] };

  it("recognises its manifest", () => {
    const verdict = verifySortie({ ...sealed, sealedHereSha256: sha256(manifest) }, sha256);
    expect(verdict).toMatchObject({ verdict: "intact", problems: [] });
  });

  it("says that the manifest was written anew, with and without a key", () => {
    for (const given of [undefined, trust]) {
      const verdict = verifySortie({ ...sealed, sealedHereSha256: sha256("another") }, sha256, given);
      expect(verdict).toMatchObject({ verdict: "tampered", problems: [{ kind: "sealed-otherwise" }] });
    }
  });

  it("misses a manifest that was removed, also while the folder counts as being recorded", () => {
    const removed = { ...sealed, manifestText: undefined, sealedHereSha256: sha256(manifest), isBeingRecorded: true };
    expect(verifySortie(removed, sha256).problems).toEqual([{ kind: "manifest-missing" }]);
  });
});

it.each([
  [{ kind: "signature-missing", fingerprint: "A" }, /signature is missing.* A$/],
  [{ kind: "signature-unreadable" }, /manifest\.sig or station-key\.pem cannot be read/],
  [{ kind: "signature-wrong" }, /does not fit manifest\.json/],
  [{ kind: "key-differs", expected: "A", found: "B" }, /station-key\.pem is key B, .* signed by A$/],
  [{ kind: "sealed-otherwise" }, /sealed the sortie with another manifest\.json/],
] satisfies readonly (readonly [SignatureProblem, RegExp])[])("a person reads what is wrong: %o", (problem, text) => {
  expect(problemText(problem)).toMatch(text);
});
