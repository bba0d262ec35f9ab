// @vitest-environment happy-dom
/** Before the start: reasons against arming, the fence on board and the crew's checklist, each of the target. */
import { act, cleanup, fireEvent, screen } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { ok } from "../../../src/core/result.js";
import type { GroundFiles } from "../../../src/contract/groundMessages.js";
import type { CoastDocument } from "../../../src/geo/coastDocument.js";
import type { Place } from "../../../src/geo/places/place.js";
import type { Tide } from "../../../src/geo/tide/tideModel.js";
import type { MapDescription } from "../../../src/geo/tiles/mapDescription.js";
import type { ChecklistState } from "../../../src/vehicle/checklist.js";
import type { AircraftFence, AircraftPlan } from "../../../src/vehicle/transfers.js";
import type { VehicleState } from "../../../src/vehicle/vehicleState.js";
import { aBatch, VEHICLE } from "../../bridge/testing/builders.js";
import {
  flying,
  openSide,
  press,
  SECOND,
  settle,
  standing,
  tick,
  standStillInTime,
  wordsOf,
} from "../testing/openSide.js";

standStillInTime();

const VERIFIED: AircraftPlan = { kind: "verified", countOfItems: 9, planHash: "ab", unixTimeUs: 1 };
const toneOf = (testId: string): string | undefined => screen.getByTestId(testId).dataset["tone"];
const openReady = (vehicles: readonly VehicleState[] = [standing()]) => openSide("ready", { vehicles });

describe("readiness", () => {
  const unready = (prearmReasons: readonly string[]): VehicleState => {
    const health = { presentBits: 0, enabledBits: 0, healthyBits: 0, prearmOk: false };
    return standing({ prearmReasons, health: { receivedAtMonoMs: 1000, value: health } });
  };

  it("gives each reason against arming in the autopilot's words, and what it means where that is known", () => {
    openReady([unready(["PreArm: Need 3D Fix", "PreArm: something new"])]);
    const [known, unknown] = screen.getAllByRole("listitem");
    expect(known?.textContent).toMatch(/^PreArm: Need 3D Fix.+/);
    expect(unknown?.textContent).toBe("PreArm: something new");
    expect(wordsOf("readiness")).toContain("▲ Will not arm yet");
  });

  it("says that there are none so far where the aircraft is not ready and names none", () => {
    openReady([unready([])]);
    expect(wordsOf("readiness")).toContain("The aircraft gives no reasons so far.");
  });

  it("has nothing against arming to say of one that is ready, and nothing at all without an aircraft", () => {
    openReady();
    expect(wordsOf("readiness")).not.toContain("Will not arm");
    cleanup();
    openReady([]);
    expect(screen.queryByTestId("readiness")).toBeNull();
  });

  it("stands in the air only while the plan on board is another than the one on screen", () => {
    const { station } = openReady([flying()]);
    // Nothing verified on board: a pilot in flight must know.
    expect(wordsOf("readiness")).not.toContain("Will not arm");
    act(() => station.transport.receive({ kind: "aircraft-plan", vehicleId: VEHICLE, plan: VERIFIED }));
    tick();
    expect(screen.queryByTestId("readiness")).toBeNull();
    act(() => station.store.shownPlan.set({ isEmpty: false, planHash: "cd" }));
    tick();
    expect(wordsOf("plan-line")).toContain("The aircraft holds another plan than the one in Plan: 9 items");
    act(() => station.store.shownPlan.set({ isEmpty: false, planHash: "ab" }));
    tick();
    expect(screen.queryByTestId("readiness")).toBeNull();
  });

  it("tells of the target's plan, and of what was sent against objections", () => {
    const { station } = openReady([standing(), standing({ id: SECOND, systemId: 2 })]);
    const plan: AircraftPlan = { ...VERIFIED, countOfBlockingFindings: 2 };
    act(() => station.transport.receive({ kind: "aircraft-plan", vehicleId: SECOND, plan }));
    expect(wordsOf("plan-line")).toContain("▲ No plan verified on the aircraft.");
    expect(screen.queryByTestId("plan-objections")).toBeNull();
    act(() => station.store.setTarget(SECOND));
    expect(wordsOf("plan-line")).toContain("Plan verified on aircraft: 9 items");
    expect(wordsOf("plan-objections")).toBe("▲ Sent against objections: 2");
    expect(toneOf("plan-line")).toBe("caution");
    act(() => station.transport.receive({ kind: "aircraft-plan", vehicleId: SECOND, plan: VERIFIED }));
    expect([toneOf("plan-line"), wordsOf("plan-line").slice(0, 1)]).toEqual(["good", "✓"]);
  });
});

describe("the fence on board", () => {
  const fence: AircraftFence = {
    ...{ isEnabled: true, isBreached: false, actionName: "return" },
    ...{ combination: "intersection", countOfItems: 3, items: { kind: "unknown" } },
  };
  it.each<[Partial<AircraftFence>, string, string]>([
    [{}, "good", "Fence enabled at the fence: returns · inside all of its areas · 3 items"],
    [{ combination: "union" }, "good", "Fence enabled at the fence: returns · inside any of its areas · 3 items"],
    [{ isEnabled: false }, "caution", "Fence not enabled at the fence: returns · inside all of its areas · 3 items"],
    [
      { isEnabled: undefined, actionName: undefined, combination: undefined, countOfItems: undefined },
      "caution",
      "Fence: the aircraft does not say ",
    ],
    [{ countOfItems: 0 }, "caution", "Fence enabled at the fence: returns · no area on board"],
    [
      { isBreached: true, actionName: "sing", combination: undefined },
      "danger",
      "FENCE BREACHED at the fence: sing · 3 items",
    ],
    [
      { areItemsUsed: false },
      "caution",
      "Fence enabled at the fence: returns · its areas are NOT used (FENCE_TYPE) · inside all of its areas · 3 items",
    ],
  ])("%j", (change, tone, words) => {
    const { station } = openReady([standing(), standing({ id: SECOND, systemId: 2 })]);
    act(() =>
      station.transport.receive({ kind: "aircraft-fence", vehicleId: VEHICLE, fence: { ...fence, ...change } }),
    );
    expect([toneOf("fence"), wordsOf("fence")]).toEqual([tone, words]);
    act(() => station.store.setTarget(SECOND));
    expect(screen.queryByTestId("fence")).toBeNull();
  });
});

describe("what is known of the place", () => {
  const PLACE = { latitudeDeg: 50.77, longitudeDeg: 1.6 };
  const AROUND = { southDeg: 50, westDeg: 1, northDeg: 51, eastDeg: 2 };
  const ELSEWHERE = { southDeg: 43, westDeg: 3, northDeg: 44, eastDeg: 5 };
  const coastOf = (box: typeof AROUND): CoastDocument => ({
    ...{ attribution: "", source: "", licence: "", date: "2017-01-01", relief: undefined, land: [], harbours: [] },
    error: { medianM: 43, p90M: 118, worstM: 466 },
    box,
  });
  const mapOf = (bounds: typeof AROUND): MapDescription => ({
    ...{ id: "map-0", name: "Boulogne", attribution: "", encoding: "mvt", isOnline: false, zoomMin: 0, zoomMax: 14 },
    bounds,
  });
  const boulogne: Place = {
    ...{ name: "Boulogne", nameIn: {}, kind: "city", population: 40_000, isApproximate: false },
    position: PLACE,
  };
  const tideOf = (isKnown: boolean): Tide =>
    isKnown
      ? {
          ...{ kind: "known", unixTimeMs: 0, trend: "rising", heightChartDatumM: 5, heightAmslM: 0 },
          ...{ meanHighWaterSpringsM: 8.8, sigma: { chartDatumM: 0.25, amslM: 0.39 }, ports: [] },
          ...{ nextHigh: { unixTimeMs: 1, heightChartDatumM: 8 }, nextLow: { unixTimeMs: 2, heightChartDatumM: 1 } },
        }
      : { kind: "unknown" };
  /** Four heights of 5 m, or four that no file knows: `heightGrid.ts`. */
  const heightsOf = (isKnown: boolean): Uint8Array =>
    Uint8Array.from({ length: 8 }, (_, i) => (i % 2 === 1 ? 50 : 0)).map((byte, i) =>
      isKnown ? byte : i % 2 === 0 ? 0x80 : 0,
    );
  /** A station whose coast, map, file and tide are of the aircraft's place, or all of another one. */
  const openAt = async (isHere: boolean, groundFiles?: GroundFiles) => {
    const opened = openReady();
    const { transport, store } = opened.station;
    transport.answerWith(({ kind }) => {
      if (kind === "get-heights") return ok({ kind: "heights", bytes: heightsOf(isHere) });
      if (kind === "get-ground-files") return groundFiles && ok(groundFiles);
      return kind === "get-tide" ? ok({ kind: "tide", tide: tideOf(isHere), attribution: "TICON-4" }) : undefined;
    });
    act(() => {
      store.coast.set(coastOf(isHere ? AROUND : ELSEWHERE));
      store.terrain.files.set(["N50E001.hgt"]);
      store.places.set({ attribution: "GeoNames", places: isHere ? [boulogne] : [] });
      store.maps.list.set([mapOf(isHere ? AROUND : ELSEWHERE)]);
      opened.flyView.origin.set({ ...PLACE });
    });
    await settle();
    await settle();
  };

  it("is said in one breath", async () => {
    await openAt(true);
    expect(wordsOf("ground-line")).toBe(
      "The place: coast line ±118 m of 2017 · heights N50E001.hgt · map Boulogne · tide · names",
    );
    expect(toneOf("ground-line")).toBeUndefined();
  });

  it("names only the files that cover it, the finest first, with their fineness and the age of their data", async () => {
    const file = { pack: undefined, attribution: undefined, sizeBytes: undefined, isUsed: true } as const;
    const heights = { ...file, kind: "terrain", dataDate: undefined, bounds: AROUND } as const;
    await openAt(true, {
      ...{ kind: "ground-files", coast: { kind: "built-in" }, packs: [] },
      files: [
        { ...heights, name: "N50E001.hgt", resolutionM: 92.6 },
        { ...heights, name: "rge.tif", resolutionM: 1, dataDate: "2023-05" },
        { ...heights, name: "N43E003.hgt", resolutionM: 92.6, bounds: ELSEWHERE },
        { ...heights, name: "broken.tif", resolutionM: undefined, bounds: undefined, isUsed: false },
        { ...file, kind: "map", name: "Boulogne", dataDate: "2026", resolutionM: undefined, bounds: AROUND },
      ],
    });
    expect(wordsOf("ground-line")).toBe(
      "The place: coast line ±118 m of 2017 · heights rge.tif (1 m, 2023-05), N50E001.hgt (93 m) · map Boulogne (2026) · tide · names",
    );
  });

  it("does not count what is of another place", async () => {
    await openAt(false);
    expect(wordsOf("ground-line")).toBe("The place: no coast line · no heights · no map · no tide · no names");
    expect(toneOf("ground-line")).toBe("caution");
  });

  it("says which imported packs are damaged or were written since, and nothing of those that are whole", async () => {
    const pack = { madeAtUnixMs: 0, sizeBytes: 1 };
    await openAt(true, {
      ...{ kind: "ground-files", coast: { kind: "built-in" }, files: [] },
      packs: [
        { ...pack, name: "Opal", state: "broken" },
        { ...pack, name: "Calais", state: "touched" },
        { ...pack, name: "Dieppe", state: "whole" },
      ],
    });
    expect(wordsOf("packs-broken")).toBe("▲ Damaged, not used: the pack Opal. Import it again (Setup, Ground).");
    expect(wordsOf("packs-touched")).toBe("▲ Written since its import: the pack Calais. Check it (Setup, Ground).");
    cleanup();
    await openAt(true);
    expect(screen.queryByTestId("packs-broken")).toBeNull();
  });

  it("is not said before the station has answered", () => {
    const { flyView } = openReady();
    act(() => flyView.origin.set({ ...PLACE }));
    expect(screen.queryByTestId("ground-line")).toBeNull();
  });
});

describe("Remote ID that is not ready", () => {
  it("is told with the transmitter's reason, of the target alone", () => {
    const { station } = openReady([standing(), standing({ id: SECOND, systemId: 2 })]);
    const say = (arm: "ready" | "not-ready", problem: string | undefined): void => {
      const remoteId = { arm, problem, lastReceivedMonoMs: 1000, operator: undefined };
      act(() =>
        station.transport.receive({
          ...{ kind: "payload", vehicleId: VEHICLE, payload: { gimbals: [], cameras: [], remoteId } },
        }),
      );
    };
    say("not-ready", "operator location");
    expect(wordsOf("remote-id-not-ready")).toMatch(/^▲ Remote ID: operator location/);
    say("not-ready", undefined);
    expect(wordsOf("remote-id-not-ready")).toMatch(/^▲ Remote ID: not ready/);
    act(() => station.store.setTarget(SECOND));
    expect(screen.queryByTestId("remote-id-not-ready")).toBeNull();
    act(() => station.store.setTarget(VEHICLE));
    say("ready", undefined);
    expect(screen.queryByTestId("remote-id-not-ready")).toBeNull();
  });
});

describe("the checklist", () => {
  const items = [
    { id: "props", text: "Propellers", automatic: undefined },
    { id: "plan", text: "", automatic: "plan-verified" },
    { id: "link", text: "Radio", automatic: "link-live" },
  ] as const;
  const state = (doneIds: readonly string[], isBlocking = false): ChecklistState => ({
    checklist: { isBlocking, items },
    doneIds,
  });
  const openChecks = (checks: ChecklistState) => {
    const open = openReady([standing(), standing({ id: SECOND, systemId: 2 })]);
    const give = (vehicleId: typeof SECOND, next: ChecklistState): void =>
      act(() => open.station.transport.receive({ kind: "checklist", vehicleId, state: next }));
    give(VEHICLE, checks);
    return { ...open, give };
  };
  const isDone = (id: string): boolean => /\bnot done$/.exec(wordsOf(`check-${id}`)) === null;

  it("is ticked for the aircraft it belongs to, and unticked", () => {
    const { give, station, requests } = openChecks(state([]));
    press("check-props");
    give(SECOND, state(["props"]));
    act(() => station.store.setTarget(SECOND));
    expect(screen.getByTestId<HTMLInputElement>("check-props").checked).toBe(true);
    press("check-props");
    expect(requests("tick")).toEqual([
      { kind: "tick", vehicleId: VEHICLE, itemId: "props", isDone: true },
      { kind: "tick", vehicleId: SECOND, itemId: "props", isDone: false },
    ]);
  });

  it("what the station checks is no box: it cannot be ticked", () => {
    const { requests } = openChecks(state(["link"]));
    expect(screen.getAllByRole("checkbox")).toHaveLength(1);
    fireEvent.click(screen.getByTestId("check-plan"));
    expect(requests("tick")).toEqual([]);
    expect([isDone("plan"), isDone("link")]).toEqual([false, true]);
    expect(wordsOf("check-link")).toMatch(/^✓ Radio \(.+\) done$/);
    expect(wordsOf("check-plan")).toMatch(/^○ [^(]+ not done$/);
  });

  it.each([
    [[], false, "3 open", "caution"],
    [["props"], true, "2 open: arming is blocked", "caution"],
    [["props", "plan", "link"], true, "✓ complete", "good"],
  ] as const)("%j of three done, blocking %s: %s", (doneIds, isBlocking, words, tone) => {
    openChecks(state(doneIds, isBlocking));
    const summary = screen.getByText(words);
    expect(summary.dataset["tone"]).toBe(tone);
  });

  it("a verified plan that is not the one on screen does not count as checked, and says why", () => {
    const { station } = openChecks(state(["props", "plan", "link"]));
    act(() => {
      station.transport.receive({ kind: "aircraft-plan", vehicleId: VEHICLE, plan: VERIFIED });
      station.store.shownPlan.set({ isEmpty: false, planHash: "another" });
    });
    expect(screen.getByText("1 open")).toBeDefined();
    expect(wordsOf("check-plan")).toMatch(/: not the one in Plan not done$/);
    expect(wordsOf("check-link")).toMatch(/ done$/);
    act(() => station.store.shownPlan.set({ isEmpty: false, planHash: "ab" }));
    expect(screen.getByText("✓ complete")).toBeDefined();
  });

  it("is not there where the crew has none", () => {
    const { give } = openChecks(state([]));
    give(VEHICLE, { checklist: { isBlocking: true, items: [] }, doneIds: [] });
    expect(screen.queryByTestId("checklist")).toBeNull();
  });
});

describe("what is said of the aircraft", () => {
  it("follows it from the ground into the air", () => {
    const { station } = openReady();
    expect(screen.queryByTestId("readiness")).not.toBeNull();
    act(() => {
      station.transport.receive({ kind: "aircraft-plan", vehicleId: VEHICLE, plan: VERIFIED });
      station.transport.receive(aBatch([flying()]));
    });
    tick(1000);
    expect(screen.queryByTestId("readiness")).toBeNull();
  });
});
