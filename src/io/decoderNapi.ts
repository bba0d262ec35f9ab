import { Subject } from "rxjs";
import { err, ok, type Result } from "../core/result.js";
import { DECODE_QUEUE_MAX } from "./decoderPort.js";
import type { AccessUnit, DecoderFailure, LumaFrame, VideoDecoderPort } from "./decoderPort.js";

type WebCodecs = typeof import("@napi-rs/webcodecs");
type Decoder = InstanceType<WebCodecs["VideoDecoder"]>;
type Frame = InstanceType<WebCodecs["VideoFrame"]>;

/** Constrained baseline as a placeholder: the decoder reads the real profile from the stream's own parameter sets. */
const CODEC = "avc1.42E01E";

/**
 * The WebCodecs API in Node, by an optional package (its binary has GPL parts, so the desktop application is shipped
 * without it): when the package is missing the result is a failure, never an exception.
 */
export async function createNapiDecoder(options?: {
  readonly queueMax?: number;
}): Promise<Result<VideoDecoderPort, DecoderFailure>> {
  try {
    return ok(new NapiDecoder(await import("@napi-rs/webcodecs"), options?.queueMax ?? DECODE_QUEUE_MAX));
  } catch (cause: unknown) {
    const because = cause instanceof Error ? cause.message : String(cause);
    return err({ kind: "decoder-missing", because: `@napi-rs/webcodecs did not load: ${because}` });
  }
}

class NapiDecoder implements VideoDecoderPort {
  readonly #codecs: WebCodecs;
  readonly #queueMax: number;
  readonly #frames$ = new Subject<LumaFrame>();
  readonly frames$ = this.#frames$.asObservable();
  readonly #counts = { countOfDecoded: 0, countOfDropped: 0, countOfFailures: 0 };
  #decoder: Decoder | undefined;
  #needsKeyframe = true;
  #isClosed = false;
  /** Copies of frames may finish out of order; chaining them keeps the frames in order. */
  #lastCopy: Promise<void> = Promise.resolve();

  constructor(codecs: WebCodecs, queueMax: number) {
    this.#codecs = codecs;
    this.#queueMax = queueMax;
  }

  readonly stats = () => ({ ...this.#counts });

  readonly decode = (unit: AccessUnit): void => {
    if (this.#isClosed) return;
    const isBehind = this.#decoder !== undefined && this.#decoder.decodeQueueSize >= this.#queueMax;
    if (isBehind) this.#needsKeyframe = true;
    if (isBehind || (this.#needsKeyframe && !unit.isKeyframe)) {
      this.#counts.countOfDropped++;
      return;
    }
    try {
      this.#decoder = this.#decoder?.state === "configured" ? this.#decoder : this.#open();
      this.#decoder.decode(this.#chunkOf(unit));
      this.#needsKeyframe = false;
    } catch {
      // Damaged data: counted, and decoding restarts at the next keyframe.
      this.#onFailure();
    }
  };

  readonly flush = async (): Promise<void> => {
    try {
      await this.#decoder?.flush();
    } catch {
      // The data before the flush were damaged: counted too.
      this.#onFailure();
    }
    // WebCodecs requires a keyframe after a flush.
    this.#needsKeyframe = true;
    await this.#lastCopy;
  };

  readonly close = async (): Promise<void> => {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#frames$.complete();
    const decoder = this.#decoder;
    this.#decoder = undefined;
    try {
      // If it were closed while decoding, it would still call back.
      await decoder?.flush();
      decoder?.close();
    } catch {
      // An error has closed it already.
    }
    await this.#lastCopy;
  };

  #open(): Decoder {
    const opened = new this.#codecs.VideoDecoder({
      output: (frame) => {
        this.#lastCopy = this.#lastCopy.then(() => this.#copy(frame));
      },
      error: () => {
        if (this.#decoder === opened) this.#onFailure();
      },
    });
    opened.configure({ codec: CODEC, optimizeForLatency: true });
    return opened;
  }

  #chunkOf({ tagUs, isKeyframe, bytes }: AccessUnit): InstanceType<WebCodecs["EncodedVideoChunk"]> {
    const type = isKeyframe ? "key" : "delta";
    // eslint-disable-next-line id-denylist -- WebCodecs' own name
    return new this.#codecs.EncodedVideoChunk({ type, timestamp: tagUs, data: bytes });
  }

  /** An error closes a WebCodecs decoder: the next keyframe gets a new one. */
  #onFailure(): void {
    this.#counts.countOfFailures++;
    this.#decoder = undefined;
    this.#needsKeyframe = true;
  }

  async #copy(frame: Frame): Promise<void> {
    try {
      const luma = await copyLuma(frame);
      this.#counts.countOfDecoded++;
      if (!this.#isClosed) this.#frames$.next(luma);
    } catch {
      // A pixel format without a luma plane, or a frame of a decoder that was closed meanwhile.
      this.#counts.countOfFailures++;
    } finally {
      frame.close();
    }
  }
}

async function copyLuma(frame: Frame): Promise<LumaFrame> {
  const { codedWidth: widthPx, codedHeight: heightPx } = frame;
  const tagUs = frame.timestamp;
  const planes = new Uint8Array(frame.allocationSize());
  const [first] = await frame.copyTo(planes);
  const strideBytes = first?.stride ?? widthPx;
  const offset = first?.offset ?? 0;
  const luma = new Uint8Array(widthPx * heightPx);
  for (let row = 0; row < heightPx; row++) {
    const from = offset + row * strideBytes;
    luma.set(planes.subarray(from, from + widthPx), row * widthPx);
  }
  return { tagUs, widthPx, heightPx, luma };
}
