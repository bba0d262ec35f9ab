// @vitest-environment happy-dom
import { act, cleanup, fireEvent, screen } from "@testing-library/react";
import { afterEach, describe, expect, it } from "vitest";
import { keyStore, routeKeys } from "../app/actions.js";
import { VEHICLE } from "../bridge/testing/builders.js";
import { SETUP_PAGES } from "./setupStore.js";
import { openSetup, twoVehicles } from "./testing/openSetup.js";

let stop = (): void => undefined;
afterEach(() => {
  stop();
  cleanup();
});
const key = (name: string): void => {
  act(() => {
    window.dispatchEvent(new KeyboardEvent("keydown", { key: name, cancelable: true }));
  });
};
const shownPage = (): string | undefined => screen.getByRole("tabpanel").dataset["page"];

describe("Setup", () => {
  it("changes pages by key, by arrows and by press; each key opens its own", async () => {
    const { stores } = openSetup("links");
    stop = routeKeys(window, stores.get(keyStore));
    for (const { id, shortcut } of SETUP_PAGES) {
      key(shortcut.toLowerCase());
      expect(shownPage()).toBe(id);
    }
    // The focus moves in a microtask after the key.
    await act(() => Promise.resolve(fireEvent.keyDown(screen.getAllByRole("tablist")[0]!, { key: "Home" })));
    expect(shownPage()).toBe("links");
    fireEvent.click(screen.getByTestId("tab-signing"));
    expect(shownPage()).toBe("signing");
  });

  it("leads to the links when there is no aircraft", () => {
    openSetup("params", { batch: { vehicles: [] } });
    expect(screen.getByTestId("setup-no-vehicle").textContent).toContain("No aircraft heard yet");
    fireEvent.click(screen.getByText("Open the links"));
    expect(shownPage()).toBe("links");
  });

  it("looks at another aircraft without changing the target of commands", () => {
    const { store } = openSetup("checklist", { batch: { vehicles: twoVehicles() } });
    expect(screen.getByTestId("setup-vehicle-SIM-1").getAttribute("aria-checked")).toBe("true");
    fireEvent.click(screen.getByTestId("setup-vehicle-SIM-2"));
    expect(screen.getByTestId("setup-vehicle-SIM-2").getAttribute("aria-checked")).toBe("true");
    expect(store.target.get()).toBe(VEHICLE);
  });
});
