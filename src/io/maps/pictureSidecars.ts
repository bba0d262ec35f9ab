/** What lies beside a picture: its world file, and the file that names its system. */
import path from "node:path";
import { openRegularFile } from "../regularFile.js";

/** Six numbers; a system in words has some thousand letters. */
const BYTES_MAX = 20_000;

/** By the picture's extension; `.wld` goes with any. */
const WORLD_ENDINGS: Readonly<Record<string, readonly string[]>> = {
  ".png": [".pgw", ".pngw", ".wld"],
  ".jpg": [".jgw", ".jpgw", ".wld"],
  ".jpeg": [".jgw", ".jpegw", ".jpgw", ".wld"],
  ".tif": [".tfw", ".tifw", ".wld"],
  ".tiff": [".tfw", ".tiffw", ".wld"],
};

export type PictureSidecars = { readonly world: string | undefined; readonly projection: string | undefined };

export async function readSidecars(file: string): Promise<PictureSidecars> {
  const extension = path.extname(file);
  const stem = file.slice(0, file.length - extension.length);
  return {
    world: await firstText(stem, WORLD_ENDINGS[extension.toLowerCase()] ?? []),
    projection: await firstText(stem, [".prj"]),
  };
}

/** In small letters or capitals, as from a Windows program. */
async function firstText(stem: string, endings: readonly string[]): Promise<string | undefined> {
  for (const ending of endings) {
    const text = (await textOf(stem + ending)) ?? (await textOf(stem + ending.toUpperCase()));
    if (text !== undefined) return text;
  }
  return undefined;
}

/** Undefined where there is none, and for one that is too long to be what its name says. */
async function textOf(file: string): Promise<string | undefined> {
  const opened = await openRegularFile(file);
  if (!opened.ok) return undefined;
  const { handle, bytes } = opened.value;
  try {
    return bytes > BYTES_MAX ? undefined : await handle.readFile("utf8");
  } catch {
    // As if it were not there: then the picture has no place, which is said.
    return undefined;
  } finally {
    await handle.close();
  }
}
