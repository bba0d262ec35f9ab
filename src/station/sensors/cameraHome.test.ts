import { expect, it } from "vitest";
import type { HomeState, VehicleState } from "../../vehicle/vehicleState.js";
import { cameraHome } from "./cameraHome.js";

const withHome = (home: HomeState | undefined): Pick<VehicleState, "home"> => ({
  home: home && { value: home, receivedAtMonoMs: 0 },
});
const field: HomeState = { position: { latitudeDeg: 50.75, longitudeDeg: 1.6 }, altitudeAmslM: 12 };
const beside: HomeState = { position: { latitudeDeg: 50.7505, longitudeDeg: 1.6005 }, altitudeAmslM: 13 };
const cliff: HomeState = { position: { latitudeDeg: 50.7505, longitudeDeg: 1.6005 }, altitudeAmslM: 90 };
const elsewhere: HomeState = { position: { latitudeDeg: 50.95, longitudeDeg: 1.8 }, altitudeAmslM: 12 };

it("review 1: the camera's ground is never that of whichever aircraft came first", () => {
  expect(cameraHome([])).toBeUndefined();
  expect(cameraHome([withHome(field)])).toBe(field);
  expect(cameraHome([withHome(undefined)])).toBeUndefined();
  // Whose camera it is nobody says: only what all of them share is known.
  expect(cameraHome([withHome(field), withHome(beside)])).toBe(field);
  for (const other of [undefined, cliff, elsewhere])
    expect(cameraHome([withHome(field), withHome(other)])).toBeUndefined();
});
