import { describe, expect, it } from "vitest";
import { frameOf } from "../../mavlink/protocols/testing/frames.js";
import { createBootWatch } from "./bootWatch.js";

const attitude = (bootMs: number) => frameOf({ name: "ATTITUDE", fields: { time_boot_ms: bootMs } });

/** The watch after five minutes of an autopilot that booted at 0, whose clock runs so many times as fast as ours. */
function afterFiveMinutes(rate = 1) {
  const watch = createBootWatch();
  for (let nowMs = 1000; nowMs <= 300_000; nowMs += 250) expect(watch(attitude(nowMs * rate), nowMs)).toBeUndefined();
  return watch;
}

describe("a restarted autopilot", () => {
  it("counts from zero again: at once, or after it was silent", () => {
    expect(afterFiveMinutes()(attitude(700), 301_000)).toBe(300_300);
    expect(afterFiveMinutes()(attitude(20_000), 330_000)).toBe(310_000);
    expect(afterFiveMinutes()(attitude(310_000), 900_000)).toBe(590_000);
  });

  it("is noticed where its clock runs six times as fast as ours", () => {
    expect(afterFiveMinutes(6)(attitude(6000), 301_500)).toBeDefined();
  });

  it("is noticed once", () => {
    const watch = afterFiveMinutes();
    expect(watch(attitude(700), 301_000)).toBeDefined();
    expect(watch(attitude(950), 301_250)).toBeUndefined();
  });
});

describe("no restart", () => {
  it("is a second link that is late by seconds, on which older messages come between the newer ones", () => {
    const watch = afterFiveMinutes();
    for (let nowMs = 300_250; nowMs < 310_000; nowMs += 250) {
      expect(watch(attitude(nowMs), nowMs)).toBeUndefined();
      expect(watch(attitude(nowMs - 5000), nowMs)).toBeUndefined();
    }
  });

  it("is one that is late by a third of a second of a clock that runs six times as fast", () => {
    const watch = afterFiveMinutes(6);
    for (let nowMs = 300_250; nowMs < 310_000; nowMs += 250) {
      expect(watch(attitude(nowMs * 6), nowMs)).toBeUndefined();
      expect(watch(attitude((nowMs - 500) * 6), nowMs)).toBeUndefined();
    }
  });

  it("is a link that was silent and delivers what it kept", () => {
    const watch = afterFiveMinutes();
    expect(watch(attitude(300_250), 320_000)).toBeUndefined();
    expect(watch(attitude(320_000), 320_000)).toBeUndefined();
  });
});
