// @vitest-environment happy-dom
import { act, cleanup, fireEvent, render, screen } from "@testing-library/react";
import type { ReactNode } from "react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ok } from "../../../src/core/result.js";
import type { KnownTide } from "../../../src/geo/tide/tideModel.js";
import type { PlanProfile, ProfilePlace } from "../../../src/plan/profile.js";
import { settingsStore } from "../../app/settings.js";
import { LanguageContext } from "../../app/text.js";
import { done } from "../../bridge/testing/fakeTransport.js";
import { StoresProvider } from "../../bridge/StoresContext.js";
import { aBatch, aHello, aStation, aVehicle } from "../../bridge/testing/builders.js";
import type { CoastSceneProps } from "../../scene/sceneTypes.js";
import { closeDraft } from "../planEditorState.js";
import { planEditorStore } from "../planEditor.js";
import { PlanWorkspace } from "../PlanWorkspace.js";
import { atTide, placeNear, shapeOf } from "./profileShape.js";

let scene: CoastSceneProps;
vi.mock("../../scene/CoastScene.js", () => ({
  CoastScene: (props: CoastSceneProps & { children: ReactNode }) => {
    scene = props;
    return null;
  },
}));
vi.mock("../../scene/layers/PlanLayer.js", () => ({ PlanLayer: () => null }));

const HERE = { latitudeDeg: 50.77, longitudeDeg: 1.6 };
const place = (alongM: number, change: Partial<ProfilePlace>): ProfilePlace => ({
  ...{ alongM, position: HERE, itemIndex: 1, wayAmslM: 78 },
  ground: { isSea: false, heightAmslM: 12, lowestAmslM: 4, highestAmslM: 21 },
  ...change,
});
const MEAN_SEA = { isSea: true, heightAmslM: 0, lowestAmslM: -5, highestAmslM: 5 };
const PROFILE: PlanProfile = {
  lengthM: 1000,
  places: [
    place(0, {}),
    place(250, { ground: MEAN_SEA }),
    place(500, { ground: undefined }),
    place(750, { mark: "below-ground", ground: { isSea: false, heightAmslM: 90, lowestAmslM: 82, highestAmslM: 98 } }),
    place(1000, { wayAmslM: undefined, ground: undefined }),
  ],
};
const TIDE: KnownTide = {
  ...{ kind: "known", unixTimeMs: 0, trend: "rising" },
  ...{ heightChartDatumM: 6.2, heightAmslM: 1.4, meanHighWaterSpringsM: 8.7 },
  sigma: { chartDatumM: 0.25, amslM: 0.4 },
  nextHigh: { unixTimeMs: 1, heightChartDatumM: 8 },
  nextLow: { unixTimeMs: 2, heightChartDatumM: 2 },
  ports: [{ name: "Boulogne", nameIn: {}, share: 1, distanceM: 500 }],
};

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  cleanup();
  localStorage.clear();
  vi.useRealTimers();
});

type Opening = { readonly isSimulated?: boolean; readonly language?: "en" | "fr"; readonly profile?: PlanProfile };

function open({ isSimulated = false, language = "en", profile = PROFILE }: Opening = {}) {
  const station = aStation();
  station.transport.answerWith((request) => {
    if (request.kind === "get-tide")
      return ok({ kind: "tide", tide: { ...TIDE, unixTimeMs: request.unixTimeMs ?? 0 }, attribution: "" });
    const found = { isWholeWayKnown: false, findings: [], profile };
    return request.kind === "check-over-ground" ? ok({ kind: "over-ground", found, isPartMissing: false }) : done;
  });
  station.transport.receive(aHello({ terrainFiles: ["N50E001.hgt"] }));
  station.transport.receive(aBatch([aVehicle({ isSimulated })]));
  station.stores.get(settingsStore).change({ language });
  const editor = station.stores.get(planEditorStore);
  render(
    <StoresProvider stores={station.stores}>
      <LanguageContext value={language}>
        <PlanWorkspace />
      </LanguageContext>
    </StoresProvider>,
  );
  if (screen.getByTestId("plan-profile-toggle").getAttribute("aria-expanded") === "false")
    fireEvent.click(screen.getByTestId("plan-profile-toggle"));
  const area = [0, 1, 2, 3].map((i) => ({
    latitudeDeg: HERE.latitudeDeg + (i >= 2 ? 0.004 : 0),
    longitudeDeg: HERE.longitudeDeg + (i === 1 || i === 2 ? 0.008 : 0),
  }));
  const draw = async (): Promise<void> => {
    act(() =>
      editor.change((before) => {
        const context = { aircraft: editor.aircraft, reportedHome: undefined, newItemId: "a" };
        const closed = closeDraft({ ...before, tool: "draw", draft: area }, context);
        return closed.ok ? closed.value : before;
      }),
    );
    await act(async () => {
      await vi.advanceTimersByTimeAsync(1100);
    });
  };
  return { ...station, draw };
}
const text = (id: string): string => screen.getByTestId(id).textContent.replaceAll("\u00a0", " ");
const key = (name: string) => fireEvent.keyDown(screen.getByTestId("plan-profile-plot"), { key: name });

describe("the height profile in Plan", () => {
  it("says that there is nothing to fly, then shows the way and reads it with the arrow keys", async () => {
    const { draw, transport } = open();
    expect(text("plan-profile")).toContain("nothing to fly yet");
    await draw();
    expect(transport.requests().find(({ kind }) => kind === "check-over-ground")).toMatchObject({ hasProfile: true });
    key("ArrowRight");
    expect(text("plan-profile-words")).toBe("0 m: way 78 m AMSL, ground 12 m AMSL (4 m to 21 m), 66 m above it");
    key("ArrowRight");
    // The sea at the tide, not at mean level: 1.645 times 0.4 m of error.
    expect(text("plan-profile-words")).toBe("250 m: way 78 m AMSL, sea 1.4 m AMSL (0.7 m to 2.1 m), 77 m above it");
    key("ArrowRight");
    expect(text("plan-profile-words")).toBe("500 m: way 78 m AMSL, ground unknown");
    key("ArrowRight");
    expect(text("plan-profile-words")).toContain("■ below the ground");
    key("End");
    expect(text("plan-profile-words")).toBe("1.00 km: way unknown: it follows the ground, ground unknown");
    key("ArrowRight");
    key("Home");
    expect(text("plan-profile-words")).toMatch(/^0 m:/);
    expect(screen.getByTestId("plan-profile-plot").getAttribute("aria-valuetext")).toMatch(/^0.m:/);
  });

  it("hatches unknown ground, marks what is too low, and says both", async () => {
    await open().draw();
    const unknown = screen.getAllByTestId("plan-profile-unknown");
    expect(unknown.map(({ style }) => [style.left, style.width])).toEqual([
      ["25.00%", "50.00%"],
      ["75.00%", "25.00%"],
    ]);
    const low = screen.getAllByTestId("plan-profile-low");
    expect(low.map(({ dataset, style }) => [dataset["mark"], style.left])).toEqual([["below-ground", "62.50%"]]);
    expect(text("plan-profile")).toContain("hatched: ground unknown");
    expect(text("plan-profile")).toMatch(/sea at the tide of \d\d:\d\d UTC/);
  });

  it("keeps the simulated sea at mean level, and says so", async () => {
    await open({ isSimulated: true }).draw();
    expect(text("plan-profile")).toContain("simulated sea: mean level, no tide");
    key("ArrowRight");
    key("ArrowRight");
    expect(text("plan-profile-words")).toContain("sea 0.0 m AMSL");
  });

  it("is told in French", async () => {
    await open({ language: "fr" }).draw();
    key("Home");
    expect(text("plan-profile-words")).toBe("0 m : trajet 78 m AMSL, sol 12 m AMSL (4 m à 21 m), 66 m au-dessus");
  });

  it("is folded and unfolded, which is remembered and makes room for the map", async () => {
    const { draw, stores } = open();
    await draw();
    const shownPx = scene.insetPx?.bottom ?? 0;
    fireEvent.click(screen.getByTestId("plan-profile-toggle"));
    expect(screen.queryByTestId("plan-profile-plot")).toBeNull();
    expect(scene.insetPx?.bottom).toBeLessThan(shownPx - 80);
    expect(stores.get(settingsStore).values.get().isPlanProfileShown).toBe(false);
    expect(localStorage.getItem("vigie.settings.1")).toContain('"isPlanProfileShown":false');
  });
});

describe("the shape of a profile", () => {
  it("breaks land, sea and way where they are not known, and has no ground at 0 for it", () => {
    const shape = shapeOf(PROFILE);
    expect(shape.land.match(/M/g)).toHaveLength(2);
    expect(shape.sea.match(/M/g)).toHaveLength(1);
    // Down to 0.4 m under mean sea level less the span's margin, up over the highest that the ground may be.
    expect(shape.bottomAmslM).toBeLessThan(-5);
    expect(shape.topAmslM).toBeGreaterThan(98);
    expect(shape.way).toMatch(/^M0\.0,\S+L250\.0,\S+L500\.0,\S+L750\.0,[\d.]+$/);
  });

  it("puts the sea where the tide is, and only the sea", () => {
    const [land, sea] = atTide(PROFILE.places, TIDE);
    expect(land).toBe(PROFILE.places[0]);
    expect(sea?.ground?.heightAmslM).toBe(1.4);
    expect(atTide(PROFILE.places, undefined)[1]?.ground).toEqual(MEAN_SEA);
  });

  it("finds the nearest place to the pointer, none without places", () => {
    expect([0, 0.3, 0.4, 1].map((part) => placeNear(PROFILE, part))).toEqual([0, 1, 2, 4]);
    expect(placeNear({ lengthM: 0, places: [] }, 0.5)).toBeUndefined();
  });
});
