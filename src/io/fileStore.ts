import { createHash } from "node:crypto";
import { closeSync, createReadStream, fsync, openSync, writeSync } from "node:fs";
import { mkdir, open, readFile, readdir, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { err, ok, type Result } from "../core/result.js";

/** The foreign error in our words: `code` is errno's name ("ENOSPC"), or the message where there is none. */
export type IoFailure = { readonly kind: "io"; readonly operation: string; readonly code: string };

export function ioFailure(operation: string, cause: unknown): IoFailure {
  const code = cause instanceof Error ? ((cause as NodeJS.ErrnoException).code ?? cause.message) : String(cause);
  return { kind: "io", operation, code };
}

export async function readBytes(path: string): Promise<Result<Uint8Array, IoFailure>> {
  try {
    return ok(await readFile(path));
  } catch (cause: unknown) {
    return err(ioFailure("read", cause));
  }
}

export async function readText(path: string): Promise<Result<string, IoFailure>> {
  try {
    return ok(await readFile(path, "utf8"));
  } catch (cause: unknown) {
    return err(ioFailure("read", cause));
  }
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
    await rm(beside, { force: true }).catch(() => undefined);
    return err(ioFailure("write", cause));
  }
}

export type ListedFile = {
  readonly path: string;
  readonly name: string;
  readonly bytes: number;
  readonly isFolder: boolean;
};

/** The entries of a folder by name; a folder that does not exist is empty. */
export async function listFolder(path: string): Promise<readonly ListedFile[]> {
  try {
    const entries = await readdir(path, { withFileTypes: true });
    const listed = await Promise.all(
      entries.map(async (entry) => {
        const entryPath = join(path, entry.name);
        const size = await stat(entryPath).then(
          (found) => found.size,
          () => 0,
        );
        return { path: entryPath, name: entry.name, bytes: size, isFolder: entry.isDirectory() };
      }),
    );
    return listed.sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch {
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

export const sha256Hex = (content: string | Uint8Array): string => createHash("sha256").update(content).digest("hex");

/** A file of any size, hashed as it is read. */
export async function sha256OfFile(
  path: string,
): Promise<Result<{ readonly sha256: string; readonly bytes: number }, IoFailure>> {
  const hash = createHash("sha256");
  let bytes = 0;
  try {
    for await (const chunk of createReadStream(path) as AsyncIterable<Uint8Array>) {
      hash.update(chunk);
      bytes += chunk.byteLength;
    }
    return ok({ sha256: hash.digest("hex"), bytes });
  } catch (cause: unknown) {
    return err(ioFailure("read", cause));
  }
}

/**
 * An append-only file written through at once: what was appended survives `kill -9`, what was synced survives a power
 * cut. Synchronous on purpose (a few hundred small writes a second): order is the order of the calls, and nothing
 * waits in memory when the process dies.
 */
export type AppendFile = {
  readonly append: (content: Uint8Array | string) => Result<void, IoFailure>;
  /** Asks the disk for it, without blocking: an SD card may take half a second. */
  readonly sync: () => Promise<Result<void, IoFailure>>;
  readonly close: () => void;
  readonly bytes: () => number;
};

export function openAppend(path: string): Result<AppendFile, IoFailure> {
  let descriptor: number | undefined;
  let written = 0;
  try {
    descriptor = openSync(path, "a");
  } catch (cause: unknown) {
    return err(ioFailure("open", cause));
  }
  const attempt = (operation: string, work: (file: number) => void): Result<void, IoFailure> => {
    if (descriptor === undefined) return err({ kind: "io", operation, code: "closed" });
    try {
      work(descriptor);
      return ok(undefined);
    } catch (cause: unknown) {
      return err(ioFailure(operation, cause));
    }
  };
  return ok({
    append: (content) =>
      attempt("append", (file) => {
        const bytes = typeof content === "string" ? Buffer.from(content) : content;
        for (let at = 0; at < bytes.byteLength;) at += writeSync(file, bytes, at);
        written += bytes.byteLength;
      }),
    sync: () =>
      new Promise((resolve) => {
        if (descriptor === undefined) {
          resolve(err({ kind: "io", operation: "sync", code: "closed" }));
          return;
        }
        fsync(descriptor, (cause) => {
          resolve(cause ? err(ioFailure("sync", cause)) : ok(undefined));
        });
      }),
    close: () => {
      if (descriptor !== undefined) attempt("close", closeSync);
      descriptor = undefined;
    },
    bytes: () => written,
  });
}
