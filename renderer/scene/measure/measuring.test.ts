import { expect, it } from "vitest";
import { at, frame } from "../testing/openLayer.js";
import { closed, measuredFigures, NOTHING_MEASURED, withoutLast, withPlace } from "./measuring.js";

const lineOf = (...points: readonly (readonly [number, number])[]) =>
  points.reduce((line, [eastM, northM]) => withPlace(line, at(eastM, northM)), NOTHING_MEASURED);
const noHeight = () => undefined;
const square = lineOf([0, 0], [0, 1000], [1000, 1000], [1000, 0]);

it("has a length, a bearing and a difference of heights for the last leg", () => {
  const { legs, totalM, riseM, areaM2 } = measuredFigures(
    lineOf([0, 0], [0, 300], [400, 300]),
    frame,
    (place) => Math.round(frame.pointOf(place).eastM) / 10,
  );
  expect(legs.map(({ lengthM }) => Math.round(lengthM))).toEqual([300, 400]);
  expect(legs.map(({ bearingDeg }) => Math.round(bearingDeg))).toEqual([0, 90]);
  expect([Math.round(totalM), riseM, areaM2]).toEqual([700, 40, undefined]);
});

it("has the area and the whole outline of a closed ring", () => {
  const { legs, totalM, areaM2 } = measuredFigures(closed(square), frame, noHeight);
  expect(legs).toHaveLength(4);
  expect(totalM).toBeCloseTo(4000, 0);
  expect(Number(areaM2) / 1e6).toBeCloseTo(1, 4);
  expect(Math.round(legs[3]?.bearingDeg ?? 0)).toBe(270);
});

it("has no area where edges cross, and no difference of heights where one is not known", () => {
  const bow = closed(lineOf([0, 0], [1000, 1000], [1000, 0], [0, 1000]));
  expect(measuredFigures(bow, frame, noHeight)).toMatchObject({ areaM2: "crossing", riseM: undefined });
  const isAt = (eastM: number) => (place: ReturnType<typeof at>) =>
    Math.abs(frame.pointOf(place).eastM - eastM) < 1 ? 12 : undefined;
  for (const eastM of [0, 500])
    expect(measuredFigures(lineOf([0, 0], [500, 0]), frame, isAt(eastM)).riseM).toBeUndefined();
});

it("needs three corners to be closed, begins anew after that, and goes back step by step", () => {
  const two = lineOf([0, 0], [1, 1]);
  expect(closed(two)).toBe(two);
  const ring = closed(square);
  expect(withPlace(ring, at(5, 5))).toEqual({ places: [at(5, 5)], isClosed: false });
  expect(withoutLast(ring)).toEqual({ ...square, isClosed: false });
  expect(withoutLast(square).places).toHaveLength(3);
  expect(withoutLast(NOTHING_MEASURED)).toEqual(NOTHING_MEASURED);
});
