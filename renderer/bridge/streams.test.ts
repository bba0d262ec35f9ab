/** What the page keeps of the station's word: clocks, coverage, parameters, plans on board, waiting requests. */
import { afterEach, describe, expect, it, vi } from "vitest";
import { err, ok } from "../../src/core/result.js";
import type { CoverageUpdate } from "../../src/contract/flightMemory.js";
import { writePlanFile } from "../../src/plan/formats/planFile.js";
import { commandAt, planOfItems } from "../../src/plan/testing/planBuilders.js";
import type { GuidedTarget } from "../../src/vehicle/guidedTarget.js";
import type { Param } from "../../src/vehicle/params.js";
import type { AircraftPlan } from "../../src/vehicle/transfers.js";
import type { VehicleId } from "../../src/vehicle/vehicleState.js";
import { CoverageMap } from "./coverageMap.js";
import { Latest } from "./latest.js";
import { planAboardNow } from "./planComparison.js";
import { Requests } from "./requests.js";
import { LearntClock } from "./stationClock.js";
import { replaceParams } from "./serviceStreams.js";
import { aBatch, aHello, aStation, aVehicle, VEHICLE } from "./testing/builders.js";
import { demoRecording } from "./testing/fakeWorld.js";

afterEach(() => vi.unstubAllGlobals());

describe("the station's clock, learnt on the page", () => {
  function aClock() {
    const page = { ms: 1000 };
    const clock = new LearntClock({ monoMs: () => page.ms, unixMs: () => 5_000_000 });
    const hear = (stationMonoMs: number, atMs: number): void => {
      page.ms = atMs;
      clock.learn(stationMonoMs, stationMonoMs * 1000);
    };
    return { page, clock, hear };
  }

  it("is the page's own until the station has spoken", () => {
    const { clock } = aClock();
    expect([clock.stationMonoMsNow(), clock.stationUnixUsNow()]).toEqual([1000, 5_000_000_000]);
  });

  it("takes the batch that was least delayed at once, and follows later ones slowly", () => {
    const { clock, hear } = aClock();
    hear(50_000, 1000);
    hear(50_980, 2000);
    // 20 ms late: a twentieth of it is believed.
    expect(clock.stationMonoMsNow()).toBeCloseTo(50_999, 6);
    hear(52_005, 3000);
    expect(clock.stationMonoMsNow()).toBeCloseTo(52_005, 6);
    expect(clock.stationUnixUsNow()).toBeCloseTo(52_005_000, 3);
  });

  it("jumps back over a second and more, and forgets the clock of a station that is another", () => {
    const { clock, hear, page } = aClock();
    hear(50_000, 1000);
    hear(50_000, 2001);
    expect(clock.stationMonoMsNow()).toBe(50_000);
    clock.forget();
    expect(clock.stationMonoMsNow()).toBe(page.ms);
  });
});

describe("the ground covered", () => {
  const update = (change: Partial<CoverageUpdate>): CoverageUpdate => ({
    ...{ kind: "coverage", isWhole: false, origin: { latitudeDeg: 50, longitudeDeg: 1 }, cellM: 10, tileCells: 4 },
    ...{ tiles: [], seen: new Uint8Array() },
    ...change,
  });

  it("is kept cell by cell, rows from the south, columns from the west, lowest bit first", () => {
    const map = new CoverageMap();
    // Of the first tile cell (1, 0); of the second, to the south-west of the origin, cell (3, 3).
    map.apply(
      update({
        tiles: [
          { column: 0, row: 0 },
          { column: -1, row: -1 },
        ],
        seen: new Uint8Array([2, 0, 0, 128]),
      }),
    );
    const seen = [
      [15, 5],
      [5, 5],
      [15, 15],
      [-5, -5],
      [-15, -5],
      [500, 500],
    ] as const;
    expect(seen.map(([eastM, northM]) => map.isSeen(eastM, northM))).toEqual([true, false, false, true, false, false]);
    expect(map.tileM).toBe(40);
    expect(map.tilesSince(0)).toEqual([
      { eastM: 0, northM: 0 },
      { eastM: -40, northM: -40 },
    ]);
  });

  it("knows what came after a change, and that all before belongs to another flight", () => {
    const map = new CoverageMap();
    map.apply(update({ tiles: [{ column: 0, row: 0 }], seen: new Uint8Array([1, 0]) }));
    map.apply(update({ tiles: [{ column: 1, row: 0 }], seen: new Uint8Array([1, 0]) }));
    expect([map.changes.get(), map.tilesSince(1), map.isReplacedSince(0)]).toEqual([
      2,
      [{ eastM: 40, northM: 0 }],
      false,
    ]);
    map.apply(update({ isWhole: true }));
    expect([map.isReplacedSince(2), map.isReplacedSince(3), map.tilesSince(0)]).toEqual([true, false, []]);
    expect(map.isSeen(5, 5)).toBe(false);
  });
});

describe("a value that is kept", () => {
  it("tells those who listen of each change, and not of the same value again", () => {
    const latest = new Latest(1);
    const heard: number[] = [];
    const stop = latest.onChange(() => heard.push(latest.get()));
    for (const value of [1, 2, 2, NaN, NaN, 3]) latest.set(value);
    stop();
    latest.set(4);
    expect(heard).toEqual([2, NaN, 3]);
  });
});

describe("services, by aircraft", () => {
  const OTHER = "udp/9" as VehicleId;
  const TARGET: GuidedTarget = {
    command: {
      ...{ kind: "go-to", position: { latitudeDeg: 50.7, longitudeDeg: 1.6 } },
      height: { datum: "home", valueM: 50 },
    },
    isConfirmed: true,
  };
  const param = (name: string, value: number): Param => ({
    name,
    value,
    type: "real32",
    metadata: undefined,
    awaitsReboot: false,
  });

  it("change of one aircraft leaves the others' alone", () => {
    const { transport, store } = aStation();
    const { services } = store;
    const warning = { kind: "relief-needed", a: VEHICLE, remainingFraction: 0.3 } as const;
    transport.receive({ kind: "params-changed", vehicleId: VEHICLE, params: [param("A", 1), param("B", 2)] });
    transport.receive({ kind: "params-changed", vehicleId: VEHICLE, params: [param("B", 3)] });
    transport.receive({ kind: "params-changed", vehicleId: OTHER, params: [param("A", 9)] });
    transport.receive({ kind: "abilities", vehicleId: VEHICLE, abilities: { arm: "armed" } });
    transport.receive({ kind: "fleet-warnings", warnings: [warning] });
    const valuesOf = (id: VehicleId) => [...(services.params.get().get(id)?.values() ?? [])].map(({ value }) => value);
    expect([valuesOf(VEHICLE), valuesOf(OTHER)]).toEqual([[1, 3], [9]]);
    expect([services.abilities.get().get(VEHICLE), services.abilities.get().get(OTHER)]).toEqual([
      { arm: "armed" },
      undefined,
    ]);
    expect(services.warnings.get()).toEqual([warning]);
    replaceParams(services, VEHICLE, [param("C", 5)]);
    expect([valuesOf(VEHICLE), valuesOf(OTHER)]).toEqual([[5], [9]]);
  });

  it("a place that an aircraft flies to is kept until the station says that it is over", () => {
    const { transport, store } = aStation();
    const targets = (): readonly VehicleId[] => [...store.services.guidedTargets.get().keys()];
    for (const vehicleId of [VEHICLE, OTHER]) transport.receive({ kind: "guided-target", vehicleId, target: TARGET });
    expect(store.services.guidedTargets.get().get(OTHER)).toEqual(TARGET);
    transport.receive({ kind: "guided-target", vehicleId: VEHICLE, target: undefined });
    expect(targets()).toEqual([OTHER]);
    transport.receive({ kind: "guided-target", vehicleId: VEHICLE, target: undefined });
    expect(targets()).toEqual([OTHER]);
  });

  it("are forgotten when the station greets anew", () => {
    const { transport, store } = aStation();
    const { services } = store;
    const fence = {
      ...{ isEnabled: true, isBreached: false, actionName: undefined, combination: undefined, countOfItems: 1 },
      items: { kind: "unknown" } as const,
    };
    transport.receive({
      kind: "payload",
      vehicleId: VEHICLE,
      payload: { gimbals: [], cameras: [], remoteId: undefined },
    });
    transport.receive({ kind: "aircraft-fence", vehicleId: VEHICLE, fence });
    transport.receive({
      kind: "checklist",
      vehicleId: VEHICLE,
      state: { checklist: { isBlocking: true, items: [] }, doneIds: [] },
    });
    transport.receive({ kind: "abilities", vehicleId: VEHICLE, abilities: {} });
    transport.receive({ kind: "guided-target", vehicleId: VEHICLE, target: TARGET });
    transport.receive({ kind: "params-changed", vehicleId: VEHICLE, params: [param("A", 1)] });
    transport.receive({
      kind: "fleet-warnings",
      warnings: [{ kind: "relief-needed", a: VEHICLE, remainingFraction: 0 }],
    });
    const kept = () =>
      [
        ...[services.payloads, services.fences, services.checklists, services.abilities],
        ...[services.params, services.guidedTargets],
      ].map((stream) => stream.get().size);
    expect(kept()).toEqual([1, 1, 1, 1, 1, 1]);
    transport.receive(aHello());
    expect([kept(), services.warnings.get()]).toEqual([[0, 0, 0, 0, 0, 0], []]);
  });
});

describe("streams of the station", () => {
  it("of another camera than the one that is shown are left aside", () => {
    const { transport, store } = aStation();
    transport.receive({ kind: "screens", count: 3 });
    transport.receive({ kind: "ping", pingId: 7 });
    transport.receive({ kind: "viewed-contacts", contactIds: ["C-2"] });
    expect([store.countOfScreens.get(), store.ping.get(), [...store.viewedContactIds.get()]]).toEqual([3, 7, ["C-2"]]);
  });

  it("keep the newest two hundred notices and a hundred commands", () => {
    const { transport, store } = aStation();
    for (let i = 0; i < 205; i++) {
      const notice = { id: String(i), severity: "info", unixTimeUs: i, key: "vehicle-back", facts: {} } as const;
      transport.receive({ kind: "notice", notice });
      transport.receive({
        ...{ kind: "command-status", vehicleId: VEHICLE, commandId: String(i), command: { kind: "arm" } },
        status: { phase: "done" },
      });
    }
    expect([store.notices.get().length, store.notices.get()[0]?.id]).toEqual([200, "5"]);
    expect([store.commandReports.get().length, store.commandReports.get()[0]?.commandId]).toEqual([100, "105"]);
  });

  it("remember when a command was first told of", () => {
    const { transport, store, time } = aStation();
    const status = { phase: "pending", attempt: 1, progressFraction: undefined } as const;
    const tell = (phase: typeof status | { readonly phase: "done" }): void =>
      transport.receive({
        ...{ kind: "command-status", vehicleId: VEHICLE, commandId: "a", command: { kind: "arm" }, status: phase },
      });
    transport.receive(aBatch([aVehicle()], 1000));
    tell(status);
    time.ms = 700;
    tell({ phase: "done" });
    expect(store.commandReports.get()).toMatchObject([{ sinceMonoMs: 1000, receivedMonoMs: 1700 }]);
  });
});

describe("requests", () => {
  it("are each answered once; an answer to nobody is dropped", async () => {
    const sent: number[] = [];
    const requests = new Requests(() => (message) => message.kind === "request" && sent.push(message.requestId));
    const first = requests.ask({ kind: "list-plans" });
    const second = requests.ask({ kind: "list-plans" });
    expect(sent).toEqual([1, 2]);
    requests.answer(9, ok({ kind: "done" }));
    requests.answer(2, ok({ kind: "done" }));
    requests.loseAll();
    expect(await second).toEqual(ok({ kind: "done" }));
    expect(await first).toMatchObject({ ok: false, error: { code: "CONNECTION_LOST" } });
  });

  it("for a recording are answered with the document that its text holds", async () => {
    const requests = new Requests(() => () => undefined);
    const asked = requests.ask({ kind: "open-recording", path: "x" });
    const document = demoRecording(1e15);
    requests.answer(1, ok({ kind: "recording-json", json: new TextEncoder().encode(JSON.stringify(document)) }));
    const reply = await asked;
    expect(reply.ok && reply.value.kind === "recording" && reply.value.document.recordingId).toBe("demo");
  });
});

describe("the plan on screen beside those on board", () => {
  const plan = planOfItems([commandAt(16, 0, 0), commandAt(16, 100, 0)]);
  const held = (planHash: string): AircraftPlan => ({ kind: "verified", countOfItems: 2, planHash, unixTimeUs: 1 });
  const sha256 = async (text: string): Promise<string> =>
    [...new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)))]
      .map((byte) => byte.toString(16).padStart(2, "0"))
      .join("");

  it("is named by the hash of its file, and by none until that is reckoned", async () => {
    const { store } = aStation();
    store.planOnScreen.set(plan);
    expect(store.shownPlan.get()).toEqual({ isEmpty: false, planHash: undefined });
    const planHash = await sha256(writePlanFile(plan));
    await expect.poll(() => store.shownPlan.get()).toEqual({ isEmpty: false, planHash });
    store.planOnScreen.set(planOfItems([]));
    expect(store.shownPlan.get()).toEqual({ isEmpty: true, planHash: undefined });
    // Back at the first: its hash is known at once.
    store.planOnScreen.set(plan);
    expect(store.shownPlan.get()).toEqual({ isEmpty: false, planHash });
    store.planOnScreen.set(undefined);
    expect(store.shownPlan.get()).toBeUndefined();
  });

  it("has no hash on a page that cannot reckon one", async () => {
    vi.stubGlobal("crypto", {});
    const { store } = aStation();
    store.planOnScreen.set(plan);
    for (let i = 0; i < 5; i++) await Promise.resolve();
    expect(store.shownPlan.get()).toEqual({ isEmpty: false, planHash: undefined });
  });

  it("asks the station once for each plan on board, by aircraft, and drops those of aircraft that are gone", async () => {
    const { transport, store } = aStation();
    const planText = writePlanFile(plan);
    transport.answerWith((request) =>
      request.kind === "get-plan-aboard" ? ok({ kind: "plan-aboard", planText, planHash: "ab" }) : undefined,
    );
    const asked = () => transport.requests().filter(({ kind }) => kind === "get-plan-aboard");
    transport.receive({ kind: "aircraft-plan", vehicleId: VEHICLE, plan: held("ab") });
    transport.receive({ kind: "aircraft-plan", vehicleId: VEHICLE, plan: held("ab") });
    expect(asked()).toEqual([{ kind: "get-plan-aboard", vehicleId: VEHICLE }]);
    await expect.poll(() => store.plansAboard.get().get(VEHICLE)?.planHash).toBe("ab");
    transport.receive({ kind: "aircraft-plan", vehicleId: VEHICLE, plan: { ...held("ab") } });
    expect(asked()).toHaveLength(1);
    transport.receive({ kind: "aircraft-plan", vehicleId: VEHICLE, plan: { kind: "unknown" } });
    transport.receive(aHello());
    expect(store.plansAboard.get().size).toBe(0);
  });

  it("asks again for one that it could not get, with the station's next word", async () => {
    const { transport, store } = aStation();
    transport.answerWith(() => err({ kind: "no-vehicle" }));
    transport.receive({ kind: "aircraft-plan", vehicleId: VEHICLE, plan: held("ab") });
    for (let i = 0; i < 5; i++) await Promise.resolve();
    transport.receive({ kind: "aircraft-plan", vehicleId: VEHICLE, plan: held("ab") });
    expect(transport.requests().filter(({ kind }) => kind === "get-plan-aboard")).toHaveLength(2);
    expect(store.plansAboard.get().size).toBe(0);
  });

  it("is the one on board where the hashes agree, and none is where nothing is verified", () => {
    const onScreen = { plan, shown: { isEmpty: false, planHash: "ab" } };
    const other = planOfItems([]);
    expect(planAboardNow(held("ab"), undefined, onScreen)).toBe(plan);
    expect(planAboardNow(held("ab"), { plan: other, planHash: "ab" }, onScreen)).toBe(other);
    expect(planAboardNow(held("cd"), { plan: other, planHash: "ab" }, onScreen)).toBeUndefined();
    expect(planAboardNow({ kind: "unknown" }, undefined, onScreen)).toBeUndefined();
    expect(planAboardNow(undefined, undefined, onScreen)).toBeUndefined();
  });
});
