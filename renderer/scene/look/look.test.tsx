// @vitest-environment happy-dom
import { act, cleanup, render, screen } from "@testing-library/react";
import { afterEach, describe, expect, it } from "vitest";
import type { HeightGrid } from "../../../src/geo/terrain/heightGrid.js";
import { actionFor, keyStore } from "../../app/actions.js";
import { type SettingsStore, settingsStore } from "../../app/settings.js";
import { SettingsMenu } from "../../app/SettingsMenu.js";
import { LanguageContext } from "../../app/text.js";
import { Latest } from "../../bridge/latest.js";
import { StoresProvider } from "../../bridge/StoresContext.js";
import { aStation } from "../../bridge/testing/builders.js";
import { paletteFor } from "../scenePalette.js";
import { GroundKeys } from "./GroundKeys.js";
import { GroundLegend } from "./GroundLegend.js";

afterEach(() => {
  cleanup();
  localStorage.clear();
});

const gridOf = (halfWidthM: number, countPerSide: number): HeightGrid => ({
  ...{ halfWidthM, countPerSide },
  heightsM: new Float32Array(countPerSide ** 2),
});
const GRIDS = { near: gridOf(5000, 321), far: gridOf(36_000, 257) };

function open(language: "en" | "fr" = "en", isKnown = true) {
  const { stores } = aStation();
  const stepM = new Latest<number | undefined>(isKnown ? 10 : undefined);
  render(
    <StoresProvider stores={stores}>
      <LanguageContext value={language}>
        <GroundKeys />
        <GroundLegend grids={isKnown ? GRIDS : undefined} contourStepM={stepM} palette={paletteFor("night")} />
        <SettingsMenu onClose={() => undefined} />
      </LanguageContext>
    </StoresProvider>,
  );
  const { values, change } = stores.get(settingsStore);
  const press = (key: string) => act(() => actionFor(stores.get(keyStore).tables.get(), key, null)?.perform());
  const words = () => screen.queryByTestId("ground-legend")?.textContent.replaceAll("\u00a0", " ");
  const choose = (next: Parameters<SettingsStore["change"]>[0]) => act(() => change(next));
  return { values, press, words, choose };
}

describe("how the ground looks", () => {
  it("is chosen by keys, and remembered", () => {
    const { values, press } = open();
    press("E");
    press("H");
    press("J");
    expect(values.get()).toMatchObject({ areContoursShown: true, groundShading: "hillshade", groundLight: "hour" });
    press("H");
    expect(values.get().groundShading).toBe("steepness");
    press("H");
    press("E");
    press("J");
    expect(values.get()).toMatchObject({ areContoursShown: false, groundShading: "plain", groundLight: "readable" });
    press("J");
    cleanup();
    // Another page of the same browser.
    expect(open().values.get().groundLight).toBe("hour");
  });

  it("is chosen in the settings", () => {
    const { values } = open();
    act(() => screen.getByText("Steepness").click());
    act(() => screen.getByText("By the hour").click());
    act(() => screen.getByTestId("contours").click());
    expect(values.get()).toMatchObject({ areContoursShown: true, groundShading: "steepness", groundLight: "hour" });
  });

  it("has a legend of lines with their datum, and of bands with how finely they are known", () => {
    const { words, choose } = open();
    expect(words()).toBeUndefined();
    choose({ areContoursShown: true });
    expect(words()).toBe("Contours 10 m AMSL (EGM96)");
    choose({ areContoursShown: false, groundShading: "steepness" });
    expect(words()).toBe("Steepness over 31 m (far: 281 m)15–30°30–45°over 45°");
    choose({ groundShading: "plain" });
    expect(words()).toBeUndefined();
  });

  it("says in both languages that nothing is known where no file has heights", () => {
    const { words, choose } = open("en", false);
    choose({ areContoursShown: true, groundShading: "steepness" });
    expect(words()).toBe("No contours: no file of heights hereSteepness not known: no file of heights here");
    choose({ areContoursShown: false, groundShading: "hillshade" });
    expect(words()).toBe("No hillshade: no file of heights here");
    cleanup();
    const french = open("fr", false);
    french.choose({ areContoursShown: true, groundShading: "plain" });
    expect(french.words()).toBe("Pas de courbes : aucun fichier de hauteurs ici");
  });
});
