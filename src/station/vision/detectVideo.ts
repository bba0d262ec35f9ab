import { basename } from "node:path";
import { err, ok, type Result } from "../../core/result.js";
import type { VideoProblem } from "../../core/mediaProblem.js";
import type { FrameDetections } from "../../detect/detectFrames.js";
import { createNapiDecoder } from "../../io/decoderNapi.js";
import { realClock } from "../../io/realClock.js";
import { openRegularFile } from "../../io/regularFile.js";
import { seaLevelGround } from "../../track/seaLevelGround.js";
import { createVision } from "../../track/vision.js";
import { createVisionPipeline } from "./visionPipeline.js";

/** Every picture of a video; "file" is its number from 0. Poses come from its KLV. The value is how many there were. */
export async function detectInVideo(
  path: string,
  onPicture: (picture: FrameDetections) => void,
): Promise<Result<number, VideoProblem>> {
  const opened = await openRegularFile(path);
  if (!opened.ok) return opened;
  const { handle, bytes } = opened.value;
  if (bytes === 0) {
    await handle.close();
    return err({ kind: "empty" });
  }
  const decoder = await createNapiDecoder({ queueMax: Number.POSITIVE_INFINITY });
  if (!decoder.ok) return err({ kind: "decoder-missing" });
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
    for await (const chunk of handle.createReadStream() as AsyncIterable<Uint8Array>) {
      pipeline.push(chunk, 0);
      // Pictures come out on later turns of the event loop: without a pause they would all wait in memory.
      await new Promise((resolve) => setImmediate(resolve));
    }
    await pipeline.flush();
  } catch (cause: unknown) {
    return err({ kind: "not-readable", reason: (cause as NodeJS.ErrnoException).code ?? basename(path) });
  } finally {
    pipeline.close();
  }
  return countOfPictures === 0 ? err({ kind: "no-pictures" }) : ok(countOfPictures);
}
