import { describe, expect, it } from "vitest";
import { receiveEvent, receiveNewest, sequenceAhead, withoutOlderThan, type EventSequence } from "./eventSequence.js";

/** Receives events with these numbers, the time since boot in milliseconds being ten times the number. */
const receiveAll = (numbers: readonly number[], from?: EventSequence): EventSequence | undefined =>
  numbers.reduce<EventSequence | undefined>(
    (before, sequence) => receiveEvent(before, { sequence, timeBootMs: sequence * 10 }).after,
    from,
  );
const missingOf = (sequence: EventSequence | undefined) => sequence?.missing;
const span = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, i) => first + i);

describe("how far a sequence number is ahead", () => {
  it.each([
    [5, 5, 0],
    [7, 5, 2],
    [5, 7, -2],
    [0, 0xffff, 1],
    [0xffff, 0, -1],
    [3, 0xfffe, 5],
    [0x7fff, 0, 0x7fff],
    [0x8000, 0, -0x8000],
  ])("of %i before %i is %i, across the wrap of 16 bits", (sequence, newest, ahead) => {
    expect(sequenceAhead(sequence, newest)).toBe(ahead);
  });
});

describe("a received event", () => {
  it("is new the first time; nothing before the first one is missing", () => {
    expect(receiveEvent(undefined, { sequence: 40, timeBootMs: 400 })).toEqual({
      after: { newest: 40, missing: [], recent: [{ sequence: 40, timeBootMs: 400 }] },
      isNew: true,
    });
  });
  it("shows which ones before it are missing", () => {
    expect(missingOf(receiveAll([40, 41]))).toEqual([]);
    expect(missingOf(receiveAll([40, 44]))).toEqual([41, 42, 43]);
    expect(missingOf(receiveAll([40, 42, 44]))).toEqual([41, 43]);
    expect(missingOf(receiveAll([0xfffe, 1]))).toEqual([0xffff, 0]);
  });
  it("is missing no longer when it comes late, and is new", () => {
    const gap = receiveAll([40, 44]);
    const { after, isNew } = receiveEvent(gap, { sequence: 42, timeBootMs: 420 });
    expect(isNew).toBe(true);
    expect(after).toMatchObject({ newest: 44, missing: [41, 43] });
    expect(after.recent.map(({ sequence }) => sequence)).toEqual([40, 44, 42]);
  });
  it("is not new when it was received before, and changes nothing", () => {
    const before = receiveAll([40, 44]);
    expect(receiveEvent(before, { sequence: 40, timeBootMs: 400 })).toEqual({ after: before, isNew: false });
    expect(receiveEvent(before, { sequence: 44, timeBootMs: 440 })).toEqual({ after: before, isNew: false });
    // The same number at another time since boot, or the same time with another number, is another event.
    expect(receiveEvent(before, { sequence: 40, timeBootMs: 401 }).isNew).toBe(true);
    expect(receiveEvent(before, { sequence: 45, timeBootMs: 440 }).isNew).toBe(true);
  });
  it("from before the first one is new and leaves the newest as it is", () => {
    const { after, isNew } = receiveEvent(receiveAll([40, 44]), { sequence: 38, timeBootMs: 380 });
    expect(isNew).toBe(true);
    expect(after).toMatchObject({ newest: 44, missing: [41, 42, 43] });
    expect(after.recent).toHaveLength(3);
  });
  it("more than 128 behind shows a restart: its numbering begins anew", () => {
    const before = receiveAll([990, 1000]);
    expect(receiveEvent(before, { sequence: 1000 - 128, timeBootMs: 5 }).after.newest).toBe(1000);
    expect(receiveEvent(before, { sequence: 1000 - 129, timeBootMs: 5 })).toEqual({
      after: { newest: 871, missing: [], recent: [{ sequence: 871, timeBootMs: 5 }] },
      isNew: true,
    });
  });
  it("is remembered for 128 more, and at most 64 are called missing, the newest", () => {
    const many = receiveAll(span(1, 200));
    expect(many?.recent.map(({ sequence }) => sequence)).toEqual(span(73, 200));
    expect(missingOf(receiveAll([0, 1000]))).toEqual(span(936, 999));
    expect(missingOf(receiveAll([0, 65]))).toEqual(span(1, 64));
    // Missed since: the oldest is given up.
    expect(missingOf(receiveAll([0, 65, 67]))).toEqual([...span(2, 64), 66]);
  });
});

describe("the newest number that a component reports", () => {
  const before = receiveAll([40, 42])!;
  it("begins the count", () => {
    expect(receiveNewest(undefined, { sequence: 9, isReset: false })).toEqual({ newest: 9, missing: [], recent: [] });
  });
  it("changes nothing where it is known, restarted or not", () => {
    expect(receiveNewest(before, { sequence: 42, isReset: false })).toBe(before);
    expect(receiveNewest(before, { sequence: 42, isReset: true })).toBe(before);
  });
  it("is itself missing, with all in between", () => {
    expect(receiveNewest(before, { sequence: 45, isReset: false })).toEqual({
      newest: 45,
      missing: [41, 43, 44, 45],
      recent: before.recent,
    });
    expect(receiveNewest(before, { sequence: 500, isReset: false }).missing).toEqual(span(437, 500));
  });
  it("begins anew after a restart, and where it is lower than ours", () => {
    const fresh = (newest: number) => ({ newest, missing: [], recent: [] });
    expect(receiveNewest(before, { sequence: 45, isReset: true })).toEqual(fresh(45));
    expect(receiveNewest(before, { sequence: 41, isReset: false })).toEqual(fresh(41));
  });
});

describe("missing events that are no longer stored", () => {
  it("are given up, the oldest stored one excluded", () => {
    const gap = receiveAll([0xfffc, 3])!;
    expect(gap.missing).toEqual([0xfffd, 0xfffe, 0xffff, 0, 1, 2]);
    expect(withoutOlderThan(gap, 0)).toEqual({ ...gap, missing: [0, 1, 2] });
    expect(withoutOlderThan(gap, 0xffff).missing).toEqual([0xffff, 0, 1, 2]);
    expect(withoutOlderThan(gap, 9).missing).toEqual([]);
  });
});
