import { describe, expect, it } from "vitest";
import { shapeOf, type Detection } from "./detection.js";
import { createBuiltInDetector } from "./builtInDetector.js";
import { detectionFromBlob } from "./blob.js";
import { detectBinned } from "./binned.js";
import { createStillDetector, detectInFrame, metresPerPixel, parseMeta } from "./detectFrames.js";
import { blobAt } from "./testing/blobs.js";
import { drawScene, type Thing } from "./testing/scene.js";
import type { GreyImage } from "./detection.js";
import { createThermalDetector, type ThermalDetector } from "./thermalDetector.js";

const META = { file: "a.png", heightAglM: 70, depressionDeg: 90, hfovDeg: 45 };
const line = (change: Readonly<Record<string, unknown>> = {}) => JSON.stringify({ ...META, ...change });

describe("the lines that tell how pictures were taken", () => {
  const problem = (text: string) => {
    const parsed = parseMeta(text);
    return parsed.ok ? "none" : parsed.error;
  };
  it("are read one by one, with blank lines, a byte order mark, Windows' line ends and further fields", () => {
    const text = `\uFEFF${line()}\r\n\n  \n${line({ file: "b.png", more: 1 })}\n`;
    expect(parseMeta(text)).toEqual({ ok: true, value: [META, { ...META, file: "b.png" }] });
    expect(parseMeta("")).toEqual({ ok: true, value: [] });
  });
  it.each([
    ["nonsense", "not JSON"],
    ["5", "not an object"],
    ["null", "not an object"],
    [line({ file: "" }), '"file" must be a name'],
    [line({ file: 5 }), '"file" must be a name'],
    [line({ heightAglM: 0 }), '"heightAglM" must be a positive number'],
    [line({ heightAglM: "70" }), '"heightAglM" must be a positive number'],
    [line({ depressionDeg: 0 }), '"depressionDeg" must be above 0 and at most 90'],
    [line({ depressionDeg: 90.1 }), '"depressionDeg" must be above 0 and at most 90'],
    [line({ hfovDeg: 0 }), '"hfovDeg" must be between 0 and 180'],
    [line({ hfovDeg: 180 }), '"hfovDeg" must be between 0 and 180'],
  ])("%s: %s", (bad, words) => {
    expect(problem(`${line()}\n\n${bad}\n`)).toEqual({ kind: "bad-meta", line: 3, problem: words });
  });
  it("may say any height, straight down, and nearly half round", () => {
    expect(problem(line({ heightAglM: 0.1, depressionDeg: 0.1, hfovDeg: 179.9 }))).toBe("none");
    expect(problem(line({ heightAglM: 1e6 }))).toBe("none");
  });
});

describe("the size of a pixel on the ground", () => {
  it("is that of the slant range: at 30 degrees twice that of straight down", () => {
    expect(metresPerPixel(META, 640)).toBeCloseTo(0.09061, 5);
    expect(metresPerPixel({ ...META, depressionDeg: 30 }, 640)).toBeCloseTo(2 * 0.09061, 4);
    expect(metresPerPixel({ ...META, hfovDeg: 90 }, 640)).toBeCloseTo(140 / 640, 6);
  });
});

/** A detector that says what it was given, and returns these blobs. */
function spy(blobs: ReturnType<ThermalDetector["detect"]> = []) {
  const calls: { readonly image: GreyImage; readonly metresPerPixel: number | undefined }[] = [];
  const detector: ThermalDetector = {
    detect: (image, scaleM) => {
      calls.push({ image, metresPerPixel: scaleM });
      return blobs;
    },
  };
  return { detector, calls };
}
const image = (widthPx: number, heightPx: number): GreyImage => ({
  ...{ widthPx, heightPx },
  luma: Uint8Array.from({ length: widthPx * heightPx }, (_, i) => i),
});

describe("a picture from a folder", () => {
  it("is given to the detector with the size of its pixels; its scores have three digits", () => {
    const { detector, calls } = spy([blobAt(10, 20, { score: 0.123456 })]);
    expect(detectInFrame("a.png", image(640, 2), META, detector)).toEqual({
      file: "a.png",
      detections: [{ x: 8, y: 18, w: 4, h: 4, class: "unknown", score: 0.123 }],
    });
    expect(calls[0]?.metresPerPixel).toBeCloseTo(0.09061, 5);
  });
  it("has no size without its line", () => {
    const { detector, calls } = spy();
    expect(detectInFrame("b.png", image(4, 2), undefined, detector)).toEqual({ file: "b.png", detections: [] });
    expect(calls[0]?.metresPerPixel).toBeUndefined();
  });
});

describe("a picture taken from very low", () => {
  it.each([
    [0.04, 1],
    [0.039, 2],
    [0.02, 2],
    [0.019, 4],
    [0.01, 4],
    [0.005, 8],
  ])("at %d m a pixel is binned by %i", (scaleM, factor) => {
    const { detector, calls } = spy();
    detectBinned(detector, image(33, 17), scaleM);
    const [call] = calls;
    expect(call?.metresPerPixel).toBeCloseTo(scaleM * factor, 9);
    expect([call?.image.widthPx, call?.image.heightPx]).toEqual([Math.floor(33 / factor), Math.floor(17 / factor)]);
    expect(call?.image.luma).toHaveLength(Math.floor(33 / factor) * Math.floor(17 / factor));
  });
  it("is not looked at beyond that", () => {
    const { detector, calls } = spy([blobAt(1, 1)]);
    expect([detectBinned(detector, image(33, 17), 0.0049), calls]).toEqual([[], []]);
  });
  it("is the mean of its pixels, what is left over not used", () => {
    const { detector, calls } = spy();
    const luma = Uint8Array.from([1, 2, 10, 20, 99, 3, 5, 30, 41, 99, 99, 99, 99, 99, 99]);
    detectBinned(detector, { widthPx: 5, heightPx: 3, luma }, 0.02);
    expect([...(calls[0]?.image.luma ?? [])]).toEqual([3, 25]);
  });
  it("gives its boxes in pixels of the full picture; score, class, angle and contrast stay", () => {
    const blob = blobAt(10, 20, { majorPx: 6, minorPx: 5, angleRad: 0.3 });
    expect(detectBinned(spy([blob]).detector, image(32, 16), 0.01)).toEqual([
      {
        ...blob,
        ...{ x: 32, y: 72, w: 16, h: 16, centroidX: 40, centroidY: 80, majorPx: 24, minorPx: 20 },
      },
    ]);
    expect(detectBinned(spy([blob]).detector, image(32, 16), 0.04)).toEqual([blob]);
  });
});

describe("a detection", () => {
  const box = (w: number, h: number): Detection => ({
    ...{ x: 0, y: 0, w, h, centroidX: w / 2, centroidY: h / 2 },
    ...{ class: "person", classBasis: "appearance", score: 0.9, shape: undefined },
  });
  it("that is only a box has its sides for a shape, and is taken for warm", () => {
    expect(shapeOf(box(6, 4))).toEqual({ majorPx: 6, minorPx: 4, angleRad: 0, contrast: 1 });
    expect(shapeOf(box(4, 6))).toEqual({ majorPx: 6, minorPx: 4, angleRad: Math.PI / 2, contrast: 1 });
    expect(shapeOf(box(4, 4)).angleRad).toBe(0);
  });
  it("of the built-in detector has the blob's shape", () => {
    const { majorPx, minorPx, angleRad, contrast, ...rest } = blobAt(10, 20);
    const shape = { majorPx, minorPx, angleRad, contrast };
    const detection = detectionFromBlob(blobAt(10, 20));
    expect(detection).toEqual({ ...rest, shape });
    expect(shapeOf(detection)).toBe(detection.shape);
  });
});

describe("the detectors", () => {
  const person: Thing = { x: 100, y: 60, halfLength: 3, halfWidth: 2.2, level: 90, isRound: true };
  const scene = (level: number) => drawScene({ seed: 1, things: [{ ...person, level }], widthPx: 200, heightPx: 160 });
  it("for a stream finds what stands out by 18 levels, for single pictures by 40", () => {
    const count = (detector: ThermalDetector, level: number) => detector.detect(scene(level), 0.09).length;
    expect([count(createThermalDetector(), 35), count(createStillDetector(), 35)]).toEqual([1, 0]);
    expect([count(createStillDetector(), 90), count(createThermalDetector(), 8)]).toEqual([1, 0]);
  });
  it("built in gives detections, with a class only where the size of a pixel is known, and bins", async () => {
    const detector = createBuiltInDetector();
    const known = await detector.detect({ image: scene(90), metresPerPixel: 0.09 });
    expect(known).toMatchObject([
      { class: "person", classBasis: "size", shape: { angleRad: expect.any(Number) as number } },
    ]);
    const unknown = await detector.detect({ image: scene(90), metresPerPixel: undefined });
    expect(unknown).toMatchObject([{ class: "unknown" }]);
    expect(await detector.detect({ image: scene(90), metresPerPixel: 0.001 })).toEqual([]);
  });
});
