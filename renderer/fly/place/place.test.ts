import { describe, expect, it } from "vitest";
import type { ToUi } from "../../../src/contract/messages.js";
import { destination } from "../../../src/geo/geodesic.js";
import type { VehicleCommand } from "../../../src/vehicle/commands.js";
import type { VehicleState } from "../../../src/vehicle/vehicleState.js";
import { aBatch, aStation, aVehicle, VEHICLE } from "../../bridge/testing/builders.js";
import { flyViewStore } from "../flyViewStore.js";
import { commandOf, type PlaceTarget } from "./placeTarget.js";
import { applyMapClick } from "./mapClick.js";

const HERE = { latitudeDeg: 50.77, longitudeDeg: 1.61 };
const flying = (change: Partial<VehicleState> = {}): VehicleState => ({
  ...aVehicle(),
  autopilot: "ardupilot",
  lastReceivedMonoMs: 1000,
  heartbeat: { receivedAtMonoMs: 1000, value: { customMode: 4, modeName: "GUIDED", isArmed: true, systemStatus: 4 } },
  position: { receivedAtMonoMs: 1000, value: { position: HERE, altitudeAmslM: 60, altitudeAboveHomeM: 50 } },
  home: { receivedAtMonoMs: 1000, value: { position: HERE, altitudeAmslM: 10 } },
  ...change,
});
const placeTargetAt = (bearingDeg: number, distanceM: number, change: Partial<PlaceTarget> = {}): PlaceTarget => ({
  use: "go-to",
  vehicleId: VEHICLE,
  position: destination(HERE, bearingDeg, distanceM),
  heightAboveHomeM: 50,
  radiusM: 80,
  ...change,
});
const targetMessage = (placeTarget: PlaceTarget, isConfirmed: boolean): ToUi => ({
  ...{ kind: "guided-target", vehicleId: placeTarget.vehicleId },
  target: { command: commandOf(placeTarget), isConfirmed },
});

describe("findings 5.5: going to a place", () => {
  const open = (vehicle = flying()) => {
    const station = aStation();
    const flyView = station.stores.get(flyViewStore);
    station.transport.receive(aBatch([vehicle]));
    station.transport.receive({ kind: "abilities", vehicleId: VEHICLE, abilities: {} });
    const sent = (): readonly VehicleCommand[] =>
      station.transport.requests().flatMap((request) => (request.kind === "command" ? [request.command] : []));
    return { station, flyView, sent };
  };
  it("a click shows a preview and sends nothing; another target takes it away", () => {
    const { station, flyView, sent } = open();
    flyView.mapClickMode.set("go-to");
    applyMapClick(flyView, placeTargetAt(0, 300).position);
    expect(flyView.previewed.get()).toMatchObject({ use: "go-to", vehicleId: VEHICLE, heightAboveHomeM: 50 });
    expect(sent()).toEqual([]);
    station.store.setTarget("udp/2" as typeof VEHICLE);
    expect(flyView.previewed.get()).toBeUndefined();
  });
  it("a click that nothing waits for tells about the place, and sends nothing; one that something waits for does not", () => {
    const { flyView, sent } = open();
    applyMapClick(flyView, HERE);
    expect([flyView.pinnedPlace.get(), flyView.previewed.get(), sent()]).toEqual([HERE, undefined, []]);
    flyView.pinnedPlace.set(undefined);
    for (const use of ["go-to", "orbit", "look"] as const) {
      flyView.mapClickMode.set(use);
      applyMapClick(flyView, HERE);
    }
    expect(flyView.pinnedPlace.get()).toBeUndefined();
    expect(flyView.homeLevel.get()).toEqual({ position: HERE, altitudeAmslM: 10 });
  });

  it("another height is sent as such, wherever it flies to: the station knows the place", () => {
    const { flyView, sent, station } = open();
    const height: VehicleCommand = { kind: "change-altitude", height: { datum: "home", valueM: 80 } };
    flyView.sendTo(VEHICLE, commandOf(placeTargetAt(0, 300)));
    flyView.sendTo(VEHICLE, height);
    station.transport.receive(targetMessage(placeTargetAt(0, 300), true));
    flyView.sendTo(VEHICLE, height);
    expect(sent()).toEqual([commandOf(placeTargetAt(0, 300)), height, height]);
  });
  it("another height asks about the place too, where that was not confirmed", () => {
    const { flyView, station } = open();
    const questions = (): readonly string[] =>
      flyView.questions(VEHICLE, { kind: "change-altitude", height: { datum: "home", valueM: 80 } });
    expect(questions()).toEqual([]);
    const far = placeTargetAt(0, 6000);
    station.transport.receive(targetMessage(far, false));
    expect(questions()).toEqual(flyView.preview(far)?.asks);
    expect(questions()).toContain("far");
    station.transport.receive(targetMessage(far, true));
    expect(questions()).toEqual([]);
    station.transport.receive({ kind: "guided-target", vehicleId: VEHICLE, target: undefined });
    expect(questions()).toEqual([]);
  });
  it("asks by the fence that the station says the aircraft carries, not by the plan on screen", () => {
    const { station, flyView } = open();
    const beyond = placeTargetAt(0, 700);
    expect(flyView.preview(beyond)?.asks).toEqual([]);
    const corners = [45, 135, 225, 315].map((bearingDeg) => destination(HERE, bearingDeg, 500));
    const items = { kind: "verified", countOfItems: 4, planHash: "x", unixTimeUs: 1 } as const;
    const fence = { isEnabled: true, isBreached: false, actionName: "return", combination: undefined, countOfItems: 4 };
    station.transport.receive({
      ...{ kind: "aircraft-fence", vehicleId: VEHICLE },
      fence: { ...fence, items, areas: { polygons: [{ isInclusion: true, corners }], circles: [] } },
    });
    expect(flyView.preview(beyond)?.asks).toEqual(["beyond-fence"]);
  });
});
