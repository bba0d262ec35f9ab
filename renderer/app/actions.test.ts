// @vitest-environment happy-dom
import { afterEach, describe, expect, it, vi } from "vitest";
import { type Action, actionFor, actionTables, routeKeys, shortcutOf } from "./actions.js";

const key = (name: string, held: Partial<KeyboardEvent> = {}) =>
  shortcutOf({ key: name, ctrlKey: false, metaKey: false, shiftKey: false, altKey: false, ...held });
const action = (id: string, shortcut: string, change: Partial<Action> = {}): Action => ({
  id,
  labelKey: "app.plan",
  shortcut,
  isEnabled: () => true,
  perform: vi.fn(),
  ...change,
});

describe("shortcuts", () => {
  it("names keys as the tables write them", () => {
    expect([key(" "), key("r"), key("?", { shiftKey: true }), key("z", { ctrlKey: true, shiftKey: true })]).toEqual([
      "Space",
      "R",
      "?",
      "Ctrl+Shift+Z",
    ]);
    expect([key("z", { metaKey: true }), key("ArrowLeft", { shiftKey: true })]).toEqual(["Ctrl+Z", "Shift+ArrowLeft"]);
  });
});

describe("routing of keys", () => {
  let stop = (): void => undefined;
  afterEach(() => {
    stop();
    actionTables.set([]);
    document.body.innerHTML = "";
  });
  const press = (init: KeyboardEventInit): void => {
    window.dispatchEvent(new KeyboardEvent("keydown", { cancelable: true, ...init }));
  };

  it("asks the newest table first and performs only what is enabled", () => {
    const old = action("old", "R");
    const fresh = action("fresh", "R");
    const barred = action("barred", "P", { isEnabled: () => ({ because: "not armed" }) });
    actionTables.set([[old, barred], [fresh]]);
    stop = routeKeys(window);
    press({ key: "r" });
    press({ key: "p" });
    expect([old, fresh, barred].map(({ perform }) => vi.mocked(perform).mock.calls.length)).toEqual([0, 1, 0]);
  });

  it("commands once however long the key is held, and steps as long as it is", () => {
    const pause = action("pause", "Space");
    const step = action("step", "ArrowRight", { isRepeated: true });
    actionTables.set([[pause, step]]);
    stop = routeKeys(window);
    for (const repeat of [false, true, true]) {
      press({ key: " ", repeat });
      press({ key: "ArrowRight", repeat });
    }
    expect(pause.perform).toHaveBeenCalledTimes(1);
    expect(step.perform).toHaveBeenCalledTimes(3);
  });

  it("leaves a text field its letters and a button its space bar", () => {
    const tables = [[action("return", "R"), action("pause", "Space")]];
    document.body.innerHTML = '<input><button></button><input type="range">';
    const [field, button, range] = [...document.body.children] as [Element, Element, Element];
    expect(actionFor(tables, "R", field)).toBeUndefined();
    expect(actionFor(tables, "Space", button)).toBeUndefined();
    expect(actionFor(tables, "R", button)?.id).toBe("return");
    expect(actionFor(tables, "R", range)?.id).toBe("return");
    expect(actionFor(tables, "Space", document.body)?.id).toBe("pause");
  });
});
