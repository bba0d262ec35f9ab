/** `vigie detect FRAMES_DIR --meta META.jsonl`: a line per picture in, a line per picture out (DESIGN.md 7). Without file access. */
import { parseBoundedJson, SMALL_FILE_LIMITS } from "../core/boundedJson.js";
import { err, ok, type Result } from "../core/result.js";
import { RAD_PER_DEG } from "../geo/angles.js";
import type { GreyImage, ObjectClass } from "./detection.js";
import { DETECTOR } from "./detectorNumbers.js";
import { createThermalDetector, type ThermalDetector } from "./thermalDetector.js";

/** For single pictures: with no tracker to remove short-lived detections, the thresholds are higher. */
export const createStillDetector = (): ThermalDetector =>
  createThermalDetector({ thresholdSigmas: DETECTOR.stillSigmas, minContrast: DETECTOR.stillContrast });

export type FrameMeta = {
  readonly file: string;
  readonly heightAglM: number;
  /** Camera depression; 90 is straight down. */
  readonly depressionDeg: number;
  readonly hfovDeg: number;
};

export type FrameDetections = {
  readonly file: string;
  readonly detections: readonly {
    readonly x: number;
    readonly y: number;
    readonly w: number;
    readonly h: number;
    readonly class: ObjectClass;
    readonly score: number;
  }[];
};

type MetaFailure = { readonly kind: "bad-meta"; readonly line: number; readonly problem: string };

/** Reads META.jsonl; blank lines are skipped, further fields ignored. */
export function parseMeta(text: string): Result<readonly FrameMeta[], MetaFailure> {
  const metas: FrameMeta[] = [];
  // Windows editors often write a byte order mark.
  for (const [index, line] of text
    .replace(/^\uFEFF/, "")
    .split("\n")
    .entries()) {
    if (line.trim() === "") continue;
    const meta = parseMetaLine(line);
    if (typeof meta === "string") return err({ kind: "bad-meta", line: index + 1, problem: meta });
    metas.push(meta);
  }
  return ok(metas);
}

/** The parsed line, or a text that says what is wrong with it. */
function parseMetaLine(line: string): FrameMeta | string {
  const json = parseBoundedJson(line, SMALL_FILE_LIMITS);
  if (!json.ok) return "not JSON";
  const { value } = json;
  if (typeof value !== "object" || value === null) return "not an object";
  const fields = value as Readonly<Record<string, unknown>>;
  const file = fields["file"];
  const heightAglM = numberIn(fields["heightAglM"], 0, Infinity);
  const depressionDeg = numberIn(fields["depressionDeg"], 0, 90);
  const hfovDeg = numberIn(fields["hfovDeg"], 0, 179.999);
  if (typeof file !== "string" || file === "") return '"file" must be a name';
  if (heightAglM === undefined) return '"heightAglM" must be a positive number';
  if (depressionDeg === undefined) return '"depressionDeg" must be above 0 and at most 90';
  if (hfovDeg === undefined) return '"hfovDeg" must be between 0 and 180';
  return { file, heightAglM, depressionDeg, hfovDeg };
}

/** The number if `low` < number ≤ `high`. */
const numberIn = (value: unknown, low: number, high: number): number | undefined =>
  typeof value === "number" && value > low && value <= high ? value : undefined;

/** Metres per pixel across the line of sight, at the picture's centre, on level ground. */
export function metresPerPixel(meta: Omit<FrameMeta, "file">, widthPx: number): number {
  const slantRangeM = meta.heightAglM / Math.sin(meta.depressionDeg * RAD_PER_DEG);
  return (2 * slantRangeM * Math.tan((meta.hfovDeg / 2) * RAD_PER_DEG)) / widthPx;
}

/** Boxes are in pixels of `image`, as displayed. Without a meta line size and class are unknown. */
export function detectInFrame(
  file: string,
  image: GreyImage,
  meta: FrameMeta | undefined,
  detector: ThermalDetector,
): FrameDetections {
  const scaleM = meta && metresPerPixel(meta, image.widthPx);
  const detections = detector
    .detect(image, scaleM)
    .map(({ x, y, w, h, class: kind, score }) => ({ x, y, w, h, class: kind, score: Number(score.toFixed(3)) }));
  return { file, detections };
}
