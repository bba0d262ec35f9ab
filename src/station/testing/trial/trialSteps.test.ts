import { describe, expect, it } from "vitest";
import { endpointsOf } from "./endpoints.js";
import { TrialSteps, trialTable } from "./trialSteps.js";

describe("a trial", () => {
  it("takes autopilots by name and address, two ports of one with a plus, and the old form of one address", () => {
    expect(endpointsOf("copter=tcp://127.0.0.1:5760+tcp://127.0.0.1:5762 px4-vtol=udp://:14550")).toEqual([
      { name: "copter", links: ["tcp://127.0.0.1:5760", "tcp://127.0.0.1:5762"] },
      { name: "px4-vtol", links: ["udp://:14550"] },
    ]);
    expect(endpointsOf("tcp://127.0.0.1:5760")).toEqual([
      { name: "tcp://127.0.0.1:5760", links: ["tcp://127.0.0.1:5760"] },
    ]);
  });

  it("goes on after a step that failed, and makes one table of all", async () => {
    const one = new TrialSteps("copter");
    expect(await one.step("plans", () => Promise.resolve())).toBe(true);
    expect(await one.step("logs", () => Promise.reject(new Error("no log\nat somewhere")))).toBe(false);
    const two = new TrialSteps("px4-vtol");
    await two.step("plans", () => Promise.resolve());
    two.skip("logs", "it has none");
    expect(one.failures()).toEqual(["logs: no log\nat somewhere"]);
    expect(trialTable([...one.rows, ...two.rows]).split("\n")).toEqual([
      "aircraft  plans  logs",
      "copter    ✓ 0 s  ✗ 0 s",
      "px4-vtol  ✓ 0 s  –",
      "",
      "✗ copter, logs: no log",
    ]);
  });
});
