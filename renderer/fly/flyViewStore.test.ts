/** The state of Fly that is not the station's: what is selected, whose facts decide, to whom a command goes. */
import { describe, expect, it } from "vitest";
import { err } from "../../src/core/result.js";
import type { VehicleCommand } from "../../src/vehicle/commands.js";
import type { VehicleId, VehicleState } from "../../src/vehicle/vehicleState.js";
import { aBatch, aContact, aStation, aVehicle, VEHICLE } from "../bridge/testing/builders.js";
import { DEMO_HOME } from "../bridge/testing/fakeWorld.js";
import { flyActions } from "./actions.js";
import { flightActions } from "./flightActions.js";
import { flyViewStore } from "./flyViewStore.js";
import { mayCommand } from "./flyRules.js";

const SECOND = "udp/2" as VehicleId;
const THERE = { latitudeDeg: 50.78, longitudeDeg: 1.62 };
const flying = (change: Partial<VehicleState> = {}): VehicleState =>
  aVehicle({
    lastReceivedMonoMs: 1000,
    heartbeat: {
      receivedAtMonoMs: 1000,
      value: { customMode: 4, modeName: "GUIDED", isArmed: true, systemStatus: 4 },
    },
    ...change,
  });

function open(...vehicles: readonly VehicleState[]) {
  const station = aStation();
  const flyView = station.stores.get(flyViewStore);
  station.transport.receive(aBatch(vehicles));
  for (const { id } of vehicles) station.transport.receive({ kind: "abilities", vehicleId: id, abilities: {} });
  const sent = (): readonly (readonly [VehicleId, VehicleCommand["kind"]])[] =>
    station.transport
      .requests()
      .flatMap((request) => (request.kind === "command" ? [[request.vehicleId, request.command.kind] as const] : []));
  const action = (id: string) => {
    const all = [...flightActions(station.stores), ...flyActions(flyView)];
    const found = all.find((one) => one.id === id);
    if (found) return found;
    throw new Error(`no action ${id}`);
  };
  return { ...station, flyView, sent, action };
}

describe("each aircraft has its own clock, facts and plan", () => {
  const silent = flying({ id: SECOND, systemId: 2, lastReceivedMonoMs: -8000 });

  it("one that is lost is not given what needs an answer; another that is heard is", () => {
    const { flyView, sent } = open(flying(), silent);
    expect(mayCommand(flyView.facts(VEHICLE), "change-speed")).toBe(true);
    expect(mayCommand(flyView.facts(SECOND), "change-speed")).toEqual({ because: "fly.because.vehicle-lost" });
    const command = { kind: "change-speed", speedKind: "ground", speedMps: 8 } as const;
    flyView.sendTo(SECOND, command);
    flyView.sendTo(VEHICLE, command);
    expect(sent()).toEqual([[VEHICLE, "change-speed"]]);
    expect(flyView.lines.get().map(({ vehicleName, outcome }) => [vehicleName, outcome.phase])).toEqual([
      ["SIM-2", "not-sent"],
      ["SIM-1", "pending"],
    ]);
  });

  it("what is under way with one does not make another busy", () => {
    const { flyView, transport } = open(flying(), flying({ id: SECOND, systemId: 2 }));
    const status = { phase: "pending", attempt: 1, progressFraction: undefined } as const;
    transport.receive({
      ...{ kind: "command-status", vehicleId: VEHICLE, commandId: "a", command: { kind: "arm" }, status },
    });
    expect([...flyView.facts(VEHICLE).pending]).toEqual(["arm"]);
    expect([...flyView.facts(SECOND).pending]).toEqual([]);
  });

  it("abilities and the plan on board are those of the aircraft that is asked about", () => {
    const { flyView, transport, store } = open(flying(), flying({ id: SECOND, systemId: 2 }));
    transport.receive({ kind: "abilities", vehicleId: SECOND, abilities: { arm: "checklist-open" } });
    const plan = { kind: "verified", countOfItems: 9, planHash: "ab", unixTimeUs: 1 } as const;
    transport.receive({ kind: "aircraft-plan", vehicleId: SECOND, plan });
    store.shownPlan.set({ isEmpty: false, planHash: "ab" });
    expect([flyView.facts().abilities, flyView.facts().planAboard]).toEqual([{}, "not-verified"]);
    expect([flyView.facts(SECOND).abilities, flyView.facts(SECOND).planAboard]).toEqual([
      { arm: "checklist-open" },
      "on-screen",
    ]);
  });

  it("what is drawn follows the target: place, home and the item that is flown", () => {
    const home = { receivedAtMonoMs: 1000, value: { position: THERE, altitudeAmslM: 5 } };
    const mission = { receivedAtMonoMs: 1000, value: { currentSeq: 3, countOfItems: 9 } };
    const { flyView, store } = open(aVehicle(), flying({ id: SECOND, systemId: 2, home, mission }));
    expect([flyView.home.get(), flyView.currentItem.get()]).toEqual([DEMO_HOME, undefined]);
    store.setTarget(SECOND);
    expect([flyView.home.get(), flyView.vehicle.get()?.id, flyView.currentItem.get()]).toEqual([THERE, SECOND, 2]);
    // The scene's origin stays where it began.
    expect(flyView.origin.get()).toEqual(DEMO_HOME);
  });
});

describe("nothing is sent that may not be", () => {
  it.each<[string, (station: ReturnType<typeof open>) => void, string]>([
    ["the station is lost", ({ transport }) => transport.connection("lost"), "fly.because.station-lost"],
    ["the aircraft is gone", ({ transport }) => transport.receive(aBatch([])), "fly.because.no-vehicle"],
    [
      "the station says it is not possible",
      ({ transport }) =>
        transport.receive({ kind: "abilities", vehicleId: VEHICLE, abilities: { "go-to": "no-position" } }),
      "reason.no-position",
    ],
  ])("once %s: Go to is greyed, and a command leaves a line with the reason", (_, change, because) => {
    const station = open(flying());
    expect(station.action("go-to").isEnabled()).toBe(true);
    change(station);
    const enabled = station.action("go-to").isEnabled();
    expect(enabled).toEqual({ because });
    station.flyView.sendTo(VEHICLE, { kind: "go-to", position: THERE, height: { datum: "home", valueM: 50 } });
    expect(station.sent()).toEqual([]);
    expect(station.flyView.lines.get()[0]?.outcome).toEqual({ phase: "not-sent", because });
  });

  it("to no aircraft at all", () => {
    const { flyView, sent } = open();
    flyView.sendTo(undefined, { kind: "return" });
    expect(sent()).toEqual([]);
    expect(flyView.lines.get()).toMatchObject([{ vehicleName: "", outcome: { phase: "not-sent" } }]);
  });

  it("Pause and Return of one that stands disarmed are greyed with the reason", () => {
    const { action } = open(aVehicle({ lastReceivedMonoMs: 1000 }));
    for (const id of ["pause", "return"]) expect(action(id).isEnabled()).toEqual({ because: expect.any(String) });
  });

  it("says so where the station itself could not take it", async () => {
    const { flyView, transport } = open(flying());
    transport.answerWith(() => err({ kind: "no-vehicle" }));
    flyView.sendTo(VEHICLE, { kind: "land" });
    await Promise.resolve();
    await Promise.resolve();
    expect(flyView.lines.get()).toMatchObject([{ outcome: { phase: "failed", failure: { kind: "no-vehicle" } } }]);
  });
});

describe("contacts", () => {
  const contact = (id: string, firstSeenUnixUs: number) => aContact({ id, firstSeenUnixUs });

  it("are gone through newest first, stopping at either end", () => {
    const { flyView, transport } = open(flying());
    transport.receive({ kind: "contacts", contacts: [contact("C-1", 10), contact("C-3", 30), contact("C-2", 20)] });
    const step = (by: 1 | -1): string | undefined => {
      flyView.stepContact(by);
      return flyView.selectedContact.get();
    };
    expect([step(1), step(1), step(1), step(1), step(-1)]).toEqual(["C-3", "C-2", "C-1", "C-1", "C-2"]);
    expect([step(-1), step(-1)]).toEqual(["C-3", "C-3"]);
  });

  it("that are selected are told to the station once, so that no screen calls them new", () => {
    const { flyView, transport } = open(flying());
    const viewed = () => transport.requests().filter(({ kind }) => kind === "contact-viewed");
    flyView.selectContact("C-1");
    expect(viewed()).toEqual([{ kind: "contact-viewed", contactId: "C-1" }]);
    transport.receive({ kind: "viewed-contacts", contactIds: ["C-1"] });
    flyView.selectContact("C-1");
    expect(viewed()).toHaveLength(1);
  });

  it("of the last sortie are not selected in the next, whose contacts have the same numbers", () => {
    const { flyView, transport } = open(flying());
    transport.receive({ kind: "contacts", contacts: [contact("C-1", 10)] });
    flyView.selectContact("C-1");
    transport.receive({ kind: "contacts", contacts: [contact("C-1", 10), contact("C-2", 20)] });
    expect(flyView.selectedContact.get()).toBe("C-1");
    transport.receive({ kind: "contacts", contacts: [] });
    transport.receive({ kind: "contacts", contacts: [contact("C-1", 90)] });
    expect(flyView.selectedContact.get()).toBeUndefined();
  });
});

describe("views", () => {
  it("are reached by their keys", () => {
    const { flyView, action } = open(flying());
    const press = (id: string): void => action(id).perform();
    press("map");
    expect(flyView.camera.get()).toBe("top");
    press("map");
    expect(flyView.camera.get()).toBe("follow");
    flyView.camera.set("free");
    press("follow");
    expect(flyView.camera.get()).toBe("follow");
    for (const [id, stream] of [
      ["swap", flyView.isSwapped],
      ["contacts", flyView.isLeftOpen],
      ["picture", flyView.isRightOpen],
    ] as const) {
      const before = stream.get();
      press(id);
      expect([id, stream.get()]).toEqual([id, !before]);
      press(id);
      expect([id, stream.get()]).toEqual([id, before]);
    }
    for (const id of ["commands", "payload", "fleet", "ready"]) {
      press(id);
      expect(flyView.sideTab.get()).toBe(id);
    }
  });

  it("Go to waits for a place; Escape, or Go to again, takes that back", () => {
    const { flyView, action } = open(flying());
    for (const undo of ["go-to", "cancel"]) {
      action("go-to").perform();
      expect(flyView.mapClickMode.get()).toBe("go-to");
      action(undo).perform();
      expect(flyView.mapClickMode.get()).toBeUndefined();
    }
  });

  it("the palettes go round", () => {
    const { flyView, action } = open(flying());
    const seen = new Set<string>();
    const first = flyView.palette.get();
    do {
      seen.add(flyView.palette.get());
      action("palette").perform();
    } while (flyView.palette.get() !== first && seen.size < 20);
    expect(seen.size).toBeGreaterThan(2);
    expect(flyView.palette.get()).toBe(first);
  });

  it("the first known place is the origin: home, or else where the aircraft is", () => {
    const nowhere = flying({ home: undefined, position: undefined });
    const { flyView, transport } = open(nowhere);
    expect(flyView.origin.get()).toBeUndefined();
    const position = { position: THERE, altitudeAmslM: 60, altitudeAboveHomeM: 50 };
    transport.receive(aBatch([flying({ home: undefined, position: { receivedAtMonoMs: 1000, value: position } })]));
    expect(flyView.origin.get()).toEqual(THERE);
    transport.receive(aBatch([flying()]));
    expect(flyView.origin.get()).toEqual(THERE);
  });
});
