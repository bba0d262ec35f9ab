import { describe, expect, it } from "vitest";
import { bytesIn, endOfRanges, firstGap, withRange, type ByteRanges } from "./ftpRanges.js";

/** "0-10 20-30" */
const ranges = (text: string): ByteRanges =>
  text === ""
    ? []
    : text.split(" ").map((one) => {
        const [from = 0, to = 0] = one.split("-").map(Number);
        return { from, to };
      });
const text = (of: ByteRanges): string => of.map(({ from, to }) => `${from}-${to}`).join(" ");

describe("the stored parts of a file", () => {
  it.each([
    ["", "5-9", "5-9"],
    ["5-9", "9-12", "5-12"],
    ["5-9", "7-12", "5-12"],
    ["5-9", "5-9", "5-9"],
    ["5-9", "6-8", "5-9"],
    ["5-9", "10-12", "5-9 10-12"],
    ["5-9", "2-4", "2-4 5-9"],
    ["5-9", "2-5", "2-9"],
    ["5-9", "2-12", "2-12"],
    ["0-2 5-9", "2-5", "0-9"],
    ["0-2 5-9", "3-4", "0-2 3-4 5-9"],
    ["0-2 5-9 20-30", "1-6", "0-9 20-30"],
    ["0-2 5-9 20-30", "6-8", "0-2 5-9 20-30"],
    ["0-2 5-9 20-30 40-50", "9-20", "0-2 5-30 40-50"],
    ["0-2 5-9", "7-7", "0-2 5-9"],
    ["0-2 5-9", "8-7", "0-2 5-9"],
  ])("%s and %s are %s", (before, added, after) => {
    const [range] = ranges(added);
    expect(text(range ? withRange(ranges(before), range) : [])).toBe(after);
  });
  it("do not change where nothing is added", () => {
    const held = ranges("0-2 5-9");
    expect(withRange(held, { from: 6, to: 9 })).toBe(held);
    expect(withRange(held, { from: 3, to: 3 })).toBe(held);
  });
  it.each([
    ["", 10, "0-10"],
    ["0-4", 10, "4-10"],
    ["0-4 6-8", 10, "4-6"],
    ["2-4 6-8", 10, "0-2"],
    ["0-4 20-30", 10, "4-10"],
    ["0-10", 10, "none"],
    ["0-12", 10, "none"],
    ["", 0, "none"],
  ])("%s of %i bytes: the first gap is %s", (held, end, gap) => {
    const found = firstGap(ranges(held), end);
    expect(found ? text([found]) : "none").toBe(gap);
  });
  it("have an end and a sum", () => {
    expect([endOfRanges([]), endOfRanges(ranges("0-4 6-8"))]).toEqual([0, 8]);
    expect([bytesIn([]), bytesIn(ranges("0-4 6-8"))]).toEqual([0, 6]);
  });
});
