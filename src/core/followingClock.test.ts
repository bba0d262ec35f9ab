import { describe, expect, it } from "vitest";
import { ClockSteps } from "./clockSteps.js";
import { FakeClock } from "./fakeClock.js";
import { createFollowingClock } from "./followingClock.js";

const START_MS = 1_795_400_000_000;

describe("findings 6.6: the wall clock is followed", () => {
  function aClock() {
    let monoMs = 1234.5;
    let stepMs = 0;
    const clock = createFollowingClock(
      () => monoMs,
      () => Math.floor(START_MS + stepMs + (monoMs - 1234.5)),
    );
    return {
      clock,
      pass: (ms: number) => (monoMs += ms),
      set: (byMs: number) => (stepMs += byMs),
    };
  }

  it.each([86_400_000, -86_400_000, 3_600_000, -400])("when it is set by %i ms while the station runs", (stepMs) => {
    const { clock, pass, set } = aClock();
    const before = clock.unixUs();
    pass(10);
    set(stepMs);
    expect(clock.unixUs() - before).toBeGreaterThan((stepMs + 10) * 1000 - 3000);
    expect(clock.unixUs() - before).toBeLessThan((stepMs + 10) * 1000 + 3000);
    const after = clock.unixUs();
    pass(0.25);
    expect(clock.unixUs() - after).toBe(250);
  });

  it("has the monotonic clock's resolution and never goes back while nobody sets it", () => {
    const { clock, pass } = aClock();
    let last = clock.unixUs();
    for (let i = 0; i < 10_000; i++) {
      pass(0.1);
      const now = clock.unixUs();
      expect(now).toBeGreaterThanOrEqual(last);
      last = now;
    }
    expect(Math.abs(last - (START_MS + 1000) * 1000)).toBeLessThan(4000);
  });

  it("a clock that is slewed is followed without a step back", () => {
    const { clock, pass, set } = aClock();
    let last = clock.unixUs();
    for (let i = 0; i < 5000; i++) {
      pass(10);
      set(-0.005);
      const now = clock.unixUs();
      expect(now).toBeGreaterThanOrEqual(last);
      last = now;
    }
    expect(Math.abs(last - (START_MS + 50_000 - 25) * 1000)).toBeLessThan(55_000);
  });

  it("a step is noticed once, with its size; drift is none", () => {
    const clock = new FakeClock();
    const steps = new ClockSteps(clock);
    expect(steps.read().stepMs).toBeUndefined();
    clock.advance(60_000);
    expect(steps.read().stepMs).toBeUndefined();
    clock.setWallClock(86_400_000);
    expect(steps.read()).toEqual({ unixTimeUs: clock.unixUs(), stepMs: 86_400_000 });
    expect(steps.read().stepMs).toBeUndefined();
    clock.setWallClock(-7_000);
    expect(steps.read().stepMs).toBe(-7000);
    for (let i = 0; i < 100; i++) {
      clock.setWallClock(100);
      expect(steps.read().stepMs).toBeUndefined();
    }
  });
});
