import { describe, expect, it } from "vitest";
import { FramePacer } from "./framePacer.js";

/** Time that moves when it is told to. */
function aPacer(minGapMs: number, restShare: number, isInStep = false) {
  let nowMs = 0;
  const tasks: { readonly atMs: number; readonly task: () => void }[] = [];
  const drawnAtMs: number[] = [];
  const pacer = new FramePacer(
    () => drawnAtMs.push(nowMs),
    { minGapMs, restShare, isInStep },
    { nowMs: () => nowMs, after: (delayMs, task) => tasks.push({ atMs: nowMs + delayMs, task }) },
  );
  const passTo = (toMs: number): void => {
    for (;;) {
      tasks.sort((a, b) => a.atMs - b.atMs);
      const first = tasks[0];
      if (!first || first.atMs > toMs) break;
      tasks.shift();
      nowMs = first.atMs;
      first.task();
    }
    nowMs = toMs;
  };
  return { pacer, drawnAtMs, passTo };
}

describe("frames of the scene", () => {
  it("makes one of many requests, at once when it has rested", () => {
    const { pacer, drawnAtMs, passTo } = aPacer(90, 1);
    for (let i = 0; i < 50; i++) pacer.request();
    expect(drawnAtMs).toEqual([0]);
    passTo(10);
    pacer.done();
    passTo(1000);
    expect(drawnAtMs).toEqual([0, 90]);
  });
  it("has one frame under way at a time, and rests as long as it worked", () => {
    const { pacer, drawnAtMs, passTo } = aPacer(90, 1);
    pacer.request();
    passTo(400);
    pacer.request();
    expect(drawnAtMs).toEqual([0]);
    pacer.done();
    passTo(799);
    expect(drawnAtMs).toEqual([0]);
    passTo(800);
    expect(drawnAtMs).toEqual([0, 800]);
  });
  it("begins frames in step with others of the same limits", () => {
    const { pacer, drawnAtMs, passTo } = aPacer(100, 0, true);
    passTo(130);
    for (const toMs of [140, 240, 333, 410]) {
      pacer.request();
      pacer.done();
      passTo(toMs);
    }
    expect(drawnAtMs).toEqual([130, 200, 300, 400]);
  });
  it("draws nothing that nobody asked for", () => {
    const { pacer, drawnAtMs, passTo } = aPacer(16, 0);
    pacer.request();
    pacer.done();
    pacer.done();
    passTo(5000);
    expect(drawnAtMs).toEqual([0]);
  });
  it("goes on after a frame that never came", () => {
    const { pacer, drawnAtMs, passTo } = aPacer(16, 0);
    pacer.request();
    pacer.request();
    passTo(2100);
    expect(drawnAtMs).toEqual([0, 2000]);
  });
});
