import { createHash } from "node:crypto";
import { constants, type Stats } from "node:fs";
import { appendFile, mkdir, open, readdir, rename, rm, stat, type FileHandle } from "node:fs/promises";
import { dirname, join } from "node:path";
import { err, ok, type Result } from "../core/result.js";

/** The foreign error in our words: `code` is errno's name ("ENOSPC"), or the message where there is none. */
export type IoFailure = { readonly kind: "io"; readonly operation: string; readonly code: string };

export function ioFailure(operation: string, cause: unknown): IoFailure {
  const code = cause instanceof Error ? ((cause as NodeJS.ErrnoException).code ?? cause.message) : String(cause);
  return { kind: "io", operation, code };
}

/** Node reads no more in one piece. */
const BYTES_MAX = 2 ** 31 - 1;
/** Plans, settings, manifests: none is near this. */
const TEXT_BYTES_MAX = 64_000_000;

/**
 * Opens what is a plain file, or says with `code` why not. Opening a FIFO waits for somebody to write to it, for ever, in
 * one of the four threads that serve every file request of the process; opening a device may do anything at all.
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
  // It may be another thing by now: not waited for, and looked at again.
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

export async function readText(path: string, bytesMax = TEXT_BYTES_MAX): Promise<Result<string, IoFailure>> {
  const bytes = await readBytes(path, bytesMax);
  return bytes.ok
    ? ok(Buffer.from(bytes.value.buffer, bytes.value.byteOffset, bytes.value.byteLength).toString("utf8"))
    : bytes;
}

/** Whole or not at all: written beside, synced, renamed over. */
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
    // The failure to write is what is told; a left-over beside the file is written over next time.
    await rm(beside, { force: true }).catch(() => undefined);
    return err(ioFailure("write", cause));
  }
}

/** Adds to the end of a small file; makes it and its folder where they are not there. */
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
  /** False for what is neither a plain file nor a folder (FIFO, socket, device), and for links that lead nowhere. */
  readonly isFile: boolean;
  /** A symbolic link; the rest speaks of what it leads to. */
  readonly isLink: boolean;
};

/** The entries of a folder by name; a folder that does not exist is empty. */
export async function listFolder(path: string): Promise<readonly ListedFile[]> {
  try {
    const entries = await readdir(path, { withFileTypes: true });
    const listed = await Promise.all(
      entries.map(async (entry): Promise<ListedFile> => {
        const entryPath = join(path, entry.name);
        // A link that leads nowhere, or a file gone since the folder was read: neither a file nor a folder.
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
    // No such folder, or none that may be read.
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

/** Of a text: of its UTF-8. */
export const sha256 = (content: string | Uint8Array): Uint8Array => createHash("sha256").update(content).digest();
export const sha256Hex = (content: string | Uint8Array): string => createHash("sha256").update(content).digest("hex");

/** Under a millisecond of hashing at a time. */
const HASH_BYTES = 256 * 1024;

/** A file of any size, hashed as it is read. */
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
