import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { jsonMistake } from "./jsonMistake.js";
import { parseJsonObject } from "./jsonText.js";

describe("a text that is no JSON", () => {
  it.each([
    ['{"a":1,,}', 7, "a name in double quotes was expected"],
    ['{"a":1 "b":2}', 7, 'a comma or "}" was expected'],
    ["{'a':1}", 1, "a name in double quotes"],
    ['{"a" 1}', 5, "a colon"],
    ["[1,2", 4, "ends in the middle"],
    ['{"a":"b', 7, "ends in the middle"],
    ['{"a":"b\n"}', 5, "a closing quote is missing"],
    ['{"a":NaN}', 5, "a value was expected"],
    ['{"a":01}', 5, "a value was expected"],
    ["{} x", 3, "nothing more was expected"],
    ['{"a":"\\q"}', 7, "after a backslash"],
    ["  <html>", 0, "XML or a web page"],
    ["<kml></kml>", 0, "KML"],
    ["QGC WPL 110\n", 0, "Mission Planner"],
  ])("%j is told with its place", (text, at, problem) => {
    const mistake = jsonMistake(text);
    expect(mistake?.at).toBe(at);
    expect(mistake?.problem).toContain(problem);
  });
  it("agrees with JSON.parse on what is JSON, and says where it is not (seed 84)", () => {
    fc.assert(
      fc.property(fc.json(), fc.nat(60), fc.nat(6), fc.string({ maxLength: 3 }), (json, at, cut, put) => {
        const text = json.slice(0, at) + put + json.slice(at + cut);
        let isJson = true;
        try {
          JSON.parse(text);
        } catch {
          isJson = false;
        }
        const mistake = jsonMistake(text);
        if (!text.trimStart().startsWith("<")) expect(mistake === undefined).toBe(isJson);
        if (mistake) expect(mistake.at).toBeLessThanOrEqual(text.length);
      }),
      { numRuns: 2000, seed: 84 },
    );
  });
  it("findings 4 E: no engine's words reach a person", () => {
    for (const text of ["{", "hello", '{"a":}', "[1]", "\u0000\u0001"]) {
      const parsed = parseJsonObject(text, "x.plan");
      expect(parsed.ok).toBe(false);
      if (!parsed.ok)
        expect(`${parsed.error.where} ${parsed.error.problem}`).not.toMatch(/Unexpected|is not valid JSON|JSON at/);
    }
  });
});
