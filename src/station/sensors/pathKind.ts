import { mediaKindOf } from "../../core/mediaKind.js";
import { err, ok, type Result } from "../../core/result.js";
import type { OpenFileProblem } from "../../io/regularFile.js";
import { readHead } from "../../io/pictures/readPicture.js";

/**
 * What a path leads to, decided by its content and not its name. Any file that is not a picture counts as video; the
 * video readers check it.
 */
export async function pathKind(path: string): Promise<Result<"folder" | "picture" | "video", OpenFileProblem>> {
  const head = await readHead(path);
  if (head.ok) return ok(mediaKindOf(head.value)?.kind === "picture" ? "picture" : "video");
  if (head.error.kind === "not-a-file" && head.error.what === "folder") return ok("folder");
  return err(head.error);
}
