import { describe, expect, it } from "vitest";
import type { Position } from "../../src/geo/position.js";
import { geodesicDistanceM } from "../../src/geo/geodesic.js";
import { missionItemsOf } from "../../src/plan/plan.js";
import { readPlanFile, writePlanFile } from "../../src/plan/formats/planFile.js";
import { defaultAircraft } from "./aircraftLibrary.js";
import * as step from "./planEditorState.js";
import { NOT_CHECKED } from "./groundCheck.js";
import { figuresOf, problemsOf, suggestedSettings } from "./planFigures.js";

const aircraft = defaultAircraft();
const at = (latitudeDeg: number, longitudeDeg: number): Position => ({ latitudeDeg, longitudeDeg });
// 0.004° by 0.008°: about 445 m by 563 m on the beach of Wimereux.
const SQUARE = [at(50.77, 1.6), at(50.77, 1.608), at(50.774, 1.608), at(50.774, 1.6)];
const HOME = { position: at(50.769, 1.611), altitudeAmslM: 8 };
const context = { aircraft, coast: undefined, requirements: step.DEFAULT_REQUIREMENTS, groundCheck: NOT_CHECKED };

function drawn(): step.PlanEditorState {
  let state = step.stateWithPlan(step.emptyPlan(aircraft, "Beach", true), step.DEFAULT_REQUIREMENTS);
  for (const corner of SQUARE) state = step.addDraftCorner(state, corner);
  const closed = step.closeDraft(state, { aircraft, reportedHome: HOME, newItemId: "area-2" });
  if (!closed.ok) throw new Error(closed.error.kind);
  return closed.value;
}
const areaOf = (state: step.PlanEditorState) => step.sweepsOf(state.history.present)[0]!.area;

describe("drawing an area", () => {
  it("makes a whole sortie of the first: from take-off to return, at the aircraft's home, selected and undoable", () => {
    const state = drawn();
    const commands = missionItemsOf(state.history.present).map(({ command }) => command);
    expect([commands[0], commands.at(-1)]).toEqual([22, 20]);
    expect(state.history.present.plannedHome).toEqual(HOME);
    expect(state.history.present.isTraining).toBe(true);
    expect(areaOf(state)).toEqual(SQUARE);
    expect([state.tool, state.draft.length]).toEqual(["select", 0]);
    expect(step.selectedSweep(state)).toBeDefined();
    expect(step.stepBack(state).history.present.items).toHaveLength(0);
  });

  it.each([
    ["a VTOL on PX4", { mavType: 22, mavAutopilot: 12 }, [84, 85]],
    ["a plane on ArduPilot", { mavType: 1, mavAutopilot: 3 }, [22, 21]],
  ])("is for the aircraft in hand, and lands as it must: %s", (_name, vehicle, ends) => {
    let state = step.stateWithPlan(step.emptyPlan(aircraft, "Beach", true), step.DEFAULT_REQUIREMENTS);
    for (const corner of SQUARE) state = step.addDraftCorner(state, corner);
    const closed = step.closeDraft(state, { aircraft, vehicle, reportedHome: HOME, newItemId: "area-2" });
    if (!closed.ok) throw new Error(closed.error.kind);
    const plan = closed.value.history.present;
    expect({ mavType: plan.vehicleType, mavAutopilot: plan.firmwareType }).toEqual(vehicle);
    const commands = missionItemsOf(plan).map(({ command }) => command);
    expect([commands[0], commands.at(-1)]).toEqual(ends);
    const figures = figuresOf(plan, step.selectedSweep(closed.value), { ...context, vehicle });
    const { findings, warnings } = problemsOf(figures);
    // The figures of the quadcopter say nothing of its battery.
    expect(findings.filter(({ severity }) => severity !== "info").map(({ kind }) => kind)).toEqual(["energy-unknown"]);
    expect(warnings.map(({ kind }) => kind)).not.toContain("energy");
    expect(figures.isEnergyKnown).toBe(false);
    expect(plan.hoverSpeedMps).toBeGreaterThan(11);
  });

  it("keeps the start that was set before the first area was drawn", () => {
    const startsAtUnixMs = Date.parse("2026-12-01T02:00:00Z");
    let state = step.stateWithPlan(step.emptyPlan(aircraft, "Beach", true), step.DEFAULT_REQUIREMENTS);
    state = step.edit(state, { kind: "set-start", startsAtUnixMs });
    for (const corner of SQUARE) state = step.addDraftCorner(state, corner);
    const closed = step.closeDraft(state, { aircraft, reportedHome: HOME, newItemId: "area-2" });
    expect(closed.ok && closed.value.history.present.startsAtUnixMs).toBe(startsAtUnixMs);
  });

  it("adds a second area to the same plan", () => {
    let state = step.takeTool(drawn(), "draw");
    for (const corner of SQUARE) state = step.addDraftCorner(state, at(corner.latitudeDeg + 0.01, corner.longitudeDeg));
    const closed = step.closeDraft(state, { aircraft, reportedHome: undefined, newItemId: "area-2" });
    expect(closed.ok && step.sweepsOf(closed.value.history.present)).toHaveLength(2);
    expect(closed.ok && closed.value.selectedItemId).toBe("area-2");
  });

  it.each([
    ["nothing drawn", []],
    ["two corners", SQUARE.slice(0, 2)],
    ["edges that cross", [SQUARE[0]!, SQUARE[2]!, SQUARE[1]!, SQUARE[3]!]],
  ])("refuses %s and keeps the draft", (_name, corners) => {
    let state = step.stateWithPlan(step.emptyPlan(aircraft, "x", false), step.DEFAULT_REQUIREMENTS);
    for (const corner of corners) state = step.addDraftCorner(state, corner);
    expect(step.closeDraft(state, { aircraft, reportedHome: HOME, newItemId: "a" }).ok).toBe(false);
    expect(state.draft).toHaveLength(corners.length);
  });

  it("leaves by steps with Esc, and takes back the last drafted corner with Delete", () => {
    let state = step.stateWithPlan(step.emptyPlan(aircraft, "x", false), step.DEFAULT_REQUIREMENTS);
    state = step.addDraftCorner(step.addDraftCorner(state, SQUARE[0]!), SQUARE[1]!);
    expect(step.deleteSelected(state).draft).toEqual([SQUARE[0]]);
    state = step.leave(state);
    expect([state.tool, state.draft.length]).toEqual(["select", 0]);
    const corner = step.select(drawn(), drawn().selectedItemId, 1);
    expect(step.leave(corner).selectedItemId).toBe(corner.selectedItemId);
    expect(step.leave(step.leave(corner)).selectedItemId).toBeUndefined();
  });
});

describe("moving corners", () => {
  it("makes one step of undo of a whole drag", () => {
    const before = drawn();
    let state = before;
    for (let i = 1; i <= 30; i++) state = step.dragCorner(state, 2, at(50.774 + i / 10_000, 1.609), i === 30);
    expect(areaOf(state)[2]).toEqual(at(50.777, 1.609));
    state = step.dragCorner(state, 2, at(50.78, 1.61), true);
    state = step.stepBack(state);
    expect(areaOf(state)[2]).toEqual(at(50.777, 1.609));
    state = step.stepBack(state);
    expect(areaOf(state)).toEqual(SQUARE);
    expect(areaOf(step.stepForward(state))[2]).toEqual(at(50.777, 1.609));
  });

  it("makes one step of undo of a corner pulled out of an edge and dragged on", () => {
    const before = drawn();
    let state = step.insertCorner(before, 1, at(50.769, 1.604));
    state = step.dragCorner(state, 1, at(50.768, 1.604), false);
    state = step.dragCorner(state, 1, at(50.767, 1.604), true);
    expect(areaOf(state)).toHaveLength(5);
    expect(areaOf(step.stepBack(state))).toEqual(SQUARE);
  });

  it("deletes the selected corner but leaves a triangle its three", () => {
    let state = drawn();
    state = step.deleteSelected(step.select(state, state.selectedItemId, 0));
    expect(areaOf(state)).toHaveLength(3);
    state = step.deleteSelected(step.select(state, state.selectedItemId, 0));
    expect(areaOf(state)).toHaveLength(3);
    state = step.deleteSelected(step.select(state, state.selectedItemId, undefined));
    expect(step.sweepsOf(state.history.present)).toHaveLength(0);
  });
});

describe("settings", () => {
  it("makes one step of undo of what is typed in one field", () => {
    let state = drawn();
    const spacingM = step.selectedSweep(state)!.settings.trackSpacingM;
    for (const trackSpacingM of [30, 35, 40]) state = step.changeSetting(state, { trackSpacingM });
    expect(step.selectedSweep(state)!.settings.trackSpacingM).toBe(40);
    expect(step.selectedSweep(step.stepBack(state))!.settings.trackSpacingM).toBe(spacingM);
  });

  it("lets requirements change what no hand has set, and nothing else", () => {
    let state = step.changeSetting(drawn(), { groundSpeedMps: 6 });
    const requirements = { ...step.DEFAULT_REQUIREMENTS, see: "boat" } as const;
    const suggested = suggestedSettings(state.history.present, step.selectedSweep(state)!, {
      ...context,
      requirements,
    })!;
    state = step.applyDefaults(state, suggested, ["height", "trackSpacingM", "groundSpeedMps"]);
    const settings = step.selectedSweep(state)!.settings;
    expect(settings.trackSpacingM).toBe(suggested.trackSpacingM);
    expect(settings.groundSpeedMps).toBe(6);
    state = step.resetToDefault(state, "groundSpeedMps", suggested);
    expect(step.selectedSweep(state)!.settings.groundSpeedMps).toBe(suggested.groundSpeedMps);
  });

  it("takes every number of a file as set by hand", () => {
    const text = writePlanFile(drawn().history.present);
    const read = readPlanFile(text, "x.plan");
    if (!read.ok) throw new Error(read.error.problem);
    const state = step.stateWithPlan(read.value, step.DEFAULT_REQUIREMENTS);
    expect([...state.overridden].sort()).toEqual([...step.ALL_SETTINGS].sort());
    expect(step.isUnsaved(state)).toBe(false);
    // What is drawn after all of it was deleted is nobody's setting.
    const emptied = read.value.items.reduce(
      (now, { id }) => step.edit(now, { kind: "delete-item", itemId: id }),
      state,
    );
    const draft = SQUARE.reduce(step.addDraftCorner, step.takeTool(emptied, "draw"));
    const closed = step.closeDraft(draft, { aircraft, reportedHome: HOME, newItemId: "area-2" });
    expect(closed.ok && [...closed.value.overridden]).toEqual([]);
  });
});

describe("figures", () => {
  it("agree with the way measured along the plan", () => {
    const plan = drawn().history.present;
    const places = [HOME.position, ...missionItemsOf(plan).flatMap(({ position }) => position ?? []), HOME.position];
    const wayM = places.slice(1).reduce((sum, place, i) => sum + geodesicDistanceM(places[i]!, place), 0);
    const { flight, sweep, findings } = figuresOf(plan, undefined, context);
    // The estimate adds the climb and the descent to the way over ground.
    expect(Math.abs(flight.distanceM - wayM)).toBeLessThan(0.05 * wayM);
    expect(sweep?.pod).toBeGreaterThan(0.8);
    expect(findings.some(({ kind }) => kind === "training")).toBe(true);
  });

  it("say an area that cannot be swept once, and an empty plan not at all", () => {
    const crossed = step.dragCorner(drawn(), 0, at(50.776, 1.6075), true);
    const problems = problemsOf(figuresOf(crossed.history.present, step.selectedSweep(crossed), context));
    expect(problems.areaFailure?.kind).toBe("self-crossing");
    expect(problems.findings.some(({ kind }) => kind === "area-invalid")).toBe(false);
    expect(problems.hasDanger).toBe(true);
    expect(problemsOf(figuresOf(step.emptyPlan(aircraft, "", false), undefined, context)).count).toBe(0);
  });
});
