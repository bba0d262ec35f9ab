import { Subject } from "rxjs";
import { describe, expect, it } from "vitest";
import { FakeClock } from "../../core/fakeClock.js";
import type { Detector } from "../../detect/detector.js";
import type { Detection } from "../../detect/detection.js";
import type { LumaFrame, VideoDecoderPort } from "../../io/decoderPort.js";
import { createFrameObserver } from "../../track/frameObserver.js";
import { seaLevelGround } from "../../geo/ground/seaLevelGround.js";
import { TsWriter } from "../../video/tsWriter.js";
import { createVisionPipeline, type PipelineFrame } from "./visionPipeline.js";

const FRAME_MS = 1000 / 30;

/** Decodes every picture to a grey one: at once, or when `release` is called. */
class HeldDecoder implements VideoDecoderPort {
  readonly #frames$ = new Subject<LumaFrame>();
  readonly frames$ = this.#frames$.asObservable();
  readonly held: LumaFrame[] = [];
  isHolding = false;

  decode({ tagUs }: { readonly tagUs: number }): void {
    this.held.push({ tagUs, widthPx: 64, heightPx: 48, luma: new Uint8Array(64 * 48).fill(80) });
    if (!this.isHolding) this.release();
  }

  release(): void {
    for (const frame of this.held.splice(0)) this.#frames$.next(frame);
  }

  flush(): Promise<void> {
    this.release();
    return Promise.resolve();
  }

  stats() {
    return { countOfDecoded: 0, countOfDropped: 0, countOfFailures: 0 };
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}

const aBoat: Detection = {
  ...{ x: 10, y: 12, w: 20, h: 8, centroidX: 20, centroidY: 16, score: 0.7 },
  ...{ class: "boat", classBasis: "appearance", shape: undefined },
};

/** A detector on another processor: answers `tookMs` after each call, one picture at a time. */
function slowDetector(clock: FakeClock, tookMs: number): Detector & { readonly countOfAtOnce: () => number } {
  let atWork = 0;
  let mostAtOnce = 0;
  return {
    detect: () => {
      mostAtOnce = Math.max(mostAtOnce, ++atWork);
      return new Promise((resolve) =>
        clock.after(tookMs, () => {
          atWork--;
          resolve([aBoat]);
        }),
      );
    },
    countOfAtOnce: () => mostAtOnce,
  };
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

function aPipeline(
  tookMs: number,
  isLive: boolean,
  detectorOn: (slow: ReturnType<typeof slowDetector>) => Detector = (slow) => slow,
) {
  const clock = new FakeClock();
  const decoder = new HeldDecoder();
  const detector = slowDetector(clock, tookMs);
  const unsearched: string[] = [];
  const seen: (PipelineFrame & { readonly ageMs: number })[] = [];
  const pipeline = createVisionPipeline({
    decoder,
    observer: createFrameObserver({ ground: seaLevelGround(), detector: detectorOn(detector) }),
    liveUnixUs: isLive ? clock.unixUs : undefined,
    time: { monoMs: clock.monoMs, scheduler: clock },
    onUnsearched: (because) => unsearched.push(because),
    onFrame: (frame) => seen.push({ ...frame, ageMs: (clock.unixUs() - frame.observed.unixTimeUs) / 1000 }),
  });
  const writer = new TsWriter();
  let countOfPushed = 0;
  const push = (): void => {
    const picture = { bytes: Uint8Array.of(0, 0, 0, 1, 0x65, 0x88, 0x84, 0x21), isKeyframe: true, isAfterLoss: false };
    pipeline.push(writer.write({ ...picture, pts: 3000 * countOfPushed++ }), clock.unixUs());
  };
  /** Thirty pictures a second. */
  const play = async (seconds: number): Promise<void> => {
    for (let i = 0; i < seconds * 30; i++) {
      push();
      for (let step = 0; step < 10; step++) {
        clock.advance(FRAME_MS / 10);
        await turn();
      }
    }
  };
  return { clock, decoder, detector, pipeline, seen, unsearched, push, play, countOfPushed: () => countOfPushed };
}

describe("pictures on their way to the detector", () => {
  it("a detector of 40 ms works on 30 live pictures a second: in order, one at a time, never on old ones", async () => {
    const { detector, pipeline, seen, play, countOfPushed } = aPipeline(40, true);
    await play(4);
    const times = seen.map(({ observed }) => observed.unixTimeUs);
    expect(times).toEqual([...times].sort((a, b) => a - b));
    expect(new Set(times).size).toBe(times.length);
    expect(detector.countOfAtOnce()).toBe(1);
    // 4 s / 40 ms, less the first.
    expect(seen.length).toBeGreaterThan(90);
    expect(Math.max(...seen.map(({ ageMs }) => ageMs))).toBeLessThan(250);
    expect(seen.every(({ observed }) => observed.detections[0]?.class === "boat")).toBe(true);
    const { countOfLate, countOfProcessed } = pipeline.counts();
    expect(countOfProcessed).toBe(seen.length);
    expect(countOfLate).toBeGreaterThan(10);
    // At most five pictures are waiting or being processed.
    const countOfOpen = countOfPushed() - countOfLate - countOfProcessed;
    expect(countOfOpen).toBeGreaterThanOrEqual(0);
    expect(countOfOpen).toBeLessThanOrEqual(5);
  });

  it("a detector slower than a quarter of a second still sees fresh pictures, and what waited too long is left out", async () => {
    const { pipeline, seen, play } = aPipeline(400, true);
    await play(4);
    expect(seen.length).toBeGreaterThanOrEqual(8);
    expect(Math.max(...seen.map(({ ageMs }) => ageMs))).toBeLessThan(250 + 400 + 1);
    expect(pipeline.counts().countOfLate).toBeGreaterThan(90);
  });

  it("review 2: live pictures that leave the decoder too late are not looked at, and counted", async () => {
    const { clock, decoder, pipeline, seen, push } = aPipeline(0, true);
    decoder.isHolding = true;
    push();
    push();
    clock.advance(251);
    push();
    push();
    decoder.release();
    for (let i = 0; i < 4; i++) {
      clock.advance(1);
      await turn();
    }
    expect(pipeline.counts()).toMatchObject({ countOfLate: 2, countOfProcessed: 2 });
    expect(seen.map(({ ageMs }) => ageMs < 250)).toEqual([true, true]);
  });

  it("live pictures that waited too long for the detector are left out, and the older ones where too many wait", async () => {
    const { clock, seen, push, pipeline } = aPipeline(120, true);
    for (let i = 0; i < 7; i++) {
      push();
      clock.advance(1);
    }
    // The first is being processed; the second and third were dropped for the four after them.
    for (let i = 0; i < 6; i++) {
      clock.advance(120);
      await turn();
    }
    expect(seen.map(({ observed }) => (observed.unixTimeUs - 1_795_400_000_000_000) / 1000)).toEqual([0, 3, 4]);
    expect(pipeline.counts()).toMatchObject({ countOfLate: 4, countOfProcessed: 3 });
  });

  it("of a file every picture is looked at, however slow the detector and however old the recording", async () => {
    const { clock, pipeline, seen, push } = aPipeline(400, false);
    for (let i = 0; i < 12; i++) push();
    let isFlushed = false;
    void pipeline.flush().then(() => (isFlushed = true));
    await turn();
    for (let i = 0; i < 12; i++) {
      expect(isFlushed).toBe(false);
      clock.advance(400);
      await turn();
    }
    await turn();
    expect(isFlushed).toBe(true);
    expect(seen).toHaveLength(12);
    expect(pipeline.counts()).toMatchObject({ countOfLate: 0, countOfProcessed: 12 });
  });

  it("closing finishes the picture in hand and none of those that wait", async () => {
    const { clock, pipeline, seen, push } = aPipeline(40, true);
    for (let i = 0; i < 5; i++) push();
    const closed = pipeline.close();
    clock.advance(40);
    await closed;
    clock.advance(400);
    await turn();
    expect(seen).toHaveLength(1);
  });

  it("a detector that never answers one picture is reported, and the next picture is searched", async () => {
    let countOfCalls = 0;
    const { pipeline, seen, unsearched, play } = aPipeline(10, true, (slow) => ({
      detect: (...asked) => (++countOfCalls === 3 ? new Promise(() => undefined) : slow.detect(...asked)),
    }));
    await play(7);
    expect(unsearched).toEqual(["no answer within 5000 ms"]);
    // Nothing says of the third picture that nobody was found in it.
    expect(seen.length).toBe(countOfCalls - 1);
    expect(seen.length).toBeGreaterThan(30);
    await pipeline.close();
  });

  it("a detector that throws is reported, and ends nothing", async () => {
    let countOfCalls = 0;
    const { pipeline, seen, unsearched, play } = aPipeline(10, true, (slow) => ({
      detect: (...asked) =>
        ++countOfCalls % 2 === 0 ? Promise.reject(new Error("out of memory")) : slow.detect(...asked),
    }));
    await play(1);
    expect(new Set(unsearched)).toEqual(new Set(["Error: out of memory"]));
    expect(seen.length).toBeGreaterThan(10);
    await pipeline.close();
  });
});
