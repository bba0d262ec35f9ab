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

export type PictureSidecars = {
  readonly world: string | undefined;
  readonly projection: string | undefined;
  /** Paths of the files that these are from. */
  readonly files: readonly string[];
};

export async function readSidecars(file: string): Promise<PictureSidecars> {
  const extension = path.extname(file);
  const stem = file.slice(0, file.length - extension.length);
  const world = await firstText(stem, WORLD_ENDINGS[extension.toLowerCase()] ?? []);
  const projection = await firstText(stem, [".prj"]);
  const files = [world, projection].flatMap((found) => (found ? [found.file] : []));
  return { world: world?.text, projection: projection?.text, files };
}

type NamedText = { readonly file: string; readonly text: string };

/** In small letters or capitals, as from a Windows program. */
async function firstText(stem: string, endings: readonly string[]): Promise<NamedText | undefined> {
  for (const ending of endings.flatMap((each) => [each, each.toUpperCase()])) {
    const file = stem + ending;
    const text = await textOf(file);
    if (text !== undefined) return { file, text };
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
