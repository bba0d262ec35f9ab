import { closeSync, fsync, ftruncateSync, openSync, read, writeSync } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { err, ok, type Result } from "../core/result.js";
import { ioFailure, type IoFailure } from "./fileStore.js";

/** A file written in parts of any order under a temporary path, and moved to its final path when complete. */
export type PartFile = {
  /** Written to the file at once. */
  readonly write: (offsetBytes: number, bytes: Uint8Array) => Result<void, IoFailure>;
  readonly read: (offsetBytes: number, length: number) => Promise<Result<Uint8Array, IoFailure>>;
  /** Flushes the written data to the disk. */
  readonly sync: () => Promise<Result<void, IoFailure>>;
  /** Cuts the file to `sizeBytes`, flushes it, moves it to `place` and closes it. */
  readonly finish: (sizeBytes: number, place: string) => Promise<Result<void, IoFailure>>;
  readonly close: () => void;
};

/** Opens the file at `path` with its content, or creates it and its folder. */
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

/** Opens for writing at any offset: "a" would ignore the offset and "w" would empty the file. */
function openPlace(path: string): number {
  try {
    return openSync(path, "r+");
  } catch {
    // It does not exist yet; any other failure occurs here again.
    return openSync(path, "w+");
  }
}

/** Removes the file; that it does not exist is no failure. */
export const removeFile = (path: string): Promise<void> => rm(path, { force: true }).catch(() => undefined);
