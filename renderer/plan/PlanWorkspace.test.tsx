// @vitest-environment happy-dom
import { createHash } from "node:crypto";
import { act, cleanup, fireEvent, render, screen } from "@testing-library/react";
import type { ReactNode } from "react";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { StationFailure } from "../../src/contract/failures.js";
import type { ReplyValue } from "../../src/contract/messages.js";
import { err, ok, type Result } from "../../src/core/result.js";
import type { Position } from "../../src/geo/position.js";
import { finding } from "../../src/plan/findings/finding.js";
import { keyStore, routeKeys } from "../app/actions.js";
import { done } from "../bridge/testing/fakeTransport.js";
import { StoresProvider } from "../bridge/StoresContext.js";
import { aBatch, aHello, aStation, aVehicle, VEHICLE } from "../bridge/testing/builders.js";
import type { CoastSceneProps, GroundPointerEvent } from "../scene/sceneTypes.js";
import { PlanWorkspace } from "./PlanWorkspace.js";

let scene: CoastSceneProps;
vi.mock("../scene/CoastScene.js", () => ({
  CoastScene: (props: CoastSceneProps & { children: ReactNode }) => {
    scene = props;
    return <div />;
  },
}));
vi.mock("../scene/layers/PlanLayer.js", () => ({ PlanLayer: () => null }));

const PX_PER_DEG = 100_000;
const click = (latitudeDeg: number, longitudeDeg: number): void => {
  const toScreen = (p: Position) => ({ xPx: p.longitudeDeg * PX_PER_DEG, yPx: -p.latitudeDeg * PX_PER_DEG });
  const position = { latitudeDeg, longitudeDeg };
  const event: GroundPointerEvent = {
    position,
    ...toScreen(position),
    button: 0,
    isShift: false,
    toScreen,
    setCursor: () => undefined,
  };
  act(() => {
    scene.pointer?.onClick?.(event);
  });
};
const key = (init: KeyboardEventInit): void => {
  act(() => {
    window.dispatchEvent(new KeyboardEvent("keydown", { cancelable: true, ...init }));
  });
};
const text = (id: string): string => screen.getByTestId(id).textContent.replaceAll("\u00a0", " ");

let stop = (): void => undefined;

function open() {
  const station = aStation();
  stop = routeKeys(window, station.stores.get(keyStore));
  station.transport.answerWith(() => done);
  station.transport.receive(aHello({ training: { scenarioName: "night", seed: 1, planText: undefined } }));
  station.transport.receive(aBatch());
  render(
    <StoresProvider stores={station.stores}>
      <PlanWorkspace />
    </StoresProvider>,
  );
  return station;
}
function drawSquare(): void {
  click(50.77, 1.6);
  click(50.77, 1.608);
  click(50.774, 1.608);
  click(50.774, 1.6);
  key({ key: "Enter" });
}

describe("Plan workspace", () => {
  afterEach(() => {
    stop();
    cleanup();
  });

  it("draws an area by clicks and shows what it costs", () => {
    const { store } = open();
    expect(text("plan-distance")).toBe("–");
    drawSquare();
    expect(text("plan-distance")).toMatch(/^\d+\.\d\d km$/);
    expect(text("plan-time")).toMatch(/^\d+:\d\d$/);
    expect(text("plan-battery")).toMatch(/^\d+ %$/);
    expect(store.planOnScreen.get()?.items.length).toBeGreaterThan(2);
  });

  it("closes on a double click without a second corner at the same place, and on a click on the first corner", () => {
    const { store } = open();
    click(50.77, 1.6);
    click(50.77, 1.608);
    click(50.774, 1.608);
    click(50.774, 1.608);
    click(50.77, 1.6);
    const sweep = store.planOnScreen.get()?.items.find((item) => item.kind === "sweep");
    expect(sweep?.kind === "sweep" && sweep.area).toHaveLength(3);
  });

  it("says why an area cannot be closed, in place", () => {
    open();
    click(50.77, 1.6);
    click(50.774, 1.608);
    click(50.77, 1.608);
    click(50.774, 1.6);
    key({ key: "Enter" });
    expect(text("plan-message")).toContain("cross");
  });

  it("says whether the plan was checked over the ground, and no plan is good before the station has answered", async () => {
    const { transport } = open();
    drawSquare();
    expect(screen.getByTestId("plan-ground-check").dataset["state"]).toBe("no-files");
    let answer = (_reply: Result<ReplyValue, StationFailure>): void => undefined;
    transport.answerWith(({ kind }) =>
      kind === "check-over-ground" ? new Promise((resolve) => (answer = resolve)) : done,
    );
    act(() => transport.receive(aHello({ terrainFiles: ["N50E001.hgt"] })));
    expect(text("plan-ground-check")).toContain("is checking");
    expect(text("plan-checks")).toContain("checking…");
    const facts = { depthM: 12, groundAmslM: 80, latitudeDeg: 50.77, longitudeDeg: 1.6 };
    const found = { isWholeWayKnown: true, findings: [finding("below-ground", "danger", { seq: 2, facts })] };
    answer(ok({ kind: "over-ground", found, isPartMissing: false }));
    await expect.poll(() => text("plan-problems")).toContain("Flies into the ground: 12 m below");
    expect(screen.getByTestId("plan-checks").dataset["tone"]).toBe("danger");
    expect(text("plan-ground-check")).toContain("Checked over the ground");
  });

  it("shows time and energy over the ground once the station has answered, and says which they are", async () => {
    const { transport } = open();
    drawSquare();
    const before = [text("plan-time"), text("plan-battery")];
    expect(screen.getByTestId("plan-battery").parentElement?.textContent).toContain("of battery");
    expect(screen.getByTestId("plan-battery").parentElement?.textContent).not.toContain("terrain");
    const flight = {
      ...{ distanceM: 4000, timeS: 754, energyFraction: 0.618, worstReturnFraction: 0.3, isFlyable: true },
      basis: "terrain",
    } as const;
    const found = { isWholeWayKnown: true, findings: [], flight };
    transport.answerWith(({ kind }) =>
      kind === "check-over-ground" ? ok({ kind: "over-ground", found, isPartMissing: false }) : done,
    );
    act(() => transport.receive(aHello({ terrainFiles: ["N50E001.hgt"] })));
    await expect.poll(() => text("plan-time")).toBe("12:34");
    expect(text("plan-battery")).toBe("62 %");
    expect([text("plan-time"), text("plan-battery")]).not.toEqual(before);
    expect(screen.getByTestId("plan-battery").parentElement?.textContent).toContain("of battery · terrain");
    // A plan that is drawn further is another's time until the station has answered again.
    transport.answerWith(() => new Promise(() => undefined));
    key({ key: "z", ctrlKey: true });
    expect(screen.getByTestId("plan-battery").parentElement?.textContent).not.toContain("terrain");
  });

  it.each([
    ["does not answer", err({ kind: "not-found", what: "terrain" } as const), "did not answer"],
    [
      "has not all heights",
      ok({ kind: "over-ground", found: { isWholeWayKnown: true, findings: [] }, isPartMissing: true } as const),
      "in part only",
    ],
  ])("calls no plan good of which the station %s", async (_what, reply, words) => {
    const { transport } = open();
    transport.answerWith(({ kind }) => (kind === "check-over-ground" ? reply : done));
    act(() => transport.receive(aHello({ terrainFiles: ["N50E001.hgt"] })));
    drawSquare();
    await expect.poll(() => text("plan-ground-check")).toContain(words);
    expect(text("plan-problems")).not.toContain("no problems");
    expect(screen.getByTestId("plan-checks").dataset["tone"]).not.toBe("good");
  });

  it("undoes and redoes with the keys", () => {
    const { store } = open();
    drawSquare();
    key({ key: "z", ctrlKey: true });
    expect(store.planOnScreen.get()?.items).toHaveLength(0);
    key({ key: "z", ctrlKey: true, shiftKey: true });
    expect(store.planOnScreen.get()?.items.length).toBeGreaterThan(2);
  });

  it("uploads to the target, shows progress, then verified with its time, then that the plan was changed", async () => {
    const { transport } = open();
    drawSquare();
    fireEvent.click(screen.getByTestId("upload"));
    const asked = transport.requests().find(({ kind }) => kind === "upload-plan");
    if (asked?.kind !== "upload-plan") throw new Error("not asked");
    expect(asked).toMatchObject({ vehicleId: VEHICLE, overrideReason: undefined });
    act(() =>
      transport.receive({
        kind: "transfer-status",
        vehicleId: VEHICLE,
        status: { phase: "uploading", part: "mission", countOfDone: 3, countOfItems: 12 },
      }),
    );
    expect(text("upload-state")).toContain("sending 3 of 12");
    fireEvent.click(screen.getByTestId("upload-cancel"));
    expect(transport.requests().at(-1)).toEqual({ kind: "cancel-transfer", vehicleId: VEHICLE });
    act(() => {
      transport.receive({
        kind: "transfer-status",
        vehicleId: VEHICLE,
        status: { phase: "verified", countOfItems: 12 },
      });
      transport.receive({
        kind: "aircraft-plan",
        vehicleId: VEHICLE,
        plan: {
          kind: "verified",
          countOfItems: 12,
          planHash: createHash("sha256").update(asked.planText).digest("hex"),
          unixTimeUs: Date.UTC(2026, 10, 23, 2, 14, 7) * 1000,
        },
      });
    });
    await expect.poll(() => text("upload-state")).toContain("✓ verified on aircraft 02:14:07");
    fireEvent.change(screen.getByTestId("plan-height"), { target: { value: "50" } });
    expect(text("upload-state")).toContain("another plan");
  });

  it("review 1.4: another screen's plan on board is never told as this one, whatever was sent from here", async () => {
    const { transport } = open();
    drawSquare();
    fireEvent.click(screen.getByTestId("upload"));
    const verified = (planHash: string) => ({ kind: "verified", countOfItems: 12, planHash, unixTimeUs: 1 }) as const;
    act(() => {
      transport.receive({
        kind: "transfer-status",
        vehicleId: VEHICLE,
        status: { phase: "verified", countOfItems: 12 },
      });
      transport.receive({ kind: "aircraft-plan", vehicleId: VEHICLE, plan: verified("of-another-screen") });
    });
    await expect.poll(() => text("upload-state")).toContain("another plan");
  });

  it("findings 5.2: a red plan needs a reason and a hold, and only for the plan that was refused", () => {
    const { transport } = open();
    drawSquare();
    fireEvent.click(screen.getByTestId("upload"));
    const facts = { leftFraction: -13.2, reserveFraction: 0.2, aircraft: "quad" };
    const danger = { kind: "plan-danger", finding: "energy-reserve", seq: undefined, facts } as const;
    const failure = { kind: "needs-override", blockingFindings: [danger] } as const;
    act(() => transport.receive({ kind: "transfer-status", vehicleId: VEHICLE, status: { phase: "failed", failure } }));
    expect(text("override")).toContain("of the battery (quad) would be left");
    expect(screen.getByTestId("override-send").getAttribute("aria-disabled")).toBe("true");
    // How much is enough is told before it is asked for.
    expect(text("override")).toContain("in 4 letters or more");
    fireEvent.change(screen.getByTestId("override-reason"), { target: { value: "bench test" } });
    expect(screen.getByTestId("override-send").getAttribute("aria-disabled")).toBe("false");
    // A press is no hold: nothing goes out.
    fireEvent.click(screen.getByTestId("override-send"));
    expect(transport.requests().filter(({ kind }) => kind === "upload-plan")).toHaveLength(1);
    fireEvent.change(screen.getByTestId("plan-height"), { target: { value: "50" } });
    expect(screen.queryByTestId("override")).toBeNull();
  });

  it("is left without sending by a press on Do not send it, and the objections stay", () => {
    const { transport } = open();
    drawSquare();
    fireEvent.click(screen.getByTestId("upload"));
    const failure = { kind: "needs-override", blockingFindings: [{ kind: "training-on-real" }] } as const;
    act(() => transport.receive({ kind: "transfer-status", vehicleId: VEHICLE, status: { phase: "failed", failure } }));
    fireEvent.click(screen.getByTestId("override-cancel"));
    expect(screen.queryByTestId("override")).toBeNull();
    expect(text("upload-objected")).toContain("objections");
    expect(transport.requests().filter(({ kind }) => kind === "upload-plan")).toHaveLength(1);
  });

  it("begins a plan with an area from a KML file; undo brings back the plan before", async () => {
    const { store } = open();
    drawSquare();
    const before = store.planOnScreen.get();
    const corners = "1.6,50.77,0 1.604,50.77,0 1.604,50.772,0 1.6,50.772,0 1.6,50.77,0";
    const polygon = `<Polygon><outerBoundaryIs><LinearRing><coordinates>${corners}</coordinates></LinearRing></outerBoundaryIs></Polygon>`;
    const kml = `<kml><Document><Placemark><name>Dunes</name>${polygon}</Placemark></Document></kml>`;
    fireEvent.change(screen.getByTestId("plan-file"), { target: { files: [new File([kml], "dunes.kml")] } });
    await expect.poll(() => store.planOnScreen.get()).not.toBe(before);
    const sweep = store.planOnScreen.get()?.items.find(({ kind }) => kind === "sweep");
    expect(sweep).toMatchObject({ area: { length: 4 } });
    expect(text("plan-message")).toContain("A new plan begins with the area");
    key({ key: "z", ctrlKey: true });
    expect(store.planOnScreen.get()).toBe(before);
  });

  it("says that a log belongs in Review", async () => {
    open();
    fireEvent.change(screen.getByTestId("plan-file"), { target: { files: [new File(["x"], "flight.tlog")] } });
    await expect.poll(() => text("plan-message")).toContain("this is a log: open it in Review");
  });

  it("newcomer 5: a plan for a kind of aircraft without figures shows no battery, and says that it is unchecked", () => {
    const { transport } = open();
    // MAV_TYPE_VTOL_QUADROTOR
    act(() => transport.receive(aBatch([aVehicle({ mavType: 20, airframe: "vtol" })])));
    drawSquare();
    expect(text("plan-battery")).toBe("–");
    expect(text("plan-problems")).toContain("Battery and speed are unchecked");
  });

  it("findings 5.12: an empty plan has nothing to fly yet, and no green", () => {
    open();
    expect(text("plan-checks")).toContain("nothing to fly yet");
    expect(screen.getByTestId("plan-checks").dataset["tone"]).toBe("empty");
    expect(text("plan-problems")).toContain("nothing to fly yet");
    drawSquare();
    expect(text("plan-checks")).not.toContain("nothing to fly yet");
  });

  it("tells what differs on the aircraft", () => {
    const { transport } = open();
    drawSquare();
    const differences = [{ seq: 4, field: "altitude", planned: "60", onAircraft: "6" }];
    act(() =>
      transport.receive({
        kind: "transfer-status",
        vehicleId: VEHICLE,
        status: { phase: "failed", failure: { kind: "differs", differences } },
      }),
    );
    expect(text("upload-failure")).toContain("item 4, altitude: planned 60, on aircraft 6");
  });

  it("saves under its name and opens what the station has", async () => {
    const { transport, store } = open();
    drawSquare();
    fireEvent.change(screen.getByTestId("plan-name"), { target: { value: "Wimereux" } });
    fireEvent.click(screen.getByTestId("plan-save"));
    const saved = transport.requests().find(({ kind }) => kind === "save-plan");
    if (saved?.kind !== "save-plan") throw new Error("not saved");
    expect(saved.name).toBe("Wimereux");
    expect(await screen.findByText("Saved as Wimereux.")).toBeDefined();
    transport.answerWith((request) =>
      request.kind === "list-plans"
        ? ok({ kind: "plans", names: ["Wimereux"] })
        : ok({ kind: "plan", name: "Wimereux", planText: saved.planText }),
    );
    fireEvent.click(screen.getByTestId("plan-new"));
    expect(store.planOnScreen.get()?.items).toHaveLength(0);
    fireEvent.click(screen.getByTestId("plan-open"));
    fireEvent.click(await screen.findByText("Wimereux"));
    await expect.poll(() => store.planOnScreen.get()?.items.length).toBeGreaterThan(2);
  });

  it("reports a corrupt file with its place and changes nothing", async () => {
    const { store } = open();
    drawSquare();
    const before = store.planOnScreen.get();
    const file = new File(['{"fileType":"Plan","version":1'], "broken.plan");
    fireEvent.change(screen.getByTestId("plan-file"), { target: { files: [file] } });
    expect((await screen.findByTestId("plan-message")).textContent).toContain("broken.plan");
    expect(store.planOnScreen.get()).toBe(before);
  });
});
