import { describe, expect, it } from "vitest";
import { FakeClock } from "../../src/core/fakeClock.js";
import { seededRng } from "../../src/core/rng.js";
import { PERFECT_WIRE, lossyWire, packetFates, type WireFaults } from "./lossyWire.js";

const RADIO: WireFaults = {
  dropFraction: 0.1,
  duplicateFraction: 0.05,
  delayMs: 150,
  jitterMs: 20,
  reorderFraction: 0.1,
};

function sent(faults: WireFaults, seed: number, count: number): number[] {
  const clock = new FakeClock();
  const arrived: number[] = [];
  const send = lossyWire<number>({ scheduler: clock, rng: seededRng(seed), faults, deliver: (n) => arrived.push(n) });
  for (let i = 0; i < count; i++) {
    send(i);
    clock.advance(5);
  }
  clock.advance(10_000);
  return arrived;
}

describe("lossy wire", () => {
  it("delivers everything once and in order when perfect", () => {
    expect(sent(PERFECT_WIRE, 1, 100)).toEqual(Array.from({ length: 100 }, (_, i) => i));
  });

  it("loses, doubles and reorders about as much as asked", () => {
    const arrived = sent(RADIO, 42, 20_000);
    const seen = new Set(arrived);
    expect((20_000 - seen.size) / 20_000).toBeCloseTo(0.1, 2);
    expect((arrived.length - seen.size) / seen.size).toBeCloseTo(0.05, 2);
    expect(arrived.some((n, i) => n < (arrived[i - 1] ?? -1))).toBe(true);
  });

  it("does the same again with the same seed", () => {
    expect(sent(RADIO, 7, 500)).toEqual(sent(RADIO, 7, 500));
    expect(sent(RADIO, 7, 500)).not.toEqual(sent(RADIO, 8, 500));
  });

  it("never delivers before the delay", () => {
    const rng = seededRng(3);
    for (let i = 0; i < 1000; i++) for (const ms of packetFates(RADIO, rng)) expect(ms).toBeGreaterThanOrEqual(150);
  });
});
