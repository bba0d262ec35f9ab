import { describe, expect, it } from "vitest";
import type { Flavour } from "../../flavour.js";
import { definitionsOf, rounded } from "./definitions.js";

const FLAVOURS: readonly Flavour[] = [
  { autopilot: "ardupilot", airframe: "copter" },
  { autopilot: "ardupilot", airframe: "plane" },
  { autopilot: "ardupilot", airframe: "vtol" },
  { autopilot: "px4", airframe: "copter" },
  { autopilot: "px4", airframe: "plane" },
];

describe("the parameter tables", () => {
  it.each(FLAVOURS)("$autopilot $airframe has about 1,400 with names that fit, each once", (flavour) => {
    const definitions = definitionsOf(flavour);
    const names = definitions.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(names.filter((name) => !/^[A-Z][A-Z0-9_]{1,15}$/.test(name))).toEqual([]);
    const listed = definitions.filter(({ shownBy }) => shownBy === undefined);
    expect(listed.length).toBeGreaterThan(1390);
    expect(listed.length).toBeLessThan(1600);
    expect(definitions.every(({ type, value }) => rounded(type, value) === value)).toBe(true);
  });

  it("flies by the training aircraft's own values", () => {
    const valueOf = (name: string) =>
      definitionsOf({ autopilot: "ardupilot", airframe: "copter" }).find((one) => one.name === name)?.value;
    expect(["RTL_ALT", "BATT_CAPACITY", "DISARM_DELAY", "ATC_RAT_RLL_P"].map(valueOf)).toEqual([
      3000,
      22_000,
      10,
      Math.fround(0.135),
    ]);
  });

  it("hides what an ENABLE parameter switches, and gives a QuadPlane its hover parameters", () => {
    const quadplane = definitionsOf({ autopilot: "ardupilot", airframe: "vtol" });
    const hover = quadplane.filter(({ shownBy }) => shownBy === "Q_ENABLE");
    expect(hover.length).toBeGreaterThan(100);
    expect(hover.map(({ name }) => name)).toContain("Q_WP_SPEED");
    expect(quadplane.find(({ name }) => name === "Q_ENABLE")?.value).toBe(1);
    expect(quadplane.find(({ name }) => name === "DID_OPTIONS")?.shownBy).toBe("DID_ENABLE");
  });

  it("keeps integers whole and in range", () => {
    expect([rounded(2, 200), rounded(4, -1.9), rounded(6, 3e9), rounded(9, 0.1)]).toEqual([
      127,
      -1,
      2147483647,
      Math.fround(0.1),
    ]);
  });
});
