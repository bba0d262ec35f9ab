import { basename } from "node:path";
import { err, ok, type Result } from "../core/result.js";
import { mediaProblemText, pictureProblemTexts, videoProblemTexts } from "../contract/mediaProblemTexts.js";
import { parseMeta, type FrameDetections, type FrameMeta } from "../detect/detectFrames.js";
import { readMetaText } from "../station/sensors/metaFile.js";
import { pathKind } from "../station/sensors/pathKind.js";
import { detectInFolder, detectInPicture, type PictureListener } from "../station/sensors/detectPictures.js";
import { detectInVideo } from "../station/sensors/detectVideo.js";
import { readArguments } from "./arguments.js";
import { EXIT_DONE, EXIT_FAILED, printJson, printText, print, wrongUse } from "./output.js";

export const detectHelp = "vigie detect FRAMES_DIR|PICTURE|FILE.ts [--meta META.jsonl] [--json]";

/** At most this many names are printed; the rest are only counted. */
const NAMES_PRINTED = 5;

type Run = {
  readonly path: string;
  readonly isJson: boolean;
  /** Undefined without --meta. */
  readonly meta: ReadonlyMap<string, FrameMeta> | undefined;
};

/** One line a picture: boxes in pixels of the picture as it is shown, x and y the top left corner. */
export async function runDetect(argv: readonly string[]): Promise<number> {
  const parsed = readArguments(argv, {
    meta: { type: "string" },
    model: { type: "string" },
    json: { type: "boolean", default: false },
  });
  if (!parsed.ok) return wrongUse(parsed.error, detectHelp);
  const { positionals, values } = parsed.value;
  const [path] = positionals;
  if (path === undefined || positionals.length !== 1)
    return wrongUse("one folder, picture or video is needed", detectHelp);
  if (values.model !== undefined) return wrongUse("--model comes with a later release", detectHelp);
  const meta = values.meta === undefined ? ok(undefined) : await readMeta(values.meta);
  if (!meta.ok) {
    report(meta.error);
    return EXIT_FAILED;
  }
  const run: Run = { path, isJson: values.json, meta: meta.value };
  const kind = await pathKind(path);
  if (!kind.ok) {
    report(`${path}: ${mediaProblemText(videoProblemTexts, kind.error)}`);
    return EXIT_FAILED;
  }
  return kind.value === "video" ? runVideo(run) : runPictures(run, kind.value);
}

const report = (problem: string): void => print(`vigie detect: ${problem}`);

async function runVideo({ path, isJson, meta }: Run): Promise<number> {
  if (meta) report("--meta is for pictures: a video brings its own (KLV)");
  const done = await detectInVideo(path, isJson ? printPictureJson : printPicture);
  if (done.ok) return EXIT_DONE;
  const problem = mediaProblemText(videoProblemTexts, done.error);
  report(`${path}: ${problem}`);
  if (isJson) printJson({ file: basename(path), problem });
  return EXIT_FAILED;
}

async function runPictures({ path, isJson, meta }: Run, kind: "folder" | "picture"): Promise<number> {
  let countOfProblems = 0;
  const leftOut: string[] = [];
  const listener: PictureListener = {
    onPicture: isJson ? printPictureJson : printPicture,
    onProblem: (file, problem) => {
      countOfProblems++;
      const words = mediaProblemText(pictureProblemTexts, problem);
      report(`${file}: ${words}`);
      // No "detections": an empty list would claim that the picture was searched and contains nothing.
      if (isJson) printJson({ file, problem: words });
    },
    onLeftOut: (file, reason) => {
      leftOut.push(reason === "folder" ? `${file}/ (a folder)` : file);
    },
    onFurtherPages: (file, countOfPages) => report(`${file}: the first of its ${countOfPages} pictures is looked at`),
  };
  const options = { meta: meta ?? new Map<string, FrameMeta>(), listener };
  const found = kind === "folder" ? await detectInFolder(path, options) : ok(await detectInPicture(path, options));
  if (!found.ok) {
    report(`${path}: ${mediaProblemText(pictureProblemTexts, found.error)}`);
    return EXIT_FAILED;
  }
  if (leftOut.length > 0) report(`left out, not pictures: ${named(leftOut)}`);
  if (meta) reportMetaGaps(meta, found.value);
  if (found.value.length === 0) report(`there is no picture (JPEG, PNG, TIFF) in ${path}`);
  return found.value.length === 0 || countOfProblems > 0 ? EXIT_FAILED : EXIT_DONE;
}

/**
 * Meta lines without a picture mostly mean the wrong meta file; pictures without a meta line are judged without scale.
 */
function reportMetaGaps(meta: ReadonlyMap<string, FrameMeta>, pictures: readonly string[]): void {
  const unknown = [...meta.keys()].filter((file) => !pictures.includes(file));
  const without = pictures.filter((file) => !meta.has(file));
  if (unknown.length > 0) report(`meta for pictures that are not there: ${named(unknown)}`);
  if (without.length > 0) report(`no meta, so sizes and classes are not known: ${named(without)}`);
}

function named(names: readonly string[]): string {
  const rest = names.length - NAMES_PRINTED;
  return names.slice(0, NAMES_PRINTED).join(", ") + (rest > 0 ? ` and ${rest} more` : "");
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
  const text = await readMetaText(path);
  if (!text.ok) return err(`${path}: ${mediaProblemText(pictureProblemTexts, text.error)}`);
  const metas = parseMeta(text.value);
  if (!metas.ok) return err(`${path}: line ${metas.error.line}: ${metas.error.problem}`);
  return ok(new Map(metas.value.map((meta) => [meta.file, meta])));
}
