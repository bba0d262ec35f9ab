import { describe, expect, it } from "vitest";
import { createStationRestarts } from "./stationRestarts.js";

describe("a station process that dies", () => {
  it("is started again at once, then later and later, and in the end a person is asked", () => {
    const restarts = createStationRestarts();
    let nowMs = 0;
    const verdicts = Array.from({ length: 7 }, () => {
      const verdict = restarts.onDeath(nowMs);
      nowMs += (verdict.kind === "restart" ? verdict.afterMs : 0) + 200;
      return verdict.kind === "restart" ? verdict.afterMs : verdict.kind;
    });
    expect(verdicts).toEqual([0, 1000, 2000, 4000, 8000, 16_000, "give-up"]);
  });

  it("once it has lived for two minutes, or a person has said so, is counted anew", () => {
    const restarts = createStationRestarts();
    for (let i = 0; i < 6; i++) restarts.onDeath(i);
    expect(restarts.onDeath(500_000)).toEqual({ kind: "restart", afterMs: 0 });
    for (let i = 0; i < 6; i++) restarts.onDeath(500_001 + i);
    expect(restarts.onDeath(500_100).kind).toBe("give-up");
    restarts.reset();
    expect(restarts.onDeath(500_200)).toEqual({ kind: "restart", afterMs: 0 });
  });
});
