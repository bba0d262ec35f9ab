import { describe, expect, it } from "vitest";
import { createRestartBackOff } from "./restartBackOff.js";

describe("findings 6.11: a page that dies", () => {
  it("is loaded again at once, then later and later, at most a minute", () => {
    const backOff = createRestartBackOff();
    let nowMs = 1000;
    const waits: number[] = [];
    for (let i = 0; i < 10; i++) {
      const waitMs = backOff.nextMs(nowMs);
      waits.push(waitMs);
      nowMs += waitMs + 50; // it crashes again 50 ms after its start
    }
    expect(waits).toEqual([0, 1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000, 60_000]);
  });

  it("that lived for two minutes is loaded again at once", () => {
    const backOff = createRestartBackOff();
    expect([backOff.nextMs(0), backOff.nextMs(10), backOff.nextMs(121_010)]).toEqual([0, 1000, 0]);
  });
});
