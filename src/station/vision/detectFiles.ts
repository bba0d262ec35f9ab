import { join } from "node:path";
import { createReadStream } from "node:fs";
import { err, ok, type Result } from "../../core/result.js";
import type { StationFailure } from "../../contract/failures.js";
import { createNapiDecoder } from "../../io/decoderNapi.js";
import { listFolder } from "../../io/fileStore.js";
import { isImageName, readGreyImage } from "../../io/imageReader.js";
import { realClock } from "../../io/realClock.js";
import type { Detection, GreyImage } from "../../detect/detection.js";
import { createDetector } from "../../detect/detector.js";
import { seaLevelGround } from "../../track/seaLevelGround.js";
import { createVision } from "../../track/vision.js";
import { createVisionPipeline } from "./visionPipeline.js";

/** Detections of one picture, as `vigie detect` prints them. */
export type DetectedPicture = { readonly file: string; readonly detections: readonly Detection[] };

/** What is known of a picture's geometry (a line of META). 90 = straight down. */
export type PictureMeta = { readonly heightAglM: number; readonly depressionDeg: number; readonly hfovDeg: number };

type DetectFolder = {
  readonly folder: string;
  readonly meta: ReadonlyMap<string, PictureMeta>;
  readonly onPicture: (picture: DetectedPicture) => void;
};

/** Every picture of a folder, by name. Each stands alone: order and neighbours change nothing. */
export async function detectInFolder(options: DetectFolder): Promise<Result<number, StationFailure>> {
  const names = (await listFolder(options.folder)).map((file) => file.name).filter(isImageName);
  if (names.length === 0) return err({ kind: "not-found", what: `picture (JPEG, PNG, WebP) in ${options.folder}` });
  for (const file of names) {
    const image = await readGreyImage(join(options.folder, file));
    if (!image.ok) return err({ kind: "bad-file", path: file, where: undefined, problem: image.error.code });
    const meta = options.meta.get(file);
    const detections = createDetector().detect(image.value, meta && metresPerPixel(image.value, meta));
    options.onPicture({ file, detections });
  }
  return ok(names.length);
}

/** Across the line of sight, in the middle of the picture, on level ground. */
function metresPerPixel(image: GreyImage, { heightAglM, depressionDeg, hfovDeg }: PictureMeta): number {
  const slantRangeM = heightAglM / Math.max(Math.sin((depressionDeg * Math.PI) / 180), 0.02);
  return (2 * slantRangeM * Math.tan((hfovDeg * Math.PI) / 360)) / image.widthPx;
}

/** Every picture of a transport stream; "file" is its number from 0. Poses come from its KLV. */
export async function detectInVideo(
  path: string,
  onPicture: (picture: DetectedPicture) => void,
): Promise<Result<number, StationFailure>> {
  const decoder = await createNapiDecoder({ queueMax: Number.POSITIVE_INFINITY });
  if (!decoder.ok) return err({ kind: "io", operation: "decode video", code: decoder.error.because });
  let countOfPictures = 0;
  const pipeline = createVisionPipeline({
    decoder: decoder.value,
    vision: createVision({ ground: seaLevelGround() }),
    liveUnixUs: undefined,
    monoMs: realClock.monoMs,
    onFrame: ({ result }) => {
      onPicture({ file: String(countOfPictures++), detections: result.detections });
    },
  });
  try {
    for await (const chunk of createReadStream(path) as AsyncIterable<Uint8Array>) {
      pipeline.push(chunk, 0);
      // Pictures come out on later turns of the event loop: without a pause they would all wait in memory.
      await new Promise((resolve) => setImmediate(resolve));
    }
    await pipeline.flush();
  } catch (cause: unknown) {
    return err({ kind: "io", operation: `read ${path}`, code: cause instanceof Error ? cause.message : String(cause) });
  } finally {
    pipeline.close();
  }
  return countOfPictures === 0 ? err({ kind: "no-video" }) : ok(countOfPictures);
}
