import { extname } from "node:path";
import { err, ok, type Result } from "../core/result.js";
import { decodeGreyJpeg } from "./jpegRead.js";
import { decodeGreyPng } from "./pngRead.js";
import { ioFailure, readBytes, type IoFailure } from "./fileStore.js";

/** The same shape as `GreyImage` of `detect`, which this room may not name. */
type Picture = { readonly widthPx: number; readonly heightPx: number; readonly luma: Uint8Array };

const TYPES: Readonly<Record<string, string>> = {
  ".jpg": "image/jpeg",
  ".jpeg": "image/jpeg",
  ".png": "image/png",
  ".webp": "image/webp",
};

export const isImageName = (name: string): boolean => extname(name).toLowerCase() in TYPES;

/** A picture file as luma. Colour pictures are weighted as BT.601 does. */
export async function readGreyImage(path: string): Promise<Result<Picture, IoFailure>> {
  const type = TYPES[extname(path).toLowerCase()];
  if (type === undefined) return err({ kind: "io", operation: "decode picture", code: "not a JPEG, PNG or WebP" });
  const bytes = await readBytes(path);
  if (!bytes.ok) return bytes;
  // The package below fails on grey pictures; and without it (it is optional) the usual ones still open.
  const grey = type === "image/png" ? decodeGreyPng(bytes.value) : decodeGreyJpeg(bytes.value);
  if (grey) return ok(grey);
  try {
    const { ImageDecoder } = await import("@napi-rs/webcodecs");
    const decoder = new ImageDecoder({ data: new Uint8Array(bytes.value), type });
    try {
      const { image } = await decoder.decode();
      const widthPx = image.codedWidth;
      const heightPx = image.codedHeight;
      const raw = new Uint8Array(image.allocationSize());
      const [plane] = await image.copyTo(raw);
      const layout = { widthPx, heightPx, strideBytes: plane?.stride ?? widthPx, offset: plane?.offset ?? 0 };
      const luma = lumaOf(raw, image.format ?? "", layout);
      image.close();
      return ok({ widthPx, heightPx, luma });
    } finally {
      decoder.close();
    }
  } catch (cause: unknown) {
    return err(ioFailure("decode picture", cause));
  }
}

type Layout = {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly strideBytes: number;
  readonly offset: number;
};

function lumaOf(raw: Uint8Array, format: string, layout: Layout): Uint8Array {
  const { widthPx, heightPx, strideBytes, offset } = layout;
  const luma = new Uint8Array(widthPx * heightPx);
  const isPacked = /^(RGB|BGR)[AX]$/.test(format);
  const redAt = format.startsWith("B") ? 2 : 0;
  for (let y = 0; y < heightPx; y++) {
    const row = offset + y * strideBytes;
    for (let x = 0; x < widthPx; x++) {
      const at = isPacked ? row + 4 * x : row + x;
      luma[y * widthPx + x] = isPacked
        ? (299 * (raw[at + redAt] ?? 0) + 587 * (raw[at + 1] ?? 0) + 114 * (raw[at + 2 - redAt] ?? 0) + 500) / 1000
        : (raw[at] ?? 0);
    }
  }
  return luma;
}
