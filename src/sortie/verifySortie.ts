import { readEventLog, type EventLog, type Sha256 } from "./eventChain.js";
import { isSealFile, SORTIE_FILES } from "./layout.js";
import { readManifest, type Manifest, type ManifestFile } from "./manifest.js";
import { judgeSignature, type SignatureProblem, type SignatureVerdict, type Trust } from "./verifySignature.js";

type SortieProblem =
  | { readonly kind: "events-missing" }
  /** 1-based line of `events.jsonl` whose hash of the line before is wrong. */
  | { readonly kind: "broken-chain"; readonly line: number }
  /** The log says that the sortie was closed, but there is no manifest. */
  | { readonly kind: "manifest-missing" }
  | { readonly kind: "manifest-unreadable" }
  | { readonly kind: "chain-end-differs" }
  | { readonly kind: "file-missing"; readonly path: string }
  | { readonly kind: "file-changed"; readonly path: string }
  | { readonly kind: "file-listed-twice"; readonly path: string }
  | SignatureProblem;

/**
 * `intact`: sealed, and every file is as sealed. `unsealed`: never closed (crash, power cut, or still being recorded),
 * and no fault was found. `tampered`: something differs from what was recorded; `problems` says what.
 */
export type SortieVerdict = {
  readonly verdict: "intact" | "unsealed" | "tampered";
  readonly problems: readonly SortieProblem[];
  readonly countOfEvents: number;
  readonly countOfFiles: number;
  readonly isTailCut: boolean;
  /** A station is recording it at this moment. */
  readonly isBeingRecorded: boolean;
  readonly signature: SignatureVerdict;
  /** The version of the station that recorded it, if its log has it. */
  readonly stationVersion: string | undefined;
  /** Files added after sealing (such as a report): not part of the evidence, and no fault. */
  readonly unlistedPaths: readonly string[];
};

type SortieContent = {
  readonly manifestText: string | undefined;
  readonly eventsText?: string | undefined;
  /** The log already read, when it is too long for one string. */
  readonly log?: EventLog | undefined;
  /** Every file of the folder; those that seal it (manifest, signature, key, lock) are ignored. */
  readonly files: readonly ManifestFile[];
  readonly signatureText?: string | undefined;
  readonly publicKeyPem?: string | undefined;
  readonly isBeingRecorded?: boolean;
  /** SHA-256 of the manifest with which this station itself sealed the folder, if it has kept that. */
  readonly sealedHereSha256?: string | undefined;
};

/** Without `trust` signatures are not checked. */
export function verifySortie(content: SortieContent, sha256: Sha256, trust?: Trust): SortieVerdict {
  const { manifestText, isBeingRecorded = false } = content;
  const log = logOf(content, sha256);
  const manifest = manifestText === undefined ? undefined : readManifest(manifestText);
  const files = content.files.filter(({ path }) => !isSealFile(path));
  const signature = judgeSignature({ ...content, manifest, log }, sha256, trust);
  const problems = [
    ...logProblems(log),
    ...(manifestText === undefined ? missingManifest(content, log) : manifestProblems(manifest, log, files)),
    ...signature.problems,
  ];
  return {
    verdict: problems.length > 0 ? "tampered" : manifest ? "intact" : "unsealed",
    problems,
    countOfEvents: log ? log.events.length : 0,
    countOfFiles: files.length,
    isTailCut: log ? log.isTruncated : false,
    isBeingRecorded,
    signature: signature.verdict,
    stationVersion: stationVersionOf(log),
    unlistedPaths: manifest ? unlisted(manifest, files) : [],
  };
}

function logOf({ log, eventsText }: SortieContent, sha256: Sha256): EventLog | undefined {
  return log ?? (eventsText === undefined ? undefined : readEventLog(eventsText, sha256));
}

function logProblems(log: EventLog | undefined): SortieProblem[] {
  if (!log) return [{ kind: "events-missing" }];
  return log.firstBrokenLine === undefined ? [] : [{ kind: "broken-chain", line: log.firstBrokenLine }];
}

/**
 * A sortie that was closed, or sealed by this station, must have a manifest: somebody removed it. While it is still
 * being recorded it has none yet.
 */
function missingManifest(content: SortieContent, log: EventLog | undefined): SortieProblem[] {
  const { isBeingRecorded, signatureText, sealedHereSha256 } = content;
  if (sealedHereSha256 !== undefined) return [{ kind: "manifest-missing" }];
  const isClosed = log?.events.at(-1)?.kind === "sortie-closed" || signatureText !== undefined;
  return isClosed && isBeingRecorded !== true ? [{ kind: "manifest-missing" }] : [];
}

function manifestProblems(
  manifest: Manifest | undefined,
  log: EventLog | undefined,
  files: readonly ManifestFile[],
): SortieProblem[] {
  if (!manifest) return [{ kind: "manifest-unreadable" }];
  const isEndOther = log !== undefined && manifest.lastEventSha256 !== log.lastSha256;
  return [...compareFiles(manifest, files), ...(isEndOther ? [{ kind: "chain-end-differs" } as const] : [])];
}

function unlisted(manifest: Manifest, files: readonly ManifestFile[]): readonly string[] {
  const listed = new Set(manifest.files.map((file) => file.path));
  return files.map((file) => file.path).filter((path) => !listed.has(path));
}

function compareFiles(manifest: Manifest, found: readonly ManifestFile[]): SortieProblem[] {
  const byPath = new Map(found.map((file) => [file.path, file]));
  const listed = new Set<string>();
  return manifest.files.flatMap((sealed): SortieProblem[] => {
    const { path } = sealed;
    if (listed.has(path)) return [{ kind: "file-listed-twice", path }];
    listed.add(path);
    const now = byPath.get(path);
    if (!now) return [{ kind: "file-missing", path }];
    return now.sha256 === sealed.sha256 && now.bytes === sealed.bytes ? [] : [{ kind: "file-changed", path }];
  });
}

function stationVersionOf(log: EventLog | undefined): string | undefined {
  const version = log?.events.find(({ kind }) => kind === "sortie-opened")?.facts["stationVersion"];
  return typeof version === "string" ? version : undefined;
}

/** The problem as one English line, for the command line. */
export const problemText = (problem: SortieProblem): string =>
  isOfSignature(problem) ? signatureProblemText(problem) : contentProblemText(problem);

const SIGNATURE_KINDS: readonly SortieProblem["kind"][] = [
  "signature-missing",
  "signature-unreadable",
  "signature-wrong",
  "key-differs",
  "sealed-otherwise",
] satisfies readonly SignatureProblem["kind"][];
const isOfSignature = (problem: SortieProblem): problem is SignatureProblem => SIGNATURE_KINDS.includes(problem.kind);

function contentProblemText(problem: Exclude<SortieProblem, SignatureProblem>): string {
  switch (problem.kind) {
    case "events-missing":
      return `${SORTIE_FILES.events} is missing`;
    case "broken-chain":
      return `${SORTIE_FILES.events} line ${problem.line} does not follow from the line before it`;
    case "manifest-missing":
      return `${SORTIE_FILES.manifest} is missing though the sortie was closed: it was removed, and what it sealed may have been changed`;
    case "manifest-unreadable":
      return `${SORTIE_FILES.manifest} is not a manifest`;
    case "chain-end-differs":
      return `${SORTIE_FILES.events} does not end where it ended when it was sealed`;
    case "file-missing":
      return `${problem.path} is missing`;
    case "file-changed":
      return `${problem.path} was changed: it is not as it was recorded`;
    case "file-listed-twice":
      return `${problem.path} stands twice in ${SORTIE_FILES.manifest}`;
  }
}

function signatureProblemText(problem: SignatureProblem): string {
  switch (problem.kind) {
    case "signature-missing":
      return `the signature is missing: the sortie was signed by key ${problem.fingerprint}`;
    case "signature-unreadable":
      return `${SORTIE_FILES.signature} or ${SORTIE_FILES.publicKey} cannot be read`;
    case "signature-wrong":
      return `the signature does not fit ${SORTIE_FILES.manifest}: it was written anew by somebody without the key`;
    case "key-differs":
      return `${SORTIE_FILES.publicKey} is key ${problem.found}, and the sortie was signed by ${problem.expected}`;
    case "sealed-otherwise":
      return `this station sealed the sortie with another ${SORTIE_FILES.manifest}: it was written anew`;
  }
}
