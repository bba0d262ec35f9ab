/** A PNG or JPEG in colours, for the ground: unpacked as a whole, since neither can be read in parts. */
import type { GeoPictureProblem } from "../../core/geoPicture.js";
import { CHANNELS, type PictureLevel } from "../../core/pictureLevels.js";
import { err, ok, type Result } from "../../core/result.js";
import type { PictureProblem } from "../../core/mediaProblem.js";
import type { OpenFileProblem } from "../regularFile.js";
import { readJpegColours } from "./jpegReader.js";
import { readPngColours } from "./pngReader.js";
import { readWhole } from "./readPicture.js";
import { plainBytes } from "./tiffCodecs.js";

type Problem = OpenFileProblem | GeoPictureProblem;
type Colours = { readonly widthPx: number; readonly heightPx: number; readonly pixels: Uint8Array };

const BLOCK_PX = 512;

export async function openWholePicture(file: string): Promise<Result<PictureLevel, Problem>> {
  const bytes = await readWhole(file);
  if (bytes.ok) return readWholePicture(bytes.value);
  const { error } = bytes;
  if (error.kind !== "too-many-bytes") return err(error);
  return err({ kind: "form-not-read", form: `files of more than ${error.megabytesMax} MB (${MAKE_TIFF})` });
}

const MAKE_TIFF = "make a GeoTIFF in tiles of it: gdal_translate -co TILED=YES";

/** PNG and JPEG are told apart by their bytes. */
export async function readWholePicture(file: Uint8Array): Promise<Result<PictureLevel, GeoPictureProblem>> {
  const bytes = plainBytes(file);
  const isPng = bytes[0] === 0x89 && bytes[1] === 0x50;
  const isJpeg = bytes[0] === 0xff && bytes[1] === 0xd8;
  if (!isPng && !isJpeg) return err({ kind: "not-this-format", format: "PNG" });
  const read: Result<Colours, PictureProblem> = isPng ? await readPngColours(bytes) : jpegColours(bytes);
  return read.ok ? ok(levelOf(read.value)) : err(problemOf(read.error));
}

function jpegColours(bytes: Uint8Array): Result<Colours, PictureProblem> {
  const read = readJpegColours(bytes);
  if (!read.ok) return read;
  const { widthPx, heightPx, pixels: bands } = read.value;
  const pixels = new Uint8Array(widthPx * heightPx * CHANNELS).fill(255);
  for (let from = 0, to = 0; to < pixels.byteLength; from += 3, to += CHANNELS) {
    pixels[to] = bands[from] ?? 0;
    pixels[to + 1] = bands[from + 1] ?? 0;
    pixels[to + 2] = bands[from + 2] ?? 0;
  }
  return ok({ widthPx, heightPx, pixels });
}

function problemOf(problem: PictureProblem): GeoPictureProblem {
  if (problem.kind === "too-many-pixels") {
    const { widthPx, heightPx, megapixelsMax } = problem;
    const form = `${widthPx} x ${heightPx} pixels, more than ${megapixelsMax} million (${MAKE_TIFF})`;
    return { kind: "form-not-read", form };
  }
  if (problem.kind === "form-not-read") return { kind: "form-not-read", form: problem.form };
  return {
    kind: "damaged",
    reason: problem.kind === "cut-off" ? "it is cut off: copy it again" : "its pixels are damaged",
  };
}

const levelOf = ({ widthPx, heightPx, pixels }: Colours): PictureLevel => ({
  ...{ columns: widthPx, rows: heightPx, blockColumns: BLOCK_PX, blockRows: BLOCK_PX },
  block: (across, down) => {
    const block = new Uint8Array(BLOCK_PX * BLOCK_PX * CHANNELS);
    const columns = Math.min(BLOCK_PX, widthPx - across * BLOCK_PX);
    const rows = Math.min(BLOCK_PX, heightPx - down * BLOCK_PX);
    for (let row = 0; row < rows; row++) {
      const from = ((down * BLOCK_PX + row) * widthPx + across * BLOCK_PX) * CHANNELS;
      block.set(pixels.subarray(from, from + columns * CHANNELS), row * BLOCK_PX * CHANNELS);
    }
    return Promise.resolve(block);
  },
});
