import { describe, expect, it } from "vitest";
import { StopPresses, type StopSignal } from "./stopSignals.js";

const meanings = (...received: readonly (readonly [StopSignal, number])[]) => {
  const presses = new StopPresses();
  return received.map(([signal, atMonoMs]) => presses.press(signal, atMonoMs));
};

describe("a flight that is told to stop", () => {
  it("brings the aircraft back at the first word, whichever it is, and leaves it at the second", () => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
      expect(meanings([signal, 1000], ["SIGINT", 2000])).toEqual(["bring-back", "leave"]);
    }
  });
  it("takes one Ctrl-C that npx passes on for one", () => {
    expect(meanings(["SIGINT", 1000], ["SIGINT", 1003])).toEqual(["bring-back", undefined]);
  });
  it("leaves no aircraft because a terminal was closed, however often that is told", () => {
    expect(meanings(["SIGHUP", 1000], ["SIGHUP", 1500], ["SIGHUP", 9000])).toEqual([
      "bring-back",
      undefined,
      undefined,
    ]);
  });
});
