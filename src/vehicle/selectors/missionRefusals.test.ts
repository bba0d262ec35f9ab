import { describe, expect, it } from "vitest";
import { at, NOW_MS, receive, text, vehicleEvent, type Received } from "../testing/vehicleBuilder.js";
import type { VehicleText } from "../vehicleState.js";
import { isMissionRejection, missionRefusalsSince } from "./missionRefusals.js";

const WARNING = 4;
const NOTICE = 5;
const refusals = (...events: readonly Received[]) => missionRefusalsSince(receive(events), NOW_MS);

describe("why the autopilot refuses the uploaded mission", () => {
  it.each([
    "Mission rejected: landing waypoint/pattern required.",
    "Waypoint 3 below ground",
    "way-point 3 too far",
    "Takeoff altitude too low",
    "take-off item missing",
    "Landing approach too steep",
    "Geofence violation",
    "geo-fence too small",
    "Rally point outside",
    "Item 4 unsupported",
    "Mission is too large",
  ])("is its warning about a part of a mission: %s", (words) => {
    expect(refusals(text(words, WARNING))).toEqual([words]);
    expect(refusals(text(words, NOTICE))).toEqual([]);
  });
  it.each(["Battery low", "Compass inconsistent", "Transmission lost", "Items", "Islanding"])(
    "is no warning about something else: %s",
    (words) => {
      expect(refusals(text(words, WARNING))).toEqual([]);
    },
  );
  it("is only what it sent since the upload, each once, in order", () => {
    const [old, first, second] = ["Waypoint 1 too far", "Mission rejected", "Waypoint 2 too far"];
    expect(
      refusals(
        at(NOW_MS - 1, text(old)),
        at(NOW_MS, text(first)),
        at(NOW_MS + 5, text(second)),
        at(NOW_MS + 9, text(first)),
      ),
    ).toEqual([first, second]);
  });
  it("is never the text of another component", () => {
    expect(refusals({ ...text("Mission rejected", 2), componentId: 191 })).toEqual([]);
  });
  it("may be an event about a mission, but not one of the arming checks", () => {
    const described = { name: "navigator_mis_land_wp_miss", text: "Landing item missing" };
    expect(refusals(vehicleEvent({ severity: WARNING }, described))).toEqual(["Landing item missing"]);
    const other = { name: "check_mission", text: "No valid takeoff" };
    expect(refusals(vehicleEvent({ severity: WARNING }, other))).toEqual(["No valid takeoff"]);
    const check = { ...other, role: { kind: "check", modeBits: 0 } } as const;
    expect(refusals(vehicleEvent({ severity: WARNING }, check))).toEqual([]);
  });
  it("may be an error event whose description is not known yet, no warning", () => {
    expect(refusals(vehicleEvent({ severity: 3, eventId: 0xab }))).toEqual(["event 0x000000ab (no description yet)"]);
    expect(refusals(vehicleEvent({ severity: WARNING, eventId: 0xab }))).toEqual([]);
  });
});

describe("a text that refers to the mission on board at any time", () => {
  const said = (words: string, change: Partial<VehicleText> = {}): VehicleText => ({
    ...{ unixTimeUs: 0, receivedAtMonoMs: 0, severity: WARNING, text: words },
    ...change,
  });
  const eventNamed = (name: string | undefined): VehicleText =>
    said("words of an event", { event: { id: 1, key: "1:", name, detail: undefined, isCheck: false } });

  it.each([
    "Mission rejected",
    "mission was rejected: no home",
    "Mission is invalid",
    "MISSION INFEASIBLE",
    "Mission not feasible",
    "Rejected the mission",
    "Invalid mission item",
    "invalid data in your mission",
  ])("rejects it: %s", (words) => {
    expect(isMissionRejection(said(words))).toBe(true);
  });
  it.each(["Mission started", "Mission 3 rejected", "Reached waypoint", "Rejected: transmission", "command rejected"])(
    "does not reject it: %s",
    (words) => {
      expect(isMissionRejection(said(words))).toBe(false);
    },
  );
  it("has at most twenty characters between the refusal and the mission", () => {
    expect(isMissionRejection(said(`invalid${" ".repeat(20)}mission`))).toBe(true);
    expect(isMissionRejection(said(`invalid${" ".repeat(21)}mission`))).toBe(false);
  });
  it("may be an event by its name", () => {
    expect(isMissionRejection(eventNamed("navigator_mis_takeoff"))).toBe(true);
    expect(isMissionRejection(eventNamed("navigator_mission_failed"))).toBe(true);
    expect(isMissionRejection(eventNamed("the_navigator_mission"))).toBe(false);
    expect(isMissionRejection(eventNamed("navigator_landed"))).toBe(false);
    expect(isMissionRejection(eventNamed(undefined))).toBe(false);
  });
  it("is a warning or worse, of the autopilot", () => {
    expect(isMissionRejection(said("Mission rejected", { severity: NOTICE }))).toBe(false);
    expect(isMissionRejection(said("Mission rejected", { severity: 3 }))).toBe(true);
    expect(isMissionRejection(said("Mission rejected", { componentId: 191 }))).toBe(false);
  });
});
