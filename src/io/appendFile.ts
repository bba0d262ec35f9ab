import { createHash, type Hash } from "node:crypto";
import { closeSync, fstatSync, fsync, ftruncateSync, openSync, writeSync } from "node:fs";
import { stat } from "node:fs/promises";
import { err, ok, type Result } from "../core/result.js";
import { ioFailure, type IoFailure } from "./fileStore.js";

/**
 * An append-only file, written through at once: appended data survive `kill -9`, synced data survive a power cut.
 * Synchronous on purpose (a few hundred small writes a second): the order is that of the calls, and nothing is lost in
 * memory when the process dies.
 *
 * An append is written whole or not at all: what a full or failing disk took of it is cut off again, at the latest
 * before the next append. So the file always ends with a whole record, and a failed append may be retried.
 */
export type AppendFile = {
  readonly append: (content: Uint8Array | string) => Result<void, IoFailure>;
  /** Flushes to the disk without blocking: on an SD card that may take half a second. */
  readonly sync: () => Promise<Result<void, IoFailure>>;
  readonly close: () => void;
  /** Bytes of all whole records, including those from before this opening. */
  readonly bytes: () => number;
  /** True while the remains of a failed append could not be cut off yet: they follow the last whole record. */
  readonly isTorn: () => boolean;
  /** A copy of the running SHA-256 over those records, as they were written: the disk may have changed since. */
  readonly hash: () => Hash;
  /** How the file at the path differs from what was written here; undefined while it is complete and the same file. */
  readonly loss: () => Promise<FileLoss | undefined>;
};

/** No file at the path, another file, or fewer bytes than were written. */
export type FileLoss = "gone" | "replaced" | "shortened";

/** Size and hash of the same file when it was closed, for opening it again. */
type Before = Pick<AppendFile, "bytes" | "hash">;

/** The calls to the operating system; tests replace them by some that fail. */
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
 * Opens or creates the file. With `before` (the same file when it was closed) bytes after its whole records are cut
 * off, and a shorter file fails with "lost-bytes". Without `before` the file must be new, else it fails with "EEXIST".
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

/** Device and inode number: identify a file on one system. */
type Identity = { readonly dev: number; readonly ino: number };

class WholeRecordFile implements AppendFile {
  readonly #path: string;
  readonly #system: AppendSystem;
  readonly #identity: Identity;
  readonly #hash: Hash;
  #file: number | undefined;
  #sizeBytes: number;
  /** Bytes of a failed append may follow the last whole record. */
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
    // Read before the file's size: a record appended in between must not make the file look too short.
    const writtenBytes = this.#sizeBytes;
    try {
      const found = await stat(this.#path);
      if (found.dev !== this.#identity.dev || found.ino !== this.#identity.ino) return "replaced";
      return found.size < writtenBytes ? "shortened" : undefined;
    } catch (cause: unknown) {
      // A disk error says nothing about the file; the next write will show it.
      return NOTHING_THERE.has((cause as NodeJS.ErrnoException).code ?? "") ? "gone" : undefined;
    }
  };

  #writeAll(file: number, bytes: Uint8Array): void {
    for (let at = 0; at < bytes.byteLength;) {
      const countOfWritten = this.#system.write(file, bytes, at);
      // No file system writes 0 bytes to a plain file; without this check one that did would loop for ever.
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
