import { realpath } from "node:fs/promises";
import { isAbsolute, relative } from "node:path";
import { err, ok, type Result } from "../core/result.js";
import type { IoFailure } from "./fileStore.js";

/**
 * Refuses what lies in a folder by name and elsewhere in truth: a link there would have this station read, show and send on
 * any file of this machine. The folder may itself be a link. What is not there is no business of this function.
 */
export async function withoutLinkOutside(folder: string, path: string): Promise<Result<void, IoFailure>> {
  const [inTruth, folderInTruth] = await Promise.all([realOf(path), realOf(folder)]);
  if (inTruth === undefined || folderInTruth === undefined) return ok(undefined);
  const way = relative(folderInTruth, inTruth);
  const isInside = way !== ".." && !/^\.\.[/\\]/.test(way) && !isAbsolute(way);
  return isInside ? ok(undefined) : err({ kind: "io", operation: "read", code: "link-outside" });
}

/** Undefined where nothing is there, or nothing that may be looked at. */
const realOf = (path: string): Promise<string | undefined> => realpath(path).catch(() => undefined);
