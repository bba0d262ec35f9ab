// @vitest-environment happy-dom
/* eslint-disable id-denylist -- "timestamp" and "data" are WebCodecs' own names */
/** The page that decodes: what it answers over its port, with a decoder that does as the tests say. */
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

type Answer = { readonly stream: string; readonly kind: string; readonly [fact: string]: unknown };
type Chunk = { readonly type: string; readonly timestamp: number; readonly data: Uint8Array };

/** A decoder as Chromium has it: `decode` queues, and tests choose when pictures come out. */
class FakeDecoder {
  static readonly all: FakeDecoder[] = [];
  static isBroken = false;
  decodeQueueSize = 0;
  readonly decoded: Chunk[] = [];
  configuration: object | undefined;
  readonly output: (frame: object) => void;
  readonly error: (cause: Error) => void;
  constructor({ output, error }: { output: (frame: object) => void; error: (cause: Error) => void }) {
    this.output = output;
    this.error = error;
    FakeDecoder.all.push(this);
  }
  configure(configuration: object): void {
    this.configuration = configuration;
  }
  decode(chunk: Chunk): void {
    if (FakeDecoder.isBroken) throw new Error("not a picture");
    this.decoded.push(chunk);
  }
  flush(): Promise<void> {
    return Promise.resolve();
  }
}
class FakeChunk implements Chunk {
  readonly type: string;
  readonly timestamp: number;
  readonly data: Uint8Array;
  constructor(facts: Chunk) {
    this.type = facts.type;
    this.timestamp = facts.timestamp;
    this.data = facts.data;
  }
}

/** A picture of 2 by 2 pixels with rows of 4 bytes that begin at byte 1. */
const aPicture = (timestamp: number, onClose: () => void = () => undefined) => ({
  ...{ timestamp, visibleRect: { width: 2, height: 2 }, codedWidth: 16, codedHeight: 16 },
  allocationSize: () => 9,
  copyTo: (into: Uint8Array) => {
    into.set([0, 1, 2, 0, 0, 3, 4, 0, 0]);
    return Promise.resolve([{ offset: 1, stride: 4 }]);
  },
  close: onClose,
});

const settle = async (): Promise<void> => {
  for (let i = 0; i < 20; i++) await Promise.resolve();
};

function aPort() {
  const answers: Answer[] = [];
  const port = {
    onmessage: undefined as ((event: { readonly data: object }) => void) | undefined,
    postMessage: (answer: Answer) => void answers.push(answer),
    start: vi.fn(),
    close: vi.fn(),
  };
  const decode = (tagUs: number, isKeyframe: boolean, more: object = {}): void =>
    port.onmessage?.({
      data: { stream: "live", kind: "decode", tagUs, isKeyframe, bytes: new Uint8Array([tagUs]), queueMax: 3, ...more },
    });
  const flush = (flushId: number): void => port.onmessage?.({ data: { stream: "live", kind: "flush", flushId } });
  return { port, answers, decode, flush };
}

const offer = (port: object, source: unknown = window): void => {
  window.dispatchEvent(Object.assign(new Event("message"), { source, ports: [port], data: undefined }));
};
const decoder = (index = 0): FakeDecoder => {
  const found = FakeDecoder.all[index];
  if (found) return found;
  throw new Error("no decoder was made");
};

beforeEach(async () => {
  FakeDecoder.all.length = 0;
  FakeDecoder.isBroken = false;
  vi.stubGlobal("VideoDecoder", FakeDecoder);
  vi.stubGlobal("EncodedVideoChunk", FakeChunk);
  vi.resetModules();
  // The page is a script, no module: it begins to serve when it is loaded.
  await vi.importActual("./decoder.js");
});
afterEach(() => vi.unstubAllGlobals());

function served() {
  const made = aPort();
  offer(made.port);
  return made;
}

describe("the port", () => {
  it("is taken from the page's own preload only, and the newest replaces the one before", () => {
    const stranger = aPort();
    offer(stranger.port, {});
    expect(stranger.port.start).not.toHaveBeenCalled();
    const [first, second] = [served(), served()];
    expect(first.port.start).toHaveBeenCalledOnce();
    expect(first.port.close).toHaveBeenCalledOnce();
    expect(second.port.close).not.toHaveBeenCalled();
  });
});

describe("a stream", () => {
  it("begins with a keyframe: what comes before is dropped and told", () => {
    const { answers, decode } = served();
    decode(1, false);
    expect(FakeDecoder.all).toHaveLength(0);
    decode(2, true);
    decode(3, false);
    expect(answers).toEqual([{ stream: "live", kind: "dropped", tagUs: 1 }]);
    expect(decoder().decoded).toMatchObject([
      { type: "key", timestamp: 2, data: new Uint8Array([2]) },
      { type: "delta", timestamp: 3 },
    ]);
    expect(decoder().configuration).toEqual({ codec: "avc1.42E01E", optimizeForLatency: true });
  });

  it("that falls behind drops up to the next keyframe", () => {
    const { answers, decode } = served();
    decode(1, true);
    decoder().decodeQueueSize = 3;
    decode(2, false);
    decoder().decodeQueueSize = 2;
    decode(3, false);
    decode(4, true);
    expect(answers.map(({ kind, tagUs }) => [kind, tagUs])).toEqual([
      ["dropped", 2],
      ["dropped", 3],
    ]);
    expect(decoder().decoded.map(({ timestamp }) => timestamp)).toEqual([1, 4]);
  });

  it("gives the luminance of what is seen, row by row, in order, and closes every picture", async () => {
    const { answers, decode } = served();
    decode(1, true);
    const onClose = vi.fn();
    decoder().output(aPicture(1, onClose));
    decoder().output(aPicture(2, onClose));
    await settle();
    const luma = new Uint8Array([1, 2, 3, 4]);
    expect(answers).toEqual([
      { stream: "live", kind: "frame", tagUs: 1, widthPx: 2, heightPx: 2, luma },
      { stream: "live", kind: "frame", tagUs: 2, widthPx: 2, heightPx: 2, luma },
    ]);
    expect(onClose).toHaveBeenCalledTimes(2);
  });

  it("takes the whole picture where no part of it is named, in rows without a gap", async () => {
    const { answers, decode } = served();
    decode(1, true);
    decoder().output({
      ...aPicture(1),
      ...{ visibleRect: null, codedWidth: 1, codedHeight: 2 },
      copyTo: (into: Uint8Array) => {
        into.set([8, 9]);
        return Promise.resolve([]);
      },
    });
    await settle();
    expect(answers).toMatchObject([{ widthPx: 1, heightPx: 2, luma: new Uint8Array([8, 9]) }]);
  });

  it("tells of a decoder that fails, and begins anew with the next keyframe", () => {
    const { answers, decode } = served();
    decode(1, true);
    const broken = decoder();
    broken.error(new Error("bad slice"));
    decode(2, false);
    decode(3, true);
    expect(answers).toEqual([
      { stream: "live", kind: "failure", because: "bad slice" },
      { stream: "live", kind: "dropped", tagUs: 2 },
    ]);
    expect(decoder(1).decoded).toHaveLength(1);
    // What the old one says after that is of nobody's concern.
    broken.error(new Error("again"));
    expect(answers).toHaveLength(2);
  });

  it("tells of what the decoder would not take at all, and of a picture that cannot be read", async () => {
    const { answers, decode } = served();
    FakeDecoder.isBroken = true;
    decode(1, true);
    expect(answers).toEqual([{ stream: "live", kind: "failure", because: "not a picture" }]);
    FakeDecoder.isBroken = false;
    decode(2, true);
    const onClose = vi.fn();
    decoder(1).output({ ...aPicture(2, onClose), copyTo: () => Promise.reject(new Error("no memory")) });
    await settle();
    expect(answers[1]).toEqual({ stream: "live", kind: "failure", because: "no memory" });
    expect(onClose).toHaveBeenCalledOnce();
  });

  it("does not disturb another: a replay has its own decoder", () => {
    const { answers, decode } = served();
    decode(1, true);
    decode(1, true, { stream: "replay" });
    decode(2, false, { stream: "replay" });
    expect(FakeDecoder.all.map(({ decoded }) => decoded.length)).toEqual([1, 2]);
    decoder().error(new Error("x"));
    expect(answers).toEqual([{ stream: "live", kind: "failure", because: "x" }]);
  });
});

describe("a flush", () => {
  it("is answered after the last picture, and the next unit must be a keyframe", async () => {
    const { answers, decode, flush } = served();
    decode(1, true);
    decoder().output(aPicture(1));
    flush(7);
    await settle();
    decode(2, false);
    expect(answers.map(({ kind }) => kind)).toEqual(["frame", "flushed", "dropped"]);
    expect(answers[1]).toEqual({ stream: "live", kind: "flushed", flushId: 7 });
  });

  it("is answered where nothing was decoded yet", async () => {
    const { answers, flush } = served();
    flush(1);
    await settle();
    expect(answers).toEqual([{ stream: "live", kind: "flushed", flushId: 1 }]);
  });
});
