import { describe, expect, it } from "vitest";
import { aircraftFrom, readAircraft } from "./aircraft.js";
import { anAircraft } from "./testing/planBuilders.js";

describe("an aircraft file", () => {
  it("is read whole, and without what it does not need to say", () => {
    const text = JSON.stringify({ ...anAircraft(), comment: "flown in May" });
    expect(readAircraft(text, "a.json")).toEqual({ ok: true, value: anAircraft() });
  });

  it("that is no JSON, or lacks a field, is refused with its path and the place", () => {
    expect(readAircraft("{", "a.json")).toMatchObject({ ok: false, error: { kind: "bad-file", path: "a.json" } });
    expect(readAircraft("{}", "a.json")).toEqual({
      ok: false,
      error: { kind: "bad-file", path: "a.json", where: "name", problem: "an aircraft needs a name" },
    });
  });

  const problemOf = (changes: object) => {
    const read = aircraftFrom({ ...anAircraft(), ...changes });
    return read.ok ? "read" : `${read.error.field}: ${read.error.problem}`;
  };
  it.each([
    [{ name: 7 }, "name: an aircraft needs a name"],
    [{ name: "" }, "name: an aircraft needs a name"],
    [{ camera: undefined }, "camera: an object was expected"],
    [{ camera: null }, "camera: an object was expected"],
    [{ camera: {} }, "camera.widthPx: a number from 16 to 20000 was expected, not nothing"],
    [{ cruiseSpeedMps: "10" }, 'cruiseSpeedMps: a number from 0.5 to 100 was expected, not "10"'],
    [{ capacityWh: Number.NaN }, "capacityWh: a number from 0.1 to 1000000 was expected, not null"],
  ])("refuses %o", (changes, problem) => {
    expect(problemOf(changes)).toBe(problem);
  });

  it.each([
    ["vehicleType", 0, 255],
    ["firmwareType", 0, 255],
    ["cruiseSpeedMps", 0.5, 100],
    ["maxAirSpeedMps", 0.5, 150],
    ["climbRateMps", 0.1, 30],
    ["descentRateMps", 0.1, 30],
    ["landingRateMps", 0.1, 10],
    ["accelerationMps2", 0.1, 50],
    ["maxWindMps", 0, 60],
    ["hoverPowerW", 1, 1e6],
    ["cruisePowerW", 1, 1e6],
    ["climbPowerW", 1, 1e6],
    ["capacityWh", 0.1, 1e6],
    ["reserveFraction", 0, 0.9],
  ])("takes %s from %d to %d", (field, least, most) => {
    for (const value of [least, most]) expect(problemOf({ [field]: value })).toBe("read");
    for (const value of [least - 0.01, most + 0.01])
      expect(problemOf({ [field]: value })).toContain(`${field}: a number`);
  });

  it.each([
    ["widthPx", 16, 20_000],
    ["heightPx", 16, 20_000],
    ["hfovDeg", 0.1, 170],
    ["vfovDeg", 0.1, 170],
    ["depressionDeg", 10, 90],
  ])("takes a camera's %s from %d to %d", (field, least, most) => {
    const withCamera = (value: number) => problemOf({ camera: { ...anAircraft().camera, [field]: value } });
    for (const value of [least, most]) expect(withCamera(value)).toBe("read");
    for (const value of [least - 0.01, most + 0.01]) expect(withCamera(value)).toContain(`camera.${field}: a number`);
  });
});
