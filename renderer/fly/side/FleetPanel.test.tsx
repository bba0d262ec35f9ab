// @vitest-environment happy-dom
/** All aircraft at a glance, one command for several, and the relief of one by another. */
import { act, cleanup, fireEvent, screen } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { ok, err } from "../../../src/core/result.js";
import type { FleetWarning } from "../../../src/vehicle/fleetWarnings.js";
import type { AircraftPlan } from "../../../src/vehicle/transfers.js";
import type { VehicleId, VehicleState } from "../../../src/vehicle/vehicleState.js";
import { aBatch, VEHICLE } from "../../bridge/testing/builders.js";
import {
  flying,
  hold,
  openSide,
  press,
  reasonOf,
  SECOND,
  settle,
  standing,
  tick,
  type,
  standStillInTime,
  wordsOf,
} from "../testing/openSide.js";

standStillInTime();

const THIRD = "udp/3" as VehicleId;
const second = (change: Partial<VehicleState> = {}): VehicleState => flying({ id: SECOND, systemId: 2, ...change });
const third = (change: Partial<VehicleState> = {}): VehicleState => flying({ id: THIRD, systemId: 3, ...change });
const openFleet = (vehicles: readonly VehicleState[] = [flying(), second()]) => openSide("fleet", { vehicles });

describe("a row", () => {
  it("names mode, arming, battery, height and link of its own aircraft", () => {
    openFleet([standing(), second({ battery: undefined, position: undefined, linkName: "radio" })]);
    expect(wordsOf("fleet-SIM-1")).toBe("Choose SIM-1SIM-1 LOITER ● well71 % · 58 m · udp");
    expect(wordsOf("fleet-SIM-2")).toBe("Choose SIM-2SIM-2 GUIDED ARMED● well– · – · radio");
  });

  it("judges each aircraft by when it was itself last heard", () => {
    openFleet([flying(), second({ lastReceivedMonoMs: -5000 }), third()]);
    const health = ["SIM-1", "SIM-2", "SIM-3"].map((name) => screen.getByTestId(`fleet-${name}`).dataset["health"]);
    expect(health).toEqual(["good", "danger", "good"]);
    expect(wordsOf("fleet-SIM-2")).toContain("■ lost");
  });

  it("makes its aircraft the target; ticking it does not", () => {
    const { station } = openFleet();
    press("choose-SIM-2");
    expect(station.store.target.get()).toBe(VEHICLE);
    fireEvent.click(screen.getByTitle("Commands go to SIM-2"));
    expect(station.store.target.get()).toBe(SECOND);
    expect(screen.getByTitle("Commands go to SIM-2").getAttribute("aria-pressed")).toBe("true");
    expect(screen.getByTitle("Commands go to SIM-1").getAttribute("aria-pressed")).toBe("false");
  });
});

describe("one command for several", () => {
  const orders = ({ requests }: ReturnType<typeof openFleet>) =>
    requests("fleet-command").map(({ vehicleIds, command, isConfirmed }) => ({ vehicleIds, command, isConfirmed }));

  it.each(["return", "pause", "arm", "start-mission", "land"] as const)(
    "%s goes to those ticked, by a hold",
    (kind) => {
      const open = openFleet([flying(), second(), third()]);
      press("choose-SIM-1");
      press("choose-SIM-3");
      expect(screen.getByText("To: SIM-1, SIM-3")).toBeDefined();
      fireEvent.click(screen.getByTestId(`fleet-${kind}`));
      hold(`fleet-${kind}`, 900);
      expect(orders(open)).toEqual([]);
      hold(`fleet-${kind}`);
      expect(orders(open)).toEqual([{ vehicleIds: [VEHICLE, THIRD], command: { kind }, isConfirmed: true }]);
    },
  );

  it("goes to nobody while nobody is ticked, and says so", () => {
    const open = openFleet();
    hold("fleet-land");
    expect(orders(open)).toEqual([]);
    expect(reasonOf("fleet-land")).toBe("Choose aircraft first");
  });

  it("all aircraft are those that are there now: one that appears later is not among them", () => {
    const open = openFleet();
    press("choose-all");
    act(() => open.station.transport.receive(aBatch([flying(), second(), third()])));
    tick();
    expect(screen.getByTestId<HTMLInputElement>("choose-all").checked).toBe(false);
    hold("fleet-return");
    expect(orders(open)).toMatchObject([{ vehicleIds: [VEHICLE, SECOND] }]);
    press("choose-all");
    press("choose-all");
    hold("fleet-return");
    expect(orders(open)).toHaveLength(1);
  });

  it("tells how it ended for each by name, and for one reason where all failed", async () => {
    const { station } = openFleet();
    const lost = err({ kind: "vehicle-lost" } as const);
    const results = [
      { vehicleId: VEHICLE, result: ok(undefined) },
      { vehicleId: SECOND, result: lost },
    ];
    station.transport.answerWith(() => ok({ kind: "fleet-results", results }));
    press("choose-all");
    hold("fleet-pause");
    await settle();
    const lines = (): readonly (string | undefined)[] =>
      [...screen.getByTestId("fleet-results").children].map(({ textContent }) => textContent);
    expect(lines()).toEqual(["✓ SIM-1: done", "▲ SIM-2: The aircraft is no longer heard."]);
    station.transport.connection("lost");
    hold("fleet-pause");
    await settle();
    expect(lines()).toEqual([expect.stringMatching(/^▲ SIM-1, SIM-2: /)]);
  });

  it("shows no results of an earlier command in place of a later one's", async () => {
    const { station } = openFleet([flying(), second()]);
    const answers: ((reply: ReturnType<typeof results>) => void)[] = [];
    const results = (isDone: boolean) =>
      ok({
        kind: "fleet-results" as const,
        results: [{ vehicleId: VEHICLE, result: isDone ? ok(undefined) : err({ kind: "vehicle-lost" } as const) }],
      });
    station.transport.answerWith(() => new Promise((resolve) => answers.push(resolve)));
    press("choose-all");
    hold("fleet-pause");
    hold("fleet-return");
    answers[1]?.(results(true));
    await settle();
    answers[0]?.(results(false));
    await settle();
    expect(wordsOf("fleet-results")).toBe("✓ SIM-1: done");
  });

  it("ends its hold when the set changes under the hand", () => {
    const { requests } = openFleet([flying(), second()]);
    press("choose-all");
    fireEvent.pointerDown(screen.getByTestId("fleet-return"), { button: 0 });
    tick(500);
    press("choose-SIM-2");
    tick(2000);
    expect(requests("fleet-command")).toEqual([]);
  });

  it("is not offered for a single aircraft", () => {
    openFleet([flying()]);
    expect([screen.queryByTestId("choose-all"), screen.queryByTestId("fleet-return")]).toEqual([null, null]);
    expect(screen.queryByTestId("hand-over")).toBeNull();
  });
});

describe("warnings", () => {
  const pair = { a: VEHICLE, b: SECOND, horizontalM: 21.4, verticalM: 3.2 };
  it.each<[FleetWarning, string]>([
    [{ kind: "closing", ...pair, inS: 4.4 }, "■ SIM-1 and SIM-2 close in: 21 m apart, 3 m in height, in 4 s"],
    [
      { kind: "plans-cross", ...pair, itemA: 2, itemB: 7 },
      "▲ Plans of SIM-1 (item 3) and SIM-2 (item 8) cross: 21 m, 3 m in height",
    ],
    [
      { kind: "plans-cross", ...pair, itemA: 2, itemB: 7, isHeightUnknown: true },
      "▲ Plans of SIM-1 (item 3) and SIM-2 (item 8) cross: 21 m; their heights cannot be compared",
    ],
    [
      { kind: "relief-needed", a: SECOND, remainingFraction: 0.34 },
      "▲ SIM-2 needs relief: battery 34 % with its plan not done",
    ],
    [
      { kind: "relief-needed", a: THIRD, remainingFraction: 0.34 },
      "▲ udp/3 needs relief: battery 34 % with its plan not done",
    ],
  ])("%j", (warning, words) => {
    const { station } = openFleet();
    expect(screen.queryByTestId("warnings")).toBeNull();
    act(() => station.transport.receive({ kind: "fleet-warnings", warnings: [warning] }));
    expect(wordsOf("warnings")).toBe(words);
    expect(wordsOf("tab-fleet")).toBe("Fleet ▲1");
  });
});

describe("relief", () => {
  const verified = (planHash: string): AircraftPlan => ({
    ...{ kind: "verified", countOfItems: 9, planHash, unixTimeUs: 1 },
  });
  const REST = {
    ...({ kind: "hand-over", planText: "the rest", countOfItems: 4, fromItem: 5 } as const),
    ...{ planHash: "first", currentItem: 4 },
  };

  function openRelief(vehicles = [flying(), second(), third()]) {
    const open = openFleet(vehicles);
    const { transport } = open.station;
    transport.answerWith((request) => (request.kind === "propose-hand-over" ? ok(REST) : undefined));
    act(() => transport.receive({ kind: "aircraft-plan", vehicleId: VEHICLE, plan: verified("first") }));
    tick();
    return open;
  }
  const propose = async (): Promise<void> => {
    press("propose-hand-over");
    await settle();
  };
  const setRelief = (id: VehicleId): void => type("relief", id);

  it("is proposed for the two that are named, shown, and sent to no other", async () => {
    const { requests } = openRelief();
    setRelief(THIRD);
    await propose();
    expect(requests("propose-hand-over")).toEqual([{ kind: "propose-hand-over", fromId: VEHICLE, toId: THIRD }]);
    expect(screen.getByText("4 items, from item 6 on. Nothing is sent yet.")).toBeDefined();
    expect(wordsOf("send-hand-over")).toBe("Send it to SIM-3");
    fireEvent.click(screen.getByTestId("send-hand-over"));
    tick(2000);
    expect(requests("upload-plan")).toEqual([]);
    hold("send-hand-over");
    expect(requests("upload-plan")).toEqual([
      { kind: "upload-plan", vehicleId: THIRD, planText: "the rest", overrideReason: undefined },
    ]);
  });

  it.each<[string, (open: ReturnType<typeof openRelief>) => void]>([
    ["another relief is chosen", () => setRelief(THIRD)],
    ["another aircraft is the target", ({ station }) => station.store.setTarget(THIRD)],
    ["the relief is gone from the list", ({ station }) => station.transport.receive(aBatch([flying(), third()]))],
    [
      "the giver holds another plan",
      ({ station }) =>
        station.transport.receive({ kind: "aircraft-plan", vehicleId: VEHICLE, plan: verified("second") }),
    ],
    [
      "the giver has flown on to its next item",
      ({ station }) => {
        const mission = { receivedAtMonoMs: 1000, value: { currentSeq: 2, countOfItems: 9 } };
        station.transport.receive(aBatch([flying({ mission }), second(), third()]));
      },
    ],
    [
      "the giver's plan is no longer verified",
      ({ station }) =>
        station.transport.receive({ kind: "aircraft-plan", vehicleId: VEHICLE, plan: { kind: "unknown" } }),
    ],
  ])("is void once %s, before and in the middle of the hold", async (_, change) => {
    for (const isHeld of [false, true]) {
      const open = openRelief();
      await propose();
      if (isHeld) fireEvent.pointerDown(screen.getByTestId("send-hand-over"), { button: 0 });
      tick(500);
      act(() => change(open));
      // The rows are sampled four times a second.
      tick(300);
      tick(2000);
      expect(screen.queryByTestId("send-hand-over")).toBeNull();
      expect(open.requests("upload-plan")).toEqual([]);
      cleanup();
    }
  });

  it("made from another plan than the one now shown as verified is not offered", async () => {
    const { station } = openRelief();
    station.transport.answerWith(() => ok({ ...REST, planHash: "second" }));
    await propose();
    expect(screen.queryByTestId("send-hand-over")).toBeNull();
    act(() => station.transport.receive({ kind: "aircraft-plan", vehicleId: VEHICLE, plan: verified("second") }));
    expect(wordsOf("send-hand-over")).toBe("Send it to SIM-2");
  });

  it("of one aircraft is not that of another, though both hold the same plan and the relief is the same", async () => {
    const { station, requests } = openRelief();
    act(() => station.transport.receive({ kind: "aircraft-plan", vehicleId: THIRD, plan: verified("first") }));
    setRelief(SECOND);
    await propose();
    fireEvent.pointerDown(screen.getByTestId("send-hand-over"), { button: 0 });
    act(() => station.store.setTarget(THIRD));
    tick(2000);
    expect(screen.queryByTestId("send-hand-over")).toBeNull();
    expect(requests("upload-plan")).toEqual([]);
  });

  it("that is proposed only after the target has changed is not offered for the new one", async () => {
    const open = openRelief();
    press("propose-hand-over");
    act(() => open.station.store.setTarget(SECOND));
    await settle();
    expect(screen.queryByTestId("send-hand-over")).toBeNull();
    // Back at the two it was made for, it is what it was.
    act(() => open.station.store.setTarget(VEHICLE));
    expect(wordsOf("send-hand-over")).toBe("Send it to SIM-2");
  });

  it("is not proposed of a plan that is not verified, and says so", () => {
    const { requests } = openFleet();
    press("propose-hand-over");
    expect(requests("propose-hand-over")).toEqual([]);
    expect(reasonOf("propose-hand-over")).toMatch(/verified/);
  });

  it("says what went wrong, with the proposal and with the upload, to the two it concerns", async () => {
    const { station } = openRelief();
    station.transport.answerWith(() => err({ kind: "no-vehicle" }));
    await propose();
    expect(wordsOf("hand-over")).toContain("▲");
    setRelief(THIRD);
    expect(wordsOf("hand-over")).not.toContain("▲");
    setRelief(SECOND);
    expect(screen.queryByTestId("send-hand-over")).toBeNull();
    station.transport.answerWith(({ kind }) => (kind === "propose-hand-over" ? ok(REST) : err({ kind: "no-vehicle" })));
    await propose();
    expect(wordsOf("hand-over")).not.toContain("▲");
    hold("send-hand-over");
    await settle();
    expect(wordsOf("hand-over")).toContain("▲");
  });
});
