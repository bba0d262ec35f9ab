import { describe, expect, it } from "vitest";
import type { VehicleState } from "../../../src/vehicle/vehicleState.js";
import { aVehicle } from "../../bridge/testing/builders.js";
import { fleetRows } from "./fleetRows.js";

const stamped = <T>(value: T) => ({ value, receivedAtMonoMs: 1000 });
const { heartbeat, battery, gps } = aVehicle();
if (!heartbeat || !battery || !gps) throw new Error("the fake aircraft reports heartbeat, battery and GPS");
const flying: Partial<VehicleState> = {
  lastReceivedMonoMs: 1000,
  heartbeat: stamped({ ...heartbeat.value, isArmed: true, modeName: "AUTO" }),
  gps: stamped({ ...gps.value, fixType: 3 }),
};
const charged = (remainingFraction: number) => ({
  battery: stamped({ ...battery.value, remainingFraction }),
});

const row = (changes: Partial<VehicleState>, lossFraction = 0) => {
  const vehicle = aVehicle({ ...flying, ...charged(0.8), ...changes });
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
    expect(row(charged(0.25))).toMatchObject({
      health: "caution",
      worst: "fly.fleet.battery",
    });
    expect(row(charged(0.1))).toMatchObject({
      health: "danger",
      worst: "fly.fleet.battery",
    });
    expect(row({ lastReceivedMonoMs: -9000, ...charged(0.1) }).worst).toBe("fly.fleet.lost");
    expect(row({ fence: stamped({ isBreached: true, countOfBreaches: 1 }) }).worst).toBe("fly.fleet.fence");
    expect(row({}, 0.4)).toMatchObject({ health: "caution", worst: "fly.fleet.link" });
    expect(row({ gps: stamped({ ...gps.value, fixType: 1 }) }).worst).toBe("fly.fleet.gps");
  });

  it("takes an unknown battery for unknown, not for empty", () => {
    expect(row({ battery: undefined })).toMatchObject({ health: "good", batteryFraction: undefined });
  });
});
