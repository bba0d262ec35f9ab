import { MEDIA_HEAD_BYTES, mediaKindOf } from "../../core/mediaKind.js";
import type { VideoProblem } from "../../core/mediaProblem.js";
import { err, ok, type Result } from "../../core/result.js";
import type { FrameDetections } from "../../detect/detectFrames.js";
import { createNapiDecoder } from "../../io/decoderNapi.js";
import type { VideoDecoderPort } from "../../io/decoderPort.js";
import { realClock, realScheduler } from "../../io/realClock.js";
import { openRegularFile } from "../../io/regularFile.js";
import { seaLevelGround } from "../../geo/ground/seaLevelGround.js";
import { createFrameObserver } from "../../track/frameObserver.js";
import { AnnexBReader, bareCodec } from "../../video/annexB.js";
import { streamProblem } from "../../video/streamProblem.js";
import { ReadAhead } from "./readAhead.js";
import { createVisionPipeline } from "./visionPipeline.js";

/** Turns the file's content into a transport stream; most files are one already. */
type Unwrap = {
  readonly push: (bytes: Uint8Array) => readonly Uint8Array[];
  readonly flush: () => readonly Uint8Array[];
};
const asItIs: Unwrap = { push: (bytes) => [bytes], flush: () => [] };

/**
 * Searches every picture of a video; "file" is its number from 0. Poses come from its KLV. Returns the number of
 * pictures.
 */
export async function detectInVideo(
  path: string,
  onPicture: (picture: FrameDetections) => void,
): Promise<Result<number, VideoProblem>> {
  const opened = await openRegularFile(path);
  if (!opened.ok) return opened;
  const { handle } = opened.value;
  try {
    const head = await handle.read(new Uint8Array(MEDIA_HEAD_BYTES), 0, MEDIA_HEAD_BYTES, 0);
    const unwrap = unwrapFor(head.buffer.subarray(0, head.bytesRead));
    if (!unwrap.ok) return unwrap;
    const decoder = await createNapiDecoder({ queueMax: Number.POSITIVE_INFINITY });
    if (!decoder.ok) return err({ kind: "decoder-missing" });
    const chunks = handle.createReadStream({ start: 0, autoClose: false }) as AsyncIterable<Uint8Array>;
    return await detectInStream({ chunks, unwrap: unwrap.value, decoder: decoder.value, onPicture });
  } catch (cause: unknown) {
    return err({ kind: "not-readable", reason: (cause as NodeJS.ErrnoException).code ?? "unknown error" });
  } finally {
    await handle.close();
  }
}

/** Decides by the first bytes: the problem with an unreadable format, or how to read it. */
function unwrapFor(head: Uint8Array): Result<Unwrap, VideoProblem> {
  if (head.byteLength === 0) return err({ kind: "empty" });
  const media = mediaKindOf(head);
  switch (media?.kind) {
    case "picture":
      return err({ kind: "is-picture", format: media.format });
    case "container":
      return err({ kind: "container", format: media.format });
    case "codec":
      return err({ kind: "codec", codec: media.codec });
    case "audio":
      return err({ kind: "audio-only" });
    case undefined: {
      const codec = bareCodec(head);
      if (codec === "H.265") return err({ kind: "codec", codec });
      return ok(codec === "H.264" ? new AnnexBReader() : asItIs);
    }
  }
}

type Stream = {
  readonly chunks: AsyncIterable<Uint8Array>;
  readonly unwrap: Unwrap;
  readonly decoder: VideoDecoderPort;
  readonly onPicture: (picture: FrameDetections) => void;
};

async function detectInStream({ chunks, unwrap, decoder, onPicture }: Stream): Promise<Result<number, VideoProblem>> {
  let countOfPictures = 0;
  const unsearched: string[] = [];
  const pipeline = createVisionPipeline({
    decoder,
    observer: createFrameObserver({ ground: seaLevelGround() }),
    liveUnixUs: undefined,
    time: { monoMs: realClock.monoMs, scheduler: realScheduler },
    onUnsearched: (because) => unsearched.push(because),
    onFrame: ({ observed }) => {
      onPicture({ file: String(countOfPictures++), detections: observed.detections });
    },
  });
  const ahead = new ReadAhead(() => ({
    countOfRead: pipeline.tsStatus().countOfAccessUnits,
    countOfDecoded: decoder.stats().countOfDecoded,
  }));
  try {
    for await (const chunk of chunks) {
      for (const bytes of unwrap.push(chunk)) pipeline.push(bytes, 0);
      // Pictures are processed in later turns of the event loop: without this pause they would all pile up in memory.
      await new Promise((resolve) => setImmediate(resolve));
      await pipeline.idle();
      await ahead.wait();
    }
    for (const bytes of unwrap.flush()) pipeline.push(bytes, 0);
    await pipeline.flush();
    if (unsearched.length > 0) return err({ kind: "detector-stopped" });
    if (countOfPictures > 0) return ok(countOfPictures);
    return err(streamProblem(pipeline.tsStatus(), 0) ?? { kind: "no-pictures" });
  } finally {
    await pipeline.close();
  }
}
