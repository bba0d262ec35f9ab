import { describe, expect, it } from "vitest";
import { jsonMistake, otherFormat } from "./jsonMistake.js";
import { isObject, parseJsonObject } from "./jsonText.js";

const CUT = "the file ends in the middle: is it whole?";

describe("the first mistake in a text", () => {
  it.each<readonly [string, number, string]>([
    // Words and numbers.
    ['{"a":tru}', 5, 'a value was expected, not "tru}"'],
    ['{"a":truex}', 5, 'a value was expected, not "truex}"'],
    ['{"a":-}', 5, 'a value was expected, not "-}"'],
    ['{"a":1.}', 5, 'a value was expected, not "1.}"'],
    ['{"a":1.5.2}', 5, 'a value was expected, not "1.5.2}"'],
    ['{"a":1e}', 5, 'a value was expected, not "1e}"'],
    ['{"a":+1}', 5, 'a value was expected, not "+1}"'],
    ['{"a":.5}', 5, 'a value was expected, not ".5}"'],
    // What is shown is twelve characters long at most, and ends with its line.
    ['{"a":abcdefghijklmnop}', 5, 'a value was expected, not "abcdefghijkl"'],
    ['{"a":abc\nd}', 5, 'a value was expected, not "abc"'],
    ['{"a":abc\rd}', 5, 'a value was expected, not "abc"'],
    // Lists and objects.
    ["[1 2]", 3, 'a comma or "]" was expected, not "2]"'],
    ["[1,]", 3, 'a value was expected, not "]"'],
    ["[1}", 2, 'a comma or "]" was expected, not "}"'],
    ['{"a":1]', 6, 'a comma or "}" was expected, not "]"'],
    ["{1:2}", 1, 'a name in double quotes was expected, not "1:2}"'],
    ['{"a",1}', 4, 'a colon was expected, not ",1}"'],
    ['{"a":1,}', 7, 'a name in double quotes was expected, not "}"'],
    ["[1] [2]", 4, 'nothing more was expected, not "[2]"'],
    [" \t\r\n[1] \t\r\n x", 12, 'nothing more was expected, not "x"'],
    // Texts.
    ['["a\nb"]', 1, 'a closing quote is missing after "\\"a"'],
    ['["a\rb"]', 1, 'a closing quote is missing after "\\"a"'],
    ['["a\tb"]', 3, "a control character inside a text"],
    ['["\\x"]', 3, 'one of " \\ / b f n r t u after a backslash was expected, not "x\\"]"'],
    ['["\\u12g4"]', 3, 'one of " \\ / b f n r t u after a backslash was expected, not "u12g4\\"]"'],
    ['["\\u123', 3, 'one of " \\ / b f n r t u after a backslash was expected, not "u123"'],
    // Ends in the middle.
    ["", 0, CUT],
    ["[", 1, CUT],
    ["{", 1, CUT],
    ['{"a"', 4, CUT],
    ['{"a":', 5, CUT],
    ['{"a":1,', 7, CUT],
    ['["a', 3, CUT],
    ['["a\\', 4, CUT],
    ["[1", 2, CUT],
    ["[1,", 3, CUT],
  ])("%j at %i: %s", (text, at, problem) => {
    expect(jsonMistake(text)).toEqual({ at, problem });
  });

  it.each([
    "{}",
    "[]",
    " [ ] ",
    "{ }",
    '{"a":1}',
    ' { "a" : [ 1 , -0.5e-3 , 2E+4 , 10 , 0 , true , false , null ] , "b" : { } } ',
    '"\\"\\\\\\/\\b\\f\\n\\r\\t\\u00fF"',
    "-12",
    "[[[]],{}]",
    `[${"9".repeat(300)}]`,
  ])("%s has none", (text) => {
    expect(jsonMistake(text)).toBeUndefined();
  });
});

describe("a file of another format", () => {
  it.each<readonly [string, string]>([
    ["<html>", "this is XML or a web page, not JSON"],
    ['  \n<?xml version="1.0"?><kml xmlns="x">', "this is KML, not JSON"],
    ["<KML>", "this is KML, not JSON"],
    ["<kmlish>", "this is XML or a web page, not JSON"],
    ["PK\u0003\u0004rest", "this is a ZIP archive (perhaps KMZ), not JSON: unpack it first"],
    ["QGC WPL 110", "this is a Mission Planner mission (QGC WPL), not JSON"],
    ["qgc  wpl 110", "this is a Mission Planner mission (QGC WPL), not JSON"],
    ["\u0089PNG\r\n\u001a", "this is a picture"],
    ["\u00ff\u00d8\u00ff\u00e0", "this is a picture"],
    ["GIF89a", "this is a picture"],
    ["RIFF1234WEBP", "this is a picture"],
    ["RIFF\n\n\n\nWEBP", "this is a picture"],
    ["%PDF-1.7", "this is a PDF document"],
    ["ab\u0000cd", "this is no text"],
    ["hello", "this is a text of another kind"],
    ["trueish", "this is a text of another kind"],
    ["RIFF1234WAVE", "this is a text of another kind"],
    ["not PK\u0003\u0004", "this is a text of another kind"],
    ["my QGC WPL", "this is a text of another kind"],
  ])("%j: %s", (text, problem) => {
    expect(otherFormat(text)).toBe(problem);
    expect(jsonMistake(text)).toEqual({ at: 0, problem });
  });

  it.each(["", "  ", "{", "[1", '"a', "7", "-1", "true", "false]", "null", "\ufeff{}", '{"a":"<kml>"}', '["%PDF-"]'])(
    "%j may be JSON",
    (text) => {
      expect(otherFormat(text)).toBeUndefined();
    },
  );

  it("is told by its beginning, not by what stands far below", () => {
    expect(otherFormat(`[${" ".repeat(500)}\u0000`)).toBeUndefined();
    expect(otherFormat(`<${" ".repeat(500)}<kml>`)).toBe("this is XML or a web page, not JSON");
  });
});

describe("a JSON file whose top is an object", () => {
  const LIMITS = { charsMax: 40, depthMax: 3, valuesMax: 8 };
  const read = (text: string) => parseJsonObject(text, "x.json", LIMITS);
  const mistake = (where: string | undefined, problem: string) => ({
    ok: false,
    error: { kind: "bad-file", path: "x.json", where, problem },
  });

  it("is read, with or without a byte order mark", () => {
    expect(read('{"a":[1,2]}')).toEqual({ ok: true, value: { a: [1, 2] } });
    expect(read('\ufeff{"a":1}')).toEqual({ ok: true, value: { a: 1 } });
  });

  it.each<readonly [string, string | undefined, string]>([
    ["", undefined, "the file is empty"],
    [" \n ", undefined, "the file is empty"],
    ["\ufeff", undefined, "the file is empty"],
    [`{"a":"${"x".repeat(40)}"}`, undefined, "larger than 0.00004 MB"],
    ["<kml>", undefined, "this is KML, not JSON"],
    ["[1]", "line 1", "an object was expected"],
    ["null", "line 1", "an object was expected"],
    ['"a"', "line 1", "an object was expected"],
    ['{"a":\n [[[1]]]}', "line 2, column 4", "nested deeper than 3 levels"],
    ['{"a":[1,2,3,4,5,6,7]}', "line 1, column 18", "more than 0.000008 million values"],
    ['{"a":1\n\n  x}', "line 3, column 3", 'a comma or "}" was expected, not "x}"'],
    ["{x}", "line 1, column 2", 'a name in double quotes was expected, not "x}"'],
    ["{", "line 1, column 2", CUT],
  ])("%j is refused: %s, %s", (text, where, problem) => {
    expect(read(text)).toEqual(mistake(where, problem));
  });

  it("as long as the limit it is read", () => {
    const text = `{"a":"${"x".repeat(32)}"}`;
    expect(text).toHaveLength(40);
    expect(read(text)).toMatchObject({ ok: true });
    expect(read(`${text} `)).toMatchObject({ ok: false });
  });

  it("has 5 MB at most where nothing else is said", () => {
    const padded = (length: number) => `{"a":"${"x".repeat(length - 8)}"}`;
    expect(parseJsonObject(padded(5_000_000), "x.json")).toMatchObject({ ok: true });
    expect(parseJsonObject(padded(5_000_001), "x.json")).toMatchObject({ error: { problem: "larger than 5 MB" } });
  });

  it("an object is neither a list nor null nor a text", () => {
    expect([{}, { a: 1 }, [], null, undefined, "x", 5].map(isObject)).toEqual([
      ...[true, true, false, false, false, false, false],
    ]);
  });
});
