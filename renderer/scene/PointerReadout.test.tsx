// @vitest-environment happy-dom
import { act, cleanup, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { CoastDocument } from "../../src/geo/coastDocument.js";
import type { Position } from "../../src/geo/position.js";
import { coastOf, rectangle } from "../../src/geo/testing/coasts.js";
import { LanguageContext } from "../app/text.js";
import { Latest } from "../bridge/latest.js";
import { StoresProvider } from "../bridge/StoresContext.js";
import { aStation } from "../bridge/testing/builders.js";
import { PointerHub } from "./camera/pointerHub.js";
import type { TerrainGrids } from "./geometry/surface.js";
import { PointerReadout } from "./PointerReadout.js";
import { at, frame } from "./testing/openLayer.js";
import type { SceneFocus } from "./useSceneFrame.js";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

/** The shore is the scene's north-south axis; land is in the east. */
const coast = coastOf([{ outline: rectangle(1.6, 50.6, 1.75, 50.8), holes: [] }]);
const plateau: TerrainGrids = {
  near: { halfWidthM: 5000, countPerSide: 2, heightsM: Float32Array.of(40, 40, 40, 40) },
  far: undefined,
};

/** A hub whose pointer the test holds. */
class HandHub extends PointerHub {
  place: Position | undefined;
  countOfLooks = 0;
  override placeNow(): Position | undefined {
    this.countOfLooks++;
    return this.place;
  }
}

function open(document: CoastDocument | undefined, grids?: TerrainGrids, language: "en" | "fr" = "en") {
  const pointer = new HandHub();
  const focus = new Latest<SceneFocus | undefined>(undefined);
  const { unmount } = render(
    <StoresProvider stores={aStation().stores}>
      <LanguageContext value={language}>
        <PointerReadout {...{ focus, pointer, frame, document, grids }} />
      </LanguageContext>
    </StoresProvider>,
  );
  const wordsAt = (position: Position | undefined): string => {
    pointer.place = position;
    act(() => {
      vi.advanceTimersByTime(200);
    });
    return screen.getByTestId("scene-where").textContent.replaceAll(/\s+/g, " ");
  };
  return { pointer, focus, unmount, wordsAt };
}

describe("the place under the pointer", () => {
  it("is told with its ground: land with its height, sea without, the shore with its line's error", () => {
    const { wordsAt } = open(coast, plateau);
    expect(wordsAt(at(1000, 0))).toMatch(/^50\.70000° N 1\.61\d+° E · land 40 m AMSL$/);
    expect(wordsAt(at(-1000, 0))).toMatch(/E · sea$/);
    expect(wordsAt(at(5, 0))).toMatch(/E · shore ±\d+ m 40 m AMSL$/);
  });

  it("says nothing of what it does not know", () => {
    const { wordsAt } = open(coast);
    expect(wordsAt(undefined)).toBe("");
    expect(wordsAt(at(1000, 0))).toMatch(/E · land$/);
    expect(wordsAt(at(60_000, 0))).toMatch(/E$/);
  });

  it("on land that no file knows is told by about how high the relief has it, with its error and its name", () => {
    const relief = {
      ...{ source: "ETOPO5 (NOAA, 1988), 5 arc minutes", westDeg: 1.5, southDeg: 50.6, stepDeg: 0.25 },
      ...{ columns: 2, rows: 2, heightsM: [64, 64, 64, 64] },
    };
    const withRelief = open({ ...coast, relief });
    expect(withRelief.wordsAt(at(1000, 0))).toMatch(/E · land about 60 m AMSL ±80 m \(ETOPO5\)$/);
    expect(withRelief.wordsAt(at(-1000, 0))).toMatch(/E · sea$/);
    expect(withRelief.wordsAt(at(5, 0))).toMatch(/E · shore ±\d+ m$/);
    cleanup();
    expect(open({ ...coast, relief }, plateau).wordsAt(at(1000, 0))).toMatch(/E · land 40 m AMSL$/);
    cleanup();
    const inFrench = open({ ...coast, relief }, undefined, "fr");
    expect(inFrench.wordsAt(at(1000, 0))).toMatch(/terre environ 60 m .* ±80 m \(ETOPO5\)$/);
  });

  it("is told by distance and direction from the aircraft that is followed", () => {
    const { wordsAt, focus } = open(coast);
    focus.set({ position: at(1000, 1000), altitudeAmslM: 60 });
    expect(wordsAt(at(2000, 0))).toMatch(/land · 1\.41 km at 135° from the aircraft$/);
    expect(wordsAt(at(1000, 1200))).toMatch(/200 m at 000° from the aircraft$/);
    focus.set({ position: at(1000, 1100), altitudeAmslM: 60 });
    expect(wordsAt(at(1000, 1200))).toMatch(/100 m at 000° from the aircraft$/);
  });

  it("is told in French, and no longer once the scene is gone", () => {
    const { wordsAt, focus, unmount, pointer } = open(coast, undefined, "fr");
    focus.set({ position: at(1000, 0), altitudeAmslM: 60 });
    expect(wordsAt(at(500, 0))).toMatch(/terre · à 500 m au 270° de l'appareil$/);
    unmount();
    const before = pointer.countOfLooks;
    vi.advanceTimersByTime(1000);
    expect(pointer.countOfLooks).toBe(before);
  });
});
