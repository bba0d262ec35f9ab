import { createHash } from "node:crypto";
import { constants, type Stats } from "node:fs";
import { appendFile, mkdir, open, readdir, rename, rm, stat, type FileHandle } from "node:fs/promises";
import { dirname, join } from "node:path";
import { err, ok, type Result } from "../core/result.js";

/** A failure of the operating system: `code` is errno's name ("ENOSPC"), or the message where there is none. */
export type IoFailure = { readonly kind: "io"; readonly operation: string; readonly code: string };

export function ioFailure(operation: string, cause: unknown): IoFailure {
  const code = cause instanceof Error ? ((cause as NodeJS.ErrnoException).code ?? cause.message) : String(cause);
  return { kind: "io", operation, code };
}

/** Node's limit for reading a file in one piece. */
const BYTES_MAX = 2 ** 31 - 1;
/** Upper limit: plans, settings and manifests are far smaller. */
const TEXT_BYTES_MAX = 64_000_000;

/**
 * Opens a plain file; anything else fails with the reason in `code`. Opening a FIFO would block one of the four threads
 * that serve all file requests of the process until somebody writes to it; opening a device may have any effect.
 * Unlike its neighbours it throws, as `open` of Node does, so that a caller handles one kind of failure for opening and
 * reading; `ioFailure` makes a value of it.
 */
export async function openPlainFile(path: string, bytesMax = Number.POSITIVE_INFINITY): Promise<FileHandle> {
  const refusal = ({ isFile, size }: { isFile: boolean; size: number }): string | undefined =>
    !isFile ? "not-a-file" : size > bytesMax ? "too-large" : undefined;
  const factsOf = (found: Stats) => {
    if (found.isDirectory()) throw withCode("EISDIR");
    return { isFile: found.isFile(), size: found.size };
  };
  const before = refusal(factsOf(await stat(path)));
  if (before !== undefined) throw withCode(before);
  // The path may be something else by now, so it is opened without blocking and checked again.
  const file = await open(path, constants.O_RDONLY | ((constants.O_NONBLOCK as number | undefined) ?? 0));
  try {
    const opened = refusal(factsOf(await file.stat()));
    if (opened !== undefined) throw withCode(opened);
    return file;
  } catch (cause: unknown) {
    await file.close();
    throw cause;
  }
}

const withCode = (code: string): Error => Object.assign(new Error(code), { code });

/** A plain file of at most `bytesMax` bytes, by default what Node reads in one piece (2 GiB); a larger one is "too-large". */
export async function readBytes(path: string, bytesMax = BYTES_MAX): Promise<Result<Uint8Array, IoFailure>> {
  try {
    const file = await openPlainFile(path, bytesMax);
    try {
      return ok(await file.readFile());
    } finally {
      await file.close();
    }
  } catch (cause: unknown) {
    return err(ioFailure("read", cause));
  }
}

/** A plain file as UTF-8, of at most `bytesMax` bytes (64 MB by default); what is no UTF-8 is read as U+FFFD. */
export async function readText(path: string, bytesMax = TEXT_BYTES_MAX): Promise<Result<string, IoFailure>> {
  const bytes = await readBytes(path, bytesMax);
  return bytes.ok
    ? ok(Buffer.from(bytes.value.buffer, bytes.value.byteOffset, bytes.value.byteLength).toString("utf8"))
    : bytes;
}

/** Written whole or not at all: to a file beside it, synced, then renamed. */
export async function writeAtomic(path: string, content: string | Uint8Array): Promise<Result<void, IoFailure>> {
  const beside = `${path}.writing`;
  try {
    await mkdir(dirname(path), { recursive: true });
    const file = await open(beside, "w");
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(beside, path);
    return ok(undefined);
  } catch (cause: unknown) {
    // The failed write is what is reported; a left-over temporary file is overwritten next time.
    await rm(beside, { force: true }).catch(() => undefined);
    return err(ioFailure("write", cause));
  }
}

/** Appends to a small file; creates it and its folder where they do not exist. */
export async function appendText(path: string, text: string): Promise<Result<void, IoFailure>> {
  try {
    await mkdir(dirname(path), { recursive: true });
    await appendFile(path, text);
    return ok(undefined);
  } catch (cause: unknown) {
    return err(ioFailure("append", cause));
  }
}

export type ListedFile = {
  readonly path: string;
  readonly name: string;
  readonly bytes: number;
  readonly isFolder: boolean;
  /** False for anything other than a plain file or a folder (FIFO, socket, device), and for broken links. */
  readonly isFile: boolean;
  /** A symbolic link; the other members describe its target. */
  readonly isLink: boolean;
};

/**
 * The entries of a folder, sorted by name. A folder that does not exist counts as empty, and so does one that may not be
 * read or is no folder: callers would do the same for all of them, and what they then read or write there by name fails with
 * the reason.
 */
export async function listFolder(path: string): Promise<readonly ListedFile[]> {
  try {
    const entries = await readdir(path, { withFileTypes: true });
    const listed = await Promise.all(
      entries.map(async (entry): Promise<ListedFile> => {
        const entryPath = join(path, entry.name);
        // A broken link, or a file removed since the folder was read: neither a file nor a folder.
        const found = await stat(entryPath).catch(() => undefined);
        return {
          path: entryPath,
          name: entry.name,
          bytes: found?.size ?? 0,
          isFolder: found?.isDirectory() ?? entry.isDirectory(),
          isFile: found?.isFile() ?? false,
          isLink: entry.isSymbolicLink(),
        };
      }),
    );
    return listed.sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch {
    // No such folder, no permission to read it, or no folder at all.
    return [];
  }
}

export async function makeFolder(path: string): Promise<Result<void, IoFailure>> {
  try {
    await mkdir(path, { recursive: true });
    return ok(undefined);
  } catch (cause: unknown) {
    return err(ioFailure("make folder", cause));
  }
}

/** SHA-256; a text is hashed as UTF-8. */
export const sha256 = (content: string | Uint8Array): Uint8Array => createHash("sha256").update(content).digest();
export const sha256Hex = (content: string | Uint8Array): string => createHash("sha256").update(content).digest("hex");

/** Chunk size: hashing it takes less than a millisecond. */
const HASH_BYTES = 256 * 1024;

/** SHA-256 of a file of any size, read in chunks. */
export async function sha256OfFile(
  path: string,
): Promise<Result<{ readonly sha256: string; readonly bytes: number }, IoFailure>> {
  const hash = createHash("sha256");
  let bytes = 0;
  try {
    const file = await openPlainFile(path);
    for await (const chunk of file.createReadStream({ highWaterMark: HASH_BYTES }) as AsyncIterable<Uint8Array>) {
      hash.update(chunk);
      bytes += chunk.byteLength;
    }
    return ok({ sha256: hash.digest("hex"), bytes });
  } catch (cause: unknown) {
    return err(ioFailure("read", cause));
  }
}
