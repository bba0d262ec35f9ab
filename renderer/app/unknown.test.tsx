// @vitest-environment happy-dom
/** Newcomer 4, 5 and 7: what is not known is shown as not known. On the whole frame. */
import { act, cleanup, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ok } from "../../src/core/result.js";
import type { LinkStatus } from "../../src/contract/linkMessages.js";
import type { AircraftFence } from "../../src/vehicle/transfers.js";
import { StoresProvider } from "../bridge/StoresContext.js";
import { aBatch, aHello, aStation, aVehicle, type FakeStation, VEHICLE } from "../bridge/testing/builders.js";
import { App } from "./App.js";
import { shownWorkspace, type WorkspaceId } from "./workspace.js";

let startIn: WorkspaceId = "fly";

vi.mock("../fly/FlyScene.js", () => ({ FlyScene: () => <p>the coast</p> }));
vi.mock("../plan/PlanScene.js", () => ({ PlanScene: () => <p>the map</p> }));
vi.mock("../review/ReviewScene.js", () => ({ ReviewScene: () => <p>the replay</p> }));
vi.mock("../panels/VideoPanel.js", () => ({ VideoPanel: () => <p>the picture</p> }));

let station: FakeStation;
function open(): void {
  station = aStation();
  station.stores.get(shownWorkspace).set(startIn);
  render(
    <StoresProvider stores={station.stores}>
      <App />
    </StoresProvider>,
  );
}
const batch = (links: readonly LinkStatus[]): void => {
  const batch = aBatch([]);
  act(() => station.transport.receive(batch.kind === "telemetry-batch" ? { ...batch, links } : batch));
};

beforeEach(() => localStorage.clear());
afterEach(cleanup);

describe("the banner", () => {
  beforeEach(() => void (startIn = "fly"));
  it("says nothing of links before the station's first word", () => {
    open();
    act(() => station.transport.receive(aHello()));
    expect(screen.queryByTestId("no-vehicle")).toBeNull();
    expect(screen.getByTestId("station-connecting")).toBeDefined();
    batch([]);
    expect(screen.getByTestId("no-vehicle").textContent).toMatch(/No link is open/);
  });
  it("tells a page without a key so, with what to do, and strikes what it shows", () => {
    open();
    batch([]);
    act(() => station.transport.connection("no-key"));
    expect(screen.getByTestId("station-no-key").textContent).toMatch(/NO KEY.*address that the station printed/);
    expect(screen.queryByTestId("station-lost")).toBeNull();
    expect(screen.getByTestId("app").dataset["station"]).toBe("lost");
  });
});

describe("Review", () => {
  beforeEach(() => void (startIn = "review"));
  const words = (): string => screen.getByTestId("recordings").textContent;
  it("says that there are no recordings only when the station has said so", async () => {
    open();
    // The workspace's code is read when it is first shown.
    await act(async () => {
      await import("../review/ReviewWorkspace.js");
    });
    await screen.findByTestId("recordings");
    expect(words()).toMatch(/not known/);
    act(() => station.transport.connection("lost"));
    expect(words()).not.toMatch(/No recordings yet/);
    station.transport.answerWith((asked) =>
      asked.kind === "list-recordings" ? ok({ kind: "recordings", recordings: [] }) : undefined,
    );
    act(() => station.transport.connection("open"));
    await act(() => Promise.resolve());
    expect(words()).toMatch(/No recordings yet/);
  });
  it("shows the frame of what flies while nothing is open", async () => {
    open();
    act(() => station.transport.receive(aBatch([aVehicle({ isSimulated: true })])));
    // The frame looks at the vehicles a few times a second.
    await expect.poll(() => screen.getByTestId("app").dataset["frame"]).toBe("simulation");
  });
});

describe("a fence without areas", () => {
  const fence = (countOfItems: number): AircraftFence => ({
    ...{ isEnabled: true, isBreached: false, actionName: "return", combination: "union", countOfItems },
    items: { kind: "unknown" },
  });
  it("is neither green nor inside any of its areas", () => {
    startIn = "fly";
    open();
    act(() => {
      station.transport.receive(aBatch());
      station.transport.receive({ kind: "aircraft-fence", vehicleId: VEHICLE, fence: fence(0) });
    });
    expect(screen.getByTestId("fence").dataset["tone"]).toBe("caution");
    expect(screen.getByTestId("fence").textContent).toMatch(/no area on board/);
    expect(screen.getByTestId("fence").textContent).not.toMatch(/inside/);
    act(() => station.transport.receive({ kind: "aircraft-fence", vehicleId: VEHICLE, fence: fence(3) }));
    expect(screen.getByTestId("fence").dataset["tone"]).toBe("good");
  });
});
