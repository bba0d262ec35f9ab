import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { encodeFrame } from "./encode.js";
import { FlightReading } from "./logs/flightReading.js";
import { openLog } from "./logs/openLog.js";
import { vehicleRank, type VehicleRank } from "./vehicleHeartbeat.js";

const [ARDUPILOT, PX4, GENERIC, RESERVED, INVALID] = [3, 12, 0, 1, 8];
const rank = (mavType: number, mavAutopilot: number, componentId: number): VehicleRank =>
  vehicleRank({ mavType, mavAutopilot, componentId });

/** One frame of a recording, with the time it was received. */
type Reported = { readonly atS: number; readonly componentId: number; readonly name: string; readonly fields: object };

const START_US = 1_700_000_000_000_000n;
function tlog(reported: readonly Reported[], systemId = 1): Uint8Array {
  const parts = reported.map(({ atS, componentId, name, fields }, i) => {
    const frame = encodeFrame({ name, fields: { ...fields }, systemId, componentId, seq: i & 255, version: 2 });
    const record = new Uint8Array(8 + frame.length);
    new DataView(record.buffer).setBigUint64(0, START_US + BigInt(Math.round(atS * 1e6)));
    record.set(frame, 8);
    return record;
  });
  return new Uint8Array(Buffer.concat(parts));
}
const vehiclesOf = (bytes: Uint8Array) => new FlightReading(openLog("a.tlog", bytes)).finish().report.vehicles;
const heartbeat = (atS: number, componentId: number, kind: readonly [number, number], more: object = {}): Reported => {
  const [type, autopilot] = kind;
  return { atS, componentId, name: "HEARTBEAT", fields: { type, autopilot, base_mode: 0, custom_mode: 0, ...more } };
};

describe("case 02: who of a system is the vehicle", () => {
  it.each([
    ["a ground station", 6],
    ["an antenna tracker", 5],
    ["an onboard controller", 18],
    ["a gimbal", 26],
    ["an ADSB receiver", 27],
    ["a camera", 30],
    ["a charging station", 31],
    ["a FLARM", 32],
    ["a servo", 33],
    ["a Remote ID", 34],
    ["a battery", 36],
    ["a parachute", 37],
    ["a log", 38],
    ["an OSD", 39],
    ["an IMU", 40],
    ["a GPS", 41],
    ["a winch", 42],
    ["a radio", 49],
  ])("%s never is, whatever it calls its autopilot and itself", (_, mavType) => {
    for (const autopilot of [ARDUPILOT, PX4, GENERIC, RESERVED, INVALID])
      for (const componentId of [1, 2, 100, 154, 190, 191]) expect(rank(mavType, autopilot, componentId)).toBe(0);
  });

  it("an autopilot's own component is surer than a free one, that surer than an unspecific number", () => {
    expect([rank(2, ARDUPILOT, 1), rank(2, PX4, 2), rank(2, GENERIC, 2)]).toEqual([3, 2, 1]);
    expect([rank(43, GENERIC, 1), rank(13, RESERVED, 1)]).toEqual([2, 2]);
    expect([rank(2, GENERIC, 191), rank(2, ARDUPILOT, 191), rank(1, INVALID, 1)]).toEqual([0, 1, 0]);
  });

  it("a type that is newer than the definitions counts only as the autopilot's own", () => {
    expect([rank(80, ARDUPILOT, 1), rank(80, ARDUPILOT, 25)]).toEqual([3, 0]);
  });

  it("the recordings of an onboard computer and a gimbal give the aircraft, as pymavlink reads them", () => {
    for (const file of ["companion_generic_first", "gcs_generic"]) {
      const bytes = readFileSync(new URL(`fixtures/heartbeats/${file}.tlog`, import.meta.url));
      const [vehicle, ...others] = vehiclesOf(new Uint8Array(bytes));
      expect(others).toEqual([]);
      expect(vehicle).toMatchObject({ systemId: 1, type: 2, autopilot: 3 });
      const modes = file === "gcs_generic" ? [3] : [3, 4];
      expect(vehicle?.modes.map(({ customMode }) => customMode)).toEqual(modes);
      expect(vehicle?.armed.length).toBe(1);
      expect(vehicle?.trackLengthM).toBeGreaterThan(0);
    }
  });

  it("an autopilot heard after a computer that passes for a vehicle takes its place, whole", () => {
    const position = (atS: number, degE7: number): Reported => ({
      ...{ atS, componentId: 1, name: "GLOBAL_POSITION_INT" },
      fields: { time_boot_ms: atS * 1000, lat: 507_000_000 + degE7, lon: 16_000_000, relative_alt: 30_000 },
    });
    const [vehicle] = vehiclesOf(
      tlog([
        heartbeat(0, 25, [2, GENERIC], { custom_mode: 7 }),
        heartbeat(1, 25, [2, GENERIC], { custom_mode: 8, base_mode: 128 }),
        { atS: 1.5, componentId: 1, name: "STATUSTEXT", fields: { severity: 4, text: "EKF3 active" } },
        position(2, 0),
        heartbeat(2.5, 1, [2, ARDUPILOT], { custom_mode: 3, base_mode: 209 }),
        heartbeat(3, 25, [2, GENERIC], { custom_mode: 9 }),
        position(3.5, 1000),
      ]),
    );
    expect(vehicle).toMatchObject({ type: 2, autopilot: 3 });
    expect(vehicle?.modes.map(({ customMode }) => customMode)).toEqual([3]);
    expect(vehicle?.armed.length).toBe(1);
    expect(vehicle?.texts.map(({ text }) => text)).toEqual(["EKF3 active"]);
    expect(vehicle?.trackLengthM).toBeGreaterThan(10);
  });

  it("an equal one does not, and a station with a vehicle's number is none", () => {
    expect(vehiclesOf(tlog([heartbeat(0, 2, [2, PX4]), heartbeat(1, 3, [1, PX4])]))[0]).toMatchObject({ type: 2 });
    expect(vehiclesOf(tlog([heartbeat(0, 190, [6, GENERIC])], 254))).toEqual([]);
  });
});
