import { describe, expect, it } from "vitest";
import { seededRng } from "../core/rng.js";
import { localFrameAt } from "../geo/localFrame.js";
import { clockSkewMs, createSkewMeter, type TimedPosition } from "./clockSkew.js";

const FRAME = localFrameAt({ latitudeDeg: 50.7745, longitudeDeg: 1.6075 });
const EPOCH_US = 1_795_400_000_000_000;
type Way = (timeS: number) => { readonly eastM: number; readonly northM: number };

const STRAIGHT: Way = (t) => ({ eastM: 8 * t, northM: 3 * t });
const SWEEPING: Way = (t) => ({ eastM: 60 * Math.sin(t / 9), northM: 40 * Math.cos(t / 7) });
const HOVERING: Way = () => ({ eastM: 12, northM: -4 });

type Track = { way: Way; hz: number; fromS: number; toS: number; clockAheadS?: number; noiseM?: number; seed: number };

function track({ way, hz, fromS, toS, clockAheadS = 0, noiseM = 0.3, seed }: Track): TimedPosition[] {
  const rng = seededRng(seed);
  const count = Math.round((toS - fromS) * hz);
  return Array.from({ length: count }, (_, i) => {
    const t = fromS + i / hz;
    const { eastM, northM } = way(t);
    const noisy = { eastM: eastM + noiseM * rng.normal(), northM: northM + noiseM * rng.normal(), upM: 0 };
    return { unixTimeUs: EPOCH_US + Math.round((t + clockAheadS) * 1e6), position: FRAME.toPosition(noisy).position };
  });
}
const telemetryOf = (way: Way): TimedPosition[] => track({ way, hz: 4, fromS: 0, toS: 30, seed: 1 });
const videoOf = (way: Way, clockAheadS: number): TimedPosition[] =>
  track({ way, hz: 5, fromS: 10, toS: 20, clockAheadS, seed: 2 });

describe("the skew between video and telemetry", () => {
  for (const [name, way] of [
    ["a straight leg", STRAIGHT],
    ["turns", SWEEPING],
  ] as const) {
    for (const skewMs of [-4200, -700, -60, 0, 130, 1500, 4600]) {
      it(`of ${skewMs} ms is found within 30 ms over ${name}`, () => {
        const found = clockSkewMs(videoOf(way, skewMs / 1000), telemetryOf(way));
        expect(Math.abs((found ?? Number.NaN) - skewMs)).toBeLessThan(30);
      });
    }
  }

  it("is unknown while hovering, whatever the noise", () => {
    expect(clockSkewMs(videoOf(HOVERING, 0.5), telemetryOf(HOVERING))).toBeUndefined();
  });

  it("is unknown when the clocks differ by more than could be a delay", () => {
    expect(clockSkewMs(videoOf(STRAIGHT, 7), telemetryOf(STRAIGHT))).toBeUndefined();
    expect(clockSkewMs(videoOf(SWEEPING, 3600), telemetryOf(SWEEPING))).toBeUndefined();
  });

  it("is unknown when the camera flies elsewhere than the aircraft", () => {
    const beside: Way = (t) => ({ eastM: 8 * t - 20, northM: 3 * t + 30 });
    expect(clockSkewMs(videoOf(beside, 0), telemetryOf(STRAIGHT))).toBeUndefined();
  });

  it("is unknown with too little of either, and across a hole in the telemetry", () => {
    expect(clockSkewMs([], telemetryOf(STRAIGHT))).toBeUndefined();
    expect(clockSkewMs(videoOf(STRAIGHT, 0), [])).toBeUndefined();
    expect(clockSkewMs(videoOf(STRAIGHT, 0).slice(0, 15), telemetryOf(STRAIGHT))).toBeUndefined();
    const holed = telemetryOf(STRAIGHT).filter((_, i) => i < 56 || i > 64);
    expect(clockSkewMs(videoOf(STRAIGHT, 0), holed)).toBeUndefined();
  });
});

describe("the skew meter", () => {
  it("knows after some seconds of flight, follows a change, and forgets when the aircraft hovers", () => {
    const meter = createSkewMeter();
    const way: Way = (t) => (t < 60 ? STRAIGHT(t) : STRAIGHT(60));
    const found = new Map<number, number | undefined>();
    for (let i = 0; i <= 2000; i++) {
      const t = i / 20;
      const aheadS = t < 30 ? 0.25 : -0.4;
      const position = FRAME.toPosition({ ...way(t), upM: 0 }).position;
      meter.onPose({ unixTimeUs: EPOCH_US + Math.round((t + aheadS) * 1e6), position });
      if (i % 4 === 0) meter.onTelemetry({ unixTimeUs: EPOCH_US + Math.round(t * 1e6), position });
      if (i % 20 === 0) found.set(t, meter.skewMs());
    }
    expect(found.get(5)).toBeUndefined();
    expect(found.get(15)).toBeCloseTo(250, -1);
    expect(found.get(29)).toBeCloseTo(250, -1);
    expect(found.get(50)).toBeCloseTo(-400, -1);
    expect(found.get(90)).toBeUndefined();
  });
});
