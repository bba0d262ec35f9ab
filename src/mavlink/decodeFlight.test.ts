import { describe, expect, it } from "vitest";
import type { VehicleEvent } from "../vehicle/events.js";
import { emptyVehicle, reduceVehicle } from "../vehicle/reduceVehicle.js";
import type { VehicleState } from "../vehicle/vehicleState.js";
import { vehicleRank } from "./vehicleHeartbeat.js";
import { vehicleEventsFrom } from "./decode.js";
import { px4Mode } from "./dialects/px4Modes.js";
import { encodeFrame } from "./encode.js";
import type { MavlinkFields, MavlinkFrame } from "./frame.js";
import { createReader } from "./reader.js";
import { bytesOf, goldenFrames } from "./testing/golden.js";

function frameOf(bytes: Uint8Array): MavlinkFrame {
  const frames: MavlinkFrame[] = [];
  createReader({ isDatagram: true }).push(bytes, (frame) => frames.push(frame));
  return frames[0]!;
}
const at = (nowMs: number) => ({ receivedAtMonoMs: nowMs, unixTimeUs: nowMs * 1000 });
const eventsOf = (name: string, fields: MavlinkFields, nowMs = 1000): readonly VehicleEvent[] =>
  vehicleEventsFrom(frameOf(encodeFrame({ name, fields, systemId: 1, componentId: 1, seq: 0, version: 2 })), at(nowMs));
const NEW = emptyVehicle({ linkName: "udp", systemId: 1, componentId: 1 });
const receive = (state: VehicleState, name: string, fields: MavlinkFields, nowMs = 1000): VehicleState =>
  eventsOf(name, fields, nowMs).reduce(reduceVehicle, state);
const HEARTBEAT = { type: 1, autopilot: 3, base_mode: 81, custom_mode: 10, system_status: 3 };
const plane = receive(NEW, "HEARTBEAT", HEARTBEAT);

describe("frames made by pymavlink", () => {
  const golden = (name: string) => goldenFrames().filter((frame) => frame.name === name);
  const numberIn = (fields: object, name: string) => (fields as Record<string, number>)[name]!;

  it("of the phase of flight, the fence and the estimator say what is in them", () => {
    for (const { hex, fields } of golden("FENCE_STATUS")) {
      expect(vehicleEventsFrom(frameOf(bytesOf(hex)), at(0))).toMatchObject([
        {
          kind: "fence",
          fence: {
            isBreached: numberIn(fields, "breach_status") !== 0,
            countOfBreaches: numberIn(fields, "breach_count"),
          },
        },
      ]);
    }
    for (const { hex, fields } of golden("EXTENDED_SYS_STATE")) {
      const landed = [undefined, "ground", "air", "taking-off", "landing"][numberIn(fields, "landed_state")];
      const vtol = [undefined, "to-forward", "to-hover", "hover", "forward"][numberIn(fields, "vtol_state")];
      expect(vehicleEventsFrom(frameOf(bytesOf(hex)), at(0))).toMatchObject([{ phase: { landed, vtol } }]);
    }
    for (const { hex, fields } of golden("ESTIMATOR_STATUS")) {
      const flags = numberIn(fields, "flags");
      const [event] = vehicleEventsFrom(frameOf(bytesOf(hex)), at(0));
      expect(event).toMatchObject({ kind: "ekf", ekf: { flags: (flags & 0x3ff) | ((flags & 0x400) << 5) } });
    }
  });
  it("of a satellite link say what is in them, or nothing when they are no autopilot's", () => {
    for (const { hex, fields } of golden("HIGH_LATENCY2")) {
      const frame = frameOf(bytesOf(hex));
      const [event] = vehicleEventsFrom(frame, at(0));
      const [mavType, mavAutopilot] = [numberIn(fields, "type"), numberIn(fields, "autopilot")];
      if (vehicleRank({ componentId: frame.componentId, mavType, mavAutopilot }) === 0) expect(event).toBeUndefined();
      else {
        expect(event).toMatchObject({
          kind: "high-latency",
          summary: {
            altitudeAmslM: numberIn(fields, "altitude"),
            groundSpeedMps: numberIn(fields, "groundspeed") / 5,
            climbRateMps: numberIn(fields, "climb_rate") / 10,
          },
        });
      }
    }
  });
});

describe("the list of modes", () => {
  const modes = ({ modes: list }: VehicleState) => list.map(({ name }) => name);
  const offer = (state: VehicleState, index: number, fields: MavlinkFields = {}) =>
    receive(state, "AVAILABLE_MODES", { number_modes: 3, mode_index: index, custom_mode: index, ...fields });

  it("is its kind's table until the autopilot has told a whole one", () => {
    expect(modes(plane)).toContain("LOITER");
    expect(modes(plane)).not.toContain("QLOITER");
    const half = offer(offer(plane, 1, { mode_name: "AUTO" }), 3, { mode_name: "SEARCH", properties: 2 });
    expect(modes(half)).toContain("LOITER");
    const whole = offer(half, 2, { mode_name: "RTL", custom_mode: 10 });
    expect(whole.modes).toEqual([
      { customMode: 1, name: "AUTO", isSelectable: true },
      { customMode: 10, name: "RTL", isSelectable: true },
      { customMode: 3, name: "SEARCH", isSelectable: false },
    ]);
    expect(whole.heartbeat?.value.modeName).toBe("RTL");
    expect(modes(receive(whole, "HEARTBEAT", HEARTBEAT))).toEqual(["AUTO", "RTL", "SEARCH"]);
  });
  it("is asked for anew when the monitor counts up, and stays until then", () => {
    const reported = [1, 2, 3].reduce((state, i) => offer(state, i, { mode_name: `M${i}` }), plane);
    const watched = receive(reported, "AVAILABLE_MODES_MONITOR", { seq: 4 });
    expect(watched.offeredModes).toMatchObject({ isComplete: true, modesVersion: 4 });
    const outdated = receive(watched, "AVAILABLE_MODES_MONITOR", { seq: 5 });
    expect(outdated.offeredModes).toMatchObject({ isComplete: false, modesVersion: 5 });
    expect(modes(outdated)).toEqual(["M1", "M2", "M3"]);
  });
  it("has PX4's standard modes by the table's names, for PX4 leaves those empty", () => {
    const [event] = eventsOf("AVAILABLE_MODES", {
      number_modes: 1,
      mode_index: 1,
      standard_mode: 6,
      custom_mode: px4Mode(4, 4),
    });
    expect(event).toMatchObject({ mode: { name: "MISSION" } });
  });
});

describe("a quadplane that says it is a fixed wing", () => {
  it("is known by its VTOL state", () => {
    const known = receive(plane, "EXTENDED_SYS_STATE", { vtol_state: 3, landed_state: 1 });
    expect([plane.airframe, known.airframe]).toEqual(["plane", "vtol"]);
    const later = receive(known, "HEARTBEAT", HEARTBEAT, 2000);
    expect(later.airframe).toBe("vtol");
    expect(receive(later, "HEARTBEAT", HEARTBEAT, 3000).modes.map(({ name }) => name)).toContain("QLOITER");
  });
});

describe("a vehicle far away", () => {
  const summary = {
    type: 2,
    autopilot: 3,
    latitude: 507745000,
    longitude: 16075290,
    altitude: 86,
    heading: 45,
    groundspeed: 50,
    airspeed: 60,
    climb_rate: -10,
    battery: 61,
    wp_num: 7,
    custom_mode: 3,
    custom0: -128,
  };
  it("is told by the one message, and marked, until a heartbeat comes", () => {
    const home = { latitude: 507745000, longitude: 16075290, altitude: 6000 };
    const near = receive(receive(NEW, "HEARTBEAT", { ...HEARTBEAT, type: 2 }), "HOME_POSITION", home);
    expect(receive(near, "HIGH_LATENCY2", summary, 2000).isHighLatency).toBe(false);
    const far = receive(near, "HIGH_LATENCY2", summary, 60_000);
    expect(far).toMatchObject({
      isHighLatency: true,
      heartbeat: { value: { modeName: "AUTO", isArmed: true } },
      position: { value: { altitudeAmslM: 86, altitudeAboveHomeM: 80 }, receivedAtMonoMs: 60_000 },
      velocity: { value: { groundSpeedMps: 10, courseDeg: 90, downMps: 1 } },
      battery: { value: { remainingFraction: 0.61 } },
      mission: { value: { currentSeq: 7 } },
    });
    expect(receive(far, "HEARTBEAT", HEARTBEAT, 61_000).isHighLatency).toBe(false);
  });
  it("of PX4 has its mode in the upper half, and is as armed as it was", () => {
    const px4 = { ...summary, autopilot: 12, custom_mode: 4 | (5 << 8), custom0: 0 };
    const far = receive(NEW, "HIGH_LATENCY2", px4, 60_000);
    expect(far.heartbeat?.value).toMatchObject({ customMode: px4Mode(4, 5), modeName: "RETURN", isArmed: false });
  });
});

describe("several batteries", () => {
  const charge = (id: number, percent: number) => ({ id, battery_remaining: percent, voltages: [12_000] });
  it("show the flight battery's volts and the charge of the lowest, while that one speaks", () => {
    const both = receive(receive(plane, "BATTERY_STATUS", charge(1, 34)), "BATTERY_STATUS", charge(0, 80));
    expect(both.battery?.value.remainingFraction).toBeCloseTo(0.34);
    const later = receive(both, "BATTERY_STATUS", charge(0, 79), 60_000);
    expect(later.battery?.value.remainingFraction).toBeCloseTo(0.79);
  });
});

describe("why PX4 will not arm", () => {
  it("is read from its texts, without the tab of those that are events too", () => {
    const refused = ["Preflight Fail: No valid GPS\t", "Arming denied: Manual control lost\t"].reduce(
      (state, text) => receive(state, "STATUSTEXT", { severity: 2, text }),
      plane,
    );
    expect(refused.prearmReasons).toEqual(["Preflight Fail: No valid GPS", "Arming denied: Manual control lost"]);
  });
});
