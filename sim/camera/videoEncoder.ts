import { VideoEncoder, VideoFrame } from "@napi-rs/webcodecs";

type CodedFrame = { readonly timeUs: number; readonly bytes: Uint8Array; readonly isKeyframe: boolean };

type ThermalEncoder = {
  /** Encodes one grey frame; `onFrame` gets the result later, in order. The buffer may be reused at once. */
  readonly encode: (luma: Uint8Array, timeUs: number) => void;
  /** Number of frames in the encoder. */
  readonly waiting: () => number;
  readonly close: () => Promise<void>;
};

type EncoderOptions = {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly framesPerS: number;
  readonly onFrame: (frame: CodedFrame) => void;
  readonly onFailure: (message: string) => void;
};

/** Enough that a person of five pixels is still visible at 25 frames a second. */
const BITRATE = 3_500_000;

/**
 * H.264 without B-frames: each input frame gives one output frame. (The package writes High profile for any codec string.)
 * `latencyMode` stays "quality": in "realtime" this package inserts a keyframe every ten frames, which at our bit rate leaves
 * too few bits for small warm spots.
 */
export function openThermalEncoder(options: EncoderOptions): ThermalEncoder {
  const { widthPx, heightPx, framesPerS } = options;
  const pixels = widthPx * heightPx;
  const i420 = new Uint8Array(pixels + pixels / 2).fill(128);
  // A little under a second, so that late frames do not stretch the interval beyond one second.
  const keyframeEvery = Math.max(1, Math.floor(framesPerS * 0.8));
  let countOfFrames = 0;
  let countOfCoded = 0;
  const encoder = new VideoEncoder({
    output: (chunk) => {
      const bytes = new Uint8Array(chunk.byteLength);
      chunk.copyTo(bytes);
      countOfCoded++;
      options.onFrame({ timeUs: chunk.timestamp, bytes, isKeyframe: chunk.type === "key" });
    },
    error: (error: unknown) => options.onFailure(error instanceof Error ? error.message : String(error)),
  });
  encoder.configure({
    codec: "avc1.42E01E",
    width: widthPx,
    height: heightPx,
    bitrate: BITRATE,
    framerate: framesPerS,
    latencyMode: "quality",
    hardwareAcceleration: "prefer-software",
    avc: { format: "annexb" },
  });
  return {
    encode: (luma, timeUs) => {
      i420.set(luma);
      // eslint-disable-next-line id-denylist -- WebCodecs names it so
      const init = { format: "I420", codedWidth: widthPx, codedHeight: heightPx, timestamp: timeUs } as const;
      const frame = new VideoFrame(i420, init);
      encoder.encode(frame, { keyFrame: countOfFrames % keyframeEvery === 0 });
      frame.close();
      countOfFrames++;
    },
    waiting: () => countOfFrames - countOfCoded,
    close: async () => {
      await encoder.flush();
      encoder.close();
    },
  };
}
