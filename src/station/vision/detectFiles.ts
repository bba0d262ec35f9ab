import { join } from "node:path";
import { createReadStream } from "node:fs";
import { err, ok, type Result } from "../../core/result.js";
import type { StationFailure } from "../../contract/failures.js";
import { createNapiDecoder } from "../../io/decoderNapi.js";
import { listFolder } from "../../io/fileStore.js";
import { isImageName, readGreyImage } from "../../io/imageReader.js";
import { realClock } from "../../io/realClock.js";
import { createStillDetector, detectInFrame, type FrameDetections, type FrameMeta } from "../../detect/detectFrames.js";
import { seaLevelGround } from "../../track/seaLevelGround.js";
import { createVision } from "../../track/vision.js";
import { createVisionPipeline } from "./visionPipeline.js";

type DetectFolder = {
  readonly folder: string;
  /** By file name. */
  readonly meta: ReadonlyMap<string, FrameMeta>;
  readonly onPicture: (picture: FrameDetections) => void;
};

/** Every picture of a folder, by name. Each stands alone: order and neighbours change nothing. */
export async function detectInFolder(options: DetectFolder): Promise<Result<number, StationFailure>> {
  const names = (await listFolder(options.folder)).map((file) => file.name).filter(isImageName);
  if (names.length === 0) return err({ kind: "not-found", what: `picture (JPEG, PNG, WebP) in ${options.folder}` });
  const detector = createStillDetector();
  for (const file of names) {
    const image = await readGreyImage(join(options.folder, file));
    if (!image.ok) return err({ kind: "bad-file", path: file, where: undefined, problem: image.error.code });
    options.onPicture(detectInFrame(file, image.value, options.meta.get(file), detector));
  }
  return ok(names.length);
}

/** Every picture of a transport stream; "file" is its number from 0. Poses come from its KLV. */
export async function detectInVideo(
  path: string,
  onPicture: (picture: FrameDetections) => void,
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
