import { realpath } from "node:fs/promises";
import { isAbsolute, relative } from "node:path";
import { err, ok, type Result } from "../core/result.js";
import type { IoFailure } from "./fileStore.js";

/**
 * Fails for a path inside `folder` that is a link to somewhere outside: through it this station could be made to read,
 * show and send any file of this machine. The folder itself may be a link. A path that does not exist is accepted.
 */
export async function withoutLinkOutside(folder: string, path: string): Promise<Result<void, IoFailure>> {
  const [inTruth, folderInTruth] = await Promise.all([realOf(path), realOf(folder)]);
  if (inTruth === undefined || folderInTruth === undefined) return ok(undefined);
  const way = relative(folderInTruth, inTruth);
  const isInside = way !== ".." && !/^\.\.[/\\]/.test(way) && !isAbsolute(way);
  return isInside ? ok(undefined) : err({ kind: "io", operation: "read", code: "link-outside" });
}

/** The path without links; undefined where nothing exists or access is denied. */
const realOf = (path: string): Promise<string | undefined> => realpath(path).catch(() => undefined);
