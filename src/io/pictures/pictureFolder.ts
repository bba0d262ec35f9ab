import { readdir, stat } from "node:fs/promises";
import { extname, join } from "node:path";
import { err, ok, type Result } from "../../core/result.js";
import { mediaKindOf } from "../../core/mediaKind.js";
import type { PictureProblem } from "../../core/mediaProblem.js";
import { readHead } from "./readPicture.js";

/** Why an entry of the folder is not listed as a picture. */
export type LeftOutReason = "hidden" | "folder" | "not-a-picture";
type LeftOut = { readonly file: string; readonly reason: LeftOutReason };
type PictureFolder = { readonly pictures: readonly string[]; readonly leftOut: readonly LeftOut[] };

/** Files that operating systems create in folders by themselves. */
const SYSTEM_NAMES: readonly string[] = ["thumbs.db", "desktop.ini", "ehthumbs.db", "$recycle.bin"];
const PICTURE_ENDINGS =
  /^\.(jpe?g|jpe|jfif|png|apng|tiff?|dng|webp|bmp|gif|hei[cf]|avif|jp2|j2k|jxl|pgm|ppm|fff|r?jpg|exr|fits?)$/;

/**
 * The pictures of a folder by name, and its other entries. A file is listed when its first bytes or its name say that
 * it is a picture: one that only has such a name is listed too, so that reading it reports the problem.
 */
export async function listPictures(folder: string): Promise<Result<PictureFolder, PictureProblem>> {
  let names: readonly string[];
  try {
    names = (await readdir(folder)).sort((a, b) => (a < b ? -1 : 1));
  } catch (cause: unknown) {
    return err({ kind: "not-readable", reason: (cause as NodeJS.ErrnoException).code ?? "unknown error" });
  }
  const pictures: string[] = [];
  const leftOut: LeftOut[] = [];
  for (const file of names) {
    const reason = await reasonToLeaveOut(folder, file);
    if (reason === undefined) pictures.push(file);
    else leftOut.push({ file, reason });
  }
  return ok({ pictures, leftOut });
}

async function reasonToLeaveOut(folder: string, file: string): Promise<LeftOutReason | undefined> {
  if (file.startsWith(".") || SYSTEM_NAMES.includes(file.toLowerCase())) return "hidden";
  const path = join(folder, file);
  const isFolder = await stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
  if (isFolder) return "folder";
  if (PICTURE_ENDINGS.test(extname(file).toLowerCase())) return undefined;
  const head = await readHead(path);
  return head.ok && mediaKindOf(head.value)?.kind === "picture" ? undefined : "not-a-picture";
}
