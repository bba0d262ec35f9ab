import { describe, expect, it } from "vitest";
import type { VehicleState } from "../../../src/vehicle/vehicleState.js";
import { fleetRows } from "./fleetRows.js";

const aVehicle = (changes: Record<string, unknown>): VehicleState =>
  ({
    id: "udp:1/1",
    systemId: 1,
    isSimulated: true,
    linkName: "udp:1",
    lastReceivedMonoMs: 1000,
    isHighLatency: false,
    heartbeat: { value: { isArmed: true, modeName: "AUTO" }, receivedAtMonoMs: 1000 },
    battery: { value: { remainingFraction: 0.8 }, receivedAtMonoMs: 1000 },
    gps: { value: { fixType: 3 }, receivedAtMonoMs: 1000 },
    ...changes,
  }) as unknown as VehicleState;

const row = (changes: Record<string, unknown>, lossFraction = 0) => {
  const vehicle = aVehicle(changes);
  const path = { linkName: "radio", state: "active", lossFraction, roundTripMs: 40, isHighLatency: false } as const;
  return fleetRows({
    vehicles: [vehicle],
    paths: [{ vehicleId: vehicle.id, paths: [path] }],
    plans: new Map(),
    nowMonoMs: 1500,
  })[0]!;
};

describe("the fleet at a glance", () => {
  it("is well when nothing is wrong, and names its link", () => {
    expect(row({})).toMatchObject({
      name: "SIM-1",
      health: "good",
      worst: undefined,
      linkName: "radio",
      isArmed: true,
    });
  });

  it("says the worst thing first", () => {
    expect(row({ battery: { value: { remainingFraction: 0.25 } } })).toMatchObject({
      health: "caution",
      worst: "fly.fleet.battery",
    });
    expect(row({ battery: { value: { remainingFraction: 0.1 } } })).toMatchObject({
      health: "danger",
      worst: "fly.fleet.battery",
    });
    expect(row({ lastReceivedMonoMs: -9000, battery: { value: { remainingFraction: 0.1 } } }).worst).toBe(
      "fly.fleet.lost",
    );
    expect(row({ fence: { value: { isBreached: true } } }).worst).toBe("fly.fleet.fence");
    expect(row({}, 0.4)).toMatchObject({ health: "caution", worst: "fly.fleet.link" });
    expect(row({ gps: { value: { fixType: 1 } } }).worst).toBe("fly.fleet.gps");
  });

  it("takes an unknown battery for unknown, not for empty", () => {
    expect(row({ battery: undefined })).toMatchObject({ health: "good", batteryFraction: undefined });
  });
});
