import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readPlanFile, writePlanFile } from "./planFile.js";
import { jsonElementsAt, jsonSourceAt } from "./jsonSource.js";

describe("findings 6.10: the sources of an array's elements, in one pass", () => {
  it("are those that are found one by one", () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue()), fc.constantFrom(undefined, 1), (items, indent) => {
        const json = JSON.stringify({ before: [1, { items: "]" }], mission: { items } }, undefined, indent);
        const sources = jsonElementsAt(json, ["mission", "items"]);
        expect(sources).toEqual(items.map((_, i) => jsonSourceAt(json, ["mission", "items", i])));
      }),
    );
    expect(jsonElementsAt('{"mission": {"items": {}}}', ["mission", "items"])).toEqual([]);
    expect(jsonElementsAt("{}", ["mission", "items"])).toEqual([]);
  });

  it("a mission of sixteen thousand items is read and written back", () => {
    const item = (i: number) => ({
      ...{ type: "SimpleItem", autoContinue: true, command: 16, doJumpId: i + 1, frame: 3 },
      params: [0, 0, 0, null, 50.75 + i * 1e-6, 1.58, 60],
    });
    const mission = {
      ...{ version: 2, firmwareType: 3, vehicleType: 2, cruiseSpeed: 15, hoverSpeed: 5 },
      plannedHomePosition: [50.75, 1.58, 10],
      items: Array.from({ length: 16_000 }, (_, i) => item(i)),
    };
    const text = JSON.stringify({ fileType: "Plan", version: 1, groundStation: "QGroundControl", mission });
    const read = readPlanFile(text, "long.plan");
    if (!read.ok) throw new Error(read.error.problem);
    expect(read.value.items.length).toBe(16_000);
    expect(writePlanFile(read.value)).toContain("50.765");
  });
});
