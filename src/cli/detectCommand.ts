import { readFile, stat } from "node:fs/promises";
import { err, ok, type Result } from "../core/result.js";
import {
  detectInFolder,
  detectInVideo,
  type DetectedPicture,
  type PictureMeta,
} from "../station/vision/detectFiles.js";
import { readArguments } from "./arguments.js";
import { failureLine } from "./failureLine.js";
import { EXIT_DONE, EXIT_FAILED, printJson, printText, say, wrongUse } from "./output.js";

export const detectHelp = "vigie detect FRAMES_DIR|FILE.ts [--meta META.jsonl] [--json]";

/** One line a picture: boxes in pixels, x and y the top left corner. */
export async function runDetect(argv: readonly string[]): Promise<number> {
  const parsed = readArguments(argv, {
    meta: { type: "string" },
    model: { type: "string" },
    json: { type: "boolean", default: false },
  });
  if (!parsed.ok) return wrongUse(parsed.error, detectHelp);
  const { positionals, values } = parsed.value;
  const [path] = positionals;
  if (path === undefined || positionals.length !== 1) return wrongUse("one folder or video is needed", detectHelp);
  if (values.model !== undefined) return wrongUse("--model comes with a later release", detectHelp);
  const meta = values.meta === undefined ? ok(new Map<string, PictureMeta>()) : await readMeta(values.meta);
  if (!meta.ok) {
    say(`vigie detect: ${meta.error}`);
    return EXIT_FAILED;
  }
  const onPicture = values.json ? printPictureJson : printPicture;
  const isFolder = await stat(path).then(
    (found) => found.isDirectory(),
    () => undefined,
  );
  if (isFolder === undefined) {
    say(`vigie detect: there is no ${path}`);
    return EXIT_FAILED;
  }
  const done = isFolder
    ? await detectInFolder({ folder: path, meta: meta.value, onPicture })
    : await detectInVideo(path, onPicture);
  if (done.ok) return EXIT_DONE;
  say(`vigie detect: ${failureLine(done.error)}`);
  return EXIT_FAILED;
}

function printPictureJson({ file, detections }: DetectedPicture): void {
  printJson({
    file,
    detections: detections.map(({ x, y, w, h, class: kind, score }) => ({ x, y, w, h, class: kind, score })),
  });
}

function printPicture({ file, detections }: DetectedPicture): void {
  const words = detections.map(
    ({ x, y, w, h, class: kind, score }) => `${kind} ${score.toFixed(2)} at ${x},${y} ${w}x${h}`,
  );
  printText(`${file}: ${words.length === 0 ? "nothing" : words.join("; ")}`);
}

async function readMeta(path: string): Promise<Result<Map<string, PictureMeta>, string>> {
  const meta = new Map<string, PictureMeta>();
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (cause: unknown) {
    return err(`${path}: ${cause instanceof Error ? cause.message : String(cause)}`);
  }
  for (const [index, line] of text.split("\n").entries()) {
    if (line.trim() === "") continue;
    const entry = metaLine(line);
    if (!entry) return err(`${path}: line ${index + 1}: expected {"file","heightAglM","depressionDeg","hfovDeg"}`);
    meta.set(entry.file, entry);
  }
  return ok(meta);
}

function metaLine(line: string): (PictureMeta & { readonly file: string }) | undefined {
  try {
    const value = JSON.parse(line) as Record<string, unknown> | null;
    const { file, heightAglM, depressionDeg, hfovDeg } = value ?? {};
    const isNumber = (n: unknown): n is number => typeof n === "number" && Number.isFinite(n);
    if (typeof file !== "string" || !isNumber(heightAglM) || !isNumber(depressionDeg) || !isNumber(hfovDeg)) {
      return undefined;
    }
    return { file, heightAglM, depressionDeg, hfovDeg };
  } catch {
    // Not JSON: the caller names the line.
    return undefined;
  }
}
