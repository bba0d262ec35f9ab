import { closeSync, fstatSync, fsync, ftruncateSync, openSync, writeSync } from "node:fs";
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
};

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
 * Opens or makes the file. `sizeBytes` is what it holds of whole records when it is opened again: more is cut off, less
 * is "lost-bytes". Without it the file is new, "EEXIST" when it is not.
 */
export function openAppend(path: string, sizeBytes?: number, system = NODE_SYSTEM): Result<AppendFile, IoFailure> {
  try {
    const file = system.open(path);
    const foundBytes = system.sizeBytes(file);
    if (sizeBytes === undefined ? foundBytes > 0 : foundBytes < sizeBytes) {
      system.close(file);
      return err({ kind: "io", operation: "open", code: sizeBytes === undefined ? "EEXIST" : "lost-bytes" });
    }
    return ok(new WholeRecordFile({ system, file, sizeBytes: sizeBytes ?? 0, foundBytes }));
  } catch (cause: unknown) {
    return err(ioFailure("open", cause));
  }
}

type Opened = {
  readonly system: AppendSystem;
  readonly file: number;
  readonly sizeBytes: number;
  readonly foundBytes: number;
};

class WholeRecordFile implements AppendFile {
  readonly #system: AppendSystem;
  #file: number | undefined;
  #sizeBytes: number;
  /** Bytes of an append that failed may lie behind the last whole record. */
  #needsCut: boolean;

  constructor({ system, file, sizeBytes, foundBytes }: Opened) {
    this.#system = system;
    this.#file = file;
    this.#sizeBytes = sizeBytes;
    this.#needsCut = foundBytes > sizeBytes;
  }

  readonly append = (content: Uint8Array | string): Result<void, IoFailure> => {
    const ready = this.#cut();
    if (!ready.ok) return ready;
    const bytes = typeof content === "string" ? Buffer.from(content) : content;
    const written = this.#attempt("append", (file) => this.#writeAll(file, bytes));
    if (written.ok) this.#sizeBytes += bytes.byteLength;
    else {
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
    if (this.#file !== undefined) this.#attempt("close", this.#system.close);
    this.#file = undefined;
  };

  readonly bytes = (): number => this.#sizeBytes;

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
