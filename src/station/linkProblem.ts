import { parseLinkUri } from "../io/linkUri.js";

/** Checks links before anything is started: what is wrong with the first invalid URI; undefined when all are valid. */
export function linkProblem(uris: readonly string[]): string | undefined {
  for (const uri of uris) {
    const parsed = parseLinkUri(uri);
    if (!parsed.ok) return `link ${uri}: ${parsed.error.problem}`;
  }
  return undefined;
}
