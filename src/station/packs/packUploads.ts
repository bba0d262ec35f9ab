/** A pack on its way from a screen: in parts to the disk, never in memory as a whole. */
import { mkdir, mkdtemp, rm, statfs } from "node:fs/promises";
import path from "node:path";
import type { StationFailure } from "../../contract/failures.js";
import type { PackRequest } from "../../contract/packMessages.js";
import { err, ok, type Result } from "../../core/result.js";
import { ioFailure } from "../../io/fileStore.js";
import { openPartFile, type PartFile } from "../../io/partFile.js";

type Part = Extract<PackRequest, { readonly kind: "put-pack-part" }>;
type Upload = {
  readonly id: string;
  readonly folder: string;
  readonly totalBytes: number;
  readonly part: PartFile;
  sizeBytes: number;
  file: string | undefined;
};

/** One at a time: a further one takes the place of one that was left unfinished. */
export class PackUploads {
  readonly #dataFolder: string;
  #upload: Upload | undefined;
  /** One step after another: parts of two screens come between each other. */
  #before: Promise<unknown> = Promise.resolve();

  constructor(dataFolder: string) {
    this.#dataFolder = dataFolder;
  }

  /** The whole file with the last part; undefined before that. A part that does not follow the one before ends its upload. */
  put(asked: Part): Promise<Result<string | undefined, StationFailure>> {
    return this.#inTurn(() => this.#put(asked));
  }

  async #put(asked: Part): Promise<Result<string | undefined, StationFailure>> {
    if (asked.offsetBytes === 0) {
      const begun = await this.#begin(asked);
      if (!begun.ok) return begun;
    }
    const upload = this.#upload;
    const endBytes = asked.offsetBytes + asked.bytes.byteLength;
    if (
      upload?.id !== asked.uploadId ||
      upload.sizeBytes !== asked.offsetBytes ||
      endBytes > upload.totalBytes ||
      asked.bytes.byteLength === 0
    ) {
      await this.#drop(asked.uploadId);
      return err({ kind: "bad-request", problem: "a part that does not follow the one before" });
    }
    const written = upload.part.write(asked.offsetBytes, asked.bytes);
    if (!written.ok) {
      await this.#drop(asked.uploadId);
      return written;
    }
    upload.sizeBytes = endBytes;
    if (endBytes < upload.totalBytes) return ok(undefined);
    return this.#finish(upload);
  }

  /** Of a file that has come whole. */
  fileOf(uploadId: string): string | undefined {
    return this.#upload?.id === uploadId ? this.#upload.file : undefined;
  }

  /** Also of one that is not finished; one that is not there is no failure. */
  drop(uploadId: string): Promise<void> {
    return this.#inTurn(() => this.#drop(uploadId));
  }

  dispose(): Promise<void> {
    return this.#inTurn(() => this.#forget());
  }

  #inTurn<T>(step: () => Promise<T>): Promise<T> {
    const done = this.#before.then(step);
    this.#before = done.catch(() => undefined);
    return done;
  }

  async #drop(uploadId: string): Promise<void> {
    if (this.#upload?.id === uploadId) await this.#forget();
  }

  async #forget(): Promise<void> {
    const upload = this.#upload;
    this.#upload = undefined;
    if (!upload) return;
    upload.part.close();
    await rm(upload.folder, { recursive: true, force: true }).catch(() => undefined);
  }

  async #begin({ uploadId, totalBytes }: Part): Promise<Result<void, StationFailure>> {
    await this.#forget();
    const packs = path.join(this.#dataFolder, "packs");
    try {
      await mkdir(packs, { recursive: true });
      const { bavail, bsize } = await statfs(packs);
      const freeBytes = bavail * bsize;
      // It is unpacked beside itself.
      const neededBytes = 2 * totalBytes;
      if (freeBytes < neededBytes) return err({ kind: "pack", failure: { kind: "no-space", neededBytes, freeBytes } });
      // Named like an import: should this program be killed, the next use of the store removes it.
      const folder = await mkdtemp(path.join(packs, `.new-${process.pid}-`));
      const part = await openPartFile(path.join(folder, "part"));
      if (!part.ok) return part;
      this.#upload = { id: uploadId, folder, totalBytes, part: part.value, sizeBytes: 0, file: undefined };
      return ok(undefined);
    } catch (cause: unknown) {
      return err(ioFailure("write", cause));
    }
  }

  async #finish(upload: Upload): Promise<Result<string, StationFailure>> {
    const file = path.join(upload.folder, "sent.vigiepack");
    const finished = await upload.part.finish(upload.totalBytes, file);
    if (!finished.ok) {
      await this.#drop(upload.id);
      return finished;
    }
    upload.file = file;
    return ok(file);
  }
}
