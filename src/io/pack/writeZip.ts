import { createHash } from "node:crypto";
import { open, readdir, rename, rm, type FileHandle } from "node:fs/promises";
import path from "node:path";
import { once } from "node:events";
import { createDeflateRaw } from "node:zlib";
import { Zip, ZipPassThrough } from "fflate";
import { err, ok, type Result } from "../../core/result.js";
import { isEndedProcess } from "../endedProcess.js";
import { ioFailure, type IoFailure } from "../fileStore.js";
import { openRegularFile, type OpenFileProblem } from "../regularFile.js";

type WrittenMember = { readonly sizeBytes: number; readonly sha256: string };

export type ZipWriteProblem =
  | IoFailure
  | { readonly kind: "member"; readonly path: string; readonly problem: OpenFileProblem | IoFailure }
  | { readonly kind: "pack-too-large"; readonly bytesMax: number }
  | { readonly kind: "stopped" };

export type ZipWriter = {
  /** A file of any size, piece by piece; tiles and pictures are packed already and are stored. */
  readonly addFile: (
    name: string,
    path: string,
    isDeflated: boolean,
  ) => Promise<Result<WrittenMember, ZipWriteProblem>>;
  readonly addText: (name: string, text: string) => Promise<Result<void, ZipWriteProblem>>;
  /** Only now there is a file at the given place; an older one there is replaced. */
  readonly finish: () => Promise<Result<void, ZipWriteProblem>>;
  /** Removes what was written; after `finish` it does nothing. */
  readonly abandon: () => Promise<void>;
};

type ZipWriteOptions = {
  readonly bytesMax: number;
  /** Asked between two pieces. */
  readonly shouldStop: () => boolean;
  /** Called after each piece of a file. */
  readonly onBytes?: ((countOfBytes: number) => void) | undefined;
};

const PIECE_BYTES = 1024 * 1024;

/** Everything is written to a file beside the place first, so that a full disk or a stop leaves nothing half-made there. */
export async function createZip(place: string, options: ZipWriteOptions): Promise<Result<ZipWriter, IoFailure>> {
  const beside = `${place}.${process.pid}${WRITING}`;
  try {
    await removeLeftovers(place);
    return ok(writerOf(await open(beside, "w"), { beside, place }, options));
  } catch (cause: unknown) {
    return err(ioFailure("write", cause));
  }
}

const WRITING = ".writing";

/** Of programs that were killed while they wrote to the same place. */
async function removeLeftovers(place: string): Promise<void> {
  const [folder, base] = [path.dirname(place), path.basename(place)];
  for (const name of await readdir(folder)) {
    if (!name.startsWith(`${base}.`) || !name.endsWith(WRITING)) continue;
    const processId = Number(name.slice(base.length + 1, -WRITING.length));
    if (Number.isInteger(processId) && isEndedProcess(processId)) await rm(path.join(folder, name), { force: true });
  }
}

type Places = { readonly beside: string; readonly place: string };

function writerOf(
  out: FileHandle,
  { beside, place }: Places,
  { bytesMax, shouldStop, onBytes }: ZipWriteOptions,
): ZipWriter {
  const made: Uint8Array[] = [];
  const zip = new Zip((cause, piece) => {
    if (cause) throw cause;
    made.push(piece);
  });
  let countOfBytes = 0;
  let isDone = false;
  const flush = async (): Promise<Result<void, ZipWriteProblem>> => {
    for (const piece of made.splice(0)) {
      countOfBytes += piece.length;
      if (countOfBytes > bytesMax) return err({ kind: "pack-too-large", bytesMax });
      if (shouldStop()) return err({ kind: "stopped" });
      try {
        await out.writeFile(piece);
      } catch (cause: unknown) {
        return err(ioFailure("write", cause));
      }
    }
    return ok(undefined);
  };
  return {
    addFile: async (name, path, isDeflated) => {
      const member = isDeflated ? new DeflatedMember(name) : new ZipPassThrough(name);
      zip.add(member);
      return addPieces(member, path, (countOfBytes) => (onBytes?.(countOfBytes), flush()));
    },
    addText: (name, text) => {
      const member = new ZipPassThrough(name);
      zip.add(member);
      member.push(Buffer.from(text), true);
      return flush();
    },
    finish: async () => {
      zip.end();
      const flushed = await flush();
      if (!flushed.ok) return flushed;
      try {
        await out.sync();
        await out.close();
        await rename(beside, place);
        isDone = true;
        return ok(undefined);
      } catch (cause: unknown) {
        return err(ioFailure("write", cause));
      }
    },
    abandon: async () => {
      if (isDone) return;
      // Closed already where `finish` failed late; that the rest stays there is no second failure to report.
      await out.close().catch(() => undefined);
      await rm(beside, { force: true }).catch(() => undefined);
    },
  };
}

/**
 * Deflated by Node: the streams of fflate 0.8.3 (`ZipDeflate`) make data of pieces larger than their buffer that no reader can
 * unpack. `push` counts the size and the checksum, `deflate` hands on what becomes of the same piece.
 */
class DeflatedMember extends ZipPassThrough {
  override compression = 8;
  readonly #deflate = createDeflateRaw({ level: 6 });
  #made: Uint8Array<ArrayBuffer>[] = [];

  constructor(name: string) {
    super(name);
    this.#deflate.on("data", (piece: Buffer) => {
      this.#made.push(new Uint8Array(piece));
    });
  }

  protected override process(): void {
    // Nothing yet: `deflate` follows.
  }

  async deflate(piece: Uint8Array, isLast: boolean): Promise<void> {
    if (piece.length > 0) await new Promise((resolve) => this.#deflate.write(piece, resolve));
    if (isLast) {
      const ended = once(this.#deflate, "end");
      this.#deflate.end();
      await ended;
    }
    for (const made of this.#made.splice(0)) this.ondata(null, made, false);
    if (isLast) this.ondata(null, new Uint8Array(0), true);
  }
}

async function addPieces(
  member: ZipPassThrough,
  path: string,
  flush: (countOfBytes: number) => Promise<Result<void, ZipWriteProblem>>,
): Promise<Result<WrittenMember, ZipWriteProblem>> {
  const opened = await openRegularFile(path);
  if (!opened.ok) return err({ kind: "member", path, problem: opened.error });
  const { handle } = opened.value;
  const hash = createHash("sha256");
  let sizeBytes = 0;
  try {
    for (;;) {
      const { bytesRead, buffer } = await handle.read(Buffer.alloc(PIECE_BYTES), 0, PIECE_BYTES, sizeBytes);
      const piece = buffer.subarray(0, bytesRead);
      hash.update(piece);
      sizeBytes += bytesRead;
      member.push(piece, bytesRead === 0);
      if (member instanceof DeflatedMember) await member.deflate(piece, bytesRead === 0);
      const flushed = await flush(bytesRead);
      if (!flushed.ok) return flushed;
      if (bytesRead === 0) return ok({ sizeBytes, sha256: hash.digest("hex") });
    }
  } catch (cause: unknown) {
    return err({ kind: "member", path, problem: ioFailure("read", cause) });
  } finally {
    await handle.close();
  }
}
