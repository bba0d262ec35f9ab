import { describe, expect, it } from "vitest";
import { reasonsSince, spokenTexts } from "./reasonsSince.js";
import { at, heartbeat, NOW_MS, receive, text, vehicleEvent, type Received } from "./testing/vehicleBuilder.js";

const WARNING = 4;
const NOTICE = 5;
const reasons = (...events: readonly Received[]) => reasonsSince(receive(events), NOW_MS);
const spoken = (...events: readonly Received[]) => spokenTexts(receive(events).texts).map((one) => one.text);
/** PX4 appends a tab to a text that it also sends as an event. */
const doubled = (words: string, severity = WARNING) => text(`${words}\t`, severity);

describe("a text that PX4 also sends as an event", () => {
  const event = vehicleEvent({ severity: WARNING }, { text: "Battery is low" });
  it("gives way to the event, whichever comes first", () => {
    expect(spoken(doubled("Low battery"), event)).toEqual(["Battery is low"]);
    expect(spoken(event, doubled("Low battery"))).toEqual(["Battery is low"]);
  });
  it("stays while the event has no description, or did not come", () => {
    const undescribed = vehicleEvent({ eventId: 0xab });
    expect(spoken(doubled("Low battery"), undescribed)).toEqual([
      "Low battery",
      "event 0x000000ab (no description yet)",
    ]);
    expect(spoken(doubled("Low battery"))).toEqual(["Low battery"]);
  });
  it("stays where the event is of another severity, component or moment", () => {
    expect(spoken(doubled("Low battery", 3), event)).toEqual(["Low battery", "Battery is low"]);
    expect(spoken(doubled("Low battery"), { ...event, componentId: 191 })).toEqual(["Low battery", "Battery is low"]);
    expect(spoken(doubled("Low battery"), at(NOW_MS + 2000, event))).toEqual(["Battery is low"]);
    expect(spoken(doubled("Low battery"), at(NOW_MS + 2001, event))).toEqual(["Low battery", "Battery is low"]);
    expect(spoken(at(NOW_MS, event), at(NOW_MS + 2001, doubled("Low battery")))).toEqual([
      "Battery is low",
      "Low battery",
    ]);
  });
  it("is only one with the mark: a text of the same moment stays", () => {
    expect(spoken(text("Low battery"), event)).toEqual(["Low battery", "Battery is low"]);
  });
});

describe("the reasons since an instant", () => {
  it("are the autopilot's warnings and worse from then on, oldest first, each once", () => {
    expect(
      reasons(
        at(NOW_MS - 1, text("too early")),
        at(NOW_MS, text("first")),
        at(NOW_MS + 1, text("worse", 2)),
        at(NOW_MS + 2, text("first")),
        at(NOW_MS + 3, text("a mere notice", NOTICE)),
        at(NOW_MS + 4, { ...text("of a camera"), componentId: 100 }),
        at(NOW_MS + 5, text(" \n")),
        at(NOW_MS + 6, text("", 2)),
      ),
    ).toEqual(["first", "worse"]);
  });
  it("have an event for the text that says the same", () => {
    expect(reasons(doubled("Low battery"), vehicleEvent({}, { text: "Battery is low" }))).toEqual(["Battery is low"]);
  });
});

describe("an event that refuses arming or a mode", () => {
  const report: readonly Received[] = [
    heartbeat({ autopilot: "px4", isArmed: true }),
    vehicleEvent({ sequence: 1, severity: 8 }, { role: { kind: "report-begins", chunkIndex: 0, modeGroups: {} } }),
    vehicleEvent(
      { eventId: 2, sequence: 2, severity: 3 },
      { text: "No GPS", role: { kind: "check", modeBits: 1 << 4 } },
    ),
    vehicleEvent(
      { eventId: 3, sequence: 3, severity: 3 },
      { text: "No mission", role: { kind: "check", modeBits: 1 << 5 } },
    ),
    vehicleEvent({ sequence: 4, severity: 8 }, { role: { kind: "report-ends" } }),
  ];
  const old = report.map((event) => at(NOW_MS - 1000, event));
  const refusal = (modeGroup: number | undefined) =>
    vehicleEvent({ sequence: 5 }, { text: "Mode refused", role: { kind: "refusal", modeGroup } });
  it("brings the failed checks that concern it, although they were told before", () => {
    expect(reasons(...old, refusal(4))).toEqual(["Mode refused", "No GPS"]);
    expect(reasons(...old, refusal(5))).toEqual(["Mode refused", "No mission"]);
    expect(reasons(...old, refusal(6))).toEqual(["Mode refused"]);
  });
  it("brings all of them where it names no mode", () => {
    expect(reasons(...old, refusal(undefined))).toEqual(["Mode refused", "No GPS", "No mission"]);
  });
  it("is told of once with its checks where these are new too", () => {
    expect(reasons(...report, refusal(undefined))).toEqual(["No GPS", "No mission", "Mode refused"]);
  });
  it("alone brings them: another event does not", () => {
    expect(reasons(...old, vehicleEvent({ sequence: 5 }, { text: "Wind is high" }))).toEqual(["Wind is high"]);
  });
});
