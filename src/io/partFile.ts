import { closeSync, fsync, ftruncateSync, openSync, read, writeSync } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { err, ok, type Result } from "../core/result.js";
import { ioFailure, type IoFailure } from "./fileStore.js";

/** A file that grows in pieces of any order, beside the place where it will lie when it is whole. */
export type PartFile = {
  /** Written through at once. */
  readonly write: (offsetBytes: number, bytes: Uint8Array) => Result<void, IoFailure>;
  readonly read: (offsetBytes: number, length: number) => Promise<Result<Uint8Array, IoFailure>>;
  /** Asks the disk for what was written. */
  readonly sync: () => Promise<Result<void, IoFailure>>;
  /** Cuts it to its size, brings it to the disk and to its place; closed then. */
  readonly finish: (sizeBytes: number, place: string) => Promise<Result<void, IoFailure>>;
  readonly close: () => void;
};

/** Opens the file at `path` with what it holds, or makes it; its folder too. */
export async function openPartFile(path: string): Promise<Result<PartFile, IoFailure>> {
  let descriptor: number | undefined;
  try {
    await mkdir(dirname(path), { recursive: true });
    descriptor = openPlace(path);
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
  const sync = (): Promise<Result<void, IoFailure>> =>
    descriptor === undefined
      ? Promise.resolve(err({ kind: "io", operation: "sync", code: "closed" }))
      : syncPiece(descriptor);
  const close = (): void => {
    if (descriptor !== undefined) attempt("close", closeSync);
    descriptor = undefined;
  };
  return ok({
    write: (offsetBytes, bytes) =>
      attempt("write", (file) => {
        for (let at = 0; at < bytes.byteLength;) {
          at += writeSync(file, bytes, at, bytes.byteLength - at, offsetBytes + at);
        }
      }),
    read: (offsetBytes, length) =>
      descriptor === undefined
        ? Promise.resolve(err({ kind: "io", operation: "read", code: "closed" }))
        : readPiece(descriptor, offsetBytes, length),
    sync,
    finish: async (sizeBytes, place) => {
      const cut = attempt("cut", (file) => {
        ftruncateSync(file, sizeBytes);
      });
      const synced = cut.ok ? await sync() : cut;
      close();
      if (!synced.ok) return synced;
      try {
        await rename(path, place);
        return ok(undefined);
      } catch (cause: unknown) {
        return err(ioFailure("rename", cause));
      }
    },
    close,
  });
}

const syncPiece = (file: number): Promise<Result<void, IoFailure>> =>
  new Promise((resolve) => {
    fsync(file, (cause) => {
      resolve(cause ? err(ioFailure("sync", cause)) : ok(undefined));
    });
  });

const readPiece = (file: number, offsetBytes: number, length: number): Promise<Result<Uint8Array, IoFailure>> =>
  new Promise((resolve) => {
    read(file, new Uint8Array(length), 0, length, offsetBytes, (cause, countOfRead, bytes) => {
      resolve(cause ? err(ioFailure("read", cause)) : ok(bytes.subarray(0, countOfRead)));
    });
  });

/** Not "a" (which ignores the offset) and not "w" (which empties it). */
function openPlace(path: string): number {
  try {
    return openSync(path, "r+");
  } catch {
    // Not there yet; any other reason comes up again at once.
    return openSync(path, "w+");
  }
}

/** Gone is gone: nothing to tell when it never was. */
export const removeFile = (path: string): Promise<void> => rm(path, { force: true }).catch(() => undefined);
