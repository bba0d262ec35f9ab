import { Subject } from "rxjs";
import { err, ok, type Result } from "../core/result.js";
import {
  DECODE_QUEUE_MAX,
  type AccessUnit,
  type DecoderFailure,
  type LumaFrame,
  type VideoDecoderPort,
} from "./decoderPort.js";

type WebCodecs = typeof import("@napi-rs/webcodecs");

/** Constrained baseline: the decoder reads the true profile from the stream's own parameter sets. */
const CODEC = "avc1.42E01E";

/**
 * The WebCodecs API in Node. The package is optional (its binary carries GPL parts, so the desktop application ships
 * without): a missing one is an answer, not a crash.
 */
export async function createNapiDecoder(options?: {
  readonly queueMax?: number;
}): Promise<Result<VideoDecoderPort, DecoderFailure>> {
  try {
    return ok(wrap(await import("@napi-rs/webcodecs"), options?.queueMax ?? DECODE_QUEUE_MAX));
  } catch (cause: unknown) {
    const because = cause instanceof Error ? cause.message : String(cause);
    return err({ kind: "decoder-missing", because: `@napi-rs/webcodecs did not load: ${because}` });
  }
}

function wrap(codecs: WebCodecs, queueMax: number): VideoDecoderPort {
  const frames = new Subject<LumaFrame>();
  const counts = { countOfDecoded: 0, countOfDropped: 0, countOfFailures: 0 };
  let isClosed = false;
  let needsKeyframe = true;
  let decoder: InstanceType<WebCodecs["VideoDecoder"]> | undefined;
  const copies = new Set<Promise<void>>();

  const onFrame = (frame: InstanceType<WebCodecs["VideoFrame"]>): void => {
    const copy = copyLuma(frame)
      .then((luma) => {
        counts.countOfDecoded++;
        if (!isClosed) frames.next(luma);
      })
      .catch(() => {
        counts.countOfFailures++;
      })
      .finally(() => {
        frame.close();
        copies.delete(copy);
      });
    copies.add(copy);
  };
  const open = (): InstanceType<WebCodecs["VideoDecoder"]> => {
    const opened = new codecs.VideoDecoder({
      output: onFrame,
      error: () => {
        // Broken data closes the decoder: the next keyframe gets a new one.
        counts.countOfFailures++;
        if (decoder === opened) decoder = undefined;
        needsKeyframe = true;
      },
    });
    opened.configure({ codec: CODEC, optimizeForLatency: true });
    return opened;
  };
  const decode = (unit: AccessUnit): void => {
    if (isClosed) return;
    if (decoder && decoder.decodeQueueSize >= queueMax) needsKeyframe = true;
    if (needsKeyframe && (!unit.isKeyframe || (decoder?.decodeQueueSize ?? 0) >= queueMax)) {
      counts.countOfDropped++;
      return;
    }
    try {
      decoder = decoder?.state === "configured" ? decoder : open();
      decoder.decode(
        new codecs.EncodedVideoChunk({
          type: unit.isKeyframe ? "key" : "delta",
          timestamp: unit.tagUs,
          data: unit.bytes,
        }),
      );
      needsKeyframe = false;
    } catch {
      counts.countOfFailures++;
      decoder = undefined;
      needsKeyframe = true;
    }
  };
  return {
    frames$: frames.asObservable(),
    decode,
    flush: async () => {
      try {
        await decoder?.flush();
      } catch {
        counts.countOfFailures++;
      }
      // WebCodecs wants a keyframe after a flush.
      needsKeyframe = true;
      await Promise.all(copies);
    },
    stats: () => ({ ...counts }),
    close: () => {
      isClosed = true;
      try {
        decoder?.close();
      } catch {
        // Already closed by an error.
      }
      decoder = undefined;
      frames.complete();
    },
  };
}

async function copyLuma(frame: InstanceType<WebCodecs["VideoFrame"]>): Promise<LumaFrame> {
  const { codedWidth: widthPx, codedHeight: heightPx, timestamp: tagUs } = frame;
  const planes = new Uint8Array(frame.allocationSize());
  const [first] = await frame.copyTo(planes);
  const strideBytes = first?.stride ?? widthPx;
  const offset = first?.offset ?? 0;
  const luma = new Uint8Array(widthPx * heightPx);
  if (strideBytes === widthPx) luma.set(planes.subarray(offset, offset + widthPx * heightPx));
  else {
    for (let row = 0; row < heightPx; row++) {
      const from = offset + row * strideBytes;
      luma.set(planes.subarray(from, from + widthPx), row * widthPx);
    }
  }
  return { tagUs, widthPx, heightPx, luma };
}
