import { describe, expect, it } from "vitest";
import type { AutomaticCheck, Checklist } from "./checklist.js";
import { doneIdsOf, FIRST_CHECKLIST, isComplete } from "./checklistRules.js";
import {
  completeVehicle,
  heartbeat,
  NOTHING_RECEIVED,
  ONE_OF_EACH,
  text,
  type Received,
} from "./testing/vehicleBuilder.js";

type Facts = Parameters<typeof doneIdsOf>[2];
const facts = (change: Partial<Facts> = {}): Facts => ({
  vehicle: completeVehicle(),
  isLost: false,
  aircraftPlan: { kind: "verified", countOfItems: 5, planHash: "abc", unixTimeUs: 1 },
  isRecording: true,
  ...change,
});
const after = (...events: readonly Received[]): Facts => facts({ vehicle: completeVehicle(...events) });
const unknown = facts({ vehicle: NOTHING_RECEIVED });

const passes = (automatic: AutomaticCheck, given: Facts): boolean =>
  doneIdsOf({ isBlocking: false, items: [{ id: "one", text: "", automatic }] }, new Set(), given).length === 1;

const gps = (fixType: number): Received => ({ kind: "gps", gps: { ...ONE_OF_EACH.gps.gps, fixType } });
const charged = (remainingFraction: number | undefined): Received => ({
  ...ONE_OF_EACH.battery,
  battery: { ...ONE_OF_EACH.battery.battery, remainingFraction },
});
const health = (change: Partial<(typeof ONE_OF_EACH)["health"]["health"]>): Received => ({
  kind: "health",
  health: { ...ONE_OF_EACH.health.health, ...change },
});
const disarmed = heartbeat({ isArmed: false });

describe("a check that the station answers", () => {
  it.each([
    ["link-live", facts(), true],
    ["link-live", facts({ isLost: true }), false],
    ["position-fixed", facts(), true],
    ["position-fixed", after(gps(2)), false],
    ["position-fixed", after(gps(3)), true],
    ["position-fixed", after(gps(6)), true],
    ["position-fixed", facts({ vehicle: { ...completeVehicle(), position: undefined } }), false],
    ["position-fixed", facts({ vehicle: { ...completeVehicle(), gps: undefined } }), false],
    ["battery-charged", after(charged(0.9)), true],
    ["battery-charged", after(charged(0.89)), false],
    ["battery-charged", after(charged(undefined)), false],
    ["battery-charged", unknown, false],
    ["plan-verified", facts(), true],
    ["plan-verified", facts({ aircraftPlan: { kind: "unknown" } }), false],
    ["plan-verified", facts({ aircraftPlan: { kind: "read", countOfItems: 5, unixTimeUs: 1 } }), false],
    ["fence-enabled", after(health({ enabledBits: 0x100000 })), true],
    ["fence-enabled", after(health({ enabledBits: 0x2f })), false],
    ["fence-enabled", unknown, false],
    ["autopilot-ready", facts(), true],
    ["autopilot-ready", after(disarmed, health({ prearmOk: false })), false],
    // An autopilot that does not report readiness is ready unless it has said why not.
    ["autopilot-ready", after(health({ prearmOk: undefined })), true],
    ["autopilot-ready", after(disarmed, text("PreArm: Compass not healthy")), false],
    ["autopilot-ready", unknown, false],
    ["recording", facts(), true],
    ["recording", facts({ isRecording: false }), false],
  ] satisfies [AutomaticCheck, Facts, boolean][])("%s (%#)", (check, given, expected) => {
    expect(passes(check, given)).toBe(expected);
  });
});

describe("a checklist", () => {
  const mixed: Checklist = {
    isBlocking: true,
    items: [
      { id: "propellers", text: "Propellers tight", automatic: undefined },
      { id: "link", text: "", automatic: "link-live" },
      { id: "people", text: "Beach empty", automatic: undefined },
    ],
  };
  it("is done as far as a person ticked it or the station finds it true, in its own order", () => {
    expect(doneIdsOf(mixed, new Set(["people"]), facts())).toEqual(["link", "people"]);
    expect(doneIdsOf(mixed, new Set(["people", "propellers"]), facts())).toEqual(["propellers", "link", "people"]);
  });
  it("takes no person's word for what the station checks", () => {
    expect(doneIdsOf(mixed, new Set(["link"]), facts({ isLost: true }))).toEqual([]);
  });
  it("is complete when every item is done", () => {
    expect(isComplete(mixed, ["propellers", "link", "people"])).toBe(true);
    expect(isComplete(mixed, ["propellers", "people"])).toBe(false);
    expect(isComplete({ isBlocking: true, items: [] }, [])).toBe(true);
  });
  it("before the crew writes its own has automatic items only, and blocks nothing", () => {
    expect(FIRST_CHECKLIST.isBlocking).toBe(false);
    expect(doneIdsOf(FIRST_CHECKLIST, new Set(), after(charged(1)))).toEqual([
      "link-live",
      "position-fixed",
      "battery-charged",
      "autopilot-ready",
      "plan-verified",
    ]);
  });
});
