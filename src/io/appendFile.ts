import { createHash, type Hash } from "node:crypto";
import { closeSync, fstatSync, fsync, ftruncateSync, openSync, writeSync } from "node:fs";
import { stat } from "node:fs/promises";
import { err, ok, type Result } from "../core/result.js";
import { ioFailure, type IoFailure } from "./fileStore.js";

/**
 * An append-only file written through at once: what was appended survives `kill -9`, what was synced survives a power
 * cut. Synchronous on purpose (a few hundred small writes a second): order is the order of the calls, and nothing
 * waits in memory when the process dies.
 *
 * An append is whole or not at all: what a full or failing disk took of it is cut off again, if not at once then before
 * anything else is appended. So the file always ends with a whole record, and a failed append may be tried again.
 */
export type AppendFile = {
  readonly append: (content: Uint8Array | string) => Result<void, IoFailure>;
  /** Asks the disk for it, without blocking: an SD card may take half a second. */
  readonly sync: () => Promise<Result<void, IoFailure>>;
  readonly close: () => void;
  /** Of whole records, those before this opening included. */
  readonly bytes: () => number;
  /** What a failed append left could not be cut off yet: it lies behind the whole records. */
  readonly isTorn: () => boolean;
  /** A copy of the running SHA-256 over those records: what was written, whatever lies on the disk now. */
  readonly hash: () => Hash;
  /** How the file at the path differs from what was written here; undefined while it is that file, whole. */
  readonly loss: () => Promise<FileLoss | undefined>;
};

/** Nothing is at the path, another file is, or the file is there with less in it than was written. */
export type FileLoss = "gone" | "replaced" | "shortened";

/** The same file before it was closed. */
type Before = Pick<AppendFile, "bytes" | "hash">;

/** What is asked of the operating system; tests have one that fails. */
export type AppendSystem = {
  readonly open: (path: string) => number;
  readonly sizeBytes: (file: number) => number;
  readonly write: (file: number, bytes: Uint8Array, at: number) => number;
  readonly cut: (file: number, sizeBytes: number) => void;
  readonly sync: (file: number, onDone: (cause: Error | null) => void) => void;
  readonly close: (file: number) => void;
};

const NODE_SYSTEM: AppendSystem = {
  open: (path) => openSync(path, "a"),
  sizeBytes: (file) => fstatSync(file).size,
  write: (file, bytes, at) => writeSync(file, bytes, at),
  cut: ftruncateSync,
  sync: fsync,
  close: closeSync,
};

/**
 * Opens or makes the file. `before` is the same file as it was closed, when it is opened again: what lies behind its
 * whole records is cut off, fewer bytes are "lost-bytes". Without it the file is new, "EEXIST" when it is not.
 */
export function openAppend(path: string, before?: Before, system = NODE_SYSTEM): Result<AppendFile, IoFailure> {
  try {
    const file = system.open(path);
    const foundBytes = system.sizeBytes(file);
    if (before === undefined ? foundBytes > 0 : foundBytes < before.bytes()) {
      system.close(file);
      return err({ kind: "io", operation: "open", code: before === undefined ? "EEXIST" : "lost-bytes" });
    }
    return ok(new WholeRecordFile({ path, system, file, before, foundBytes }));
  } catch (cause: unknown) {
    return err(ioFailure("open", cause));
  }
}

type Opened = {
  readonly path: string;
  readonly system: AppendSystem;
  readonly file: number;
  readonly before: Before | undefined;
  readonly foundBytes: number;
};

const NOTHING_THERE: ReadonlySet<string> = new Set(["ENOENT", "ENOTDIR", "ELOOP"]);

/** What tells one file of a system from another. */
type Identity = { readonly dev: number; readonly ino: number };

class WholeRecordFile implements AppendFile {
  readonly #path: string;
  readonly #system: AppendSystem;
  readonly #identity: Identity;
  readonly #hash: Hash;
  #file: number | undefined;
  #sizeBytes: number;
  /** Bytes of an append that failed may lie behind the last whole record. */
  #needsCut: boolean;

  constructor({ path, system, file, before, foundBytes }: Opened) {
    this.#path = path;
    this.#system = system;
    this.#identity = fstatSync(file);
    this.#hash = before?.hash() ?? createHash("sha256");
    this.#file = file;
    this.#sizeBytes = before?.bytes() ?? 0;
    this.#needsCut = foundBytes > this.#sizeBytes;
  }

  readonly append = (content: Uint8Array | string): Result<void, IoFailure> => {
    const ready = this.#cut();
    if (!ready.ok) return ready;
    const bytes = typeof content === "string" ? Buffer.from(content) : content;
    const written = this.#attempt("append", (file) => this.#writeAll(file, bytes));
    if (written.ok) {
      this.#sizeBytes += bytes.byteLength;
      this.#hash.update(bytes);
    } else {
      this.#needsCut = true;
      this.#cut();
    }
    return written;
  };

  readonly sync = (): Promise<Result<void, IoFailure>> =>
    new Promise((resolve) => {
      if (this.#file === undefined) {
        resolve(err({ kind: "io", operation: "sync", code: "closed" }));
        return;
      }
      this.#system.sync(this.#file, (cause) => {
        resolve(cause ? err(ioFailure("sync", cause)) : ok(undefined));
      });
    });

  readonly close = (): void => {
    this.#cut();
    if (this.#file !== undefined) this.#attempt("close", this.#system.close);
    this.#file = undefined;
  };

  readonly bytes = (): number => this.#sizeBytes;
  readonly isTorn = (): boolean => this.#needsCut;
  readonly hash = (): Hash => this.#hash.copy();

  readonly loss = async (): Promise<FileLoss | undefined> => {
    // Asked before the file is looked at: what is appended meanwhile cannot make it look short.
    const writtenBytes = this.#sizeBytes;
    try {
      const found = await stat(this.#path);
      if (found.dev !== this.#identity.dev || found.ino !== this.#identity.ino) return "replaced";
      return found.size < writtenBytes ? "shortened" : undefined;
    } catch (cause: unknown) {
      // A disk that does not answer says nothing about the file; the next write will tell.
      return NOTHING_THERE.has((cause as NodeJS.ErrnoException).code ?? "") ? "gone" : undefined;
    }
  };

  #writeAll(file: number, bytes: Uint8Array): void {
    for (let at = 0; at < bytes.byteLength;) {
      const countOfWritten = this.#system.write(file, bytes, at);
      // No file system says so of a plain file; one that did would be asked for ever.
      if (countOfWritten <= 0) throw new Error("nothing written");
      at += countOfWritten;
    }
  }

  #cut(): Result<void, IoFailure> {
    if (!this.#needsCut) return ok(undefined);
    const done = this.#attempt("cut", (file) => this.#system.cut(file, this.#sizeBytes));
    if (done.ok) this.#needsCut = false;
    return done;
  }

  #attempt(operation: string, work: (file: number) => void): Result<void, IoFailure> {
    if (this.#file === undefined) return err({ kind: "io", operation, code: "closed" });
    try {
      work(this.#file);
      return ok(undefined);
    } catch (cause: unknown) {
      return err(ioFailure(operation, cause));
    }
  }
}
