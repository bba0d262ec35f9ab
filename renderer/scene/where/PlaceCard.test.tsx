// @vitest-environment happy-dom
/** The card of a place: what it knows, what it admits not to know, and what it copies. */
import { act, cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, describe, expect, it } from "vitest";
import { geoidHeightM } from "../../../src/geo/geoid.js";
import type { CoastDocument } from "../../../src/geo/coastDocument.js";
import type { KnownHeight } from "../../../src/geo/terrain/knownHeight.js";
import type { Tide } from "../../../src/geo/tide/tideModel.js";
import { keyStore, routeKeys } from "../../app/actions.js";
import { settingsStore } from "../../app/settings.js";
import { LanguageContext } from "../../app/text.js";
import { Latest } from "../../bridge/latest.js";
import { StoresProvider } from "../../bridge/StoresContext.js";
import { aStation } from "../../bridge/testing/builders.js";
import type { Measuring } from "../measure/measuring.js";
import { at } from "../testing/openLayer.js";
import { PlaceCard } from "./PlaceCard.js";

let stop = (): void => undefined;
afterEach(() => {
  stop();
  cleanup();
});

const [S, N, W, E] = [50, 51, 1.6, 2.5];
/** Land to the east of the origin's meridian, sea to the west. */
const COAST: CoastDocument = {
  ...{ attribution: "", source: "", licence: "", date: "2017-01-01", harbours: [], relief: undefined },
  error: { medianM: 43, p90M: 118, worstM: 466 },
  box: { westDeg: 1, eastDeg: E, southDeg: S, northDeg: N },
  land: [
    {
      outline: [
        { latitudeDeg: S, longitudeDeg: W },
        { latitudeDeg: N, longitudeDeg: W },
        { latitudeDeg: N, longitudeDeg: E },
        { latitudeDeg: S, longitudeDeg: E },
      ],
      holes: [],
    },
  ],
};
const TIDE: Tide = {
  ...{ kind: "known", unixTimeMs: 1000, heightChartDatumM: 6.2, heightAmslM: 1.4, meanHighWaterSpringsM: 8.8 },
  ...{ sigma: { chartDatumM: 0.2, amslM: 0.5 }, trend: "falling" },
  ...{ nextHigh: { unixTimeMs: 5e7, heightChartDatumM: 8 }, nextLow: { unixTimeMs: 1e7, heightChartDatumM: 1 } },
  ports: [{ name: "Boulogne", nameIn: {}, share: 1, distanceM: 10 }],
};

type Known = {
  readonly height?: KnownHeight;
  readonly tide?: Tide;
  readonly isSeaSimulated?: boolean;
  readonly language?: "en" | "fr";
  readonly isBare?: boolean;
};

async function open(
  eastM: number,
  { height, tide, isSeaSimulated = false, language = "en", isBare = false }: Known = {},
) {
  const pinned = new Latest<ReturnType<typeof at> | undefined>(at(eastM, 0));
  const home = new Latest(isBare ? undefined : { position: at(eastM, -300), altitudeAmslM: 10 });
  const focus = new Latest(isBare ? undefined : { position: at(eastM + 400, 0), altitudeAmslM: 60 });
  const measuring = new Latest<Measuring | undefined>(undefined);
  const { stores } = aStation();
  stores.get(settingsStore).change({ language });
  stop = routeKeys(window, stores.get(keyStore));
  render(
    <StoresProvider stores={stores}>
      <LanguageContext value={language}>
        <PlaceCard
          where={{ pinned, home }}
          document={isBare ? undefined : COAST}
          measuring={measuring}
          focus={focus}
          terrain={{
            files: new Latest<readonly string[]>([]),
            heights: () => Promise.resolve(undefined),
            heightAt: () => Promise.resolve(height),
          }}
          tide={{ tideAt: () => Promise.resolve(tide), isSeaSimulated, unixMsNow: () => 1000 }}
        />
      </LanguageContext>
    </StoresProvider>,
  );
  // The card's code is read when it is first shown.
  await act(async () => {
    await import("./PlaceFactsCard.js");
  });
  await screen.findByTestId("place-card");
  const card = () => screen.queryByTestId("place-card");
  const rows = () =>
    Object.fromEntries(
      [...(card()?.querySelectorAll("dl div") ?? [])].map((row) => [
        row.querySelector("dt")?.textContent ?? "",
        (row.querySelector("dd")?.textContent ?? "").replaceAll("\u00a0", " "),
      ]),
    );
  return { pinned, measuring, card, rows };
}

describe("the card of a place", () => {
  it("on land tells the file's height with its error, above both seas and home, and the ways", async () => {
    const { rows, card } = await open(2000, {
      height: { heightAmslM: 42, sigmaM: 1, source: "N50E001.hgt" },
      tide: TIDE,
    });
    const ellipsoidM = 42 + geoidHeightM(at(2000, 0));
    expect(rows()).toEqual({
      Surface: "land, shore 2.00 km ±157 m",
      "Above sea level": "42.0 m ±2.0 m",
      "Above ellipsoid": `${ellipsoidM.toFixed(1)} m ±2.0 m`,
      "Above home": "32.0 m",
      "Height from": "N50E001.hgt",
      "From home": "300 m · 000°",
      "From aircraft": "400 m · 270°",
    });
    expect(card()?.textContent).toContain("Tide Boulogne");
  });

  it("at sea is as high as the tide, and without one as mean sea level with an error that covers it", async () => {
    const known = await open(-2000, { tide: TIDE, height: { heightAmslM: -30, sigmaM: 1, source: "x" } });
    expect(known.rows()).toMatchObject({
      Surface: "sea, shore 2.00 km ±157 m",
      "Above sea level": "1.4 m ±1.0 m",
      "Height from": "tide now",
    });
    cleanup();
    const unknown = await open(-2000);
    expect(unknown.rows()).toMatchObject({ "Above sea level": "0.0 m ±2.9 m", "Height from": "mean sea level" });
  });

  it("gives a simulated sea no tide", async () => {
    const { rows, card } = await open(-2000, { tide: TIDE, isSeaSimulated: true });
    expect(rows()["Height from"]).toBe("mean sea level");
    expect(card()?.textContent).not.toContain("Boulogne");
  });

  it("at the waterline is certain of neither, and says that no file knows the height", async () => {
    const { rows } = await open(50);
    expect(rows()).toMatchObject({ Surface: "shore ±157 m", "Above sea level": "height not known" });
    expect(Object.keys(rows())).not.toContain("Above ellipsoid");
  });

  it("without coast, home and aircraft invents nothing", async () => {
    const { rows } = await open(2000, { isBare: true });
    expect(rows()).toEqual({ Surface: "not known", "Above sea level": "height not known" });
  });

  it("speaks French", async () => {
    const { rows, card } = await open(2000, { language: "fr", tide: TIDE });
    expect(rows()).toMatchObject({ Surface: "terre, rivage à 2,00 km ±157 m", "Sur la mer": "hauteur inconnue" });
    expect(card()?.textContent).toContain("Marée Boulogne");
    expect(screen.getByTestId("place-deg").textContent).toContain("50,70");
  });

  it("is closed by Escape and by its button, and gives way to measuring", async () => {
    const { card, pinned, measuring } = await open(2000);
    fireEvent.keyDown(document.body, { key: "Escape" });
    expect([card(), pinned.get()]).toEqual([null, undefined]);
    act(() => pinned.set(at(1, 1)));
    fireEvent.click(screen.getByTestId("place-close"));
    expect(card()).toBeNull();
    act(() => pinned.set(at(1, 1)));
    act(() => measuring.set({ places: [], isClosed: false }));
    expect([card(), pinned.get()]).toEqual([null, undefined]);
  });
});

describe("copying", () => {
  const press = async (testId: string): Promise<void> => {
    await act(async () => {
      fireEvent.click(screen.getByTestId(testId));
      await Promise.resolve();
      await Promise.resolve();
    });
  };
  it.each(["deg", "dm", "dms", "mgrs"])("puts the form %s into the clipboard, and says so", async (form) => {
    await open(2000);
    const shown = screen.getByTestId(`place-${form}`).textContent;
    await press(`copy-${form}`);
    expect(await navigator.clipboard.readText()).toBe(shown.replaceAll(/\u00a0+/g, " "));
    expect(screen.getByTestId(`copy-${form}`).textContent).toContain("Copied");
  });

  it("says how to do it by hand where the clipboard is denied", async () => {
    await open(2000);
    const { clipboard } = navigator;
    Object.defineProperty(navigator, "clipboard", { configurable: true, value: undefined });
    await press("copy-mgrs");
    Object.defineProperty(navigator, "clipboard", { configurable: true, value: clipboard });
    expect(screen.getByRole("alert").textContent).toMatch(/by hand/);
    expect(screen.getByTestId("copy-mgrs").textContent).not.toContain("Copied");
  });
});
