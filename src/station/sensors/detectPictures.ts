import { basename, join } from "node:path";
import { ok, type Result } from "../../core/result.js";
import type { PictureProblem } from "../../core/mediaProblem.js";
import { createStillDetector, detectInFrame, type FrameDetections, type FrameMeta } from "../../detect/detectFrames.js";
import type { ThermalDetector } from "../../detect/thermalDetector.js";
import { greyFromSamples } from "../../detect/stretch.js";
import { listPictures, type LeftOutReason } from "../../io/pictures/pictureFolder.js";
import { readPicture } from "../../io/pictures/readPicture.js";

/** Smaller pictures are rejected: the detector compares each place with windows wider than this. */
const SIDE_MIN_PX = 16;

export type PictureListener = {
  readonly onPicture: (picture: FrameDetections) => void;
  /** This picture was not searched: nothing is known about its content. */
  readonly onProblem: (file: string, problem: PictureProblem) => void;
  readonly onLeftOut: (file: string, reason: LeftOutReason) => void;
  /** Only the first picture of a file with several is searched. */
  readonly onFurtherPages: (file: string, countOfPages: number) => void;
};

type DetectOptions = {
  /** By file name. */
  readonly meta: ReadonlyMap<string, FrameMeta>;
  readonly listener: PictureListener;
};

/** The names of all picture files found, read or not. */
type Found = readonly string[];

/**
 * Searches every picture of a folder, in order of names. Each is independent of the others, and a bad one does not stop
 * the rest.
 */
export async function detectInFolder(folder: string, options: DetectOptions): Promise<Result<Found, PictureProblem>> {
  const listed = await listPictures(folder);
  if (!listed.ok) return listed;
  for (const { file, reason } of listed.value.leftOut) options.listener.onLeftOut(file, reason);
  const detector = createStillDetector();
  for (const file of listed.value.pictures) await detectOne(join(folder, file), file, detector, options);
  return ok(listed.value.pictures);
}

/** Searches one picture file. */
export async function detectInPicture(path: string, options: DetectOptions): Promise<Found> {
  const file = basename(path);
  await detectOne(path, file, createStillDetector(), options);
  return [file];
}

async function detectOne(path: string, file: string, detector: ThermalDetector, options: DetectOptions): Promise<void> {
  const read = await readPicture(path);
  if (!read.ok) {
    options.listener.onProblem(file, read.error);
    return;
  }
  const { widthPx, heightPx, samples, countOfPages } = read.value;
  if (Math.min(widthPx, heightPx) < SIDE_MIN_PX) {
    options.listener.onProblem(file, { kind: "too-few-pixels", widthPx, heightPx });
    return;
  }
  if (countOfPages > 1) options.listener.onFurtherPages(file, countOfPages);
  const image = greyFromSamples(widthPx, heightPx, samples);
  options.listener.onPicture(detectInFrame(file, image, options.meta.get(file), detector));
}
