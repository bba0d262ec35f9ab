import { describe, expect, it } from "vitest";
import { unhealthySensors } from "./unhealthySensors.js";

const ALL = 0xffffffff;
const sensors = (presentBits: number, enabledBits: number, healthyBits: number) =>
  unhealthySensors({ presentBits, enabledBits, healthyBits, prearmOk: undefined });

/** https://mavlink.io/en/messages/common.html#MAV_SYS_STATUS_SENSOR */
const NAMES = [
  [1, "gyroscope"],
  [2, "accelerometer"],
  [4, "compass"],
  [8, "barometer"],
  [16, "airspeed"],
  [32, "GPS"],
  [65536, "radio control"],
  [1048576, "geofence"],
  [2097152, "attitude and position estimate"],
  [4194304, "terrain"],
  [16777216, "logging"],
  [33554432, "battery"],
  [67108864, "proximity"],
] as const;

describe("an unhealthy sensor", () => {
  it.each(NAMES)("of bit %i is the %s", (bit, name) => {
    expect(sensors(ALL, ALL, ~bit)).toEqual([name]);
  });
  it("must be present and enabled", () => {
    expect(sensors(0x3, 0x6, 0)).toEqual(["accelerometer"]);
    expect(sensors(ALL, 0, 0)).toEqual([]);
    expect(sensors(0, ALL, 0)).toEqual([]);
    expect(sensors(ALL, ALL, ALL)).toEqual([]);
    expect(sensors(ALL, ALL, 0)).toEqual(NAMES.map(([, name]) => name));
  });
});
