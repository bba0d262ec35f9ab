// @vitest-environment happy-dom
import { act, cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, describe, expect, it, vi } from "vitest";
import { StoresProvider } from "../bridge/StoresContext.js";
import { aStation } from "../bridge/testing/builders.js";
import { keyStore, routeKeys } from "./actions.js";
import { ScaleRow } from "./ScaleRow.js";
import { nextScale, screenScaleFor } from "./screenScale.js";
import { settingsStore } from "./settings.js";
import { useScreenScale } from "./useScreenScale.js";

describe("the scale of the screen", () => {
  it.each([
    [1024, 640, 1],
    [1920, 1080, 1],
    [2559, 1440, 1],
    [2560, 1440, 1.3],
    [3440, 1440, 1.3],
    [3840, 2160, 2],
    [3839, 2159, 2],
    [7680, 4320, 2],
    // Wide and low.
    [2560, 900, 1],
  ])("of a window of %i x %i is %d where nobody chose", (widthPx, heightPx, scale) => {
    expect(screenScaleFor(undefined, { widthPx, heightPx })).toBeCloseTo(scale, 9);
  });

  it("is the chosen one, as long as the page keeps room for everything", () => {
    const full = { widthPx: 1920, heightPx: 1080 };
    expect(screenScaleFor(0.8, full)).toBe(0.8);
    expect(screenScaleFor(1.75, full)).toBe(1.75);
    expect(screenScaleFor(2, full)).toBeCloseTo(1.8, 9);
    expect(screenScaleFor(2, { widthPx: 1024, heightPx: 600 })).toBe(1);
    expect(screenScaleFor(2, { widthPx: 500, heightPx: 300 })).toBe(0.8);
  });

  it("steps through the choices from wherever it is, and stops at the last", () => {
    expect([nextScale(1, "larger"), nextScale(1.3, "larger"), nextScale(2, "larger")]).toEqual([1.1, 1.5, 2]);
    expect([nextScale(1, "smaller"), nextScale(1.3, "smaller"), nextScale(0.8, "smaller")]).toEqual([0.9, 1.25, 0.8]);
  });
});

describe("in the desktop window", () => {
  let stop = (): void => undefined;
  afterEach(() => {
    stop();
    cleanup();
    vi.unstubAllGlobals();
    localStorage.clear();
  });

  const Page = () => {
    useScreenScale();
    return <ScaleRow />;
  };

  function open(widthPx: number, heightPx: number, isShell = true) {
    let factor = 1;
    const resize = (width: number, height: number): void => {
      vi.stubGlobal("outerWidth", width);
      vi.stubGlobal("outerHeight", height);
    };
    resize(widthPx, heightPx);
    const zoom = { factor: () => factor, setFactor: (next: number) => void (factor = next) };
    if (isShell) vi.stubGlobal("vigie", { zoom });
    const { stores } = aStation();
    stop = routeKeys(window, stores.get(keyStore));
    render(
      <StoresProvider stores={stores}>
        <Page />
      </StoresProvider>,
    );
    const press = (key: string) =>
      act(() => void window.dispatchEvent(new KeyboardEvent("keydown", { key, ctrlKey: true, cancelable: true })));
    const resized = (width: number, height: number) => {
      resize(width, height);
      act(() => void window.dispatchEvent(new Event("resize")));
    };
    return { factor: () => factor, press, resized, settings: stores.get(settingsStore) };
  }

  it("follows the window until someone chooses, and again when they ask for it", () => {
    const { factor, resized, press, settings } = open(1600, 900);
    expect(factor()).toBe(1);
    resized(3840, 2160);
    expect(factor()).toBe(2);
    press("-");
    expect([factor(), settings.values.get().screenScale]).toEqual([1.75, 1.75]);
    press("=");
    expect(factor()).toBe(2);
    press("-");
    resized(1600, 900);
    expect(factor()).toBeCloseTo(1.5, 9);
    press("0");
    expect([factor(), settings.values.get().screenScale]).toEqual([1, undefined]);
  });

  it("is chosen in the settings and remembered", () => {
    const { factor } = open(1920, 1080);
    fireEvent.change(screen.getByTestId("screen-scale"), { target: { value: "1.25" } });
    expect(factor()).toBe(1.25);
    expect(localStorage.getItem("vigie.settings.1")).toContain('"screenScale":1.25');
    fireEvent.change(screen.getByTestId("screen-scale"), { target: { value: "auto" } });
    expect(factor()).toBe(1);
  });

  it("leaves keys and size to a browser, and says so", () => {
    const { press, settings } = open(3840, 2160, false);
    press("+");
    expect(settings.values.get().screenScale).toBeUndefined();
    expect(screen.getByTestId<HTMLSelectElement>("screen-scale").disabled).toBe(true);
    expect(screen.getByTestId("screen-scale").title).toContain("Ctrl +");
  });
});
