import { constants } from "node:fs";
import { open, type FileHandle } from "node:fs/promises";
import { err, ok, type Result } from "../core/result.js";
import type { FileKind } from "../core/mediaProblem.js";

export type OpenFileProblem =
  | { readonly kind: "not-there" }
  | { readonly kind: "not-readable"; readonly reason: string }
  | { readonly kind: "not-a-file"; readonly what: FileKind };

type OpenFile = { readonly handle: FileHandle; readonly bytes: number };

/**
 * Opens a regular file, or a link to one. Anything else is refused: reading a pipe that nobody writes to, a device or a
 * socket might never end. It is opened without blocking and checked by its descriptor, so that nothing can replace it
 * in between.
 */
export async function openRegularFile(path: string): Promise<Result<OpenFile, OpenFileProblem>> {
  let handle: FileHandle | undefined;
  try {
    // Windows has no O_NONBLOCK, and no pipes in its file system.
    handle = await open(path, constants.O_RDONLY | ((constants.O_NONBLOCK as number | undefined) ?? 0));
    const found = await handle.stat();
    if (found.isFile()) return ok({ handle, bytes: found.size });
    await handle.close();
    return err({ kind: "not-a-file", what: fileKindOf(found) });
  } catch (cause: unknown) {
    // Only the first failure is reported.
    await handle?.close().catch(() => undefined);
    return err(problemOf((cause as NodeJS.ErrnoException).code ?? "unknown error"));
  }
}

type Kinds = {
  readonly isDirectory: () => boolean;
  readonly isFIFO: () => boolean;
  readonly isSocket: () => boolean;
};

const fileKindOf = (found: Kinds): FileKind => {
  if (found.isDirectory()) return "folder";
  if (found.isFIFO()) return "pipe";
  return found.isSocket() ? "socket" : "device";
};

function problemOf(code: string): OpenFileProblem {
  if (code === "ENOENT" || code === "ENOTDIR" || code === "ELOOP") return { kind: "not-there" };
  // The error for opening a socket, or a device without a driver.
  if (code === "ENXIO" || code === "EOPNOTSUPP") return { kind: "not-a-file", what: "socket" };
  if (code === "ENODEV") return { kind: "not-a-file", what: "device" };
  return { kind: "not-readable", reason: code };
}
