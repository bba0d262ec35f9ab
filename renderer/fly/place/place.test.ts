import { describe, expect, it } from "vitest";
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
  it("a click shows a ghost and sends nothing; another target takes the ghost away", () => {
    const { station, flyView, sent } = open();
    flyView.mapClickMode.set("go-to");
    applyMapClick(flyView, placeTargetAt(0, 300).position);
    expect(flyView.ghost.get()).toMatchObject({ use: "go-to", vehicleId: VEHICLE, heightAboveHomeM: 50 });
    expect(sent()).toEqual([]);
    station.store.setTarget("udp/2" as typeof VEHICLE);
    expect(flyView.ghost.get()).toBeUndefined();
  });
  it("another height does not end it: it goes on to the same place, higher", () => {
    const { flyView, sent } = open();
    const placeTarget = placeTargetAt(0, 300);
    flyView.sendTo(VEHICLE, commandOf(placeTarget));
    flyView.sendTo(VEHICLE, { kind: "change-altitude", height: { datum: "home", valueM: 80 } });
    expect(sent()).toEqual([commandOf(placeTarget), commandOf({ ...placeTarget, heightAboveHomeM: 80 })]);
    expect(flyView.sentTargets.get().get(VEHICLE)?.heightAboveHomeM).toBe(80);
  });
  it("is over with another command, and with a mode that is another's", () => {
    const { station, flyView, sent } = open();
    flyView.sendTo(VEHICLE, commandOf(placeTargetAt(0, 300)));
    flyView.sendTo(VEHICLE, { kind: "pause" });
    flyView.sendTo(VEHICLE, { kind: "change-altitude", height: { datum: "home", valueM: 80 } });
    expect(sent().map(({ kind }) => kind)).toEqual(["go-to", "pause", "change-altitude"]);
    flyView.sendTo(VEHICLE, commandOf(placeTargetAt(0, 300)));
    const returning = { customMode: 6, modeName: "RTL", isArmed: true, systemStatus: 4 };
    station.transport.receive(aBatch([flying({ heartbeat: { receivedAtMonoMs: 1500, value: returning } })]));
    expect(flyView.sentTargets.get().size).toBe(0);
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
  it("another height for a place that was held is held with it; one that was only pressed is not", () => {
    const { station, flyView } = open();
    const confirmed = (): readonly boolean[] =>
      station.transport.requests().flatMap((request) => (request.kind === "command" ? [request.isConfirmed] : []));
    flyView.sendTo(VEHICLE, commandOf(placeTargetAt(0, 6000)), true);
    flyView.sendTo(VEHICLE, { kind: "change-altitude", height: { datum: "home", valueM: 80 } });
    flyView.sendTo(VEHICLE, commandOf(placeTargetAt(0, 300)));
    flyView.sendTo(VEHICLE, { kind: "change-altitude", height: { datum: "home", valueM: 60 } });
    expect(confirmed()).toEqual([true, true, false, false]);
  });
  it("a place that the station refused is not under way, the one before it still is", async () => {
    const { station, flyView, sent } = open();
    const near = placeTargetAt(0, 300);
    flyView.sendTo(VEHICLE, commandOf(near));
    flyView.sendTo(VEHICLE, commandOf(placeTargetAt(0, 6000)));
    const asked = station.transport.sent.findLast((message) => message.kind === "request");
    const requestId = asked?.kind === "request" ? asked.requestId : 0;
    const failure = { kind: "not-possible", because: "not-confirmed", asks: ["far"] } as const;
    station.transport.receive({ kind: "reply", requestId, result: { ok: false, error: { kind: "command", failure } } });
    await Promise.resolve();
    await Promise.resolve();
    expect(flyView.sentTargets.get().get(VEHICLE)?.position).toEqual(near.position);
    flyView.sendTo(VEHICLE, { kind: "change-altitude", height: { datum: "home", valueM: 80 } });
    expect(sent().at(-1)).toEqual(commandOf({ ...near, heightAboveHomeM: 80 }));
  });
});
