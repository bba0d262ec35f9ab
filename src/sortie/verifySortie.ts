import { readEventLog, type EventLog, type Sha256 } from "./eventChain.js";
import { SORTIE_FILES } from "./layout.js";
import { readManifest, type Manifest, type ManifestFile } from "./manifest.js";

type SortieProblem =
  | { readonly kind: "events-missing" }
  /** 1-based line of `events.jsonl` whose link to the line before is wrong. */
  | { readonly kind: "broken-chain"; readonly line: number }
  | { readonly kind: "manifest-unreadable" }
  | { readonly kind: "chain-end-differs" }
  | { readonly kind: "file-missing"; readonly path: string }
  | { readonly kind: "file-changed"; readonly path: string };

/**
 * `intact`: sealed and every file as sealed. `unsealed`: never closed (crash, power cut) and nothing wrong with what is
 * there. `tampered`: something differs from what was recorded; `problems` says what.
 */
export type SortieVerdict = {
  readonly verdict: "intact" | "unsealed" | "tampered";
  readonly problems: readonly SortieProblem[];
  readonly countOfEvents: number;
  readonly countOfFiles: number;
  readonly isTailCut: boolean;
  /** Files added after sealing (a report, for one): not part of the evidence, no fault. */
  readonly unlistedPaths: readonly string[];
};

type SortieContent = {
  readonly manifestText: string | undefined;
  readonly eventsText: string | undefined;
  /** Every file of the folder but the manifest. */
  readonly files: readonly ManifestFile[];
};

export function verifySortie(content: SortieContent, sha256: Sha256): SortieVerdict {
  const log = content.eventsText === undefined ? undefined : readEventLog(content.eventsText, sha256);
  const manifest = content.manifestText === undefined ? undefined : readManifest(content.manifestText);
  const problems = [
    ...logProblems(log),
    ...(content.manifestText === undefined ? [] : manifestProblems(manifest, log, content.files)),
  ];
  return {
    verdict: problems.length > 0 ? "tampered" : manifest ? "intact" : "unsealed",
    problems,
    countOfEvents: log?.events.length ?? 0,
    countOfFiles: content.files.length,
    isTailCut: log?.isTruncated ?? false,
    unlistedPaths: manifest ? unlisted(manifest, content.files) : [],
  };
}

function logProblems(log: EventLog | undefined): SortieProblem[] {
  if (!log) return [{ kind: "events-missing" }];
  return log.firstBrokenLine === undefined ? [] : [{ kind: "broken-chain", line: log.firstBrokenLine }];
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
  return manifest.files.flatMap((sealed): SortieProblem[] => {
    const now = byPath.get(sealed.path);
    if (!now) return [{ kind: "file-missing", path: sealed.path }];
    return now.sha256 === sealed.sha256 ? [] : [{ kind: "file-changed", path: sealed.path }];
  });
}

/** In words, one line, for the command line. */
export function problemText(problem: SortieProblem): string {
  switch (problem.kind) {
    case "events-missing":
      return `${SORTIE_FILES.events} is missing`;
    case "broken-chain":
      return `${SORTIE_FILES.events} line ${problem.line} does not follow from the line before it`;
    case "manifest-unreadable":
      return `${SORTIE_FILES.manifest} is not a manifest`;
    case "chain-end-differs":
      return `${SORTIE_FILES.events} does not end where it ended when it was sealed`;
    case "file-missing":
      return `${problem.path} is missing`;
    case "file-changed":
      return `${problem.path} was changed after sealing`;
  }
}
