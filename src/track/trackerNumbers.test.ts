import { expect, it } from "vitest";
import { DETECTOR, DETECTOR_TABLE } from "../detect/detectorNumbers.js";
import { TRACKER, TRACKER_TABLE } from "./trackerNumbers.js";

it("every number of tracker and detector says what it is, in which unit and where it comes from", () => {
  for (const [table, values] of [
    [TRACKER_TABLE, TRACKER],
    [DETECTOR_TABLE, DETECTOR],
  ] as const) {
    const rows = Object.entries(table);
    expect(rows.length).toBeGreaterThan(40);
    for (const [name, { value, unit, what, source }] of rows) {
      expect(value, name).toBeGreaterThan(0);
      expect(unit, name).not.toBe("");
      expect(what.length, name).toBeGreaterThan(5);
      expect(source, name).toMatch(/\d{4}-\d\d-\d\d|chi-square/);
    }
    expect(values).toEqual(Object.fromEntries(rows.map(([name, { value }]) => [name, value])));
  }
});
