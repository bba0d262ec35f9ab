import { describe, expect, it } from "vitest";
import { classify } from "./classify.js";

describe("the class of a warm thing by its size in metres", () => {
  it.each([
    // Longer or wider than any of our classes.
    [14, 3, "boat"],
    [14.1, 3, "unknown"],
    [10, 5, "boat"],
    [10, 5.1, "unknown"],
    // Longer than a car.
    [6.2, 2.5, "boat"],
    [6.1, 2.5, "vehicle"],
    // Narrower than a car, from 4 m on.
    [4, 1.25, "boat"],
    [4, 1.26, "vehicle"],
    [3.9, 1, "vehicle"],
    [4, 0, "boat"],
    // A car, blurred.
    [2.8, 1, "vehicle"],
    [2.7, 1, "unknown"],
    [2.8, 0.9, "unknown"],
    // A person, lying or blurred.
    [2.2, 0.6, "person"],
    [2.3, 0.6, "unknown"],
    [0.25, 0.25, "person"],
    [0.24, 0.24, "unknown"],
    [0.3, 0, "person"],
  ] as const)("%d by %d m: %s", (lengthM, widthM, kind) => {
    expect(classify(lengthM, widthM, 20)).toBe(kind);
  });
  it("a cold thing is no person, but may be a boat", () => {
    expect([classify(1, 0.5, -20), classify(1, 0.5, 0), classify(1, 0.5, 1)]).toEqual(["unknown", "unknown", "person"]);
    expect([classify(8, 2, -20), classify(4.5, 1.8, -20)]).toEqual(["boat", "vehicle"]);
  });
});
