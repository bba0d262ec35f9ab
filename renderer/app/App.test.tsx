// @vitest-environment happy-dom
import { readFileSync } from "node:fs";
import { act, cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { StoresProvider } from "../bridge/StoresContext.js";
import { demoRecording } from "../bridge/testing/fakeWorld.js";
import type { Player } from "../review/player.js";
import { reviewStore } from "../review/reviewStore.js";
import { aBatch, aHello, aStation, aVehicle } from "../bridge/testing/builders.js";
import { LanguageProvider } from "./LanguageProvider.js";
import { App } from "./App.js";

let isPlanBroken = false;
vi.mock("../plan/PlanWorkspace.js", () => ({
  PlanWorkspace: () => {
    if (isPlanBroken) throw new Error("plan is broken");
    return <p>the plan</p>;
  },
}));
vi.mock("../fly/FlyWorkspace.js", () => ({ FlyWorkspace: () => <p>the cockpit</p> }));
vi.mock("../review/ReviewWorkspace.js", () => ({ ReviewWorkspace: () => <p>the replay</p> }));

const key = (name: string): void => {
  act(() => {
    window.dispatchEvent(new KeyboardEvent("keydown", { key: name, cancelable: true }));
  });
};

function open() {
  const station = aStation();
  render(
    <StoresProvider stores={station.stores}>
      <LanguageProvider>
        <App />
      </LanguageProvider>
    </StoresProvider>,
  );
  return station;
}

describe("the frame", () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
    isPlanBroken = false;
    localStorage.clear();
  });
  afterEach(() => {
    cleanup();
    vi.useRealTimers();
  });
  const tick = (): void => {
    act(() => {
      vi.advanceTimersByTime(1000);
    });
  };
  const frame = (): string | undefined => screen.getByTestId("app").dataset["frame"];

  it("cannot be mistaken for real when the aircraft is simulated, and says REPLAY in Review", () => {
    const { transport, stores } = open();
    expect(frame()).toBe("none");
    act(() => transport.receive(aBatch([aVehicle({ isSimulated: true })])));
    tick();
    expect(frame()).toBe("simulation");
    expect(screen.getByTestId("badge-simulation").textContent).toBe("SIMULATION");
    key("3");
    // Nothing is open there yet, and the aircraft flies on.
    expect(frame()).toBe("simulation");
    act(() => stores.get(reviewStore).player.set({ document: demoRecording(0) } as Player));
    expect(frame()).toBe("replay");
    key("2");
    expect(frame()).toBe("simulation");
  });

  it("opens the training plan for Fly before anybody has looked at Plan", () => {
    const { transport, store } = open();
    const planText = readFileSync("missions/plans/boulogne-night-1.plan", "utf8");
    act(() => {
      transport.receive(aHello({ training: { scenarioName: "night", seed: 1, planText } }));
    });
    expect(store.planOnScreen.get()?.isTraining).toBe(true);
    expect(store.planOnScreen.get()?.items.length).toBeGreaterThan(2);
  });

  it("changes workspaces by key and by tab", async () => {
    open();
    key("1");
    expect(await screen.findByText("the plan")).toBeDefined();
    fireEvent.click(screen.getByTestId("tab-review"));
    expect(await screen.findByText("the replay")).toBeDefined();
  });

  it("says that the station is lost without hiding what is known, and that no aircraft is heard", () => {
    const { transport } = open();
    act(() => transport.receive(aBatch([])));
    expect(screen.getByTestId("no-vehicle")).toBeDefined();
    act(() => transport.receive(aBatch()));
    expect(screen.queryByTestId("no-vehicle")).toBeNull();
    act(() => transport.connection("lost"));
    expect(screen.getByTestId("station-lost").textContent).toContain("STATION LOST");
    expect(screen.getByText("the cockpit")).toBeDefined();
  });

  it("keeps a danger on screen until it is understood, and shows it again when it comes again", () => {
    const { transport } = open();
    const lost = (unixTimeUs: number) =>
      act(() =>
        transport.receive({
          kind: "notice",
          notice: { id: "vehicle:a", severity: "danger", unixTimeUs, key: "vehicle-lost", facts: { vehicle: "a" } },
        }),
      );
    lost(1);
    fireEvent.click(screen.getByText("Understood"));
    expect(screen.queryByTestId("danger-notice")).toBeNull();
    lost(2);
    expect(screen.getByTestId("danger-notice").textContent).toContain("LOST");
  });

  it("speaks both languages and remembers it", () => {
    open();
    fireEvent.click(screen.getByTestId("language"));
    expect(screen.getByTestId("tab-plan").textContent).toBe("Préparer");
    expect(window.document.documentElement.lang).toBe("fr");
    expect(localStorage.getItem("vigie.settings.1")).toContain('"language":"fr"');
  });

  it("credits the map, and lists the keys in force", () => {
    open();
    expect(screen.getByTestId("attribution").textContent).toContain("OpenStreetMap contributors, ODbL");
    expect(screen.getByTestId("attribution").textContent).not.toContain("GeoNames");
    expect(screen.getByTestId("attribution").textContent).not.toContain("heights");
    key("?");
    expect(screen.getByTestId("help-sheet").textContent).toContain("Review");
    key("Escape");
    expect(screen.queryByTestId("help-sheet")).toBeNull();
  });

  it("credits the tide and the names of places once they are there, and has a switch for them that is remembered", () => {
    const { store } = open();
    act(() => store.tide.attribution.set("TICON-4 CC BY 4.0"));
    expect(screen.getByTestId("attribution").textContent).toMatch(/ · tide TICON-4 CC BY 4\.0$/);
    act(() => store.tide.attribution.set(undefined));
    act(() => store.places.set({ attribution: "GeoNames CC BY 4.0", places: [] }));
    expect(screen.getByTestId("attribution").textContent).toMatch(/ · names GeoNames CC BY 4\.0$/);
    expect(screen.getByTestId("attribution").title).toContain("≈ is a place put down by hand, good to 1 km");
    fireEvent.click(screen.getByTestId("settings"));
    const names = screen.getByTestId<HTMLInputElement>("place-names");
    expect(names.checked).toBe(true);
    fireEvent.click(names);
    expect(localStorage.getItem("vigie.settings.1")).toContain('"arePlaceNamesShown":false');
  });

  it("survives a workspace that crashes", async () => {
    vi.spyOn(console, "error").mockImplementation(() => undefined);
    isPlanBroken = true;
    open();
    key("1");
    expect((await screen.findByTestId("crash")).textContent).toContain("plan is broken");
    key("2");
    expect(screen.getByText("the cockpit")).toBeDefined();
    vi.restoreAllMocks();
  });
});
