import { join } from "node:path";
import { sha256Hex, type IoFailure } from "../../io/fileStore.js";
import type { SortieDisk } from "../../io/sortieDisk.js";
import type { ManifestFile } from "../../sortie/manifest.js";

/** More contact pictures than a sortie has; beyond it the oldest are dropped. */
const WAITING_MAX = 500;

/**
 * The files of a sortie that are written whole (contacts, coverage, plan, snapshots): one after another, so that two
 * versions never overlap. One that fails is retried with its newest content.
 */
export class WholeFiles {
  readonly #disk: SortieDisk;
  readonly #waiting = new Map<string, string | Uint8Array>();
  /** What was last written at each path. */
  readonly #written = new Map<string, ManifestFile>();
  #isWriting: Promise<void> | undefined;
  #failure: IoFailure | undefined;

  constructor(disk: SortieDisk) {
    this.#disk = disk;
  }

  /** Why the last write failed; undefined when all files are up to date. */
  failure(): IoFailure | undefined {
    return this.#failure;
  }

  /** The files as they were written, whatever is on the disk now. */
  written(): readonly ManifestFile[] {
    return [...this.#written.values()];
  }

  put(path: string, content: string | Uint8Array): void {
    this.#waiting.delete(path);
    this.#waiting.set(path, content);
    for (const oldest of this.#waiting.keys()) {
      if (this.#waiting.size <= WAITING_MAX) break;
      this.#waiting.delete(oldest);
    }
  }

  /** Writes the waiting files; stops at the first failure. A call during a write returns that same write. */
  write(folder: string): Promise<void> {
    this.#isWriting ??= this.#writeAll(folder).finally(() => (this.#isWriting = undefined));
    return this.#isWriting;
  }

  async #writeAll(folder: string): Promise<void> {
    for (;;) {
      const [next] = this.#waiting;
      if (!next) break;
      const [path, content] = next;
      this.#waiting.delete(path);
      const written = await this.#disk.writeWhole(join(folder, path), content);
      if (written.ok) {
        this.#written.set(path, { path, bytes: Buffer.byteLength(content), sha256: sha256Hex(content) });
        continue;
      }
      this.#failure = written.error;
      // A newer version may have been added meanwhile.
      if (!this.#waiting.has(path)) this.#waiting.set(path, content);
      return;
    }
    this.#failure = undefined;
  }
}
