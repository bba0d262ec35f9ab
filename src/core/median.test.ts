import { describe, expect, it } from "vitest";
import { medianOf } from "./median.js";

describe("the median", () => {
  it.each([
    [[], undefined],
    [[7], 7],
    [[10, 9, 2], 9],
    [[4, 1, 3, 2], 3],
    [[-1, -20, 3], -1],
  ])("of %j is %j", (values, median) => {
    const given = [...values];
    expect(medianOf(given)).toBe(median);
    expect(given).toEqual(values);
  });
});
