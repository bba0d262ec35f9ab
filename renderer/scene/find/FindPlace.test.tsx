// @vitest-environment happy-dom
import { act, cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, describe, expect, it } from "vitest";
import { aPlace } from "../../../src/geo/places/testing/placeBuilders.js";
import { keyStore, routeKeys, useActionKeys } from "../../app/actions.js";
import { settingsStore } from "../../app/settings.js";
import { LanguageContext } from "../../app/text.js";
import { Latest } from "../../bridge/latest.js";
import { StoresProvider } from "../../bridge/StoresContext.js";
import { aContact, aStation } from "../../bridge/testing/builders.js";
import { CameraRig } from "../camera/cameraRig.js";
import type { CameraMode } from "../sceneTypes.js";
import { at, frame } from "../testing/openLayer.js";
import { FindPlace } from "./FindPlace.js";
import { Finder } from "./finder.js";

let stop = (): void => undefined;
afterEach(() => {
  stop();
  cleanup();
});

const WISSANT = aPlace("Wissant", 50.8853, 1.66263, { population: 1052 });
const WIMEREUX = aPlace("Wimereux", 50.77, 1.61, { population: 7000, kind: "town" });

/** Pause and Return as Fly has them while the aircraft is armed. */
function FlightKeys({ performed }: { readonly performed: string[] }) {
  useActionKeys(
    ["R", "Space"].map((shortcut) => ({
      ...{ id: shortcut, labelKey: "command.return", shortcut, isEnabled: () => true, isUrgent: () => true },
      perform: () => void performed.push(shortcut),
    })),
  );
  return null;
}

function open(language: "en" | "fr" = "en", startMode: CameraMode = "follow") {
  const rig = new CameraRig(startMode);
  const finder = new Finder(rig);
  const performed: string[] = [];
  const { stores } = aStation();
  stores.get(settingsStore).change({ language });
  stop = routeKeys(window, stores.get(keyStore));
  const shown = (mode: CameraMode) => (
    <StoresProvider stores={stores}>
      <LanguageContext value={language}>
        <FlightKeys performed={performed} />
        <FindPlace
          finder={finder}
          frame={frame}
          places={new Latest({ attribution: "GeoNames", places: [WISSANT, WIMEREUX] })}
          contacts={new Latest([aContact({ id: "C-14", position: at(500, -700) })])}
          mode={mode}
          onModeChange={(next) => rerender(shown(next))}
        />
      </LanguageContext>
    </StoresProvider>
  );
  const { rerender } = render(shown(startMode));
  const press = (key: string): void => void fireEvent.keyDown(document.activeElement ?? document.body, { key });
  const type = (value: string): void => void fireEvent.change(screen.getByTestId("find-field"), { target: { value } });
  const rows = (): readonly string[] =>
    screen.queryAllByTestId("find-match").map(({ textContent }) => textContent.replaceAll("\u00a0", " "));
  const why = (): string => screen.getByTestId("find-why").textContent;
  const looksAt = (): readonly number[] => [rig.goal.targetEastM, rig.goal.targetNorthM].map(Math.round);
  const show = (mode: CameraMode): void => rerender(shown(mode));
  return { rig, finder, performed, press, type, rows, why, looksAt, show };
}

describe("finding a place", () => {
  it("opens by key, goes to what Enter chooses, and comes back by key", () => {
    const { rig, press, type, rows, looksAt } = open();
    press("/");
    expect(document.activeElement).toBe(screen.getByTestId("find-field"));
    type("wi");
    expect(rows()).toEqual(["Wimereuxtown · 50.77000° N  1.61000° E", "Wissantvillage · 50.88530° N  1.66263° E"]);
    press("ArrowDown");
    press("Enter");
    expect(screen.queryByTestId("find")).toBeNull();
    const { eastM, northM } = frame.pointOf(WISSANT.position);
    expect([rig.mode, ...looksAt()]).toEqual(["free", Math.round(eastM), Math.round(northM)]);
    press("b");
    expect(rig.mode).toBe("follow");
    expect(screen.queryByTestId("find-back")).toBeNull();
  });

  it("goes to a contact by a click, and forgets the way back when the camera follows again", () => {
    const { finder, press, type, looksAt, show } = open();
    press("/");
    type("c14");
    fireEvent.click(screen.getByTestId("find-match"));
    expect(looksAt()).toEqual([500, -700]);
    expect(finder.shown.get()?.label).toBe("C-14");
    act(() => show("follow"));
    expect(finder.shown.get()).toBeUndefined();
  });

  it("comes back from a crowd or an aircraft too, which is not marked as found", () => {
    const { rig, finder, press, looksAt } = open();
    act(() => finder.visit({ eastM: 300, northM: -40, rangeM: 60 }, { frame, onModeChange: undefined }));
    expect([looksAt(), rig.goal.rangeM, rig.mode, finder.shown.get()]).toEqual([[300, -40], 60, "free", undefined]);
    press("b");
    expect([looksAt(), rig.mode]).toEqual([[0, 0], "follow"]);
    expect(screen.queryByTestId("find-back")).toBeNull();
  });

  it("takes no key from the flight but while something is typed", () => {
    const { performed, press } = open();
    press("r");
    press(" ");
    press("/");
    press("r");
    press(" ");
    expect(performed).toEqual(["R", "Space"]);
    press("Escape");
    expect(screen.queryByTestId("find")).toBeNull();
    press("r");
    expect(performed).toEqual(["R", "Space", "R"]);
  });

  it("says why nothing is found, and goes nowhere", () => {
    const { press, type, rows, why, looksAt } = open();
    press("/");
    for (const [typed, words] of [
      ["50 46.47 1 36.45", /N or S after the latitude/],
      ["50°61'N 1°E", /Minutes are less than 60/],
      ["31UAA1234567890", /no such square/],
      ["Atlantis", /No place or contact/],
    ] as const) {
      type(typed);
      expect([rows(), words.test(why())]).toEqual([[], true]);
    }
    press("Enter");
    expect(looksAt()).toEqual([0, 0]);
  });

  it("does not leave the map", () => {
    const { press, type, rows, looksAt } = open();
    press("/");
    type("0 0");
    expect(rows()[0]).toMatch(/beyond this map/);
    press("Enter");
    fireEvent.click(screen.getByTestId("find-match"));
    expect(looksAt()).toEqual([0, 0]);
    expect(screen.queryByTestId("find")).not.toBeNull();
  });

  it("reads and speaks French", () => {
    const { press, type, rows, why } = open("fr");
    press("/");
    type("50°46,47'N 1°36,45'O");
    expect(rows()).toEqual(["50,77450° N  1,60750° Oposition · hors de cette carte"]);
    type("50,1");
    expect(why()).toMatch(/point-virgule/);
  });

  it("closes when something else is used", () => {
    const { press } = open();
    press("/");
    fireEvent.blur(screen.getByTestId("find-field"), { relatedTarget: document.body });
    expect(screen.queryByTestId("find")).toBeNull();
  });
});
