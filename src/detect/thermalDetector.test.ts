import { describe, expect, it } from "vitest";
import { createThermalDetector } from "./thermalDetector.js";
import { detectInFrame, metresPerPixel, parseMeta } from "./detectFrames.js";
import { drawScene, type Thing } from "./testing/scene.js";

const person = (x: number, y: number, level = 90): Thing => ({
  x,
  y,
  halfLength: 3,
  halfWidth: 2.2,
  level,
  isRound: true,
});
const MPP = 0.09;

describe("detector", () => {
  it("finds a person to a fraction of a pixel and calls it one", () => {
    const found = createThermalDetector().detect(drawScene({ seed: 1, things: [person(200.3, 301.7)] }), MPP);
    expect(found).toHaveLength(1);
    expect(Math.hypot((found[0]?.centroidX ?? 0) - 200.3, (found[0]?.centroidY ?? 0) - 301.7)).toBeLessThan(0.5);
    expect(found[0]?.class).toBe("person");
    expect(found[0]?.score).toBeGreaterThan(0.8);
  });

  it("keeps people apart who stand 2.5 m from each other", () => {
    const people = [0, 1, 2, 3].map((i) => person(200 + (i * 2.5) / MPP, 250));
    expect(createThermalDetector().detect(drawScene({ seed: 2, things: people }), MPP)).toHaveLength(4);
  });

  it.each([0, 0.4, 1.1, 1.6, 2.5])("sees a boat with its hot engine as one thing, 8 m long (angle %f)", (angleRad) => {
    const hull: Thing = { x: 320, y: 256, halfLength: 4 / MPP, halfWidth: 1 / MPP, angleRad, level: 45 };
    const stern = { x: 320 - (3.7 / MPP) * Math.cos(angleRad), y: 256 - (3.7 / MPP) * Math.sin(angleRad) };
    const engine: Thing = { ...stern, halfLength: 4, halfWidth: 3, level: 120, isRound: true };
    const found = createThermalDetector().detect(drawScene({ seed: 3, things: [hull, engine] }), MPP);
    expect(found.map((blob) => blob.class)).toEqual(["boat"]);
    expect((found[0]?.majorPx ?? 0) * MPP).toBeGreaterThan(7);
    expect((found[0]?.majorPx ?? 0) * MPP).toBeLessThan(9);
    expect(Math.hypot((found[0]?.centroidX ?? 0) - 320, (found[0]?.centroidY ?? 0) - 256)).toBeLessThan(8);
  });

  it("sees a hull colder than the sea", () => {
    const hull: Thing = { x: 320, y: 256, halfLength: 4 / MPP, halfWidth: 1 / MPP, level: -35 };
    const found = createThermalDetector().detect(drawScene({ seed: 4, things: [hull] }), MPP);
    expect(found.map((blob) => blob.class)).toEqual(["boat"]);
    expect(found[0]?.contrast).toBeLessThan(0);
  });

  it.each([0, 0.3, 0.8, 1.2, 1.57])("is not fooled by a waterline or a road (angle %f)", (angleRad) => {
    const across = (x: number, y: number): number => (x - 320) * Math.sin(angleRad) - (y - 256) * Math.cos(angleRad);
    const waterline = drawScene({ seed: 5, ground: (x, y) => (across(x, y) > 0 ? 60 : 110) });
    const road = drawScene({ seed: 6, ground: (x, y) => (Math.abs(across(x, y)) < 35 ? 110 : 60) });
    expect(createThermalDetector().detect(waterline, MPP)).toEqual([]);
    expect(createThermalDetector().detect(road, MPP)).toEqual([]);
  });

  it("finds a person at the waterline", () => {
    const image = drawScene({ seed: 7, ground: (_x, y) => (y > 256 ? 60 : 110), things: [person(300, 262, 110)] });
    expect(createThermalDetector().detect(image, MPP)).toHaveLength(1);
  });

  it("raises next to no false alarms on noise of any strength", () => {
    const detector = createThermalDetector();
    let countOfAlarms = 0;
    for (let seed = 0; seed < 20; seed++)
      countOfAlarms += detector.detect(drawScene({ seed, noise: 1 + seed }), MPP).length;
    expect(countOfAlarms).toBeLessThanOrEqual(1);
  });

  it("gives the same answer again and takes pictures of another size", () => {
    const detector = createThermalDetector();
    const image = drawScene({ seed: 8, things: [person(100, 100)] });
    const small = drawScene({ seed: 8, things: [person(100, 100)], widthPx: 320, heightPx: 240 });
    const first = detector.detect(image, MPP);
    expect(detector.detect(small, MPP)).toHaveLength(1);
    expect(detector.detect(image, MPP)).toEqual(first);
  });
});

describe("vigie detect, pure part", () => {
  it("gives the documented line", () => {
    const image = drawScene({ seed: 9, things: [person(200, 300)] });
    const meta = { file: "a.png", heightAglM: 70, depressionDeg: 90, hfovDeg: 45 };
    const line = detectInFrame("a.png", image, meta, createThermalDetector());
    expect(line).toMatchObject({ file: "a.png", detections: [{ class: "person" }] });
    expect(Object.keys(line.detections[0] ?? {})).toEqual(["x", "y", "w", "h", "class", "score"]);
  });

  it("knows the size of a pixel: 70 m straight down at 45 degrees is 57.99 m across", () => {
    expect(metresPerPixel({ heightAglM: 70, depressionDeg: 90, hfovDeg: 45 }, 640) * 640).toBeCloseTo(57.99, 2);
  });

  it("claims no class without geometry", () => {
    const line = detectInFrame(
      "a",
      drawScene({ seed: 9, things: [person(200, 300)] }),
      undefined,
      createThermalDetector(),
    );
    expect(line.detections.map((found) => found.class)).toEqual(["unknown"]);
  });

  it("names the line and what is wrong with it", () => {
    expect(parseMeta('{"file":"a","heightAglM":70,"depressionDeg":90,"hfovDeg":45}\n\n')).toMatchObject({ ok: true });
    expect(parseMeta('\n{"file":"a","heightAglM":70,"depressionDeg":95,"hfovDeg":45}')).toEqual({
      ok: false,
      error: { kind: "bad-meta", line: 2, problem: '"depressionDeg" must be above 0 and at most 90' },
    });
    expect(parseMeta("nonsense")).toMatchObject({ ok: false, error: { line: 1, problem: "not JSON" } });
  });
});
