import { describe, expect, it } from "vitest";
import { FakeClock } from "./fakeClock.js";

describe("the fake clock", () => {
  it("runs tasks in order of their time, ties in order of asking, and tasks added on the way", () => {
    const clock = new FakeClock();
    const seen: string[] = [];
    clock.after(20, () => seen.push("late"));
    clock.after(10, () => {
      seen.push(`first at ${clock.monoMs()}`);
      clock.after(5, () => seen.push(`added at ${clock.monoMs()}`));
    });
    clock.after(10, () => seen.push("second"));
    clock.advance(100);
    expect(seen).toEqual(["first at 10", "second", "added at 15", "late"]);
    expect(clock.monoMs()).toBe(100);
  });

  it("forgets what was cancelled, even twice", () => {
    const clock = new FakeClock();
    let runs = 0;
    const cancel = clock.after(10, () => runs++);
    cancel();
    cancel();
    clock.advance(50);
    expect(runs).toBe(0);
  });

  it("moves the wall clock with the monotonic one", () => {
    const clock = new FakeClock(1_000_000);
    clock.advance(1.5);
    expect(clock.unixUs()).toBe(1_001_500);
  });
});
