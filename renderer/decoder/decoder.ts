/**
 * The hidden page in which Chromium decodes the video: access units come over the port, luma goes back. It holds no
 * state of the flight; when it dies, the shell reloads it and the next keyframe starts anew.
 */
import type { FromDecoder, FromDecoderStream, ToDecoder } from "../../src/core/decoderMessages.js";

/** Bytes that came over a port are never shared memory, as WebCodecs wants them. */
type Received = ToDecoder<Uint8Array<ArrayBuffer>>;

/** H.264 constrained baseline as a start; the true profile is read from the parameter sets in the stream. */
const CODEC = "avc1.42E01E";

/** Serves the port that the page's preload posts; a newer port replaces it. */
function servePorts(page: Window): void {
  let activePort: MessagePort | undefined;
  page.addEventListener("message", (event: MessageEvent<unknown>) => {
    const port = event.ports[0];
    // Only the page's own preload posts here.
    if (event.source !== page || !port) return;
    activePort?.close();
    activePort = port;
    serve(port);
  });
}

/** One decoder per stream, so that live video and a replay do not disturb each other. */
function serve(port: MessagePort): void {
  const streams = new Map<string, (message: Received) => void>();
  port.onmessage = ({ data: message }: MessageEvent<Received>) => {
    const known = streams.get(message.stream);
    const take = known ?? createStream(message.stream, port);
    if (!known) streams.set(message.stream, take);
    take(message);
  };
  port.start();
}

/** Buffers are cloned, never transferred: Electron delivers `null` in place of a message with a transferred buffer. */
type Publish = (answer: FromDecoderStream) => void;

function createStream(stream: string, port: MessagePort): (message: Received) => void {
  const publish: Publish = (answer) => port.postMessage({ stream, ...answer } satisfies FromDecoder);
  let decoder: VideoDecoder | undefined;
  let needsKeyframe = true;
  let lastCopy: Promise<void> = Promise.resolve();
  const fail = (cause: unknown): void => {
    decoder = undefined;
    needsKeyframe = true;
    publish({ kind: "failure", because: cause instanceof Error ? cause.message : String(cause) });
  };
  const open = (): VideoDecoder => {
    const opened = new VideoDecoder({
      output: (frame) => {
        // Copies may finish out of order, frames must not: run them one after another.
        lastCopy = lastCopy.then(() => sendLuma(publish, frame)).catch(fail);
      },
      error: (cause) => {
        if (decoder === opened) fail(cause);
      },
    });
    opened.configure({ codec: CODEC, optimizeForLatency: true });
    return opened;
  };
  const decode = (unit: Extract<Received, { kind: "decode" }>): void => {
    const isBehind = (decoder?.decodeQueueSize ?? 0) >= unit.queueMax;
    if (isBehind) needsKeyframe = true;
    if (isBehind || (needsKeyframe && !unit.isKeyframe)) {
      publish({ kind: "dropped", tagUs: unit.tagUs });
      return;
    }
    try {
      decoder ??= open();
      const type = unit.isKeyframe ? "key" : "delta";
      // eslint-disable-next-line id-denylist -- WebCodecs' own name
      decoder.decode(new EncodedVideoChunk({ type, timestamp: unit.tagUs, data: unit.bytes }));
      needsKeyframe = false;
    } catch (cause: unknown) {
      fail(cause);
    }
  };
  return (message) => {
    if (message.kind === "decode") {
      decode(message);
      return;
    }
    const flushed = async (): Promise<void> => {
      needsKeyframe = true;
      await lastCopy;
      publish({ kind: "flushed", flushId: message.flushId });
    };
    if (decoder) void decoder.flush().then(flushed, flushed);
    else void flushed();
  };
}

async function sendLuma(publish: Publish, frame: VideoFrame): Promise<void> {
  try {
    const { width: widthPx, height: heightPx } = frame.visibleRect ?? {
      width: frame.codedWidth,
      height: frame.codedHeight,
    };
    const planes = new Uint8Array(frame.allocationSize());
    const [yPlane] = await frame.copyTo(planes);
    const luma = new Uint8Array(widthPx * heightPx);
    const strideBytes = yPlane?.stride ?? widthPx;
    const offset = yPlane?.offset ?? 0;
    for (let row = 0; row < heightPx; row++) {
      const from = offset + row * strideBytes;
      luma.set(planes.subarray(from, from + widthPx), row * widthPx);
    }
    publish({ kind: "frame", tagUs: frame.timestamp, widthPx, heightPx, luma });
  } finally {
    frame.close();
  }
}

servePorts(window);
