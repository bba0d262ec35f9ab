/** Which sizes the detector reports, at 0.1 m a pixel and without a scale, and how sure it is. Pictures without noise. */
import { describe, expect, it } from "vitest";
import { drawScene, type Thing } from "./testing/scene.js";
import { createThermalDetector } from "./thermalDetector.js";

const MPP = 0.1;
const detector = createThermalDetector();
const [X, Y] = [160, 120];
const picture = (things: readonly Thing[], noise = 0) =>
  drawScene({ seed: 1, noise, things, widthPx: 2 * X, heightPx: 2 * Y });
/** A rectangle in the middle of the picture, its sides in pixels. */
const thing = (length: number, width: number, level = 60): Thing => ({
  ...{ x: X, y: Y, halfLength: length / 2, halfWidth: width / 2, level },
});
const classes = (length: number, width: number, level = 60, scaleM: number | undefined = MPP) =>
  detector.detect(picture([thing(length, width, level)]), scaleM).map((blob) => blob.class);

describe("a large thing, its pixels 0.1 m wide", () => {
  it.each([
    ["a car", 44, 18, ["vehicle"]],
    ["an inflatable", 70, 24, ["boat"]],
    ["a hull of 13 m", 130, 30, ["boat"]],
    ["longer than 14 m", 152, 30, []],
    ["narrower than 0.9 m", 40, 4, []],
    ["eight times as long as wide", 130, 10, []],
  ])("%s", (_name, length, width, expected) => {
    expect(classes(length, width)).toEqual(expected);
  });
  it("is found colder than its surroundings too, with a negative contrast", () => {
    const [boat, ...others] = detector.detect(picture([thing(70, 24, -40)]), MPP);
    expect([boat?.class, others]).toEqual(["boat", []]);
    expect(boat?.contrast).toBeCloseTo(-40, 0);
  });
  it("must stand out by 22 levels", () => {
    expect([classes(70, 24, 21), classes(70, 24, 26)]).toEqual([[], ["boat"]]);
    expect([classes(70, 24, -20), classes(70, 24, -26)]).toEqual([[], ["boat"]]);
  });
  it("has its place, its size and its direction", () => {
    const [boat] = detector.detect(picture([{ ...thing(70, 24), angleRad: 0.5 }]), MPP);
    expect(boat).toBeDefined();
    expect(boat?.centroidX).toBeCloseTo(X, 0);
    expect(boat?.centroidY).toBeCloseTo(Y, 0);
    expect(Math.abs((boat?.majorPx ?? 0) - 70)).toBeLessThan(4);
    expect(Math.abs((boat?.minorPx ?? 0) - 24)).toBeLessThan(4);
    expect(boat?.angleRad).toBeCloseTo(0.5, 1);
  });
});

describe("a small thing", () => {
  it("is found from two pixels on, and is a person by its size", () => {
    expect([classes(1, 1), classes(3, 3), classes(12, 6)]).toEqual([[], ["person"], ["person"]]);
  });
  it("must be warm, and stand out by 18 levels", () => {
    expect([classes(8, 6, -60), classes(8, 6, 16), classes(8, 6, 20)]).toEqual([[], [], ["person"]]);
  });
  it("that goes on as a thin strip is no spot", () => {
    expect(classes(200, 3)).toEqual([]);
  });
});

describe("without a scale", () => {
  const sizes = (length: number, width: number) =>
    detector.detect(picture([thing(length, width)])).map((blob) => [blob.class, Math.round(blob.majorPx / 10) * 10]);
  it("a thing has no class, and is large from 36 pixels on", () => {
    expect(sizes(8, 6)).toEqual([["unknown", 10]]);
    expect(sizes(60, 20)).toEqual([["unknown", 60]]);
    expect(sizes(60, 5)).toEqual([]);
    expect(sizes(1, 1)).toEqual([]);
  });
});

describe("the score", () => {
  const scoreOf = (level: number) => {
    const [spot] = detector.detect(picture([thing(9, 8, level)]), MPP);
    return spot?.score ?? Number.NaN;
  };
  it("is a half up to 22 levels and approaches one above", () => {
    expect(scoreOf(20)).toBe(0.5);
    expect(scoreOf(44)).toBeCloseTo(0.75, 2);
    expect(scoreOf(110)).toBeCloseTo(0.9, 2);
  });
  it("counts the noise of the surroundings, from 22 up to 30 levels of it", () => {
    const counted = (noise: number) => {
      const [spot] = detector.detect(picture([thing(9, 8, 150)], noise), MPP);
      return spot ? 2 * (1 - spot.score) * spot.contrast : Number.NaN;
    };
    expect([counted(0), counted(4)].map((levels) => levels.toFixed(3))).toEqual(["22.000", "22.000"]);
    expect(counted(9.5)).toBeGreaterThan(23);
    expect(counted(9.5)).toBeLessThan(29);
    expect(counted(14).toFixed(3)).toBe("30.000");
  });
});

describe("things close together", () => {
  const at = (dx: number, dy: number, level = 150): Thing => ({
    ...{ x: X + dx, y: Y + dy, halfLength: 3, halfWidth: 3, level, isRound: true },
  });
  const found = (...things: readonly Thing[]) =>
    detector
      .detect(picture(things), MPP)
      .map((blob) => blob.class)
      .sort();
  it("on a boat are part of it, beside it they are not", () => {
    expect(found(thing(70, 24), at(20, 0, 120))).toEqual(["boat"]);
    expect(found(thing(70, 24), at(0, 40))).toEqual(["boat", "person"]);
  });
  it("the boat has the contrast of its hottest part and the score that goes with it", () => {
    const [boat] = detector.detect(picture([thing(70, 24), at(20, 0, 120)]), MPP);
    expect(boat?.contrast).toBeGreaterThan(100);
    expect(boat?.score).toBeGreaterThan(0.85);
  });
});
