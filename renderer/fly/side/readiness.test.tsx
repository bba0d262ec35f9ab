// @vitest-environment happy-dom
/** What the aircraft holds, as Fly says it before the start. */
import { act, cleanup, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { AircraftPlan } from "../../../src/vehicle/transfers.js";
import { App } from "../../app/App.js";
import { StoresProvider } from "../../bridge/StoresContext.js";
import { aBatch, aStation, aVehicle } from "../../bridge/testing/builders.js";

vi.mock("../FlyScene.js", () => ({ FlyScene: () => <p>the coast</p> }));
vi.mock("../../panels/VideoPanel.js", () => ({ VideoPanel: () => <p>the picture</p> }));

type Unverified = Exclude<AircraftPlan["kind"], "verified">;
const counted = { countOfItems: 9, unixTimeUs: 0 };
const PLANS: { readonly [Kind in Unverified]: Extract<AircraftPlan, { kind: Kind }> } = {
  unknown: { kind: "unknown" },
  read: { kind: "read", ...counted },
  "to-be-read-again": { kind: "to-be-read-again", because: "silence", planHash: "ab", ...counted },
  "refused-by-aircraft": { kind: "refused-by-aircraft", reasons: ["Landing waypoint/pattern required"], ...counted },
  differs: { kind: "differs", differences: [] },
  uncertain: { kind: "uncertain", failure: { kind: "cancelled" } },
};

/** The line of the plan in Fly, with an aircraft on the ground that holds it. */
function planLine(plan: AircraftPlan): string {
  const station = aStation();
  render(
    <StoresProvider stores={station.stores}>
      <App />
    </StoresProvider>,
  );
  const vehicle = aVehicle({ lastReceivedMonoMs: 1000 });
  act(() => {
    station.transport.receive(aBatch([vehicle]));
    station.transport.receive({ kind: "aircraft-plan", vehicleId: vehicle.id, plan });
    vi.advanceTimersByTime(2000);
  });
  return screen.getByTestId("plan-line").textContent;
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval", "setTimeout", "clearTimeout", "performance"] });
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
  localStorage.clear();
});

describe("the plan on the aircraft, before the start", () => {
  it.each(["en", "fr"] as const)("is told in words for every state there is (%s)", (language) => {
    for (const plan of Object.values(PLANS)) {
      localStorage.setItem("vigie.settings.1", JSON.stringify({ language }));
      expect(planLine(plan), plan.kind).not.toMatch(/\b(fly|plan)\.[a-z]|\{\{/);
      cleanup();
    }
  });

  it("names what the aircraft has against it, and what to do about that", () => {
    const line = planLine(PLANS["refused-by-aircraft"]);
    expect(line).toMatch(/will not fly it: Landing waypoint\/pattern required/);
    expect(line).toMatch(/Change the plan accordingly in Plan and upload it again/);
  });
});
