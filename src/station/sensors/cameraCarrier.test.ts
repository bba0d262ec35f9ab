import { describe, expect, it } from "vitest";
import { vehicleIdOf, type HomeState, type VehicleState } from "../../vehicle/vehicleState.js";
import { cameraHome, carrierOf } from "./cameraCarrier.js";

const withHome = (home: HomeState | undefined, systemId = 1): Pick<VehicleState, "id" | "home"> => ({
  id: vehicleIdOf("link", systemId),
  home: home && { value: home, receivedAtMonoMs: 0 },
});
const field: HomeState = { position: { latitudeDeg: 50.75, longitudeDeg: 1.6 }, altitudeAmslM: 12 };
const beside: HomeState = { position: { latitudeDeg: 50.7505, longitudeDeg: 1.6005 }, altitudeAmslM: 13 };
const cliff: HomeState = { position: { latitudeDeg: 50.7505, longitudeDeg: 1.6005 }, altitudeAmslM: 90 };
const elsewhere: HomeState = { position: { latitudeDeg: 50.95, longitudeDeg: 1.8 }, altitudeAmslM: 12 };
const anybodys = { carrierId: undefined };
const of = (systemId: number) => ({ carrierId: vehicleIdOf("link", systemId) });

describe("the vehicle that carries a camera", () => {
  it("review 1: the camera's ground is never that of whichever aircraft came first", () => {
    expect(cameraHome(anybodys, [])).toBeUndefined();
    expect(cameraHome(anybodys, [withHome(field)])).toBe(field);
    expect(cameraHome(anybodys, [withHome(undefined)])).toBeUndefined();
    // The carrier is unknown: only a home that all vehicles share can be used.
    expect(cameraHome(anybodys, [withHome(field), withHome(beside, 2)])).toBe(field);
    for (const other of [undefined, cliff, elsewhere])
      expect(cameraHome(anybodys, [withHome(field), withHome(other, 2)])).toBeUndefined();
  });

  it("gives the camera its own home, whatever the others' are", () => {
    const vehicles = [withHome(field), withHome(cliff, 2), withHome(undefined, 3)];
    expect(cameraHome(of(1), vehicles)).toBe(field);
    expect(cameraHome(of(2), vehicles)).toBe(cliff);
    expect(cameraHome(of(3), vehicles)).toBeUndefined();
    expect(cameraHome(of(4), vehicles)).toBeUndefined();
  });

  it("is the one that was named, else the only one", () => {
    const [first, second] = [withHome(field), withHome(field, 2)];
    expect(carrierOf(anybodys, [first])).toBe(first);
    expect(carrierOf(anybodys, [first, second])).toBeUndefined();
    expect(carrierOf(of(2), [first, second])).toBe(second);
    expect(carrierOf(of(2), [first])).toBeUndefined();
  });
});
