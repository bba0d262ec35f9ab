// @vitest-environment happy-dom
import { act, cleanup, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Position } from "../../src/geo/position.js";
import type { KnownTide, Tide } from "../../src/geo/tide/tideModel.js";
import { LanguageContext } from "../app/text.js";
import { Latest } from "../bridge/latest.js";
import { StoresProvider } from "../bridge/StoresContext.js";
import { aStation } from "../bridge/testing/builders.js";
import { at, ORIGIN } from "./testing/openLayer.js";
import { TideReadout, useTideWatch } from "./TideReadout.js";
import type { SceneTide } from "./tideWatch.js";
import type { SceneFocus } from "./useSceneFrame.js";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

/** A night in the past: nothing here may depend on the page's clock. */
const START_MS = Date.parse("2024-03-10T01:00:00Z");
const MINUTE_MS = 60_000;

const falling = (unixTimeMs: number): KnownTide => ({
  ...{ kind: "known", unixTimeMs, trend: "falling" },
  ...{ heightChartDatumM: 6.24, heightAmslM: 1.4, meanHighWaterSpringsM: 8.76 },
  sigma: { chartDatumM: 0.25, amslM: 0.39 },
  nextHigh: { unixTimeMs: START_MS + 600 * MINUTE_MS, heightChartDatumM: 8 },
  nextLow: { unixTimeMs: START_MS + 211 * MINUTE_MS, heightChartDatumM: 1.2 },
  ports: [{ name: "Boulogne", nameIn: {}, share: 1, distanceM: 500 }],
});

function open(language: "en" | "fr" = "en", isShoreDrawn = true) {
  const asked: { readonly position: Position; readonly unixTimeMs: number }[] = [];
  const time: { ms: number | undefined } = { ms: START_MS };
  const answer: { of: (unixTimeMs: number) => Tide | undefined } = { of: falling };
  const focus = new Latest<SceneFocus | undefined>(undefined);
  const origin = new Latest<Position | undefined>(ORIGIN);
  const tide: SceneTide = {
    tideAt: (position, unixTimeMs) => {
      asked.push({ position, unixTimeMs });
      return Promise.resolve(answer.of(unixTimeMs));
    },
    isSeaSimulated: false,
    unixMsNow: () => time.ms,
  };
  const Foot = () => {
    const shown = useTideWatch({ tide, focus, origin });
    return shown ? <TideReadout {...{ shown, isShoreDrawn }} /> : null;
  };
  const { unmount } = render(
    <StoresProvider stores={aStation().stores}>
      <LanguageContext value={language}>
        <Foot />
      </LanguageContext>
    </StoresProvider>,
  );
  /** The time shown moves on, and a second of the page passes. */
  const after = async (minutes: number): Promise<void> => {
    time.ms = (time.ms ?? START_MS) + minutes * MINUTE_MS;
    await act(() => vi.advanceTimersByTimeAsync(1000));
  };
  const line = () => screen.queryByTestId("scene-tide");
  const words = () => line()?.textContent.replaceAll(/\s+/g, " ");
  return { asked, time, answer, focus, origin, after, line, words, unmount };
}

describe("the tide at the scene's foot", () => {
  it("is asked for by the scene's own time and place, and said in a line", async () => {
    const { asked, after, words, line } = open();
    expect(line()).toBeNull();
    await after(0);
    expect(asked).toEqual([{ position: ORIGIN, unixTimeMs: START_MS }]);
    expect(words()).toBe("Tide Boulogne 6.2 m CD, falling, low 04:31 UTC");
    expect(line()?.dataset["old"]).toBe("false");
  });

  it("gives how far the sea's edge is drawn from the coast's line, and that the beach's slope is assumed", async () => {
    const { after, answer } = open();
    await after(0);
    const shift = () => screen.queryByTestId("scene-shift")?.textContent.replaceAll(/\s+/g, " ");
    // 8.76 m less 6.24 m on a beach of 1 in 50; half of that, and 0.25 m of the tide, are uncertain.
    expect(shift()).toBe("Sea drawn 126 m (±64 m) off the coast line: beach of 1 in 50 assumed");
    answer.of = (unixTimeMs) => ({ ...falling(unixTimeMs), heightChartDatumM: 8.9 });
    await after(1);
    expect(shift()).toBeUndefined();
    cleanup();
    // Without a coast there is no edge to draw.
    await open("en", false).after(0);
    expect(screen.queryByTestId("scene-tide")).not.toBeNull();
    expect(shift()).toBeUndefined();
  });

  it("is in French", async () => {
    const { after, words } = open("fr");
    await after(0);
    // The mark of decimals follows the settings, not this context.
    expect(words()).toMatch(/^Marée Boulogne 6.2 m ZH, descendante, basse mer 04:31 UTC$/);
  });

  it("is asked for again every minute of the time shown, and at once after a jump of a replay", async () => {
    const { asked, after, time } = open();
    await after(0);
    await after(0.5);
    expect(asked).toHaveLength(1);
    await after(0.6);
    expect(asked).toHaveLength(2);
    time.ms = START_MS - 300 * MINUTE_MS;
    await after(0);
    expect(asked.at(-1)?.unixTimeMs).toBe(START_MS - 300 * MINUTE_MS);
  });

  it("is that of the aircraft that is followed, once it is a kilometre away", async () => {
    const { asked, after, focus } = open();
    await after(0);
    focus.set({ position: at(100, 0), altitudeAmslM: 60 });
    await after(0);
    expect(asked).toHaveLength(1);
    focus.set({ position: at(0, 3000), altitudeAmslM: 60 });
    await after(0);
    expect(asked.at(-1)?.position).toEqual(at(0, 3000));
  });

  it("gets old when the station no longer answers, looks old, and is forgotten after half an hour", async () => {
    const { answer, after, words, line } = open();
    await after(0);
    answer.of = () => undefined;
    await after(2);
    expect(line()?.dataset["old"]).toBe("false");
    await after(10);
    expect(words()).toBe("Tide Boulogne 6.2 m CD, falling, low 04:31 UTC, 12 min old");
    expect(line()?.dataset["old"]).toBe("true");
    await after(20);
    expect(words()).toBe("Tide unknown");
    answer.of = falling;
    await after(1);
    expect(words()).toContain("Boulogne");
  });

  it("is unknown where the station knows none", async () => {
    const { answer, after, words } = open();
    answer.of = () => ({ kind: "unknown" });
    await after(1);
    expect(words()).toBe("Tide unknown");
  });

  it("is not asked for without a time or a place, nor once the scene is gone", async () => {
    const { time, origin, asked, unmount } = open();
    const passes = () => act(() => vi.advanceTimersByTimeAsync(5000));
    await passes();
    expect(asked).toHaveLength(1);
    time.ms = undefined;
    await passes();
    time.ms = START_MS + 10 * MINUTE_MS;
    origin.set(undefined);
    await passes();
    expect(asked).toHaveLength(1);
    origin.set(ORIGIN);
    unmount();
    await passes();
    expect(asked).toHaveLength(1);
  });
});
