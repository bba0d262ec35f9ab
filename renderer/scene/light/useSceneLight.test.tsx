// @vitest-environment happy-dom
import { act, cleanup, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Position } from "../../../src/geo/position.js";
import { settingsStore } from "../../app/settings.js";
import { LanguageContext } from "../../app/text.js";
import { Latest } from "../../bridge/latest.js";
import { StoresProvider } from "../../bridge/StoresContext.js";
import { aStation } from "../../bridge/testing/builders.js";
import { ALWAYS_READABLE } from "./sceneLight.js";
import { SkyReadout } from "./SkyReadout.js";
import { useSceneLight } from "./useSceneLight.js";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  cleanup();
  delete document.documentElement.dataset["theme"];
  localStorage.clear();
  vi.useRealTimers();
});

const BOULOGNE: Position = { latitudeDeg: 50.75, longitudeDeg: 1.6 };

function open(language: "en" | "fr" = "en", from: Position | "nowhere" = BOULOGNE) {
  const time: { ms: number | undefined } = { ms: Date.parse("2026-11-24T02:14:07Z") };
  const { stores } = aStation();
  const origin = new Latest(from === "nowhere" ? undefined : from);
  const shown: { scene: ReturnType<typeof useSceneLight> | undefined } = { scene: undefined };
  const sceneTime = () => time.ms;
  const focus = new Latest(undefined);
  const Scene = () => {
    const scene = useSceneLight({ sceneTime, focus, origin });
    shown.scene = scene;
    return <SkyReadout shown={scene.sky} />;
  };
  render(
    <StoresProvider stores={stores}>
      <LanguageContext value={language}>
        <Scene />
      </LanguageContext>
    </StoresProvider>,
  );
  const at = async (iso: string | undefined): Promise<void> => {
    time.ms = iso === undefined ? undefined : Date.parse(iso);
    await act(() => vi.advanceTimersByTimeAsync(1000));
  };
  return {
    at,
    words: () => screen.queryByTestId("scene-sky")?.textContent.replaceAll(/\s+/g, " "),
    light: () => shown.scene?.light.get(),
    palette: () => shown.scene?.palette.name,
    choose: (groundLight: "readable" | "hour") => act(() => stores.get(settingsStore).change({ groundLight })),
  };
}

describe("sun and moon of the scene", () => {
  it("are told for the scene's own time and place", async () => {
    const { at, words } = open();
    // Where astropy has them: see `geo/sky/sky.test.ts`.
    expect(words()).toBe("Sun az 059° el −47°, night · sunrise 07:23 UTC · Moon 99 % waxing, az 252° el +44°");
    await at("2026-11-24T16:40:00Z");
    expect(words()).toContain("nautical twilight · sunrise 07:24 UTC");
    await at("2026-12-09T12:00:00Z");
    expect(words()).toMatch(/day · sunset 15:4\d UTC · Moon 0 % waxing/);
  });

  it("are told in French", () => {
    expect(open("fr").words()).toMatch(
      /^Soleil az 059° site −47°, nuit · lever 07:23 UTC · Lune 99 % croissante, az 252°/,
    );
  });

  it("are not told without a time or a place", async () => {
    const { at, words } = open();
    await at(undefined);
    expect(words()).toBeUndefined();
    cleanup();
    expect(open("en", "nowhere").words()).toBeUndefined();
  });

  it("light the ground only when the settings say so", async () => {
    const { at, light, choose } = open();
    await at("2026-12-08T22:00:00Z");
    expect(light()).toEqual(ALWAYS_READABLE);
    choose("hour");
    expect(light()?.level).toBeLessThan(0.5);
    await at("2026-12-08T12:00:00Z");
    expect(light()?.level).toBe(1);
    expect(light()?.direction.north).toBeLessThan(-0.8);
    choose("readable");
    expect(light()).toEqual(ALWAYS_READABLE);
    // Without a time there is no hour to light it by.
    choose("hour");
    await at(undefined);
    expect(light()).toEqual(ALWAYS_READABLE);
  });

  it("leave the theme for sunlight the colours of the night after dark, and only by the hour", async () => {
    document.documentElement.dataset["theme"] = "day";
    const { at, palette, choose } = open();
    await at("2026-12-08T22:00:00Z");
    expect(palette()).toBe("day");
    choose("hour");
    expect(palette()).toBe("night");
    await at("2026-12-08T12:00:00Z");
    expect(palette()).toBe("day");
    await act(async () => {
      document.documentElement.dataset["theme"] = "red";
      await Promise.resolve();
    });
    await at("2026-12-08T22:00:00Z");
    expect(palette()).toBe("red");
  });
});
