// @vitest-environment happy-dom
import { act, cleanup, fireEvent, render, screen } from "@testing-library/react";
import { useState } from "react";
import { afterEach, describe, expect, it, vi } from "vitest";
import { steppedIndex, windowOf } from "./listWindow.js";
import { SureButton } from "./SureButton.js";
import { Tabs } from "./Tabs.js";
import { VirtualList } from "./VirtualList.js";

afterEach(cleanup);

describe("a long list", () => {
  const items = Array.from({ length: 1400 }, (_, i) => `P${i}`);
  function Long() {
    const [selected, setSelected] = useState<string | undefined>(undefined);
    return (
      <VirtualList
        label="long"
        items={items}
        keyOf={(item) => item}
        rowHeightPx={40}
        selectedKey={selected}
        onSelect={setSelected}
        renderRow={(item) => item}
      />
    );
  }
  it("draws only what is in sight", () => {
    render(<Long />);
    expect(screen.getAllByRole("option").length).toBeLessThan(40);
    expect(windowOf({ topRow: 1390, heightPx: 400, rowHeightPx: 40, countOfRows: 1400 })).toEqual({
      from: 1382,
      to: 1400,
    });
    expect(windowOf({ topRow: 50, heightPx: 400, rowHeightPx: 40, countOfRows: 0 }).to).toBe(0);
  });
  it("goes by keys, and shows where it went", () => {
    render(<Long />);
    const list = screen.getByRole("listbox");
    const selected = () => list.querySelector('[aria-selected="true"]')?.textContent;
    fireEvent.keyDown(list, { key: "ArrowDown" });
    expect(selected()).toBe("P0");
    fireEvent.keyDown(list, { key: "End" });
    expect(selected()).toBe("P1399");
    fireEvent.keyDown(list, { key: "PageUp" });
    expect(selected()).toBe("P1385");
    fireEvent.keyDown(list, { key: "Home" });
    expect(selected()).toBe("P0");
    expect(steppedIndex("ArrowDown", { at: 0, rowsSeen: 5, countOfRows: 0 })).toBeUndefined();
    expect(steppedIndex("x", { at: 0, rowsSeen: 5, countOfRows: 9 })).toBeUndefined();
  });
});

describe("tabs", () => {
  it("are one stop of the Tab key, with arrows within that go round", async () => {
    function Three() {
      const [selected, setSelected] = useState<"a" | "b" | "c">("a");
      const tabs = [
        { id: "a", label: "A" },
        { id: "b", label: "B" },
        { id: "c", label: "C" },
      ] as const;
      return <Tabs label="three" tabs={tabs} selected={selected} onSelect={setSelected} isVertical />;
    }
    render(<Three />);
    const list = screen.getByRole("tablist");
    const selected = () => list.querySelector('[aria-selected="true"]')?.textContent;
    expect(screen.getAllByRole("tab").map(({ tabIndex }) => tabIndex)).toEqual([0, -1, -1]);
    // The focus moves in a microtask after the key.
    await act(() => Promise.resolve(fireEvent.keyDown(list, { key: "ArrowUp" })));
    expect(selected()).toBe("C");
    expect(document.activeElement?.textContent).toBe("C");
    await act(() => Promise.resolve(fireEvent.keyDown(list, { key: "ArrowDown" })));
    expect(selected()).toBe("A");
  });
});

describe("a button that asks again", () => {
  it("does nothing on the first press, names what the second does, and forgets the question", () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const onConfirm = vi.fn();
    render(<SureButton label="Remove" sureLabel="Press again: remove x" onConfirm={onConfirm} testId="sure" />);
    const press = () => fireEvent.click(screen.getByTestId("sure"));
    press();
    expect(screen.getByTestId("sure").textContent).toBe("Press again: remove x");
    fireEvent.keyDown(screen.getByTestId("sure"), { key: "Escape" });
    press();
    expect(onConfirm).not.toHaveBeenCalled();
    press();
    expect(onConfirm).toHaveBeenCalledTimes(1);
    vi.useRealTimers();
  });
});
