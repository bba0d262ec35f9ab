import { describe, expect, it } from "vitest";
import {
  at,
  completeVehicle,
  heartbeat,
  NOTHING_RECEIVED,
  NOW_MS,
  ONE_OF_EACH,
  receive,
} from "../testing/vehicleBuilder.js";
import { freshnessOf, vehicleFreshness } from "./freshness.js";

describe("the freshness of a reading", () => {
  it.each([
    [0, "live"],
    [1999, "live"],
    [2000, "stale"],
    [3999, "stale"],
    [4000, "lost"],
  ] as const)("%d ms old is %s", (ageMs, expected) => {
    expect(freshnessOf(NOW_MS, NOW_MS + ageMs)).toBe(expected);
  });
  it.each([
    [59_999, "live"],
    [60_000, "stale"],
    [119_999, "stale"],
    [120_000, "lost"],
  ] as const)("%d ms old by satellite is %s", (ageMs, expected) => {
    expect(freshnessOf(NOW_MS, NOW_MS + ageMs, true)).toBe(expected);
  });
  it("that was never received is lost", () => {
    expect(freshnessOf(undefined, NOW_MS)).toBe("lost");
    expect(freshnessOf(undefined, NOW_MS, true)).toBe("lost");
  });
});

describe("the freshness of a vehicle", () => {
  it("goes by its last message of any kind", () => {
    expect(vehicleFreshness(NOTHING_RECEIVED, NOW_MS)).toBe("lost");
    const vehicle = receive([heartbeat(), at(NOW_MS + 3000, ONE_OF_EACH.gps)]);
    expect(vehicleFreshness(vehicle, NOW_MS + 4999)).toBe("live");
    expect(vehicleFreshness(completeVehicle(), NOW_MS + 2500)).toBe("stale");
  });
  it("is that of a satellite link where only that is received", () => {
    const satellite = receive([ONE_OF_EACH["high-latency"]]);
    expect(vehicleFreshness(satellite, NOW_MS + 59_999)).toBe("live");
    expect(vehicleFreshness(satellite, NOW_MS + 119_999)).toBe("stale");
    expect(vehicleFreshness(receive([heartbeat()], satellite), NOW_MS + 59_999)).toBe("lost");
  });
});
