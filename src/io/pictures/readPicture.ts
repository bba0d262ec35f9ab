import { mediaKindOf, MEDIA_HEAD_BYTES } from "../../core/mediaKind.js";
import { err, type Result } from "../../core/result.js";
import { openRegularFile, type OpenFileProblem } from "../regularFile.js";
import { readJpeg } from "./jpegReader.js";
import { readPng } from "./pngReader.js";
import type { ReadSamples } from "./sampledPicture.js";
import { plainBytes } from "./tiffCodecs.js";
import { readTiff } from "./tiffReader.js";

/**
 * Upper limit: an uncompressed 16-bit picture of 64 million pixels fits with room to spare, also some MB of raw data
 * after a JPEG.
 */
const FILE_BYTES_MAX = 256 * 1024 * 1024;

type TooManyBytes = { readonly kind: "too-many-bytes"; readonly megabytesMax: number };
type Decoder = (bytes: Uint8Array) => ReadSamples | Promise<ReadSamples>;
const DECODERS: ReadonlyMap<string, Decoder> = new Map<string, Decoder>([
  ["PNG", readPng],
  ["JPEG", readJpeg],
  ["TIFF", readTiff],
]);

/** Reads a picture file by its content, not its name. Turned by EXIF's orientation, as a viewer shows it. */
export async function readPicture(path: string): Promise<ReadSamples> {
  const bytes = await readWhole(path);
  return bytes.ok ? decodePicture(bytes.value) : bytes;
}

/** Never throws, whatever the bytes; allocates no more than `sizeProblem` allows. */
export async function decodePicture(file: Uint8Array): Promise<ReadSamples> {
  const bytes = plainBytes(file);
  if (bytes.byteLength === 0) return err({ kind: "empty" });
  const media = mediaKindOf(bytes.subarray(0, MEDIA_HEAD_BYTES));
  switch (media?.kind) {
    case undefined:
      return err({ kind: "not-a-picture" });
    case "container":
      return err({ kind: "is-video", format: media.format });
    case "codec":
      return err({ kind: "is-video", format: media.codec });
    case "audio":
      return err({ kind: "not-a-picture" });
    case "picture": {
      const decode = DECODERS.get(media.format);
      return decode ? await decode(bytes) : err({ kind: "format-not-read", format: media.format });
    }
  }
}

/** The first bytes of a file, enough to recognise its kind. */
export async function readHead(path: string): Promise<Result<Uint8Array, OpenFileProblem>> {
  const opened = await openRegularFile(path);
  if (!opened.ok) return opened;
  const { handle } = opened.value;
  try {
    const { buffer, bytesRead } = await handle.read(new Uint8Array(MEDIA_HEAD_BYTES), 0, MEDIA_HEAD_BYTES, 0);
    return { ok: true, value: buffer.subarray(0, bytesRead) };
  } catch (cause: unknown) {
    return err({ kind: "not-readable", reason: (cause as NodeJS.ErrnoException).code ?? "unknown error" });
  } finally {
    await handle.close();
  }
}

export async function readWhole(path: string): Promise<Result<Uint8Array, OpenFileProblem | TooManyBytes>> {
  const opened = await openRegularFile(path);
  if (!opened.ok) return opened;
  const { handle, bytes } = opened.value;
  try {
    if (bytes > FILE_BYTES_MAX) return err({ kind: "too-many-bytes", megabytesMax: FILE_BYTES_MAX / 1024 / 1024 });
    return { ok: true, value: await handle.readFile() };
  } catch (cause: unknown) {
    return err({ kind: "not-readable", reason: (cause as NodeJS.ErrnoException).code ?? "unknown error" });
  } finally {
    await handle.close();
  }
}
