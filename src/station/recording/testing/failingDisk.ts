import { closeSync, fstatSync, fsync, ftruncateSync, openSync, writeSync } from "node:fs";
import { setImmediate as nextTurn } from "node:timers/promises";
import { err, ok, type Result } from "../../../core/result.js";
import { openAppend, type AppendSystem } from "../../../io/appendFile.js";
import type { IoFailure } from "../../../io/fileStore.js";
import { realSortieDisk, type SortieDisk } from "../../../io/sortieDisk.js";

/** Asked before every disk operation; a code ("ENOSPC") makes it fail, after `partBytes` of a write. */
export type Fault = { readonly code: string; readonly partBytes: number } | undefined;

const failure = (code: string): Error => Object.assign(new Error(code), { code });

export type FailingDisk = SortieDisk & {
  /** Resolves when all disk operations have ended and no further ones were started. */
  readonly settle: () => Promise<void>;
};

/** The real disk, with a failure wherever `faultAt` returns one. */
export function failingDisk(faultAt: (operation: string) => Fault, changes: Partial<SortieDisk> = {}): FailingDisk {
  let countOfPending = 0;
  const pending = async <T>(work: () => Promise<T>): Promise<T> => {
    countOfPending++;
    try {
      return await work();
    } finally {
      countOfPending--;
    }
  };
  const throwAt = (operation: string): void => {
    const fault = faultAt(operation);
    if (fault) throw failure(fault.code);
  };
  const system: AppendSystem = {
    open: (path) => {
      throwAt("open");
      return openSync(path, "a");
    },
    sizeBytes: (file) => fstatSync(file).size,
    write: (file, bytes, at) => {
      const fault = faultAt("write");
      if (!fault) return writeSync(file, bytes, at);
      writeSync(file, bytes, at, Math.min(fault.partBytes, bytes.byteLength - at));
      throw failure(fault.code);
    },
    cut: (file, sizeBytes) => {
      throwAt("cut");
      ftruncateSync(file, sizeBytes);
    },
    sync: (file, onDone) => {
      const fault = faultAt("sync");
      if (fault) {
        onDone(failure(fault.code));
        return;
      }
      countOfPending++;
      fsync(file, (cause) => {
        countOfPending--;
        onDone(cause);
      });
    },
    close: closeSync,
  };
  const orFail = async (operation: string, work: () => Promise<Result<void, IoFailure>>) => {
    const fault = faultAt(operation);
    return fault ? err({ kind: "io" as const, operation, code: fault.code }) : work();
  };
  const disk: SortieDisk = {
    ...realSortieDisk,
    openAppend: (path, before) => {
      const opened = openAppend(path, before, system);
      return opened.ok ? ok({ ...opened.value, loss: () => pending(opened.value.loss) }) : opened;
    },
    makeFolder: (path) => orFail("make folder", () => realSortieDisk.makeFolder(path)),
    writeWhole: (path, content) => orFail("write", () => realSortieDisk.writeWhole(path, content)),
    freeBytes: () => Promise.resolve(undefined),
    ...changes,
  };
  return {
    ...disk,
    makeFolder: (path) => pending(() => disk.makeFolder(path)),
    names: (folder) => pending(() => disk.names(folder)),
    writeWhole: (path, content) => pending(() => disk.writeWhole(path, content)),
    freeBytes: (path) => pending(() => disk.freeBytes(path)),
    settle: async () => {
      for (let countOfQuiet = 0; countOfQuiet < 3;) {
        await nextTurn();
        countOfQuiet = countOfPending === 0 ? countOfQuiet + 1 : 0;
      }
    },
  };
}
