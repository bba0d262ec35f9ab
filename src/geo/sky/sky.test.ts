import { describe, expect, it } from "vitest";
import type { Position } from "../position.js";
import { skyAt } from "./sky.js";

const BOULOGNE: Position = { latitudeDeg: 50.75, longitudeDeg: 1.6 };
const at = (iso: string) => skyAt(BOULOGNE, Date.parse(iso));

/**
 * By astropy 8.0.1 (`get_body`, `AltAz` without pressure, its built-in ephemeris) for 50.75 N 1.6 E at sea level: the sun's azimuth and
 * elevation, the moon's, the lit part of its disc. The fifth is an eclipse of the moon, the last one of the sun.
 */
const ASTROPY = [
  ["2024-06-20T12:00:00Z", 182.346, 62.671, 43.592, -60.505, 0.9712],
  ["2024-12-21T08:30:00Z", 134.86, 3.528, 246.584, 27.434, 0.6494],
  ["2026-11-24T02:14:07Z", 59.315, -47.332, 251.573, 43.963, 0.994],
  ["2025-03-30T04:45:00Z", 73.277, -8.383, 62.488, -9.815, 0.0087],
  ["2025-09-07T19:30:00Z", 293.036, -10.663, 112.339, 9.322, 1.0],
  ["2026-01-03T22:00:00Z", 309.599, -53.8, 116.833, 51.37, 0.9953],
  ["2026-08-12T18:20:00Z", 283.512, 8.088, 283.444, 8.052, 0.0001],
] as const;

describe("sun and moon", () => {
  it.each(ASTROPY)("stand at %s where astropy has them", (...[iso, sunAz, sunUp, ...ofMoon]) => {
    const { sun, moon } = at(iso);
    const [moonAz, moonUp, lit] = ofMoon;
    expect(Math.abs(sun.azimuthDeg - sunAz)).toBeLessThan(0.05);
    expect(Math.abs(sun.elevationDeg - sunUp)).toBeLessThan(0.05);
    expect(Math.abs(moon.azimuthDeg - moonAz)).toBeLessThan(0.1);
    expect(Math.abs(moon.elevationDeg - moonUp)).toBeLessThan(0.1);
    expect(Math.abs(moon.litFraction - lit)).toBeLessThan(0.002);
  });

  it("has the moon of Meeus' example 48.a, and is full and new when the almanac says", () => {
    // 12 April 1992, 0 h dynamical time: k = 0.6786.
    expect(at("1992-04-11T23:59:01Z").moon.litFraction).toBeCloseTo(0.6786, 3);
    // Full on 25 March 2024 at 07:00, new on 8 April at 18:21.
    expect(at("2024-03-25T07:00:00Z").moon.litFraction).toBeGreaterThan(0.995);
    expect(at("2024-04-08T18:21:00Z").moon.litFraction).toBeLessThan(0.001);
    expect(at("2024-03-20T12:00:00Z").moon.isWaxing).toBe(true);
    expect(at("2024-04-01T12:00:00Z").moon.isWaxing).toBe(false);
  });

  /** By astropy, where the middle of the sun is at -0.8333 degrees. */
  it.each([
    ["2024-06-20", "03:40:14", "20:10:23"],
    ["2024-12-21", "07:53:18", "15:50:28"],
    ["2026-11-24", "07:23:17", "15:56:49"],
    ["2025-03-20", "05:56:01", "18:06:52"],
  ])("rises and sets on %s within a minute of astropy", (day, rise, set) => {
    const events = [at(`${day}T00:30:00Z`).next, at(`${day}T12:00:00Z`).next, at(`${day}T20:30:00Z`).next];
    expect(events.map((event) => event?.kind)).toEqual(["sunrise", "sunset", "sunrise"]);
    const offS = (event: (typeof events)[number], time: string) =>
      Math.abs((event?.unixTimeMs ?? 0) - Date.parse(`${day}T${time}Z`)) / 1000;
    expect(offS(events[0], rise)).toBeLessThan(60);
    expect(offS(events[1], set)).toBeLessThan(60);
    const nightS = ((events[2]?.unixTimeMs ?? 0) - (events[1]?.unixTimeMs ?? 0)) / 1000;
    expect(nightS).toBeGreaterThan(7 * 3600);
    expect(nightS).toBeLessThan(17 * 3600);
  });

  it("knows no sunset where there is none", () => {
    expect(skyAt({ latitudeDeg: 80, longitudeDeg: 15 }, Date.parse("2024-06-20T12:00:00Z")).next).toBeUndefined();
  });
});

describe("twilight", () => {
  it.each([
    // By astropy: sunset at 15:56:49, then 16:34:11, 17:15:03 and 17:54:14.
    ["15:56", "day"],
    ["15:58", "civil"],
    ["16:34", "civil"],
    ["16:35", "nautical"],
    ["17:14", "nautical"],
    ["17:16", "astronomical"],
    ["17:54", "astronomical"],
    ["17:55", "night"],
  ])("of 24 November 2026 at %s is %s", (time, name) => {
    expect(at(`2026-11-24T${time}:00Z`).twilight).toBe(name);
  });
});
