/* eslint-disable id-denylist -- a mission item's `altitude` carries its datum inside */
import { describe, expect, it } from "vitest";
import { applyEdit, type PlanEdit } from "./edits.js";
import { amend, canRedo, canUndo, historyOf, record, redo, undo } from "./history.js";
import { planFromArea, SWEEP_ID } from "./makeSortie.js";
import { missionItemsOf, type MissionItem, type Plan, type PlanItem, type SweepItem } from "./plan.js";
import { areaOf, aRequest, BEACH, command, commandAt, metres, offset, planOfItems } from "./testing/planBuilders.js";

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

  it("set and clear the start, and nothing else", () => {
    const plan = aPlan();
    const startsAtUnixMs = Date.parse("2026-12-01T02:00:00Z");
    const later = edited(plan, { kind: "set-start", startsAtUnixMs });
    expect(later).toEqual({ ...plan, startsAtUnixMs });
    // The same again is no edit: undo would do nothing visible.
    expect(edited(later, { kind: "set-start", startsAtUnixMs })).toBe(later);
    const cleared = edited(later, { kind: "set-start", startsAtUnixMs: undefined });
    expect(cleared).toStrictEqual(plan);
    expect(edited(cleared, { kind: "set-start", startsAtUnixMs: undefined })).toBe(cleared);
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

describe("a sweep that is added", () => {
  const settings = {
    legHeadingDeg: 90,
    trackSpacingM: 50,
    height: { datum: "home", valueM: 60 },
    groundSpeedMps: 8,
    turnaroundM: 0,
  } as const;
  const area = areaOf([0, 0], [300, 0], [300, 100], [0, 100]);
  const add: PlanEdit = { kind: "add-sweep", itemId: "new", patternId: "parallel", area, settings };
  const orderAfter = (plan: Plan) => edited(plan, add).items.map(({ id }) => id);

  it("is laid at once, with its own height", () => {
    const plan = edited(planOfItems([]), add);
    expect(plan.items).toMatchObject([{ kind: "sweep", id: "new", patternId: "parallel", area, settings }]);
    expect(sweepOf(plan).items).toHaveLength(4);
    expect(sweepOf(plan).items[0]).toMatchObject({ command: 16, altitude: { datum: "home", valueM: 60 } });
  });

  it("comes before a last return or landing, alone or in a pattern, and last otherwise", () => {
    const [takeOff, away] = [commandAt(22, 0, 0), commandAt(16, 100, 0)];
    expect(orderAfter(planOfItems([takeOff, command(20)]))).toEqual(["0", "new", "1"]);
    expect(orderAfter(planOfItems([takeOff, commandAt(21, 0, 0)]))).toEqual(["0", "new", "1"]);
    expect(orderAfter(planOfItems([takeOff, commandAt(85, 0, 0)]))).toEqual(["0", "new", "1"]);
    expect(orderAfter(planOfItems([command(20), away]))).toEqual(["0", "1", "new"]);
    expect(orderAfter(planOfItems([]))).toEqual(["new"]);
    const landing = (items: readonly MissionItem[]): Plan => ({
      ...planOfItems([]),
      items: [{ kind: "opaque", id: "l", complexItemType: "x", rawJson: "{}", items }],
    });
    expect(orderAfter(landing([away, command(21)]))).toEqual(["new", "l"]);
    expect(orderAfter(landing([command(21), away]))).toEqual(["l", "new"]);
    expect(orderAfter(landing([]))).toEqual(["l", "new"]);
  });

  it("begins near home", () => {
    const from = (eastM: number) => {
      const home = { position: metres(eastM, 0), altitudeAmslM: 4 };
      return offset(sweepOf(edited(planOfItems([], { plannedHome: home }), add)).items[0]!.position!).xM;
    };
    expect(from(-50)).toBeLessThan(50);
    expect(from(350)).toBeGreaterThan(250);
  });
});

describe("a home that is set", () => {
  const home = { position: metres(500, 500), altitudeAmslM: 10 };
  it("takes along what stands at the old one, and nothing else", () => {
    const items = [
      commandAt(22, 0, 0),
      { ...commandAt(16, 0, 0), position: { ...BEACH, latitudeDeg: 50.8 } },
      { ...commandAt(16, 0, 0), position: { ...BEACH, longitudeDeg: 1.7 } },
      command(20),
    ].map((item, i) => (i === 0 ? { ...item, position: BEACH } : item));
    const moved = missionItemsOf(edited(planOfItems(items), { kind: "set-home", home }));
    expect(moved).toEqual([{ ...items[0], position: home.position }, ...items.slice(1)]);
  });

  it("moves nothing where there was none before", () => {
    const plan: Plan = {
      ...planOfItems([{ ...commandAt(22, 0, 0), position: BEACH }, command(20)], { plannedHome: undefined }),
    };
    const opaque: PlanItem = { kind: "opaque", id: "l", complexItemType: "x", rawJson: "{}", items: [] };
    const after = edited({ ...plan, items: [...plan.items, opaque] }, { kind: "set-home", home });
    expect(after.plannedHome).toEqual(home);
    expect(after.items).toEqual([...plan.items, opaque]);
  });
});

describe("corners and items that are not there", () => {
  it("are named, and the others stay as they are", () => {
    const plan = aPlan();
    const failure = (edit: PlanEdit) => {
      const next = applyEdit(plan, edit);
      return next.ok ? undefined : next.error;
    };
    const at = metres(0, 100);
    expect(failure({ kind: "insert-corner", itemId: SWEEP_ID, corner: 5, at })).toEqual({
      kind: "no-such-corner",
      itemId: SWEEP_ID,
      corner: 5,
    });
    expect(failure({ kind: "delete-corner", itemId: SWEEP_ID, corner: 4 })?.kind).toBe("no-such-corner");
    expect(failure({ kind: "delete-corner", itemId: SWEEP_ID, corner: 3 })).toBeUndefined();
    expect(failure({ kind: "change-settings", itemId: "take-off", settings: {} })).toEqual({
      kind: "no-such-item",
      itemId: "take-off",
    });
    const deleted = edited(plan, { kind: "delete-item", itemId: "speed" });
    expect(deleted.items).toEqual(plan.items.filter(({ id }) => id !== "speed"));
    const moved = edited(plan, { kind: "move-corner", itemId: SWEEP_ID, corner: 1, to: at });
    expect(sweepOf(moved).area).toEqual([sweepOf(plan).area[0], at, ...sweepOf(plan).area.slice(2)]);
    expect(moved.items.filter(({ kind }) => kind !== "sweep")).toEqual(
      plan.items.filter(({ kind }) => kind !== "sweep"),
    );
    const settings = edited(plan, { kind: "change-settings", itemId: SWEEP_ID, settings: { groundSpeedMps: 3 } });
    expect(sweepOf(settings).settings).toEqual({ ...sweepOf(plan).settings, groundSpeedMps: 3 });
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
