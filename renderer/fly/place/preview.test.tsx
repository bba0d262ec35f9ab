// @vitest-environment happy-dom
/** Newcomer 10: a warning about a place that was shown stays, however the estimate swings. On the whole frame. */
import { act, cleanup, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { destination } from "../../../src/geo/geodesic.js";
import type { VehicleState } from "../../../src/vehicle/vehicleState.js";
import { App } from "../../app/App.js";
import { StoresProvider } from "../../bridge/StoresContext.js";
import { aBatch, aStation, aVehicle, VEHICLE } from "../../bridge/testing/builders.js";
import { flyViewStore } from "../flyViewStore.js";
import type { PlaceTarget } from "./placeTarget.js";

vi.mock("../FlyScene.js", () => ({ FlyScene: () => <p>the coast</p> }));
vi.mock("../../panels/VideoPanel.js", () => ({ VideoPanel: () => <p>the picture</p> }));

const HERE = { latitudeDeg: 50.77, longitudeDeg: 1.61 };
let monoMs = 1000;
const using = (perS: number): VehicleState => {
  monoMs += 100;
  const stamped = <T,>(value: T) => ({ value, receivedAtMonoMs: monoMs });
  return aVehicle({
    ...{ autopilot: "ardupilot", airframe: "copter", lastReceivedMonoMs: monoMs },
    position: stamped({ position: HERE, altitudeAmslM: 50, altitudeAboveHomeM: 40 }),
    home: stamped({ position: HERE, altitudeAmslM: 10 }),
    battery: stamped({ voltageV: 22, currentA: 1, remainingFraction: 0.4, timeRemainingS: undefined }),
    batteryUse: { fromFraction: 1, sinceMonoMs: 0, perS },
  });
};
const to = (distanceM: number): PlaceTarget => ({
  ...{ use: "go-to", vehicleId: VEHICLE, heightAboveHomeM: 40, radiusM: 0 },
  position: destination(HERE, 0, distanceM),
});
const WARNING = /would not bring it home/;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval", "requestAnimationFrame", "performance"] });
  localStorage.clear();
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

describe("the preview of a flight", () => {
  it("keeps the warning of this place, and begins anew with another", () => {
    const { stores, transport } = aStation();
    const { previewed } = stores.get(flyViewStore);
    render(
      <StoresProvider stores={stores}>
        <App />
      </StoresProvider>,
    );
    const look = (vehicle: VehicleState): string => {
      act(() => {
        transport.receive(aBatch([vehicle], monoMs));
        vi.advanceTimersByTime(600);
      });
      return screen.getByTestId("ghost").textContent;
    };
    act(() => transport.receive(aBatch([using(0.001)], monoMs)));
    act(() => previewed.set(to(1100)));
    expect(look(using(0.001))).toMatch(WARNING);
    expect(look(using(0.0008))).toMatch(WARNING);
    act(() => previewed.set(to(1000)));
    expect(look(using(0.0008))).not.toMatch(WARNING);
  });
});
