import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { jsonExcess, parseBoundedJson, type JsonLimits } from "./boundedJson.js";

const LIMITS: JsonLimits = { charsMax: 1000, depthMax: 4, valuesMax: 20 };

describe("findings 6.10: JSON from outside is measured before it is parsed", () => {
  it("tells which limit was passed, and where", () => {
    expect(jsonExcess(" ".repeat(1001), LIMITS)).toEqual({ kind: "too-large", max: 1000, at: 1000 });
    expect(jsonExcess("[[[[[", LIMITS)).toEqual({ kind: "too-deep", max: 4, at: 4 });
    expect(jsonExcess(`[${"[],".repeat(30)}0]`, LIMITS)).toMatchObject({ kind: "too-many-values", max: 20 });
    expect(jsonExcess(`{"a":[${"1,".repeat(18)}1]}`, LIMITS)).toMatchObject({ kind: "too-many-values" });
  });

  it("sixty megabytes of arrays are refused without a parse", () => {
    const text = `[${"[],".repeat(20_000_000)}[]]`;
    const limits = { charsMax: 80_000_000, depthMax: 32, valuesMax: 200_000 };
    expect(parseBoundedJson(text, limits)).toMatchObject({ ok: false, error: { kind: "too-many-values" } });
  });

  it("brackets, commas and quotes inside strings are text", () => {
    const value = { text: String.raw`[[[[[[ ,,,,,,,,,,,,,,,,,,,,,,,, {{{{{ \ \\ " \" `, other: "\\" };
    expect(parseBoundedJson(JSON.stringify(value), LIMITS)).toEqual({ ok: true, value });
  });

  it("what is no JSON is a value, a byte order mark is nothing", () => {
    expect(parseBoundedJson("\ufeff[1]", LIMITS)).toEqual({ ok: true, value: [1] });
    for (const text of ["", '"open', "[1,", "\\", '"\\'])
      expect(parseBoundedJson(text, LIMITS)).toMatchObject({ ok: false, error: { kind: "not-json" } });
  });

  it("reads every value within its limits as JSON.parse does", () => {
    const wide: JsonLimits = { charsMax: 1e6, depthMax: 64, valuesMax: 1e6 };
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = JSON.stringify(value);
        expect(parseBoundedJson(text, wide)).toEqual({ ok: true, value: JSON.parse(text) });
      }),
    );
  });

  it("counts at least as many values as there are", () => {
    const countOf = (value: unknown): number =>
      typeof value === "object" && value !== null
        ? 1 + Object.values(value).reduce((sum: number, part) => sum + countOf(part), 0)
        : 1;
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = JSON.stringify(value);
        const count = countOf(value);
        fc.pre(count > 1);
        // An opening bracket counts twice, for the value itself and its first element: so the count is never too small.
        expect(jsonExcess(text, { charsMax: 1e6, depthMax: 64, valuesMax: count - 1 })).toBeDefined();
        expect(jsonExcess(text, { charsMax: 1e6, depthMax: 64, valuesMax: 2 * count })).toBeUndefined();
      }),
    );
  });
});
