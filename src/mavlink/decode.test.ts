import { ardupilotmega } from "mavlink-mappings";
import { describe, expect, it } from "vitest";
import type { VehicleEvent, VehicleEventBody } from "../vehicle/events.js";
import { vehicleEventsFrom } from "./decode.js";
import { definitionOfName, REGISTRIES } from "./definitions.js";
import { COPTER_MODE_NAMES, PLANE_MODE_NAMES } from "./dialects/ardupilotModes.js";
import { modeNameOf } from "./dialects/modeNames.js";
import { encodeFrame } from "./encode.js";
import type { MavlinkFields, MavlinkFrame } from "./frame.js";
import { createReader } from "./reader.js";
import { known, SENTINELS } from "./sentinels.js";

const RECEIVED_AT = { receivedAtMonoMs: 1000, unixTimeUs: 1_795_400_000_000_000 };

function frameOf(name: string, fields: MavlinkFields, version: 1 | 2 = 2): MavlinkFrame {
  const frames: MavlinkFrame[] = [];
  const bytes = encodeFrame({ name, fields, systemId: 7, componentId: 1, seq: 0, version });
  createReader({ isDatagram: true }).push(bytes, (frame) => frames.push(frame));
  return frames[0]!;
}
const eventsOf = (name: string, fields: MavlinkFields, version: 1 | 2 = 2): readonly VehicleEvent[] =>
  vehicleEventsFrom(frameOf(name, fields, version), RECEIVED_AT);
function eventOf<Kind extends VehicleEventBody["kind"]>(kind: Kind, name: string, fields: MavlinkFields) {
  const found = eventsOf(name, fields).find((event) => event.kind === kind);
  return found as Extract<VehicleEvent, { kind: Kind }>;
}
const NO_CELLS = [65535, 65535, 65535, 65535, 65535, 65535, 65535, 65535, 65535, 65535];

describe("names of fields", () => {
  it("are MAVLink's own in every type this station reads (the package renames them)", () => {
    // The types turn the package's camelCase back into MAVLink's snake_case; the same rule is applied here to every
    // field there is.
    const snake = (name: string) => name.replace(/[A-Z]/g, (c) => `_${c.toLowerCase()}`);
    const odd = REGISTRIES.flatMap((registry) => Object.values(registry)).flatMap((mapping) =>
      mapping.FIELDS.filter((field) => snake(field.name) !== field.source).map(
        (f) => `${mapping.MSG_NAME}.${f.source}`,
      ),
    );
    const read =
      /^(ATTITUDE|AUTOPILOT_VERSION|BATTERY_STATUS|COMMAND_ACK|EKF_STATUS_REPORT|AVAILABLE_MODES|AVAILABLE_MODES_MONITOR|ESTIMATOR_STATUS|EXTENDED_SYS_STATE|FENCE_STATUS|HIGH_LATENCY2|GIMBAL_DEVICE_ATTITUDE_STATUS|GLOBAL_POSITION_INT|GPS_RAW_INT|HEARTBEAT|HOME_POSITION|MISSION_\w+|MOUNT_STATUS|STATUSTEXT|SYS_STATUS|TIMESYNC|VFR_HUD)\./;
    expect(odd.filter((field) => read.test(field))).toEqual([]);
  });
});

describe("mode names", () => {
  it("agree with the enums of ardupilotmega.xml", () => {
    const entries = (source: object) => Object.entries(source).filter(([key]) => /^\d+$/.test(key));
    expect(COPTER_MODE_NAMES).toEqual(Object.fromEntries(entries(ardupilotmega.CopterMode)));
    const plane = Object.fromEntries(entries(ardupilotmega.PlaneMode));
    expect({ ...PLANE_MODE_NAMES, 5: "FLY_BY_WIRE_A", 6: "FLY_BY_WIRE_B" }).toEqual(plane);
  });
  it("say the number where no table has it", () => {
    expect(modeNameOf("ardupilot", "copter", 99)).toBe("MODE 99");
    expect(modeNameOf("other", "copter", 3)).toBe("MODE 3");
    expect(modeNameOf("px4", "copter", (4 << 16) | (4 << 24))).toBe("MISSION");
    expect(modeNameOf("px4", "copter", 3 << 16)).toBe("POSITION");
  });
});

describe("sentinels", () => {
  // One case for each row of the table: what the decoder gives when the field holds its "unknown" value.
  const CASES: Readonly<Record<keyof typeof SENTINELS, () => unknown>> = {
    "SYS_STATUS.voltage_battery": () => eventOf("battery", "SYS_STATUS", { voltage_battery: 65535 }).battery.voltageV,
    "SYS_STATUS.current_battery": () => eventOf("battery", "SYS_STATUS", { current_battery: -1 }).battery.currentA,
    "SYS_STATUS.battery_remaining": () =>
      eventOf("battery", "SYS_STATUS", { battery_remaining: -1 }).battery.remainingFraction,
    "BATTERY_STATUS.voltages": () => eventOf("battery", "BATTERY_STATUS", { voltages: NO_CELLS }).battery.voltageV,
    "BATTERY_STATUS.current_battery": () =>
      eventOf("battery", "BATTERY_STATUS", { current_battery: -1 }).battery.currentA,
    "BATTERY_STATUS.battery_remaining": () =>
      eventOf("battery", "BATTERY_STATUS", { battery_remaining: -1 }).battery.remainingFraction,
    "BATTERY_STATUS.time_remaining": () =>
      eventOf("battery", "BATTERY_STATUS", { time_remaining: 0 }).battery.timeRemainingS,
    "GPS_RAW_INT.eph": () => eventOf("gps", "GPS_RAW_INT", { eph: 65535 }).gps.hdop,
    "GPS_RAW_INT.h_acc": () => eventOf("gps", "GPS_RAW_INT", { h_acc: 0 }).gps.horizontalAccuracyM,
    "GPS_RAW_INT.satellites_visible": () =>
      eventOf("gps", "GPS_RAW_INT", { satellites_visible: 255 }).gps.satellitesVisible,
    "MISSION_CURRENT.total": () => eventOf("mission-progress", "MISSION_CURRENT", { total: 0 }).mission.countOfItems,
    "AUTOPILOT_VERSION.flight_sw_version": () =>
      eventOf("version", "AUTOPILOT_VERSION", { flight_sw_version: 0 }).version.firmwareVersion,
    "EXTENDED_SYS_STATE.landed_state": () => eventOf("flight-phase", "EXTENDED_SYS_STATE", {}).phase.landed,
    "EXTENDED_SYS_STATE.vtol_state": () => eventOf("flight-phase", "EXTENDED_SYS_STATE", {}).phase.vtol,
    "HIGH_LATENCY2.battery": () =>
      eventOf("high-latency", "HIGH_LATENCY2", { autopilot: 3, battery: -1 }).summary.batteryFraction,
    "HIGH_LATENCY2.wp_num": () =>
      eventOf("high-latency", "HIGH_LATENCY2", { autopilot: 3, wp_num: 65535 }).summary.missionSeq,
  };
  it.each(Object.entries(CASES))("%s becomes undefined", (_field, decode) => {
    expect(decode()).toBeUndefined();
  });
  it("pass every other value, and have a case each", () => {
    expect(Object.keys(CASES).sort()).toEqual(Object.keys(SENTINELS).sort());
    for (const field of Object.keys(SENTINELS) as (keyof typeof SENTINELS)[]) {
      expect(known(field, 12)).toBe(12);
      const [message, name] = field.split(".") as [string, string];
      expect(definitionOfName(message)!.fields.some((definition) => definition.name === name)).toBe(true);
    }
  });
});

describe("decoding to events", () => {
  it("turns units of the wire into the house's", () => {
    const fields = { lat: 507264000, lon: 16138999, alt: 80123, relative_alt: 60024, vx: 300, vy: -400, vz: -120 };
    expect(eventOf("position", "GLOBAL_POSITION_INT", fields)).toMatchObject({
      systemId: 7,
      componentId: 1,
      receivedAtMonoMs: 1000,
      position: {
        position: { latitudeDeg: 50.7264, longitudeDeg: 1.6138999 },
        altitudeAmslM: 80.123,
        altitudeAboveHomeM: 60.024,
      },
      velocity: { northMps: 3, eastMps: -4, downMps: -1.2, groundSpeedMps: 5, courseDeg: expect.closeTo(306.87, 2) },
    });
    const attitude = eventOf("attitude", "ATTITUDE", { roll: Math.PI / 6, pitch: -0.1, yaw: -Math.PI / 2 }).attitude;
    expect(attitude.rollDeg).toBeCloseTo(30, 4);
    expect(attitude.headingDeg).toBeCloseTo(270, 4);
  });

  it("takes a position near (0, 0) for no fix, and slow motion for no course", () => {
    expect(eventsOf("GLOBAL_POSITION_INT", { lat: 12, lon: -90_000 })).toEqual([]);
    expect(eventsOf("HOME_POSITION", { latitude: 0, longitude: 0 })).toEqual([]);
    const slow = eventOf("position", "GLOBAL_POSITION_INT", { lat: 507264000, lon: 1, vx: 20 });
    expect(slow.velocity!.courseDeg).toBeUndefined();
  });

  it("hears a heartbeat from autopilots only, and knows them", () => {
    const heartbeat = { type: 2, autopilot: 3, base_mode: 209, custom_mode: 3, system_status: 4 };
    expect(eventOf("heartbeat", "HEARTBEAT", heartbeat)).toMatchObject({
      identity: { autopilot: "ardupilot", airframe: "copter", mavType: 2, mavAutopilot: 3 },
      heartbeat: { modeName: "AUTO", isArmed: true, customMode: 3, systemStatus: 4 },
    });
    expect(eventOf("heartbeat", "HEARTBEAT", { ...heartbeat, autopilot: 12, type: 22 }).identity).toMatchObject({
      autopilot: "px4",
      airframe: "vtol",
    });
    expect(eventsOf("HEARTBEAT", { type: 6, autopilot: 8 })).toEqual([]);
  });

  it("sums the cells of a battery, and leaves out those that feed the payload", () => {
    const voltages = [4100, 4050, 65535, 65535, 65535, 65535, 65535, 65535, 65535, 65535];
    const event = eventOf("battery", "BATTERY_STATUS", { voltages, battery_remaining: 87, current_battery: 1234 });
    expect(event.battery).toEqual({
      voltageV: 8.15,
      currentA: 12.34,
      remainingFraction: 0.87,
      timeRemainingS: undefined,
    });
    expect(eventOf("battery", "BATTERY_STATUS", { id: 1, voltages }).batteryId).toBe(1);
    expect(eventsOf("BATTERY_STATUS", { id: 1, voltages, battery_function: 4 })).toEqual([]);
    expect(eventsOf("BATTERY_STATUS", { voltages }, 1)).toHaveLength(1);
  });

  it("reads why it will not arm from the sensor bits", () => {
    const bit = 0x10000000;
    const health = (present: number, healthy: number) =>
      eventOf("health", "SYS_STATUS", {
        onboard_control_sensors_present: present,
        onboard_control_sensors_health: healthy,
      }).health.prearmOk;
    expect([health(0, 0), health(bit, 0), health(bit, bit)]).toEqual([undefined, false, true]);
  });

  it("turns a gimbal's quaternion into angles, in the frame its flags name", () => {
    const pitchDown45 = [Math.cos(Math.PI / 8), 0, -Math.sin(Math.PI / 8), 0];
    const nose = eventOf("gimbal", "GIMBAL_DEVICE_ATTITUDE_STATUS", { q: pitchDown45, flags: 32 });
    expect(nose.gimbal.pitchDeg).toBeCloseTo(-45, 4);
    expect(nose.yawFromNoseDeg).toBeCloseTo(0, 4);
    const east = [Math.cos(Math.PI / 4), 0, 0, Math.sin(Math.PI / 4)];
    const earth = eventOf("gimbal", "GIMBAL_DEVICE_ATTITUDE_STATUS", { q: east, flags: 64 });
    expect(earth.gimbal.yawEarthDeg).toBeCloseTo(90, 4);
    expect(earth.yawFromNoseDeg).toBeUndefined();
    expect(eventOf("gimbal", "GIMBAL_DEVICE_ATTITUDE_STATUS", { q: east, flags: 16 }).gimbal.yawEarthDeg).toBeCloseTo(
      90,
    );
    expect(eventsOf("GIMBAL_DEVICE_ATTITUDE_STATUS", { q: [NaN, 0, 0, 0] })).toEqual([]);
  });

  it("reads version, mission count, simulation and pieces of text", () => {
    const version = eventOf("version", "AUTOPILOT_VERSION", {
      flight_sw_version: 0x04070000,
      capabilities: 0x1_0000_0004n,
    });
    expect(version.version).toEqual({ firmwareVersion: "4.7.0-dev", capabilityBits: 4294967300, uid: undefined });
    expect(eventOf("mission-progress", "MISSION_CURRENT", { seq: 2, total: 65535 }).mission.countOfItems).toBe(0);
    expect(eventsOf("SIMSTATE", {})).toMatchObject([{ kind: "simulated" }]);
    expect(eventOf("text", "STATUSTEXT", { severity: 4, text: "x".repeat(50), id: 9 }).chunk).toEqual({
      id: 9,
      index: 0,
      isLast: false,
    });
    expect(eventOf("text", "STATUSTEXT", { severity: 4, text: "short" }).chunk).toBeUndefined();
    expect(eventsOf("STATUSTEXT", { severity: 4, text: "old" }, 1)).toMatchObject([{ text: "old", chunk: undefined }]);
  });

  it("says nothing of messages that are not about a vehicle", () => {
    expect(eventsOf("PARAM_VALUE", { param_id: "X" })).toEqual([]);
  });
});
