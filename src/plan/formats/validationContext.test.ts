import { describe, expect, it } from "vitest";
import { isSameJson } from "./isSameJson.js";
import { jsonElementsAt, jsonSourceAt } from "./jsonSource.js";
import {
  addProblem,
  arrayAt,
  integerAt,
  numberAt,
  objectAt,
  optionalNumberAt,
  versionAt,
  type ValidationContext,
} from "./validationContext.js";

/** What a getter returns, and what it says. */
function read<T>(get: (context: ValidationContext) => T): readonly [value: T, problem: string | undefined] {
  const context: ValidationContext = { mistake: undefined };
  const value = get(context);
  return [value, context.mistake && `${context.mistake.where}: ${context.mistake.problem}`];
}

describe("reading JSON of unknown shape", () => {
  it("keeps the first mistake only", () => {
    const context: ValidationContext = { mistake: undefined };
    addProblem(context, "a", "first");
    addProblem(context, "b", "second");
    expect(context.mistake).toEqual({ where: "a", problem: "first" });
  });

  it("objects", () => {
    expect(read((context) => objectAt(context, { x: 1 }, "a"))).toEqual([{ x: 1 }, undefined]);
    expect(read((context) => objectAt(context, undefined, "a"))).toEqual([
      {},
      "a: an object was expected, not nothing",
    ]);
    expect(read((context) => objectAt(context, [1], "a"))).toEqual([{}, "a: an object was expected, not [1]"]);
    expect(read((context) => objectAt(context, null, "a"))).toEqual([{}, "a: an object was expected, not null"]);
  });

  it("lists", () => {
    expect(read((context) => arrayAt(context, [1], "a"))).toEqual([[1], undefined]);
    expect(read((context) => arrayAt(context, {}, "a"))).toEqual([[], "a: a list was expected, not {}"]);
  });

  it("numbers, both ends of the range included", () => {
    const inRange = (value: unknown) => read((context) => numberAt(context, value, "a", [-5, 10]));
    expect(inRange(-5)).toEqual([-5, undefined]);
    expect(inRange(10)).toEqual([10, undefined]);
    expect(inRange(-5.1)).toEqual([-5, "a: -5.1 is outside -5 to 10"]);
    expect(inRange(10.1)).toEqual([-5, "a: 10.1 is outside -5 to 10"]);
    expect(inRange(Number.POSITIVE_INFINITY)).toEqual([-5, "a: Infinity is outside -5 to 10"]);
    expect(inRange("7")).toEqual([-5, 'a: a number was expected, not "7"']);
    expect(inRange(undefined)).toEqual([-5, "a: a number was expected, not nothing"]);
  });

  it("numbers that may be missing", () => {
    const optional = (value: unknown) => read((context) => optionalNumberAt(context, value, "a", [0, 1]));
    expect(optional(undefined)).toEqual([undefined, undefined]);
    expect(optional(null)).toEqual([undefined, undefined]);
    expect(optional(0)).toEqual([0, undefined]);
    expect(optional(2)[1]).toBe("a: 2 is outside 0 to 1");
  });

  it("whole numbers and versions", () => {
    expect(read((context) => integerAt(context, 3, "a", [0, 9]))).toEqual([3, undefined]);
    expect(read((context) => integerAt(context, 3.5, "a", [0, 9]))[1]).toBe("a: a whole number was expected, not 3.5");
    const version = (value: unknown) => read((context) => versionAt(context, value, "v", [4, 5]))[1];
    expect([4, 5].map(version)).toEqual([undefined, undefined]);
    expect(version(6)).toBe("v: version 6 is not one this station reads (4, 5)");
    expect(version("4")).toBe('v: version "4" is not one this station reads (4, 5)');
  });

  it("shows at most forty characters of what it found", () => {
    const said = (length: number) => read((context) => arrayAt(context, "x".repeat(length), "a"))[1];
    expect(said(38)).toBe(`a: a list was expected, not "${"x".repeat(38)}"`);
    expect(said(39)).toBe(`a: a list was expected, not "${"x".repeat(36)}...`);
  });
});

describe("the same JSON", () => {
  it.each([
    [1, 1],
    [null, null],
    [
      { a: 1, b: [1, { c: 2 }] },
      { b: [1, { c: 2 }], a: 1 },
    ],
    [{ a: 1, b: undefined }, { a: 1 }],
    [[], []],
  ])("%j and %j", (one, other) => {
    expect(isSameJson(one, other)).toBe(true);
    expect(isSameJson(other, one)).toBe(true);
  });

  it.each([
    [1, "1"],
    [1, 2],
    [null, {}],
    [null, undefined],
    [[], {}],
    [[1], [1, 2]],
    [
      [1, 2],
      [2, 1],
    ],
    [{ a: 1 }, { a: 1, b: 2 }],
    [{ a: { b: 1 } }, { a: { b: 2 } }],
    [{ 0: 1 }, [1]],
    [{ a: 1 }, 1],
  ])("%j and %j are not", (one, other) => {
    expect(isSameJson(one, other)).toBe(false);
    expect(isSameJson(other, one)).toBe(false);
  });
});

describe("the source of a value", () => {
  const json = ` {\n\t"a" : [ 1.50 , "x]\\"y" ,\r\n{ "b":-2e3} , [ ] ,true],"c":null , "a\\u0062" : { } , "last" : 7}  `;
  it.each([
    [["a", 0], "1.50"],
    [["a", 1], '"x]\\"y"'],
    [["a", 2], '{ "b":-2e3}'],
    [["a", 2, "b"], "-2e3"],
    [["a", 3], "[ ]"],
    [["a", 4], "true"],
    [["c"], "null"],
    [["ab"], "{ }"],
    [["last"], "7"],
    [[], json.trim()],
  ])("at %j is as the file has it", (path, source) => {
    expect(jsonSourceAt(json, path)).toBe(source);
  });

  it.each([[["b"]], [["a", 5]], [["a", "0"]], [["c", "d"]], [["c", 0]], [["ab", 0]], [["a", 3, 0]], [["ab", "x"]]])(
    "is none at %j",
    (path) => {
      expect(jsonSourceAt(json, path)).toBeUndefined();
    },
  );

  it("of a name that stands twice is the last, as JSON.parse has it", () => {
    const twice = '{"a":1,"b":2,"a":3}';
    expect(jsonSourceAt(twice, ["a"])).toBe("3");
  });

  it("of a bare value ends where the text does", () => {
    expect(jsonSourceAt(" 12", [])).toBe("12");
    expect(jsonSourceAt('"a', [])).toBe('"a');
  });

  it("of all elements are as the file has them", () => {
    expect(jsonElementsAt(json, ["a"])).toEqual(["1.50", '"x]\\"y"', '{ "b":-2e3}', "[ ]", "true"]);
    expect(jsonElementsAt(json, ["a", 3])).toEqual([]);
    expect(jsonElementsAt(json, ["c"])).toEqual([]);
    expect(jsonElementsAt(json, ["none"])).toEqual([]);
    expect(jsonElementsAt("[1,[2,[3]],{}]", [])).toEqual(["1", "[2,[3]]", "{}"]);
  });
});
