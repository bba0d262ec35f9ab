// @vitest-environment happy-dom
/** Plan's keys, words, files and origin, beside the editor's state itself. */
import { describe, expect, it } from "vitest";
import { err, ok } from "../../src/core/result.js";
import { writePlanFile } from "../../src/plan/formats/planFile.js";
import type { Plan, PlanItem, SweepItem } from "../../src/plan/plan.js";
import { commandAt, command, planOfItems } from "../../src/plan/testing/planBuilders.js";
import { straightCoast } from "../../src/geo/testing/coasts.js";
import { makeFormat } from "../app/format.js";
import { translatorFor } from "../app/text.js";
import { Latest } from "../bridge/latest.js";
import { aBatch, aStation, aVehicle } from "../bridge/testing/builders.js";
import { DEMO_HOME } from "../bridge/testing/fakeWorld.js";
import { defaultAircraft } from "./aircraftLibrary.js";
import { itemDetail, itemTitle } from "./itemText.js";
import { planActions } from "./planActions.js";
import { DEFAULT_REQUIREMENTS, emptyPlan, showPlan, stateWithPlan, type PlanEditorState } from "./planEditorState.js";
import { createPlanEditorStore } from "./planEditorStore.js";
import { listPlans, loadPlan, openedFromText, planFromText, savePlan } from "./planFiles.js";
import { areaFailureText, dangerText, findingText } from "./problemText.js";
import { sceneOrigin } from "./sceneOrigin.js";

const t = translatorFor("en");

const format = makeFormat("en", { lengths: "m", speeds: "mps", positions: "deg" });
const plain = (text: string): string => text.replaceAll("\u00a0", " ");
const HERE = { latitudeDeg: 50.77, longitudeDeg: 1.61 };
const SQUARE = [0, 1, 2, 3].map((i) => ({
  latitudeDeg: HERE.latitudeDeg + (i > 1 ? 0.004 : 0),
  longitudeDeg: HERE.longitudeDeg + (i === 1 || i === 2 ? 0.008 : 0),
}));
const sweep: SweepItem = {
  ...{ kind: "sweep", id: "s", patternId: "parallel", area: SQUARE, items: [command(16), command(16)] },
  settings: {
    ...{ legHeadingDeg: 0, trackSpacingM: 40, groundSpeedMps: 10, turnaroundM: 0 },
    height: { datum: "home", valueM: 50 },
  },
};
const empty = (change: Partial<Plan> = {}): Plan => ({ ...emptyPlan(defaultAircraft(), "x", false), ...change });
const stateOf = (plan: Plan): PlanEditorState => stateWithPlan(plan, DEFAULT_REQUIREMENTS);

describe("the keys of Plan", () => {
  function open() {
    const { store } = aStation();
    const start = { aircraft: defaultAircraft(), planName: "x", coast: new Latest(undefined) };
    const editor = createPlanEditorStore(store, start);
    const asked: string[] = [];
    const handlers = { close: () => asked.push("close"), save: () => asked.push("save") };
    return { editor, asked, store, actions: planActions(editor, handlers) };
  }

  it("draw, close with three corners, and leave", () => {
    const { editor, actions, asked } = open();
    actions.draw.perform();
    expect(editor.state.get().tool).toBe("draw");
    expect(actions.close.isEnabled()).toEqual({ because: "plan.because.three-corners" });
    for (const corner of SQUARE.slice(0, 3)) editor.change((state) => ({ ...state, draft: [...state.draft, corner] }));
    expect([actions.close.isEnabled(), actions.remove.isEnabled()]).toEqual([true, true]);
    actions.close.perform();
    actions.save.perform();
    expect(asked).toEqual(["close", "save"]);
    actions.leave.perform();
    expect(editor.state.get().draft).toEqual([]);
  });

  it("undo and redo only what there is", () => {
    const { editor, actions } = open();
    expect([actions.undo.isEnabled(), actions.redo.isEnabled(), actions.remove.isEnabled()]).toEqual([
      { because: "plan.because.nothing-to-undo" },
      { because: "plan.because.nothing-to-redo" },
      { because: "plan.because.nothing-selected" },
    ]);
    const first = editor.state.get().history.present;
    const second = { ...first, name: "second" };
    editor.change((state) => showPlan(state, second));
    if (actions.undo.isEnabled() === true) actions.undo.perform();
    expect(editor.state.get().history.present).toBe(first);
    expect(actions.redoToo.isEnabled()).toBe(true);
    actions.redoToo.perform();
    expect(editor.state.get().history.present).toBe(second);
  });

  it("what is drawn follows the pointer, and the plan on screen every change", () => {
    const { editor, store } = open();
    const pointer = { latitudeDeg: 50, longitudeDeg: 1 };
    editor.point(pointer);
    expect(editor.draft.get()).toEqual([]);
    editor.change((state) => ({ ...state, draft: [HERE] }));
    expect(editor.draft.get()).toEqual([HERE, pointer]);
    editor.point(undefined);
    expect(editor.draft.get()).toEqual([HERE]);
    editor.change((state) => ({ ...state, draft: [] }));
    expect(editor.draft.get()).toEqual([]);
    const plan = empty({ items: [sweep] });
    editor.change((state) => showPlan(state, plan));
    expect(store.planOnScreen.get()).toBe(plan);
    expect(editor.figures.get().countOfItems).toBe(2);
  });

  it("the aircraft's kind and home are the target's", () => {
    const { editor, store } = open();
    expect([editor.vehicle(), editor.reportedHome()]).toEqual([undefined, undefined]);
    store.vehicles.set([aVehicle({ mavType: 13 })]);
    store.setTarget(aVehicle().id);
    expect(editor.vehicle()).toMatchObject({ mavType: 13 });
    expect(editor.reportedHome()).toEqual({ position: DEMO_HOME, altitudeAmslM: 20 });
  });
});

describe("an item in words", () => {
  const simple = (item: Extract<PlanItem, { kind: "simple" }>["item"]): PlanItem => ({ kind: "simple", id: "i", item });
  const opaque: PlanItem = {
    ...{ kind: "opaque", id: "o", complexItemType: "StructureScan", rawJson: "{}" },
    items: [command(16)],
  };
  it("has its command's name, or its number; an area its pattern's; another station's part its own", () => {
    expect(itemTitle(t, format, simple(command(16)))).toBe(t("plan.command.16"));
    expect(itemTitle(t, format, simple(command(31_999)))).toContain("31999");
    expect(itemTitle(t, format, sweep)).not.toBe("");
    expect(itemTitle(t, format, opaque)).toContain(t("plan.part.StructureScan"));
  });
  it("has its height with its datum, or how much is in it", () => {
    expect(plain(itemDetail(t, format, simple(commandAt(16, 0, 0, 35))))).toBe(`35 m ${t("app.datum.home")}`);
    expect(itemDetail(t, format, simple(command(178)))).toBe("");
    expect(plain(itemDetail(t, format, sweep))).toBe(`50 m ${t("app.datum.home")} · ${t("plan.count", { count: 2 })}`);
    expect(itemDetail(t, format, opaque)).toBe(t("plan.count", { count: 1 }));
  });
});

describe("problems in words", () => {
  it.each([
    [{ kind: "self-crossing", firstEdge: 0, secondEdge: 2 }, ["1", "3"]],
    [{ kind: "bad-corner", corner: 4 }, ["5"]],
    [{ kind: "too-large", extentM: 90_000, limitM: 50_000 }, ["90.00 km", "50.00 km"]],
    [{ kind: "too-many-legs", legs: 900, limit: 500 }, ["900", "500"]],
    [{ kind: "no-home" }, []],
    [{ kind: "too-few-corners", corners: 2 }, []],
    [{ kind: "no-surface", areaM2: 0 }, []],
  ] as const)("%j", (failure, facts) => {
    const words = plain(areaFailureText(t, format, failure));
    expect(words).not.toMatch(/plan\.|\{\{/);
    for (const fact of facts) expect(words).toContain(fact);
  });

  it("of a plan's item are told with its number; lengths, speeds and shares are formatted", () => {
    const facts = { heightAboveHomeM: 140, limitM: 120 };
    const finding = findingText(t, format, { kind: "too-high", severity: "danger", seq: 3, facts });
    expect(plain(finding)).toMatch(/3.*140 m.*120 m/);
    const danger = dangerText(t, format, { kind: "plan-danger", finding: "too-high", seq: undefined, facts });
    expect(finding.endsWith(danger)).toBe(true);
    expect(danger).not.toContain("3:");
  });
});

describe("files", () => {
  const planText = writePlanFile(planOfItems([commandAt(16, 0, 0)], { name: "" }));
  it("give a plan without a name that of its file", () => {
    for (const path of ["C:\\plans\\Beach.plan", "/home/me/Beach.PLAN", "Beach"]) {
      const read = planFromText(planText, path);
      expect(read.ok && read.value.name).toBe("Beach");
    }
    const named = planFromText(writePlanFile(planOfItems([commandAt(16, 0, 0)], { name: "Dune" })), "Beach.plan");
    expect(named.ok && named.value.name).toBe("Dune");
  });

  it("of a log are sent to Review; of an area begin a plan; else the likelier reader says what is wrong", () => {
    expect(openedFromText(planText, "a.TLOG")).toMatchObject({
      ok: false,
      error: { problem: "this is a log: open it in Review" },
    });
    expect(openedFromText(planText, "a.plan")).toMatchObject({ ok: true, value: { kind: "plan" } });
    const ring = [...SQUARE, ...SQUARE.slice(0, 1)].map(({ latitudeDeg, longitudeDeg }) => [longitudeDeg, latitudeDeg]);
    const area = JSON.stringify({ type: "Polygon", coordinates: [ring] });
    expect(openedFromText(area, "a.geojson")).toMatchObject({ ok: true, value: { kind: "area" } });
    const asPlan = openedFromText("{", "a.plan");
    const asArea = openedFromText("<kml", "a.txt");
    expect([asPlan.ok, asArea.ok]).toEqual([false, false]);
  });

  it("of the station are listed, loaded and saved by name, and its failures handed on", async () => {
    const { store, transport } = aStation();
    transport.answerWith(({ kind }) => {
      if (kind === "list-plans") return ok({ kind: "plans", names: ["a", "b"] });
      return kind === "load-plan" ? ok({ kind: "plan", name: "Beach", planText }) : ok({ kind: "done" });
    });
    expect(await listPlans(store)).toEqual(ok(["a", "b"]));
    expect(await loadPlan(store, "Beach")).toMatchObject({ ok: true, value: { name: "Beach" } });
    const plan = planOfItems([commandAt(16, 0, 0)], { name: "a/b" });
    expect(await savePlan(store, plan)).toEqual(ok("a-b"));
    expect(transport.requests().at(-1)).toEqual({ kind: "save-plan", name: "a-b", planText: writePlanFile(plan) });
    transport.answerWith(() => ok({ kind: "done" }));
    expect(await listPlans(store)).toEqual(ok([]));
    expect(await loadPlan(store, "Beach")).toEqual(err({ kind: "not-found", what: "Beach" }));
    transport.answerWith(() => err({ kind: "no-vehicle" }));
    const failed = err({ kind: "no-vehicle" });
    expect([await listPlans(store), await loadPlan(store, "x"), await savePlan(store, plan)]).toEqual([
      failed,
      failed,
      failed,
    ]);
  });
});

describe("where the map opens", () => {
  const open = (plan: Plan) => {
    const station = aStation();
    const state = new Latest(stateOf(plan));
    return { ...station, state, origin: () => sceneOrigin(station.store, state) };
  };

  it("is at the plan's home, else its first area, else the aircraft, else the middle of the coast", () => {
    const home = { position: { latitudeDeg: 50.7, longitudeDeg: 1.5 }, altitudeAmslM: 4 };
    expect(
      open(empty({ plannedHome: home, items: [sweep] }))
        .origin()
        .latest.get(),
    ).toEqual(home.position);
    expect(
      open(empty({ items: [sweep] }))
        .origin()
        .latest.get(),
    ).toEqual(SQUARE[0]);
    const flown = open(empty());
    flown.transport.receive(aBatch([aVehicle()]));
    expect(flown.origin().latest.get()).toEqual(DEMO_HOME);
    const homeless = open(empty());
    homeless.transport.receive(aBatch([aVehicle({ home: undefined })]));
    expect(homeless.origin().latest.get()).toEqual({ latitudeDeg: 50.77, longitudeDeg: 1.61 });
    const coast = open(empty());
    coast.store.coast.set(straightCoast());
    const middle = coast.origin().latest.get();
    expect([middle?.latitudeDeg, middle?.longitudeDeg]).toEqual([expect.closeTo(50.75, 6), expect.closeTo(1.6, 6)]);
    expect(open(empty()).origin().latest.get()).toBeUndefined();
  });

  it("follows until the work has a place, and stays there", () => {
    const { store, transport, origin } = open(empty());
    const { latest, start } = origin();
    const stop = start();
    store.coast.set(straightCoast());
    expect(latest.get()?.latitudeDeg).toBeCloseTo(50.75, 6);
    // With the first batch the target is chosen, with the second it is where the map goes.
    for (const atMs of [1000, 1033]) transport.receive(aBatch([aVehicle()], atMs));
    expect(latest.get()).toEqual(DEMO_HOME);
    const moved = { value: { position: HERE, altitudeAmslM: 1 }, receivedAtMonoMs: 1 };
    transport.receive(aBatch([aVehicle({ home: moved })]));
    expect(latest.get()).toEqual(DEMO_HOME);
    stop();
  });

  it("is not followed once the map is closed", () => {
    const { store, origin } = open(empty());
    const { latest, start } = origin();
    start()();
    store.coast.set(straightCoast());
    expect(latest.get()).toBeUndefined();
  });
});
