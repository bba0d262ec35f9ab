import { describe, expect, it } from "vitest";
import { applyEdit, type PlanEdit } from "./edits.js";
import { amend, canRedo, canUndo, historyOf, record, redo, undo } from "./history.js";
import { planFromArea, SWEEP_ID } from "./makeSortie.js";
import { missionItemsOf, type Plan, type SweepItem } from "./plan.js";
import { areaOf, aRequest, metres } from "./testing/planBuilders.js";

function aPlan(): Plan {
  const sortie = planFromArea(aRequest());
  if (!sortie.ok) throw new Error(sortie.error.kind);
  return sortie.value.plan;
}
function edited(plan: Plan, edit: PlanEdit): Plan {
  const next = applyEdit(plan, edit);
  if (!next.ok) throw new Error(next.error.kind);
  return next.value;
}
const sweepOf = (plan: Plan): SweepItem => plan.items.find((item): item is SweepItem => item.kind === "sweep")!;

describe("edits", () => {
  it("move, insert, add and delete corners and lay the sweep anew", () => {
    const plan = aPlan();
    const moved = edited(plan, { kind: "move-corner", itemId: SWEEP_ID, corner: 2, to: metres(300, 400) });
    expect(sweepOf(moved).area[2]).toEqual(metres(300, 400));
    expect(missionItemsOf(moved).length).toBeGreaterThan(missionItemsOf(plan).length);
    const inserted = edited(plan, { kind: "insert-corner", itemId: SWEEP_ID, corner: 1, at: metres(150, -80) });
    expect(sweepOf(inserted).area).toHaveLength(5);
    expect(sweepOf(inserted).area[1]).toEqual(metres(150, -80));
    expect(edited(inserted, { kind: "delete-corner", itemId: SWEEP_ID, corner: 1 })).toEqual(plan);
    const added = edited(plan, { kind: "add-corner", itemId: SWEEP_ID, at: metres(-50, 100) });
    expect(sweepOf(added).area[4]).toEqual(metres(-50, 100));
  });

  it("keep an area that is not one yet, without items, and come back from it", () => {
    const plan = aPlan();
    const crossed = edited(plan, { kind: "move-corner", itemId: SWEEP_ID, corner: 0, to: metres(400, 100) });
    const across = edited(crossed, { kind: "move-corner", itemId: SWEEP_ID, corner: 1, to: metres(-100, 100) });
    expect(sweepOf(across).items).toEqual([]);
    const back = edited(across, { kind: "move-corner", itemId: SWEEP_ID, corner: 0, to: metres(0, 0) });
    expect(
      sweepOf(edited(back, { kind: "move-corner", itemId: SWEEP_ID, corner: 1, to: metres(300, 0) })).items,
    ).toEqual(sweepOf(plan).items);
  });

  it("change settings, home and name", () => {
    const plan = aPlan();
    const wider = edited(plan, {
      kind: "change-settings",
      itemId: SWEEP_ID,
      settings: { trackSpacingM: 50, height: { datum: "home", valueM: 60 } },
    });
    expect(sweepOf(wider).items).toHaveLength(8);
    expect(sweepOf(wider).items[0]!.altitude).toEqual({ datum: "home", valueM: 60 });
    const home = { position: metres(500, 500), altitudeAmslM: 10 };
    const elsewhere = edited(plan, { kind: "set-home", home });
    expect(missionItemsOf(elsewhere)[0]!.position).toEqual(home.position);
    expect(elsewhere.plannedHome).toEqual(home);
    expect(edited(plan, { kind: "rename", name: "dawn" }).name).toBe("dawn");
  });

  it("add a second sweep before the return, and delete one", () => {
    const plan = aPlan();
    const area = areaOf([500, 0], [700, 0], [700, 100]);
    const { patternId, settings } = sweepOf(plan);
    const two = edited(plan, { kind: "add-sweep", itemId: "sweep-2", patternId, area, settings });
    expect(two.items.map((item) => item.id)).toEqual(["take-off", "speed", "gimbal", "sweep-1", "sweep-2", "return"]);
    expect(edited(two, { kind: "delete-item", itemId: "sweep-2" })).toEqual(plan);
  });

  it("say what does not exist", () => {
    const plan = aPlan();
    const failure = (edit: PlanEdit) => {
      const next = applyEdit(plan, edit);
      return next.ok ? undefined : next.error;
    };
    expect(failure({ kind: "delete-item", itemId: "x" })).toEqual({ kind: "no-such-item", itemId: "x" });
    expect(failure({ kind: "add-corner", itemId: "take-off", at: metres(0, 0) })?.kind).toBe("no-such-item");
    for (const corner of [-1, 4, 0.5, Number.NaN])
      expect(failure({ kind: "move-corner", itemId: SWEEP_ID, corner, to: metres(0, 0) })?.kind).toBe("no-such-corner");
    expect(failure({ kind: "insert-corner", itemId: SWEEP_ID, corner: 4, at: metres(0, 100) })).toBeUndefined();
  });
});

describe("history", () => {
  it("undoes and redoes, and forgets what could be redone after a new edit", () => {
    const first = aPlan();
    const second = edited(first, { kind: "rename", name: "b" });
    const third = edited(first, { kind: "rename", name: "c" });
    const twice = record(record(historyOf(first), second), third);
    expect(undo(twice).present).toBe(second);
    expect(undo(undo(twice)).present).toBe(first);
    expect(undo(undo(undo(twice))).present).toBe(first);
    expect(redo(undo(twice))).toEqual(twice);
    expect(canRedo(record(undo(twice), first))).toBe(false);
    expect(record(twice, third)).toBe(twice);
    expect(redo(twice)).toBe(twice);
  });

  it("makes one entry of a drag", () => {
    const first = aPlan();
    const steps = ["a", "b", "c"].map((name) => edited(first, { kind: "rename", name }));
    const dragged = steps.slice(1).reduce(amend, record(historyOf(first), steps[0]!));
    expect(dragged.present).toBe(steps[2]);
    expect(undo(dragged).present).toBe(first);
    expect(canUndo(undo(dragged))).toBe(false);
  });

  it("goes back five hundred steps, not more", () => {
    const plan = aPlan();
    const names = Array.from({ length: 501 }, (_, i) => `${i}`);
    const long = names.reduce((history, name) => record(history, { ...plan, name }), historyOf(plan));
    expect(long.past).toHaveLength(500);
    expect([long.past[0]?.name, long.past.at(-1)?.name, long.present.name]).toEqual(["0", "499", "500"]);
  });

  it("says what can be undone and redone", () => {
    const first = aPlan();
    const one = record(historyOf(first), edited(first, { kind: "rename", name: "b" }));
    expect([canUndo(one), canRedo(one)]).toEqual([true, false]);
    expect([canUndo(undo(one)), canRedo(undo(one))]).toEqual([false, true]);
    expect(undo(historyOf(first))).toEqual(historyOf(first));
    expect(amend(undo(one), first).future).toEqual([]);
  });
});
