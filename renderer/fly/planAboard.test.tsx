// @vitest-environment happy-dom
/** Newcomer 1 and 6: what a start flies is what is on board, whatever plan is on the screen. On the whole frame. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { act, cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { readPlanFile, writePlanFile } from "../../src/plan/formats/planFile.js";
import type { Plan } from "../../src/plan/plan.js";
import { App } from "../app/App.js";
import { shownWorkspace } from "../app/workspace.js";
import { StoresProvider } from "../bridge/StoresContext.js";
import { aBatch, aHello, aStation, aVehicle, type FakeStation, VEHICLE } from "../bridge/testing/builders.js";
import { planEditorStore } from "../plan/planEditor.js";
import { flyViewStore } from "./flyViewStore.js";

vi.mock("./FlyScene.js", () => ({ FlyScene: () => <p>the coast</p> }));
vi.mock("../panels/VideoPanel.js", () => ({ VideoPanel: () => <p>the picture</p> }));
vi.mock("../plan/PlanScene.js", () => ({ PlanScene: () => <p>the map</p> }));

const read = readPlanFile(readFileSync("missions/plans/boulogne-night-1.plan", "utf8"), "plan");
if (!read.ok) throw new Error(read.error.problem);
const shown: Plan = read.value;
const sent: Plan = { ...shown, name: "As high as 400 m" };
const hashOf = (plan: Plan): string => createHash("sha256").update(writePlanFile(plan)).digest("hex");

let station: FakeStation;
const text = (id: string): string => screen.getByTestId(id).textContent;
const commands = () => station.transport.requests().filter(({ kind }) => kind === "command");

/** The screen shows one plan; the aircraft holds `aboard`, which the station may or may not tell. */
async function open(aboard: Plan | undefined, isAnswered = true): Promise<void> {
  station = aStation();
  station.transport.answerWith((request) => {
    if (request.kind !== "get-plan-aboard" || !isAnswered || !aboard) return undefined;
    return { ok: true, value: { kind: "plan-aboard", planText: writePlanFile(aboard), planHash: hashOf(aboard) } };
  });
  render(
    <StoresProvider stores={station.stores}>
      <App />
    </StoresProvider>,
  );
  act(() => {
    const training = { scenarioName: "night", seed: 1, planText: writePlanFile(shown) };
    station.transport.receive(aHello({ training }));
    station.transport.receive(aBatch([aVehicle({ lastReceivedMonoMs: 1000 })]));
    station.transport.receive({ kind: "abilities", vehicleId: VEHICLE, abilities: {} });
    const checklist = {
      isBlocking: false,
      items: [{ id: "plan", text: "", automatic: "plan-verified" }],
    } as const;
    station.transport.receive({ kind: "checklist", vehicleId: VEHICLE, state: { checklist, doneIds: ["plan"] } });
    if (aboard) holds(aboard);
  });
  await settled();
}
const holds = (plan: Plan, countOfBlockingFindings?: number): void =>
  station.transport.receive({
    kind: "aircraft-plan",
    vehicleId: VEHICLE,
    plan: {
      kind: "verified",
      countOfItems: 15,
      planHash: hashOf(plan),
      unixTimeUs: 1,
      countOfBlockingFindings,
    },
  });
/** The page takes its hash beside the event loop; the panels look a few times a second. */
async function settled(): Promise<void> {
  await act(() => vi.waitFor(() => expect(station.store.shownPlan.get()?.planHash).toBeDefined(), 20_000));
  tick();
}
/** The workspace's code is read when it is first shown. */
async function openPlan(): Promise<void> {
  act(() => station.stores.get(shownWorkspace).set("plan"));
  await act(async () => {
    await import("../plan/PlanWorkspace.js");
  });
}
const tick = (ms = 1000): void => {
  act(() => {
    vi.advanceTimersByTime(ms);
  });
};
const hold = (testId: string): void => {
  fireEvent.pointerDown(screen.getByTestId(testId), { button: 0 });
  tick(1100);
  fireEvent.pointerUp(screen.getByTestId(testId));
};

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval", "requestAnimationFrame", "performance"] });
  localStorage.clear();
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

describe("the plan on screen is on board", () => {
  it("is green, complete, drawn, and started", async () => {
    await open(shown);
    expect(text("plan-line")).toMatch(/✓ Plan verified on aircraft: 15 items/);
    expect(text("checklist")).toMatch(/complete/);
    expect(station.stores.get(flyViewStore).planAboard.get()?.name).toBe(shown.name);
    hold("start-mission");
    expect(commands()).toHaveLength(1);
  });
  it("newcomer 6: sent against objections is said, and is not green", async () => {
    await open(shown);
    act(() => holds(shown, 3));
    expect(screen.getByTestId("plan-line").dataset["tone"]).toBe("caution");
    expect(text("plan-objections")).toMatch(/Sent against objections: 3/);
    await openPlan();
    expect(text("upload-state")).toMatch(/▲ on aircraft .* sent against objections: 3/);
  });
});

describe("another plan is on board than the one on screen", () => {
  it("is no tick and no complete checklist, and a start is held back with what to do", async () => {
    await open(sent);
    expect(text("plan-line")).toMatch(/▲ The aircraft holds another plan.*As high as 400 m.*upload the one in Plan/);
    expect(text("checklist")).not.toMatch(/complete/);
    expect(text("checklist")).toMatch(/not the one in Plan/);
    expect(screen.getByTestId("start-mission").title).toMatch(/holds another plan/);
    hold("start-mission");
    expect(commands()).toEqual([]);
  });
  it("the route is the one on board, and the one on screen is not drawn as flown", async () => {
    await open(sent);
    const flyView = station.stores.get(flyViewStore);
    expect([flyView.planAboard.get()?.name, flyView.draftPlan.get()]).toEqual(["As high as 400 m", undefined]);
  });
  it("without its text no route is drawn as flown", async () => {
    await open(sent, false);
    const flyView = station.stores.get(flyViewStore);
    expect([flyView.planAboard.get(), flyView.draftPlan.get()?.name]).toEqual([undefined, shown.name]);
  });
  it("what leads to it in flight is held and says so", async () => {
    await open(sent);
    const { heartbeat } = aVehicle();
    if (!heartbeat) throw new Error("no heartbeat");
    const flying = aVehicle({
      lastReceivedMonoMs: 1000,
      heartbeat: { ...heartbeat, value: { ...heartbeat.value, isArmed: true } },
    });
    act(() => station.transport.receive(aBatch([flying])));
    fireEvent.click(screen.getByTestId("tab-commands"));
    tick();
    expect(text("send-jump-to-item")).toMatch(/the plan on board, not the one in Plan SIM-1/);
    fireEvent.click(screen.getByTestId("tab-ready"));
    expect(text("plan-line")).toMatch(/holds another plan/);
  });
  it("opened in Plan it is the one on screen, and Undo brings the drawing back", async () => {
    await open(sent);
    await openPlan();
    expect(text("upload-state")).toMatch(/another plan/);
    fireEvent.click(screen.getByTestId("plan-aboard"));
    await settled();
    expect(text("upload-state")).toMatch(/✓ verified on aircraft/);
    fireEvent.click(screen.getByTestId("plan-undo"));
    await settled();
    expect(station.stores.get(planEditorStore).state.get().history.present.name).toBe(shown.name);
    expect(text("upload-state")).toMatch(/another plan/);
  });
});

describe("nothing verified on board", () => {
  it("draws the plan on screen as a draft, and says what to do", async () => {
    await open(undefined);
    const flyView = station.stores.get(flyViewStore);
    expect([flyView.planAboard.get(), flyView.draftPlan.get()?.name]).toEqual([undefined, shown.name]);
    act(() => {
      const plan = { kind: "read", countOfItems: 3, unixTimeUs: 1 } as const;
      station.transport.receive({ kind: "aircraft-plan", vehicleId: VEHICLE, plan });
    });
    expect(text("plan-line")).toMatch(/was only read.*Upload it in Plan/);
  });
});
