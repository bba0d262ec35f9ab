// @vitest-environment happy-dom
import { act, cleanup, fireEvent, screen } from "@testing-library/react";
import { afterEach, describe, expect, it } from "vitest";
import type { UiRequest } from "../../../src/contract/messages.js";
import type { Checklist } from "../../../src/vehicle/checklist.js";
import { type FakeStation, VEHICLE } from "../../bridge/testing/builders.js";
import { done } from "../../bridge/testing/fakeTransport.js";
import { openSetup, receive } from "../testing/openSetup.js";
import { firstEmpty, isSameChecklist, movedItem, unusedChecks, withAutomatic, withItem } from "./checklistEdit.js";

const saved: Checklist = {
  isBlocking: false,
  items: [
    { id: "link-live", text: "", automatic: "link-live" },
    { id: "props", text: "Propellers tight", automatic: undefined },
    { id: "lens", text: "Lens clean", automatic: undefined },
  ],
};
const ids = ({ items }: Checklist): readonly string[] => items.map(({ id }) => id);

describe("changes of a checklist", () => {
  it("give new items ids that no other has, where they are wanted", () => {
    const { checklist, id } = withItem(saved, 0);
    expect(ids(checklist)).toEqual(["link-live", id, "props", "lens"]);
    expect(
      withItem({ ...saved, items: [...saved.items, { id: "item-5", text: "", automatic: undefined }] }).id,
    ).not.toBe("item-5");
    expect(firstEmpty(checklist)).toBe(2);
  });
  it("move items, not beyond the ends", () => {
    expect(ids(movedItem(saved, "lens", -1))).toEqual(["link-live", "lens", "props"]);
    expect(movedItem(saved, "lens", 1)).toBe(saved);
    expect(movedItem(saved, "nobody", 1)).toBe(saved);
  });
  it("offer each automatic check once", () => {
    expect(unusedChecks(saved)).not.toContain("link-live");
    expect(unusedChecks(withAutomatic(saved, "recording"))).not.toContain("recording");
    expect(isSameChecklist(saved, withAutomatic(saved, "recording"))).toBe(false);
  });
});

describe("the Checklist page", () => {
  afterEach(cleanup);

  function open(): FakeStation {
    const station = openSetup("checklist", { answers: () => done });
    receive(station, { kind: "checklist", vehicleId: VEHICLE, state: { checklist: saved, doneIds: [] } });
    return station;
  }
  const sentLists = (station: FakeStation): readonly UiRequest[] =>
    station.transport.requests().filter(({ kind }) => kind === "save-checklist");
  const order = (): readonly (string | undefined)[] =>
    [...screen.getByTestId("checklist").querySelectorAll<HTMLElement>("[data-item]")].map(
      (item) => item.dataset["item"],
    );

  it("shows automatic checks in words and waits with saving until something changed", () => {
    const station = open();
    expect(screen.getByTestId("check-link-live").textContent).toContain("The link is live");
    fireEvent.click(screen.getByTestId("check-save"));
    expect(sentLists(station)).toEqual([]);
  });

  it("adds below by Enter, moves by Alt and arrows, removes, and saves", async () => {
    const station = open();
    fireEvent.keyDown(screen.getByTestId("check-text-props"), { key: "Enter" });
    const added = order()[2]!;
    expect(document.activeElement).toBe(screen.getByTestId(`check-text-${added}`));
    expect(screen.getByTestId("check-state").textContent).toContain("Item 3 says nothing");
    fireEvent.click(screen.getByTestId("check-save"));
    expect(sentLists(station)).toEqual([]);
    fireEvent.change(screen.getByTestId(`check-text-${added}`), { target: { value: "Battery strap" } });
    fireEvent.keyDown(screen.getByTestId(`check-text-${added}`), { key: "ArrowUp", altKey: true });
    fireEvent.click(screen.getByTestId("check-lens").querySelector('[data-do="remove"]')!);
    expect(order()).toEqual(["link-live", added, "props"]);
    fireEvent.click(screen.getByTestId("check-blocking"));
    fireEvent.change(screen.getByTestId("check-add-auto"), { target: { value: "recording" } });
    fireEvent.click(screen.getByTestId("check-save"));
    const checklist: Checklist = {
      isBlocking: true,
      items: [
        saved.items[0]!,
        { id: added, text: "Battery strap", automatic: undefined },
        saved.items[1]!,
        { id: "recording", text: "", automatic: "recording" },
      ],
    };
    expect(sentLists(station)).toEqual([{ kind: "save-checklist", vehicleId: VEHICLE, checklist }]);
    receive(station, { kind: "checklist", vehicleId: VEHICLE, state: { checklist, doneIds: [] } });
    expect((await screen.findByText(/✓ Saved/)).dataset["testid"]).toBe("check-state");
  });

  it("says whether arming waits for it", () => {
    open();
    expect(screen.getByTestId("checklist").textContent).toContain("arming is possible all the same");
    fireEvent.click(screen.getByTestId("check-blocking"));
    expect(screen.getByTestId("checklist").textContent).toContain("SIM-1 cannot be armed");
    fireEvent.click(screen.getByTestId("check-discard"));
    expect(screen.getByTestId<HTMLInputElement>("check-blocking").checked).toBe(false);
  });

  it("takes over what another screen saves, but not while something is being typed", () => {
    const station = open();
    const other: Checklist = { ...saved, isBlocking: true };
    receive(station, { kind: "checklist", vehicleId: VEHICLE, state: { checklist: other, doneIds: [] } });
    expect(screen.getByTestId<HTMLInputElement>("check-blocking").checked).toBe(true);
    fireEvent.change(screen.getByTestId("check-text-lens"), { target: { value: "Lens and cap" } });
    act(() =>
      station.transport.receive({ kind: "checklist", vehicleId: VEHICLE, state: { checklist: saved, doneIds: [] } }),
    );
    expect(screen.getByTestId<HTMLInputElement>("check-text-lens").value).toBe("Lens and cap");
  });
});
