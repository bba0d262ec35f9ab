// @vitest-environment happy-dom
import { act, cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, describe, expect, it } from "vitest";
import { keyStore, routeKeys } from "../../app/actions.js";
import { settingsStore } from "../../app/settings.js";
import { LanguageContext } from "../../app/text.js";
import { Latest } from "../../bridge/latest.js";
import { StoresProvider } from "../../bridge/StoresContext.js";
import { aStation } from "../../bridge/testing/builders.js";
import { MeasureLayer } from "../layers/MeasureLayer.js";
import { at, frame, openLayer, pointerAt } from "../testing/openLayer.js";
import { MeasureTool } from "./MeasureTool.js";
import type { Measuring } from "./measuring.js";

let stop = (): void => undefined;
afterEach(() => {
  stop();
  cleanup();
});

function open({ language = "en", lengths = "m" }: { language?: "en" | "fr"; lengths?: "m" | "ft" } = {}) {
  const measuring = new Latest<Measuring | undefined>(undefined);
  const { stores } = aStation();
  stores.get(settingsStore).change({ language, units: { lengths, speeds: "mps", positions: "deg" } });
  stop = routeKeys(window, stores.get(keyStore));
  const shown = (isPicking: boolean) => (
    <StoresProvider stores={stores}>
      <LanguageContext value={language}>
        <MeasureTool measuring={measuring} frame={frame} heightM={() => undefined} isPicking={isPicking} />
      </LanguageContext>
    </StoresProvider>
  );
  const { rerender } = render(shown(false));
  const press = (key: string): void => void fireEvent.keyDown(document.body, { key });
  const words = (): string => screen.getByTestId("measured").textContent.replaceAll("\u00a0", " ");
  const set = (value: Measuring): void => act(() => measuring.set(value));
  const pick = (isPicking: boolean): void => rerender(shown(isPicking));
  return { measuring, press, words, set, pick };
}

const SQUARE: Measuring = { places: [at(0, 0), at(0, 1000), at(1000, 1000), at(1000, 0)], isClosed: true };

describe("measuring", () => {
  it("begins by key, shows what was clicked in the user's units, and ends by Escape", () => {
    const { measuring, press, words, set } = open();
    press("d");
    expect(measuring.get()).toEqual({ places: [], isClosed: false });
    set({ ...SQUARE, isClosed: false });
    expect(words()).toMatch(/Last leg, true1.00 km · 180°Height differenceno file knows itTotal3.00 km/);
    set(SQUARE);
    expect(words()).toMatch(/Total4.00 kmArea1.00 km²/);
    press("Backspace");
    expect(measuring.get()).toEqual({ ...SQUARE, isClosed: false });
    press("Escape");
    expect([measuring.get(), screen.queryByTestId("measured")]).toEqual([undefined, null]);
    press("Escape");
    press("Backspace");
    expect(measuring.get()).toBeUndefined();
  });

  it("speaks French, and nautical miles with feet", () => {
    const { press, words, set } = open({ language: "fr", lengths: "ft" });
    press("d");
    set(SQUARE);
    expect(words()).toMatch(/Total2,16 NMSurface0,292 NM²/);
  });

  it("leaves the click to the workspace that waits for one", () => {
    const { measuring, press, pick } = open();
    press("d");
    pick(true);
    expect(measuring.get()).toBeUndefined();
    press("d");
    fireEvent.click(screen.getByTestId("measure"));
    expect(measuring.get()).toBeUndefined();
    pick(false);
    fireEvent.click(screen.getByTestId("measure"));
    expect(measuring.get()).toBeDefined();
  });
});

describe("the pointer", () => {
  it("is the scene's own until something is measured; then it sets points, and the first one again closes", async () => {
    const measuring = new Latest<Measuring | undefined>(undefined);
    const layer = await openLayer(<MeasureLayer measuring={measuring} />);
    expect(layer.handlers()).toEqual([]);
    await act(async () => {
      measuring.set({ places: [], isClosed: false });
      await Promise.resolve();
    });
    const click = (xPx: number, yPx: number) =>
      act(async () => {
        for (const { onClick } of layer.handlers()) expect(onClick?.(pointerAt(xPx, yPx))).toBe(true);
        await Promise.resolve();
      });
    await click(640, 360);
    // The second half of a double click is no point.
    await click(642, 360);
    await click(740, 360);
    // Near the first, but a ring needs three corners.
    await click(655, 360);
    expect(measuring.get()?.places).toHaveLength(3);
    expect(layer.labels().map(({ text }) => text.replace("\u00a0", " "))).toEqual(["100 m", "85 m"]);
    await click(640, 375);
    expect(measuring.get()).toMatchObject({ isClosed: true });
    expect(layer.labels()).toHaveLength(3);
    await click(900, 100);
    expect(measuring.get()?.places).toHaveLength(1);
  });
});
