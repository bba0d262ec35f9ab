import { describe, expect, it } from "vitest";
import { newTexts } from "./foldText.js";
import { at, heartbeat, NOW_MS, receive, text, type Received } from "./testing/vehicleBuilder.js";

const disarmed = heartbeat({ isArmed: false });
const reasons = (...events: readonly Received[]) => receive(events).prearmReasons;
const chunk = (words: string, index: number, isLast: boolean): Received => ({
  ...{ kind: "text", severity: 4, text: words, chunk: { id: 5, index, isLast } },
});

describe("a text that PX4 also sends as an event", () => {
  it("ends with a tab, which is no part of it", () => {
    expect(receive([text("Low battery\t")]).texts).toEqual([
      { unixTimeUs: NOW_MS * 1000, receivedAtMonoMs: NOW_MS, severity: 4, text: "Low battery", isAlsoEvent: true },
    ]);
    expect(receive([text("\tLow\tbattery")]).texts).toEqual([
      { unixTimeUs: NOW_MS * 1000, receivedAtMonoMs: NOW_MS, severity: 4, text: "\tLow\tbattery" },
    ]);
  });
  it("may come in pieces", () => {
    const { texts } = receive([chunk("Low ", 0, false), chunk("battery\t", 1, true)]);
    expect(texts).toMatchObject([{ text: "Low battery", isAlsoEvent: true, severity: 4 }]);
  });
});

describe("a reason against arming", () => {
  it.each(["PreArm: Compass", "Arm: Throttle too high", "Preflight Fail: No GPS", "Arming denied: no home"])(
    "is told by its first words: %s",
    (words) => {
      expect(reasons(disarmed, text(words))).toEqual([words]);
      expect(reasons(disarmed, text(`x ${words}`))).toEqual([]);
    },
  );
  it("may come before the first heartbeat, but not while armed", () => {
    expect(reasons(text("PreArm: Compass"))).toEqual(["PreArm: Compass"]);
    expect(reasons(heartbeat({ isArmed: true }), text("PreArm: Compass"))).toEqual([]);
  });
  it("is not touched by other texts, nor by those of other components", () => {
    const before = receive([disarmed, text("PreArm: Compass")]);
    expect(receive([text("EKF ready")], before).prearmReasons).toBe(before.prearmReasons);
    expect(receive([{ ...text("PreArm: GPS"), componentId: 191 }], before).prearmReasons).toBe(before.prearmReasons);
  });
  it("belongs to one burst with those of the five seconds before it, each once, and only with reasons", () => {
    const burst = (lastMs: number) =>
      reasons(
        at(NOW_MS, text("PreArm: Compass")),
        at(NOW_MS + 10, text("EKF ready")),
        at(NOW_MS + 15, { ...text("PreArm: of a camera"), componentId: 100 }),
        at(NOW_MS + 20, text("PreArm: GPS")),
        at(NOW_MS + 30, text("PreArm: Compass")),
        at(lastMs, text("PreArm: Battery")),
      );
    const all = ["PreArm: Compass", "PreArm: GPS", "PreArm: Battery"];
    expect(burst(NOW_MS + 5000)).toEqual(all);
    expect(burst(NOW_MS + 5020)).toEqual(["PreArm: GPS", "PreArm: Compass", "PreArm: Battery"]);
    expect(burst(NOW_MS + 5021)).toEqual(["PreArm: Compass", "PreArm: Battery"]);
    expect(burst(NOW_MS + 5031)).toEqual(["PreArm: Battery"]);
  });
});

describe("a piece of a text that does not come", () => {
  it("is waited for as long as it may come, by any other event's time", () => {
    const begun = receive([chunk("begin", 0, false)]);
    expect(begun.texts).toEqual([]);
    const waiting = receive([at(NOW_MS + 1499, disarmed)], begun);
    expect(waiting.texts).toEqual([]);
    const late = receive([at(NOW_MS + 1500, disarmed)], waiting);
    expect(late.texts).toMatchObject([{ text: "begin…", receivedAtMonoMs: NOW_MS }]);
    expect(late.textJoiner?.pending).toEqual([]);
    expect(receive([at(NOW_MS + 9000, disarmed)], late).texts).toBe(late.texts);
  });
});

describe("the texts that are new", () => {
  const { texts } = receive([text("a"), text("b"), text("a")]);
  it("are those that were not there before, oldest first", () => {
    expect(newTexts([], texts)).toEqual(texts);
    expect(newTexts(texts, texts)).toEqual([]);
    expect(newTexts(texts.slice(0, 2), texts)).toEqual([texts[2]]);
    // The oldest were dropped meanwhile.
    expect(newTexts(texts.slice(0, 2), texts.slice(1))).toEqual([texts[2]]);
  });
});
