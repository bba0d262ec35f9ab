// @vitest-environment happy-dom
import { readFileSync } from "node:fs";
import { act, cleanup, fireEvent, render, screen } from "@testing-library/react";
import type { ReactNode } from "react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { ReplyValue } from "../../../src/contract/messages.js";
import { ok } from "../../../src/core/result.js";
import { readTide } from "../../../src/geo/tide/tideDocument.js";
import { createTideModel } from "../../../src/geo/tide/tideModel.js";
import { readPlanFile } from "../../../src/plan/formats/planFile.js";
import { keyStore, routeKeys } from "../../app/actions.js";
import { settingsStore } from "../../app/settings.js";
import { LanguageContext } from "../../app/text.js";
import { done } from "../../bridge/testing/fakeTransport.js";
import { StoresProvider } from "../../bridge/StoresContext.js";
import { aBatch, aHello, aStation, aVehicle } from "../../bridge/testing/builders.js";
import type { CoastSceneProps } from "../../scene/sceneTypes.js";
import { closeDraft, edit } from "../planEditorState.js";
import { planEditorStore } from "../planEditor.js";
import { PlanWorkspace } from "../PlanWorkspace.js";

let scene: CoastSceneProps;
vi.mock("../../scene/CoastScene.js", () => ({
  CoastScene: (props: CoastSceneProps & { children: ReactNode }) => {
    scene = props;
    return <p data-testid="hour-note">{props.hourNote ?? ""}</p>;
  },
}));
vi.mock("../../scene/layers/PlanLayer.js", () => ({ PlanLayer: () => null }));

const BOULOGNE = { latitudeDeg: 50.7275, longitudeDeg: 1.5775 };
const FILE = readTide(readFileSync("missions/tide/channel.json", "utf8"), "channel.json");
if (!FILE.ok) throw new Error("no tide");
const MODEL = createTideModel(FILE.value);
/** What the station's clock says: `aBatch`. */
const NOW = new Date(1_795_400_000_000);

let stop = (): void => undefined;
beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  stop();
  cleanup();
  localStorage.clear();
  vi.useRealTimers();
});

async function open(language: "en" | "fr" = "en", isSimulated = false) {
  const station = aStation();
  stop = routeKeys(window, station.stores.get(keyStore));
  let isAnswering = true;
  station.transport.answerWith((request) => {
    if (request.kind !== "get-tide") return done;
    const tide = MODEL.tideAt(request.position, request.unixTimeMs ?? 0);
    const reply: ReplyValue = { kind: "tide", tide, attribution: "" };
    return isAnswering ? ok(reply) : done;
  });
  station.transport.receive(aHello());
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
  act(() =>
    editor.change((before) => edit(before, { kind: "set-home", home: { position: BOULOGNE, altitudeAmslM: 5 } })),
  );
  const later = (): Promise<void> =>
    act(async () => {
      await vi.advanceTimersByTimeAsync(1100);
    });
  await later();
  return {
    ...station,
    editor,
    later,
    silence: () => (isAnswering = false),
    start: () => editor.state.get().history.present.startsAtUnixMs,
    type: async (text: string) => {
      fireEvent.change(screen.getByTestId("plan-start"), { target: { value: text } });
      fireEvent.keyDown(screen.getByTestId("plan-start"), { key: "Enter" });
      await later();
    },
  };
}
const words = (id: string): string => screen.getByTestId(id).textContent.replaceAll("\u00a0", " ");
const field = () => screen.getByTestId<HTMLInputElement>("plan-start");

describe("the start of a plan", () => {
  it("is now until somebody types an hour, which scene and tide then take", async () => {
    const { start, type } = await open();
    expect(field().value).toBe("");
    expect(Math.abs((scene.sceneTime?.() ?? 0) - NOW.getTime())).toBeLessThan(5000);
    expect(words("hour-note")).toBe("");
    await type("2026-12-01 02:00");
    expect(start()).toBe(Date.parse("2026-12-01T02:00:00Z"));
    expect(scene.sceneTime?.()).toBe(start());
    expect(scene.tide?.unixMsNow()).toBe(start());
    expect(scene.tide?.placeNow?.()).toEqual(BOULOGNE);
    expect(scene.tide?.isSeaSimulated).toBe(false);
    expect(words("hour-note")).toBe("For 2026-12-01 02:00 UTC, start of the plan");
  });

  it("takes an hour alone for the next one by the station's clock", async () => {
    const { start, type } = await open();
    await type("02:00");
    const next = start() ?? 0;
    expect(new Date(next).toISOString()).toContain("T02:00:00.000Z");
    expect(next - NOW.getTime()).toBeGreaterThan(0);
    expect(next - NOW.getTime()).toBeLessThanOrEqual(24 * 3600 * 1000);
    expect(field().value).toBe(new Date(next).toISOString().slice(0, 16).replace("T", " "));
  });

  it.each([
    ["tonight", "write 2026-12-01 02:00"],
    ["2026-02-30 02:00", "No calendar or clock has this"],
    ["2150-01-01 02:00", "Only 1970 to 2099"],
  ])(
    "says at the field that %s is no time, keeps what was typed, and plans on with the hour before",
    async (text, why) => {
      const { start, type } = await open();
      await type("2026-12-01 02:00");
      await type(text);
      expect(field().value).toBe(text);
      expect(field().getAttribute("aria-invalid")).toBe("true");
      expect(screen.getByTestId("plan-list").textContent).toContain(why);
      expect(start()).toBe(Date.parse("2026-12-01T02:00:00Z"));
      fireEvent.keyDown(field(), { key: "Escape" });
      expect(field().value).toBe("2026-12-01 02:00");
      expect(field().getAttribute("aria-invalid")).not.toBe("true");
    },
  );

  it("is one step of undo, and of redo; the button and an empty field go back to now", async () => {
    const { start, type, later, store } = await open();
    await type("2026-12-01 02:00");
    const set = start();
    const press = (init: KeyboardEventInit): void =>
      void act(() => window.dispatchEvent(new KeyboardEvent("keydown", { cancelable: true, ...init })));
    press({ key: "z", ctrlKey: true });
    expect([start(), field().value]).toEqual([undefined, ""]);
    press({ key: "z", ctrlKey: true, shiftKey: true });
    expect([start(), field().value]).toEqual([set, "2026-12-01 02:00"]);
    fireEvent.click(screen.getByTestId("plan-start-now"));
    expect([start(), field().value]).toEqual([undefined, ""]);
    press({ key: "z", ctrlKey: true });
    expect(start()).toBe(set);
    await type(" ");
    expect(start()).toBeUndefined();
    expect(store.planOnScreen.get()).not.toHaveProperty("startsAtUnixMs");
    await later();
    expect(words("hour-note")).toBe("");
  });

  it("is saved with the plan", async () => {
    const { transport, type } = await open();
    await type("2026-12-01 02:00");
    fireEvent.click(screen.getByTestId("plan-save"));
    const saved = transport.requests().find(({ kind }) => kind === "save-plan");
    const read = saved?.kind === "save-plan" && readPlanFile(saved.planText, "x.plan");
    expect(read && read.ok && read.value.startsAtUnixMs).toBe(Date.parse("2026-12-01T02:00:00Z"));
  });

  it("says when it is past", async () => {
    const { type } = await open();
    await type("2026-01-01 02:00");
    expect(screen.getByTestId("plan-list").textContent).toContain("This hour is past");
    await type("2027-01-01 02:00");
    expect(screen.getByTestId("plan-list").textContent).not.toContain("This hour is past");
  });

  it("is typed and shown in French with the day first", async () => {
    const { start, type } = await open("fr");
    await type("01/12/2026 02:00");
    expect(start()).toBe(Date.parse("2026-12-01T02:00:00Z"));
    expect(field().value).toBe("01/12/2026 02:00");
    expect(words("plan-tide")).toContain("au-dessus du zéro hydrographique (LAT)");
    expect(words("plan-tide")).toContain("Prédiction harmonique, sans météo");
    expect(words("plan-tide-high")).toMatch(/^pleine mer\d\d:\d\d\d,\d m$/);
  });
});

describe("the tide of a plan", () => {
  it("is that of the start, with its port, datum, and the next turns", async () => {
    const { type } = await open();
    await type("2026-12-01 02:00");
    const tide = MODEL.tideAt(BOULOGNE, Date.parse("2026-12-01T02:00:00Z"));
    if (tide.kind !== "known") throw new Error("not known");
    expect(words("plan-tide")).toContain("Tide Boulogne, above chart datum (LAT)");
    expect(words("plan-tide")).toContain("Harmonic prediction, no weather; 1 sigma 0.3 m");
    expect(words("plan-tide-start")).toBe(`start02:00${tide.heightChartDatumM.toFixed(1)} m${tide.trend}`);
    // Nothing to fly yet: no end.
    expect(screen.queryByTestId("plan-tide-end")).toBeNull();
    expect(words("plan-tide")).not.toContain("simulated");
  });

  it("is told for the end of the flight too, as long as the plan's figures say that it lasts", async () => {
    const { editor, type, later } = await open();
    await type("2026-12-01 02:00");
    const corner = (northDeg: number, eastDeg: number) => ({
      latitudeDeg: BOULOGNE.latitudeDeg + northDeg,
      longitudeDeg: BOULOGNE.longitudeDeg + eastDeg,
    });
    const area = [corner(0, 0), corner(0, 0.01), corner(0.01, 0.01), corner(0.01, 0)];
    act(() =>
      editor.change((before) => {
        const context = { aircraft: editor.aircraft, reportedHome: undefined, newItemId: "a" };
        const closed = closeDraft({ ...before, tool: "draw", draft: area }, context);
        return closed.ok ? closed.value : before;
      }),
    );
    await later();
    const { timeS } = editor.figures.get().flight;
    expect(timeS).toBeGreaterThan(300);
    const endMs = Date.parse("2026-12-01T02:00:00Z") + timeS * 1000;
    const tide = MODEL.tideAt(BOULOGNE, endMs);
    if (tide.kind !== "known") throw new Error("not known");
    const time = new Date(Math.round(endMs / 60_000) * 60_000).toISOString().slice(11, 16);
    expect(words("plan-tide-end")).toBe(`end of flight${time}${tide.heightChartDatumM.toFixed(1)} m${tide.trend}`);
  });

  it("is no other hour's figure while the station has not answered, and says that", async () => {
    const { type, silence } = await open();
    await type("2026-12-01 02:00");
    expect(screen.getByTestId("plan-tide").dataset["kind"]).toBe("known");
    silence();
    await type("2026-12-01 08:00");
    expect(screen.getByTestId("plan-tide").dataset["kind"]).toBe("no-answer");
    expect(words("plan-tide")).toContain("the station did not answer");
  });

  it("is unknown far from every port, and of no place without a home", async () => {
    const { editor, later } = await open();
    const far = { position: { latitudeDeg: 10, longitudeDeg: 10 }, altitudeAmslM: 0 };
    act(() => editor.change((before) => edit(before, { kind: "set-home", home: far })));
    await later();
    expect(words("plan-tide")).toBe("Tide unknown: no port within reach.");
    act(() => editor.change((before) => ({ ...before, history: { past: [], present: before.savedPlan, future: [] } })));
    expect(words("plan-tide")).toContain("no home and no area");
  });

  it("is not drawn in the simulated sea, which has none, and says so", async () => {
    await open("en", true);
    expect(scene.tide?.isSeaSimulated).toBe(true);
    expect(words("plan-tide")).toContain("The simulated sea has no tide");
  });
});
