import { describe, expect, it } from "vitest";
import type { EventDescription, ReceivedVehicleEvent } from "./events.js";
import { blockingChecks } from "./foldVehicleEvent.js";
import { at, heartbeat, NOW_MS, receive, text, vehicleEvent, type Received } from "./testing/vehicleBuilder.js";
import type { VehicleState } from "./vehicleState.js";

const ERROR = 3;
const WARNING = 4;
const INFO = 6;
const DEBUG = 7;
const PROTOCOL = 8;
const wordsOf = ({ texts }: VehicleState): readonly string[] => texts.map((one) => one.text);

/** Events of a report of arming checks; each has its own sequence number. */
let sequence = 0;
const next = (): number => (sequence += 1);
const begins = (modeGroups: Readonly<Record<number, number>> = {}, chunkIndex = 0): Received =>
  vehicleEvent(
    { eventId: 10, sequence: next(), severity: PROTOCOL },
    { role: { kind: "report-begins", chunkIndex, modeGroups } },
  );
const ends = (): Received =>
  vehicleEvent({ eventId: 11, sequence: next(), severity: PROTOCOL }, { role: { kind: "report-ends" } });
const check = (words: string, eventId: number, { severity = ERROR, modeBits = 0xff } = {}): Received =>
  vehicleEvent({ eventId, sequence: next(), severity }, { text: words, role: { kind: "check", modeBits } });

describe("an event of the vehicle", () => {
  const described: EventDescription = {
    name: "low_battery",
    text: "Battery low",
    detail: "Land now.",
    role: { kind: "plain" },
  };
  it("is a text with its description", () => {
    const { texts } = receive([vehicleEvent({ eventId: 0x2ab, severity: WARNING, arguments: [1, 0xff] }, described)]);
    expect(texts).toEqual([
      {
        unixTimeUs: NOW_MS * 1000,
        receivedAtMonoMs: NOW_MS,
        severity: WARNING,
        text: "Battery low",
        event: { id: 0x2ab, key: "2ab:01ff", name: "low_battery", detail: "Land now.", isCheck: false },
      },
    ]);
  });
  it("carries its component where that is not the autopilot", () => {
    const received = [{ ...vehicleEvent({}, described), componentId: 191 }];
    expect(receive(received).texts).toMatchObject([{ text: "Battery low", componentId: 191 }]);
  });
  it("says by its number that it has no description yet", () => {
    const { texts } = receive([vehicleEvent({ eventId: 0x2ab })]);
    expect(texts[0]?.text).toBe("event 0x000002ab (no description yet)");
    expect(texts[0]?.event).toEqual({ id: 0x2ab, key: "2ab:", name: undefined, detail: undefined, isCheck: false });
  });
  it("is for programs only above the level of debug", () => {
    expect(wordsOf(receive([vehicleEvent({ severity: DEBUG }, described)]))).toEqual(["Battery low"]);
    expect(wordsOf(receive([vehicleEvent({ severity: PROTOCOL }, described)]))).toEqual([]);
  });
  it("received again adds nothing; another one with the same words is told again", () => {
    const one = vehicleEvent({ sequence: 5 }, described);
    expect(wordsOf(receive([one, one]))).toEqual(["Battery low"]);
    expect(wordsOf(receive([one, vehicleEvent({ sequence: 6 }, described)]))).toEqual(["Battery low", "Battery low"]);
  });
  it("without a description is not repeated by the same event with the same arguments: it moves to the end", () => {
    const undescribed = (number: number, change: Partial<ReceivedVehicleEvent> = {}) =>
      vehicleEvent({ eventId: 0xab, sequence: number, arguments: [1], ...change });
    const other = undescribed(2, { arguments: [2] });
    const state = receive([undescribed(1), other, text("between"), undescribed(3)]);
    expect(state.texts.map(({ event, text: words }) => event?.key ?? words)).toEqual(["ab:02", "between", "ab:01"]);
    // One that was described stays.
    const described1 = vehicleEvent({ eventId: 0xab, sequence: 1, arguments: [1] }, described);
    expect(wordsOf(receive([described1, undescribed(3)]))).toEqual([
      "Battery low",
      "event 0x000000ab (no description yet)",
    ]);
  });
  it("of each component is counted on its own", () => {
    const camera = { ...vehicleEvent({ sequence: 90 }), componentId: 100 };
    const { eventSequences } = receive([vehicleEvent({ sequence: 5 }), camera, vehicleEvent({ sequence: 7 })]);
    expect(eventSequences?.[1]).toMatchObject({ newest: 7, missing: [6] });
    expect(eventSequences?.[100]).toMatchObject({ newest: 90, missing: [] });
  });
  it("is known to be missing from the number that a component reports", () => {
    const newest: Received = { kind: "event-sequence", sequence: 7, isReset: false };
    const before = receive([vehicleEvent({ sequence: 5 })]);
    const after = receive([newest], before);
    expect(after.eventSequences?.[1]).toMatchObject({ newest: 7, missing: [6, 7] });
    expect(receive([newest], after)).toBe(after);
    expect(receive([{ ...newest, componentId: 100 }], before).eventSequences).toMatchObject({
      1: { newest: 5 },
      100: { newest: 7 },
    });
  });
});

describe("an event that refuses", () => {
  const refused = (modeGroup: number | undefined) =>
    receive([vehicleEvent({}, { role: { kind: "refusal", modeGroup } })]).texts[0]?.event?.refusedModeGroup;
  it("names the mode group it concerns, or any", () => {
    expect(refused(2)).toBe(2);
    expect(refused(0)).toBe(0);
    expect(refused(undefined)).toBe("any");
    expect(receive([vehicleEvent({}, {})]).texts[0]?.event).not.toHaveProperty("refusedModeGroup");
  });
});

describe("descriptions that are loaded later", () => {
  const described: EventDescription = {
    name: "gps_lost",
    text: "GPS lost",
    detail: "Wait.",
    role: { kind: "check", modeBits: 1 },
  };
  const load: Received = { kind: "events-described", descriptions: new Map([["ab:01", described]]) };
  it("are added to the events that had none, to no others", () => {
    const state = receive([
      text("own words"),
      vehicleEvent({ eventId: 0xab, sequence: 1, arguments: [1] }),
      vehicleEvent({ eventId: 0xab, sequence: 2, arguments: [2] }),
      vehicleEvent({ eventId: 0xab, sequence: 3, arguments: [1] }, { name: "known", text: "Known already" }),
      load,
    ]);
    expect(wordsOf(state)).toEqual(["own words", "GPS lost", "event 0x000000ab (no description yet)", "Known already"]);
    expect(state.texts[1]).toMatchObject({
      severity: WARNING,
      receivedAtMonoMs: NOW_MS,
      event: { id: 0xab, key: "ab:01", name: "gps_lost", detail: "Wait.", isCheck: true },
    });
  });
});

describe("a report of arming checks", () => {
  const disarmed = (customMode = 4) => heartbeat({ autopilot: "px4", isArmed: false, customMode });
  const keysOf = ({ armingChecks }: VehicleState) => armingChecks?.checks.map(({ key }) => key);

  it("counts when it is complete, with the reasons against arming", () => {
    const parts = [disarmed(), begins({ 4: 2 }), check("No GPS", 0xa1), check("No home", 0xa2, { severity: WARNING })];
    const unfinished = receive(parts);
    expect(unfinished.armingChecks).toMatchObject({ checks: [], modeGroups: { 4: 2 } });
    expect(unfinished.armingChecks?.unfinished).toHaveLength(2);
    expect(unfinished.prearmReasons).toEqual([]);
    const finished = receive([ends()], unfinished);
    expect(finished.armingChecks).toEqual({
      checks: [
        { key: "a1:", severity: ERROR, text: "No GPS", detail: undefined, modeBits: 0xff },
        { key: "a2:", severity: WARNING, text: "No home", detail: undefined, modeBits: 0xff },
      ],
      modeGroups: { 4: 2 },
      unfinished: undefined,
    });
    // A warning keeps nothing from arming.
    expect(finished.prearmReasons).toEqual(["No GPS"]);
    expect(wordsOf(finished)).toEqual(["No GPS", "No home"]);
  });
  it("replaces the one before, whose checks are not told again", () => {
    const first = receive([disarmed(), begins(), check("No GPS", 0xa1), check("No home", 0xa2), ends()]);
    const second = receive([begins(), check("No home", 0xa2), check("No power", 0xa3), ends()], first);
    expect(keysOf(second)).toEqual(["a2:", "a3:"]);
    expect(second.prearmReasons).toEqual(["No home", "No power"]);
    expect(wordsOf(second)).toEqual(["No GPS", "No home", "No power"]);
    const passed = receive([begins(), ends()], second);
    expect(passed.prearmReasons).toEqual([]);
  });
  it("may come in several chunks, of which the first begins the list", () => {
    const parts = [disarmed(), begins(), check("No GPS", 0xa1), begins({ 4: 1 }, 1), check("No home", 0xa2), ends()];
    expect(keysOf(receive(parts))).toEqual(["a1:", "a2:"]);
    // A later chunk adds to a complete report too; the first one does not.
    const before = receive([disarmed(), begins(), check("No GPS", 0xa1), ends()]);
    expect(keysOf(receive([begins({}, 1), check("No home", 0xa2), ends()], before))).toEqual(["a1:", "a2:"]);
    expect(keysOf(receive([begins({}, 0), check("No home", 0xa2), ends()], before))).toEqual(["a2:"]);
  });
  it("needs its beginning: a check or an end alone changes nothing", () => {
    const alone = receive([disarmed(), check("No GPS", 0xa1), ends()]);
    expect(alone.armingChecks).toBeUndefined();
    expect(alone.prearmReasons).toEqual([]);
    expect(wordsOf(alone)).toEqual(["No GPS"]);
  });
  it("is only the autopilot's", () => {
    const camera = [begins(), check("No GPS", 0xa1), ends()].map((event) => ({ ...event, componentId: 100 }));
    expect(receive([disarmed(), ...camera]).armingChecks).toBeUndefined();
  });
  it("keeps from arming only where its checks concern the current mode's group, each reason once", () => {
    const report = [
      begins({ 4: 2, 5: 3 }),
      check("Group two", 0xa1, { modeBits: 1 << 2 }),
      check("Group three", 0xa2, { modeBits: 1 << 3 }),
      check("Group three", 0xa3, { modeBits: 1 << 3 }),
      ends(),
    ];
    expect(receive([disarmed(4), ...report]).prearmReasons).toEqual(["Group two"]);
    expect(receive([disarmed(5), ...report]).prearmReasons).toEqual(["Group three"]);
    // The report has no group for this mode: all count.
    expect(receive([disarmed(9), ...report]).prearmReasons).toEqual(["Group two", "Group three"]);
  });
  it("gives no reasons while armed, nor before the first heartbeat", () => {
    const report = [begins(), check("No GPS", 0xa1), ends()];
    expect(receive([heartbeat({ isArmed: true }), ...report]).prearmReasons).toEqual([]);
    expect(receive(report).prearmReasons).toEqual([]);
  });
  it("that changes no reason leaves the list as it is", () => {
    const before = receive([disarmed(), begins(), check("No GPS", 0xa1), ends()]);
    const after = receive([begins(), check("No GPS", 0xa1), ends()], before);
    expect(after.prearmReasons).toBe(before.prearmReasons);
  });
});

describe("the checks that keep from arming", () => {
  const checked = receive([
    begins(),
    check("error of group 31", 0xa1, { modeBits: 0x8000_0000 }),
    check("warning", 0xa2, { severity: WARNING }),
    check("error of group 0", 0xa3, { modeBits: 1 }),
    check("emergency", 0xa4, { severity: 0, modeBits: 0 }),
    ends(),
  ]);
  const blocking = (modeGroup: number | undefined) => blockingChecks(checked, modeGroup).map((one) => one.text);
  it("are errors and worse of the mode's group, all of them where it is not known", () => {
    expect(blocking(31)).toEqual(["error of group 31"]);
    expect(blocking(0)).toEqual(["error of group 0"]);
    expect(blocking(5)).toEqual([]);
    expect(blocking(undefined)).toEqual(["error of group 31", "error of group 0", "emergency"]);
  });
  it("are none before a report", () => {
    expect(blockingChecks(receive([at(NOW_MS, text("Check failed", INFO))]), undefined)).toEqual([]);
  });
});
