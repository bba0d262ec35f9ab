import type { PictureProblem } from "../../core/mediaProblem.js";
import { err, ok, type Result } from "../../core/result.js";
import { openRegularFile } from "../../io/regularFile.js";

/** A hundred thousand pictures with a line of some hundred bytes each. */
const BYTES_MAX = 64 * 1024 * 1024;

/** Reads the text of a file of meta lines. */
export async function readMetaText(path: string): Promise<Result<string, PictureProblem>> {
  const opened = await openRegularFile(path);
  if (!opened.ok) return opened;
  const { handle, bytes } = opened.value;
  try {
    if (bytes > BYTES_MAX) return err({ kind: "too-many-bytes", megabytesMax: BYTES_MAX / 1024 / 1024 });
    return ok(await handle.readFile("utf8"));
  } catch (cause: unknown) {
    return err({ kind: "not-readable", reason: (cause as NodeJS.ErrnoException).code ?? "unknown error" });
  } finally {
    await handle.close();
  }
}
