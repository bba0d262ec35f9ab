import { MessageChannel } from "node:worker_threads";
import { VideoEncoder, VideoFrame } from "@napi-rs/webcodecs";
import { describe, expect, it } from "vitest";
import { createNapiDecoder } from "./decoderNapi.js";
import type { AccessUnit, LumaFrame, VideoDecoderPort } from "./decoderPort.js";
import { createRemoteDecoder } from "./decoderRemote.js";
import { neverErrors } from "./neverErrors.js";
import { fromElectronPort, type ElectronPort, type MessagePortLike } from "./messagePortLike.js";

const WIDTH = 64;
const HEIGHT = 48;
const greyOf = (index: number): number => 40 + index * 10;

/** Pictures of one grey level each, encoded by the same package; every tenth is a keyframe. */
async function codedGreys(count: number): Promise<AccessUnit[]> {
  const units: AccessUnit[] = [];
  const encoder = new VideoEncoder({
    output: (chunk) => {
      const bytes = new Uint8Array(chunk.byteLength);
      chunk.copyTo(bytes);
      units.push({ tagUs: chunk.timestamp, isKeyframe: chunk.type === "key", bytes });
    },
    error: (cause) => {
      throw cause;
    },
  });
  encoder.configure({ codec: "avc1.42E01E", width: WIDTH, height: HEIGHT, framerate: 25, avc: { format: "annexb" } });
  for (let i = 0; i < count; i++) {
    const planes = new Uint8Array((WIDTH * HEIGHT * 3) / 2).fill(128);
    planes.fill(greyOf(i), 0, WIDTH * HEIGHT);
    const frame = new VideoFrame(planes, {
      format: "I420",
      codedWidth: WIDTH,
      codedHeight: HEIGHT,
      // eslint-disable-next-line id-denylist -- WebCodecs' own name
      timestamp: i * 40_000,
    });
    encoder.encode(frame, { keyFrame: i % 10 === 0 });
    frame.close();
  }
  await encoder.flush();
  encoder.close();
  return units;
}

function collect(decoder: VideoDecoderPort): LumaFrame[] {
  const frames: LumaFrame[] = [];
  decoder.frames$.subscribe({ next: (frame) => frames.push(frame), error: neverErrors });
  return frames;
}

async function napi(queueMax = Number.POSITIVE_INFINITY): Promise<VideoDecoderPort> {
  const decoder = await createNapiDecoder({ queueMax });
  if (!decoder.ok) throw new Error(decoder.error.because);
  return decoder.value;
}

describe("the decoder in Node", () => {
  it("gives every picture back in order, its tag with it", async () => {
    const units = await codedGreys(20);
    const decoder = await napi();
    const frames = collect(decoder);
    for (const unit of units) decoder.decode(unit);
    await decoder.flush();
    expect(frames.map((frame) => frame.tagUs)).toEqual(units.map((unit) => unit.tagUs));
    frames.forEach((frame, i) => {
      expect(frame.luma.byteLength).toBe(WIDTH * HEIGHT);
      expect(Math.abs((frame.luma[WIDTH * 20 + 20] ?? 0) - greyOf(i))).toBeLessThanOrEqual(3);
    });
    await decoder.close();
  });

  it("waits for a keyframe, and starts anew after damage", async () => {
    const units = await codedGreys(30);
    const decoder = await napi();
    const frames = collect(decoder);
    for (const unit of units.slice(5, 10)) decoder.decode(unit);
    expect(decoder.stats().countOfDropped).toBe(5);
    decoder.decode({ tagUs: 1, isKeyframe: true, bytes: new Uint8Array(300).fill(7) });
    await decoder.flush();
    for (const unit of units.slice(20)) decoder.decode(unit);
    await decoder.flush();
    expect(frames.map((frame) => frame.tagUs)).toEqual(units.slice(20).map((unit) => unit.tagUs));
    expect(decoder.stats().countOfFailures).toBeGreaterThan(0);
    await decoder.close();
  });

  it("drops to the next keyframe rather than queue", async () => {
    const units = await codedGreys(30);
    const decoder = await napi(3);
    for (const unit of units) decoder.decode(unit);
    expect(decoder.stats().countOfDropped).toBeGreaterThan(0);
    await decoder.flush();
    await decoder.close();
  });
});

/** The window's side of the port, with the Node decoder in the window's place. */
function windowStandIn(port: MessagePortLike, decoder: VideoDecoderPort): void {
  decoder.frames$.subscribe({
    next: (frame) => port.postMessage({ kind: "frame", stream: "live", ...frame }),
    error: neverErrors,
  });
  port.onMessage((message) => {
    const said = message as { kind: string; flushId: number } & AccessUnit;
    if (said.kind === "decode") decoder.decode(said);
    else void decoder.flush().then(() => port.postMessage({ kind: "flushed", stream: "live", flushId: said.flushId }));
  });
}

/** Wraps a Node MessagePort in the interface of Electron's. */
function electronLike(port: import("node:worker_threads").MessagePort): ElectronPort {
  return {
    postMessage: (message) => port.postMessage(message),
    on: (event, listener) => port.on(event, (data: unknown) => listener({ data })),
    start: () => port.start(),
    close: () => port.close(),
  };
}

describe("the decoder in a window", () => {
  it("gives the same pictures as the one in Node", async () => {
    const units = await codedGreys(12);
    const { port1, port2 } = new MessageChannel();
    windowStandIn(fromElectronPort(electronLike(port2)), await napi());
    const decoder = createRemoteDecoder(fromElectronPort(electronLike(port1)), { stream: "live" });
    const frames = collect(decoder);
    for (const unit of units) decoder.decode(unit);
    await decoder.flush();
    expect(frames.map((frame) => frame.tagUs)).toEqual(units.map((unit) => unit.tagUs));
    expect(frames[3]?.luma.byteLength).toBe(WIDTH * HEIGHT);
    await decoder.close();
    port1.close();
  });

  it("stops feeding a window that hangs, and tries again from a keyframe", async () => {
    const units = await codedGreys(50);
    const sent: unknown[] = [];
    const hung: MessagePortLike = {
      postMessage: (message) => sent.push(message),
      onMessage: () => undefined,
      onClose: () => undefined,
      close: () => undefined,
    };
    const decoder = createRemoteDecoder(hung, { stream: "live" });
    for (const unit of units.slice(0, 39)) decoder.decode(unit);
    expect(sent.length).toBe(39);
    decoder.decode(units[39]!);
    expect(decoder.stats().countOfDropped).toBeGreaterThanOrEqual(0);
    await decoder.close();
  });
});
