import { describe, expect, it } from "vitest";
import { destination } from "../../geo/geodesic.js";
import type { VehicleCommand } from "../commands.js";
import type { GuidedTarget } from "../guidedTarget.js";
import { emptyVehicle } from "../reduceVehicle.js";
import type { VehicleState } from "../vehicleState.js";
import { commandQuestions } from "./commandQuestions.js";

const HERE = { latitudeDeg: 50.77, longitudeDeg: 1.61 };
const stamped = <T>(value: T) => ({ value, receivedAtMonoMs: 1000 });
const VEHICLE: VehicleState = {
  ...emptyVehicle({ linkName: "udp", systemId: 1, componentId: 1 }),
  ...{ autopilot: "ardupilot", airframe: "copter", lastReceivedMonoMs: 1000 },
  heartbeat: stamped({ customMode: 4, modeName: "GUIDED", isArmed: true, systemStatus: 4 }),
  position: stamped({ position: HERE, altitudeAmslM: 60, altitudeAboveHomeM: 50 }),
  home: stamped({ position: HERE, altitudeAmslM: 10 }),
  battery: stamped({ voltageV: 22, currentA: 10, remainingFraction: 0.1, timeRemainingS: undefined }),
};
const goTo = (distanceM: number, valueM = 50): GuidedTarget["command"] => ({
  ...{ kind: "go-to", position: destination(HERE, 0, distanceM), height: { datum: "home", valueM } },
});
const height = (valueM: number): VehicleCommand => ({ kind: "change-altitude", height: { datum: "home", valueM } });
const asks = (command: VehicleCommand, guidedTarget?: GuidedTarget) =>
  commandQuestions(command, { vehicle: VEHICLE, fence: undefined, guidedTarget });

describe("what a person must confirm", () => {
  it("of a place and of its height", () => {
    expect(asks(goTo(300))).toEqual(["battery"]);
    expect(asks(goTo(300, 5))).toEqual(["descends-far", "very-low", "battery"]);
  });
  it("of another height: that height, and the place where it flies to one that was not confirmed", () => {
    expect(asks(height(5))).toEqual(["descends-far", "very-low"]);
    expect(asks(height(60), { command: goTo(300), isConfirmed: false })).toEqual(["battery"]);
    expect(asks(height(60), { command: goTo(300), isConfirmed: true })).toEqual([]);
    expect(asks(height(5), { command: goTo(300), isConfirmed: true })).toEqual(["descends-far", "very-low"]);
  });
  it("of another place: that place, whatever was confirmed before", () => {
    expect(asks(goTo(400), { command: goTo(300), isConfirmed: true })).toEqual(["battery"]);
  });
});
