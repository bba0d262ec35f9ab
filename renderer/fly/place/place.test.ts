import { describe, expect, it } from "vitest";
import { destination } from "../../../src/geo/geodesic.js";
import type { VehicleCommand } from "../../../src/vehicle/commands.js";
import type { VehicleState } from "../../../src/vehicle/vehicleState.js";
import { aBatch, aStation, aVehicle, VEHICLE } from "../../bridge/testing/builders.js";
import { flyDeskOf } from "../flyDesk.js";
import { commandOf, type PlaceWish, previewOf } from "./placePreview.js";
import { takePickedPlace } from "./placeUse.js";

const HERE = { latitudeDeg: 50.77, longitudeDeg: 1.61 };
const flying = (change: Partial<VehicleState> = {}): VehicleState => ({
  ...aVehicle(),
  autopilot: "ardupilot",
  lastHeardMonoMs: 1000,
  heartbeat: { receivedAtMonoMs: 1000, value: { customMode: 4, modeName: "GUIDED", isArmed: true, systemStatus: 4 } },
  position: { receivedAtMonoMs: 1000, value: { position: HERE, altitudeAmslM: 60, altitudeAboveHomeM: 50 } },
  home: { receivedAtMonoMs: 1000, value: { position: HERE, altitudeAmslM: 10 } },
  ...change,
});
const wishAt = (bearingDeg: number, distanceM: number, change: Partial<PlaceWish> = {}): PlaceWish => ({
  use: "go-to",
  vehicleId: VEHICLE,
  position: destination(HERE, bearingDeg, distanceM),
  heightAboveHomeM: 50,
  radiusM: 80,
  ...change,
});
const NO_FENCE = { polygons: [], circles: [], breachReturn: undefined };
const square = (sizeM: number, isInclusion: boolean, at = HERE) => ({
  isInclusion,
  corners: [45, 135, 225, 315].map((bearingDeg) => destination(at, bearingDeg, sizeM * Math.SQRT2)),
});

describe("findings 5.5: what a flight to a place would be", () => {
  const facts = { vehicle: flying(), speedMps: 10, fence: NO_FENCE, drainPerS: undefined };
  it("says how far and how long; of a battery whose drain is not known it says nothing", () => {
    const preview = previewOf(wishAt(90, 600), facts);
    expect(preview?.distanceM).toBeCloseTo(600, 3);
    expect(preview).toMatchObject({ usedFraction: undefined, leftAtHomeFraction: undefined, asks: [] });
    expect(preview?.timeS).toBeCloseTo(60, 3);
  });
  it("asks past 5 km, from the aircraft or from home", () => {
    expect(previewOf(wishAt(270, 5200), facts)?.asks).toEqual(["far"]);
    const away = flying({
      home: { receivedAtMonoMs: 1, value: { position: destination(HERE, 90, 4000), altitudeAmslM: 0 } },
    });
    expect(previewOf(wishAt(270, 2000), { ...facts, vehicle: away })?.asks).toEqual(["far"]);
  });
  it("asks beyond an inclusion, into an exclusion, through one, and for a circle that leaves", () => {
    const inside = { ...facts, fence: { ...NO_FENCE, polygons: [square(1000, true)] } };
    expect(previewOf(wishAt(0, 900), inside)?.asks).toEqual([]);
    expect(previewOf(wishAt(0, 1100), inside)?.asks).toEqual(["beyond-fence"]);
    expect(previewOf(wishAt(0, 950, { use: "orbit" }), inside)?.asks).toEqual(["beyond-fence"]);
    const barred = { ...facts, fence: { ...NO_FENCE, polygons: [square(100, false, destination(HERE, 0, 500))] } };
    expect(previewOf(wishAt(0, 500), barred)?.asks).toEqual(["beyond-fence"]);
    expect(previewOf(wishAt(0, 900), barred)?.asks).toEqual(["beyond-fence"]);
  });
  it("asks where the battery would not bring it home with a reserve", () => {
    const battery = { voltageV: 22, currentA: 10, remainingFraction: 0.4, timeRemainingS: undefined };
    const vehicle = flying({ battery: { receivedAtMonoMs: 1000, value: battery } });
    const preview = previewOf(wishAt(0, 2000), { ...facts, vehicle, drainPerS: 0.001 });
    expect(preview?.usedFraction).toBeCloseTo(0.2, 4);
    expect(preview?.leftAtHomeFraction).toBeCloseTo(0, 4);
    expect(preview?.asks).toEqual(["battery"]);
  });
});

describe("findings 5.5: going to a place", () => {
  const open = (vehicle = flying()) => {
    const station = aStation();
    const desk = flyDeskOf(station.store);
    station.transport.receive(aBatch([vehicle]));
    station.transport.receive({ kind: "abilities", vehicleId: VEHICLE, abilities: {} });
    const sent = (): readonly VehicleCommand[] =>
      station.transport.requests().flatMap((request) => (request.kind === "command" ? [request.command] : []));
    return { station, desk, sent };
  };
  it("a click shows a ghost and sends nothing; another target takes the ghost away", () => {
    const { station, desk, sent } = open();
    desk.placeFor.set("go-to");
    takePickedPlace(desk, wishAt(0, 300).position);
    expect(desk.ghost.get()).toMatchObject({ use: "go-to", vehicleId: VEHICLE, heightAboveHomeM: 50 });
    expect(sent()).toEqual([]);
    station.store.setTarget("udp/2" as typeof VEHICLE);
    expect(desk.ghost.get()).toBeUndefined();
  });
  it("another height does not end it: it goes on to the same place, higher", () => {
    const { desk, sent } = open();
    const wish = wishAt(0, 300);
    desk.sendTo(VEHICLE, commandOf(wish));
    desk.sendTo(VEHICLE, { kind: "change-altitude", height: { datum: "home", valueM: 80 } });
    expect(sent()).toEqual([commandOf(wish), commandOf({ ...wish, heightAboveHomeM: 80 })]);
    expect(desk.underWay.get().get(VEHICLE)?.heightAboveHomeM).toBe(80);
  });
  it("is over with another command, and with a mode that is another's", () => {
    const { station, desk, sent } = open();
    desk.sendTo(VEHICLE, commandOf(wishAt(0, 300)));
    desk.sendTo(VEHICLE, { kind: "pause" });
    desk.sendTo(VEHICLE, { kind: "change-altitude", height: { datum: "home", valueM: 80 } });
    expect(sent().map(({ kind }) => kind)).toEqual(["go-to", "pause", "change-altitude"]);
    desk.sendTo(VEHICLE, commandOf(wishAt(0, 300)));
    const returning = { customMode: 6, modeName: "RTL", isArmed: true, systemStatus: 4 };
    station.transport.receive(aBatch([flying({ heartbeat: { receivedAtMonoMs: 1500, value: returning } })]));
    expect(desk.underWay.get().size).toBe(0);
  });
});
