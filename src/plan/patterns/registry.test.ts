import { describe, expect, it } from "vitest";
import type { ValidationContext } from "../formats/validationContext.js";
import { readSweep, sweepSource } from "../formats/patternItem.js";
import { readPlanFile, writePlanFile } from "../formats/planFile.js";
import { planFromArea } from "../makeSortie.js";
import type { Plan, SweepItem } from "../plan.js";
import { regenerated } from "../sweepItems.js";
import { aRequest, BEACH } from "../testing/planBuilders.js";
import { PATTERN_IDS, patternNamed, patternOf, DEFAULT_PATTERN } from "./registry.js";

function planOf(patternId: string): { readonly plan: Plan; readonly sweep: SweepItem } {
  const made = planFromArea(aRequest({ pattern: patternOf({ patternId }) }));
  if (!made.ok) throw new Error(made.error.kind);
  const sweep = made.value.plan.items.find((item) => item.kind === "sweep");
  if (!sweep) throw new Error("no sweep");
  return { plan: made.value.plan, sweep };
}

describe("the registry of patterns", () => {
  it("names each once, and the usual one is the parallel sweep, which plans do not name", () => {
    expect(new Set(PATTERN_IDS).size).toBe(PATTERN_IDS.length);
    expect(DEFAULT_PATTERN.id).toBe("parallel");
    expect(sweepSource(planOf("parallel").sweep, 1).note).toEqual({
      groundSpeedMps: planOf("parallel").sweep.settings.groundSpeedMps,
    });
    expect(patternNamed("zigzag")).toBeUndefined();
    expect(() => patternOf({ patternId: "zigzag" })).toThrow(/Invariant/);
  });

  it.each(PATTERN_IDS)("%s: a plan is made, comes back from its file, and is laid anew the same", (patternId) => {
    const { plan, sweep } = planOf(patternId);
    expect(sweep.items.length).toBeGreaterThan(1);
    const read = readPlanFile(writePlanFile(plan), "a.plan");
    expect(read.ok && read.value.items).toEqual(plan.items);
    expect(regenerated(sweep, BEACH)).toEqual(sweep);
    expect(Object.values(patternOf(sweep).title).every((title) => title !== "")).toBe(true);
  });

  it("a sweep by a pattern of a later release is kept as it is, and flown as it is stored", () => {
    const text = writePlanFile(planOf("parallel").plan).replace(
      '"groundSpeedMps"',
      '"pattern": "spiral", "groundSpeedMps"',
    );
    const read = readPlanFile(text, "later.plan");
    const sweep = read.ok ? read.value.items.find(({ id }) => id === "sweep-1") : undefined;
    expect(sweep).toMatchObject({ kind: "opaque", complexItemType: "survey" });
    expect(sweep?.kind === "opaque" && sweep.items.length).toBe(planOf("parallel").sweep.items.length);
  });

  it("a survey without our note is another station's", () => {
    const context: ValidationContext = { mistake: undefined };
    const source = { item: { complexItemType: "survey" }, note: {} };
    expect(readSweep(context, source, { item: "items[0]", note: "notes[0]", id: "a" })).toBeUndefined();
    expect(context.mistake).toBeUndefined();
  });
});
