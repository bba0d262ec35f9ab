import { expect, it } from "vitest";
import type { SourcedNumber } from "../core/sourcedNumber.js";
import { DETECTOR, DETECTOR_TABLE } from "../detect/detectorNumbers.js";
import { TRACKER, TRACKER_TABLE } from "./trackerNumbers.js";

type Table = Readonly<Record<string, SourcedNumber>>;

it("every number of tracker and detector says what it is, in which unit and where it comes from", () => {
  const tables: readonly (readonly [Table, Readonly<Record<string, number>>])[] = [
    [TRACKER_TABLE, TRACKER],
    [DETECTOR_TABLE, DETECTOR],
  ];
  for (const [table, values] of tables) {
    const rows = Object.entries(table);
    expect(rows.length).toBeGreaterThan(40);
    for (const [name, { value, unit, what, source, effect = "not measured" }] of rows) {
      expect(value, name).toBeGreaterThan(0);
      expect(unit, name).not.toBe("");
      expect(what.length, name).toBeGreaterThan(5);
      expect(source, name).toMatch(/\d{4}-\d\d-\d\d|chi-square/);
      expect(effect, name).toMatch(/^not measured$|^x 0\.7: .+; x 1\.4: /);
    }
    expect(values).toEqual(Object.fromEntries(rows.map(([name, { value }]) => [name, value])));
  }
});
