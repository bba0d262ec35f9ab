import { readFile, stat } from "node:fs/promises";
import { err, ok, type Result } from "../core/result.js";
import { parseMeta, type FrameDetections, type FrameMeta } from "../detect/detectFrames.js";
import { detectInFolder, detectInVideo } from "../station/vision/detectFiles.js";
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
  const meta = values.meta === undefined ? ok(new Map<string, FrameMeta>()) : await readMeta(values.meta);
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

function printPictureJson({ file, detections }: FrameDetections): void {
  printJson({
    file,
    detections: detections.map(({ x, y, w, h, class: kind, score }) => ({ x, y, w, h, class: kind, score })),
  });
}

function printPicture({ file, detections }: FrameDetections): void {
  const words = detections.map(
    ({ x, y, w, h, class: kind, score }) => `${kind} ${score.toFixed(2)} at ${x},${y} ${w}x${h}`,
  );
  printText(`${file}: ${words.length === 0 ? "nothing" : words.join("; ")}`);
}

async function readMeta(path: string): Promise<Result<ReadonlyMap<string, FrameMeta>, string>> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (cause: unknown) {
    return err(`${path}: ${cause instanceof Error ? cause.message : String(cause)}`);
  }
  const metas = parseMeta(text);
  if (!metas.ok) return err(`${path}: line ${metas.error.line}: ${metas.error.problem}`);
  return ok(new Map(metas.value.map((meta) => [meta.file, meta])));
}
