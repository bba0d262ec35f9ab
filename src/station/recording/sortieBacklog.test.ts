import { describe, expect, it } from "vitest";
import { SortieBacklog } from "./sortieBacklog.js";

const MEGABYTE = 1_000_000;
const record = (number: number): Uint8Array => new Uint8Array(MEGABYTE).fill(number);

/** Writes what the backlog still holds, at most `countMax` records; returns the number in each. */
function drained(backlog: SortieBacklog, countMax = Number.POSITIVE_INFINITY): (number | undefined)[] {
  const numbers: (number | undefined)[] = [];
  const telemetry = (bytes: Uint8Array): boolean => {
    if (numbers.length >= countMax) return false;
    numbers.push(bytes[0]);
    return true;
  };
  backlog.drain({ event: () => true, telemetry });
  return numbers;
}

describe("what waits to be written", () => {
  it("loses the oldest telemetry beyond four megabytes, and counts it once", () => {
    const backlog = new SortieBacklog();
    for (let number = 0; number < 6; number++) backlog.addTelemetry(record(number));
    expect(backlog.takeLost()).toEqual({ countOfTelemetryLost: 2, countOfEventsLost: 0 });
    expect(backlog.takeLost()).toEqual({ countOfTelemetryLost: 0, countOfEventsLost: 0 });
    expect(drained(backlog)).toEqual([2, 3, 4, 5]);
  });

  it("keeps to that limit after a part of it was written", () => {
    const backlog = new SortieBacklog();
    for (let number = 0; number < 4; number++) backlog.addTelemetry(record(number));
    expect(drained(backlog, 1)).toEqual([0]);
    for (let number = 4; number < 6; number++) backlog.addTelemetry(record(number));
    expect(backlog.takeLost().countOfTelemetryLost).toBe(1);
    expect(drained(backlog)).toEqual([2, 3, 4, 5]);
  });

  it("loses the oldest events beyond five thousand", () => {
    const backlog = new SortieBacklog();
    for (let unixTimeUs = 0; unixTimeUs < 5002; unixTimeUs++) backlog.addEvent({ unixTimeUs, kind: "said", facts: {} });
    expect(backlog.takeLost().countOfEventsLost).toBe(2);
    const times: number[] = [];
    backlog.drain({ event: ({ unixTimeUs }) => times.push(unixTimeUs) > 0, telemetry: () => true });
    expect([times.length, times[0], times.at(-1)]).toEqual([5000, 2, 5001]);
  });
});
