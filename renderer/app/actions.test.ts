// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { aStation } from "../bridge/testing/builders.js";
import { type Action, actionFor, keyStore, routeKeys, shortcutOf } from "./actions.js";

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
  let keys = aStation().stores.get(keyStore);
  beforeEach(() => void (keys = aStation().stores.get(keyStore)));
  afterEach(() => {
    stop();
    document.body.innerHTML = "";
  });
  const press = (init: KeyboardEventInit): void => {
    window.dispatchEvent(new KeyboardEvent("keydown", { cancelable: true, ...init }));
  };

  it("asks the newest table first and performs only what is enabled", () => {
    const old = action("old", "R");
    const fresh = action("fresh", "R");
    const barred = action("barred", "P", { isEnabled: () => ({ because: "reason.disarmed" }) });
    keys.tables.set([[old, barred], [fresh]]);
    stop = routeKeys(window, keys);
    press({ key: "r" });
    press({ key: "p" });
    expect([old, fresh, barred].map(({ perform }) => vi.mocked(perform).mock.calls.length)).toEqual([0, 1, 0]);
  });

  it("commands once however long the key is held, and steps as long as it is", () => {
    const pause = action("pause", "Space");
    const step = action("step", "ArrowRight", { isRepeated: true });
    keys.tables.set([[pause, step]]);
    stop = routeKeys(window, keys);
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

  it("findings 5.3: while it is urgent, Space is the action's whatever has the focus; only text keeps its spaces", () => {
    let isArmed = true;
    const pause = action("pause", "Space", { isUrgent: () => isArmed });
    document.body.innerHTML =
      '<button></button><a href="#"></a><input type="checkbox"><input type="range"><input><textarea></textarea>';
    const pressed = vi.fn();
    keys.tables.set([[pause], [action("play", "Space")]]);
    stop = routeKeys(window, keys);
    for (const element of document.body.children) {
      element.addEventListener("keydown", pressed);
      (element as HTMLElement).focus();
      element.dispatchEvent(new KeyboardEvent("keydown", { key: " ", bubbles: true, cancelable: true }));
      element.dispatchEvent(new KeyboardEvent("keyup", { key: " ", bubbles: true, cancelable: true }));
    }
    // Button, link, tick box and slider never saw it; the two text fields did.
    expect([vi.mocked(pause.perform).mock.calls.length, pressed.mock.calls.length]).toEqual([4, 2]);
    isArmed = false;
    const button = document.querySelector("button");
    button?.focus();
    button?.dispatchEvent(new KeyboardEvent("keydown", { key: " ", bubbles: true, cancelable: true }));
    expect(vi.mocked(pause.perform).mock.calls.length).toBe(4);
  });

  it("newcomer 8: number fields and lists keep neither R nor Space while they are urgent, words do", () => {
    const [home, pause] = [
      action("return", "R", { isUrgent: () => true }),
      action("pause", "Space", { isUrgent: () => true }),
    ];
    document.body.innerHTML =
      '<input inputmode="decimal"><select></select><input type="number"><input><textarea></textarea>';
    keys.tables.set([[home, pause]]);
    stop = routeKeys(window, keys);
    for (const element of document.body.children) {
      (element as HTMLElement).focus();
      for (const name of ["r", " "])
        element.dispatchEvent(new KeyboardEvent("keydown", { key: name, bubbles: true, cancelable: true }));
    }
    expect([home, pause].map(({ perform }) => vi.mocked(perform).mock.calls.length)).toEqual([3, 3]);
  });

  it("newcomer 8: Escape leaves any field, and is nobody's else", () => {
    const leave = action("leave", "Escape");
    document.body.innerHTML = '<input inputmode="decimal"><select></select><input><textarea></textarea>';
    keys.tables.set([[leave]]);
    stop = routeKeys(window, keys);
    for (const element of document.body.children) {
      (element as HTMLElement).focus();
      element.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true, cancelable: true }));
      expect(document.activeElement).toBe(document.body);
    }
    expect(leave.perform).not.toHaveBeenCalled();
    press({ key: "Escape" });
    expect(leave.perform).toHaveBeenCalledTimes(1);
  });

  it("findings 5.4: R goes home with a tick box in focus, and is a letter in a text field", () => {
    const tables = [[action("return", "R")]];
    document.body.innerHTML = '<input type="checkbox"><input><select></select>';
    const [box, field, list] = [...document.body.children] as [Element, Element, Element];
    expect([box, field, list].map((focused) => actionFor(tables, "R", focused)?.id)).toEqual([
      "return",
      undefined,
      undefined,
    ]);
  });

  it("findings 5.10: a key that must be held fills its button's ring, and a short press does the safe thing", () => {
    const pause = action("pause", "Space", { heldId: () => "resume" });
    keys.tables.set([[pause]]);
    stop = routeKeys(window, keys);
    const up = (): void => void window.dispatchEvent(new KeyboardEvent("keyup", { key: " " }));
    press({ key: " " });
    expect([keys.heldByKey.get(), vi.mocked(pause.perform).mock.calls.length]).toEqual(["resume", 0]);
    up();
    expect([keys.heldByKey.get(), vi.mocked(pause.perform).mock.calls.length]).toEqual([undefined, 1]);
    // The button's ring was full, so it took the press: nothing more is done when the key comes up.
    press({ key: " " });
    keys.heldByKey.set(undefined);
    up();
    expect(vi.mocked(pause.perform).mock.calls.length).toBe(1);
  });

  it("tells why a key did nothing", () => {
    const onRefused = vi.fn();
    keys.tables.set([[action("return", "R", { isEnabled: () => ({ because: "reason.disarmed" }), onRefused })]]);
    stop = routeKeys(window, keys);
    press({ key: "r" });
    expect(onRefused).toHaveBeenCalledWith("reason.disarmed");
  });
});
