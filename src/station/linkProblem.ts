import { parseLinkUri } from "../io/linkUri.js";

/** What is wrong with the first link that could never be opened, before anything is started; undefined when all may be. */
export function linkProblem(uris: readonly string[]): string | undefined {
  for (const uri of uris) {
    const parsed = parseLinkUri(uri);
    if (!parsed.ok) return `link ${uri}: ${parsed.error.problem}`;
  }
  return undefined;
}
