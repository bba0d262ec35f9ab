import { describe, expect, it } from "vitest";
import { prearmHelpOf } from "./prearmHelp.js";
import { prearmTexts } from "./prearmTexts.js";

const REASONS = [
  ["Need Position Estimate", "position"],
  ["GPS 1: Bad fix", "position"],
  ["High GPS HDOP", "gpsQuality"],
  ["Compass not calibrated", "compassCalibration"],
  ["Compasses inconsistent", "compassCalibration"],
  ["Compass 1 not healthy", "compass"],
  ["Gyros not calibrated", "gyros"],
  ["Accels inconsistent", "accels"],
  ["Barometer not healthy", "barometer"],
  ["Battery 1 low voltage failsafe", "battery"],
  ["RC not found", "radio"],
  ["Hardware safety switch", "safetySwitch"],
  ["AHRS: not using configured AHRS type", "estimator"],
  ["Preflight Fail: No manual control input", "radio"],
  ["Preflight Fail: ekf2 missing data", "estimator"],
  ["Fence requires position", "fence"],
  ["Airspeed 1 not healthy", "airspeed"],
  ["Logging failed", "logging"],
  ["Mode not armable", "mode"],
  ["Leaning", "level"],
  ["Waiting for home", "home"],
  ["Mission has no takeoff item", "mission"],
  ["OpenDroneID: OPERATOR_ID missing", "remoteId"],
  ["GCS connection lost", "groundStation"],
  ["Internal errors 0x8", "board"],
] as const;

describe("why it will not arm", () => {
  it.each(REASONS)("%s is explained as %s", (reason, key) => {
    expect(prearmHelpOf(reason)).toBe(key);
    expect(prearmHelpOf(`PreArm: ${reason.toUpperCase()}`)).toBe(key);
  });

  it("has a reason for every help that there are words for", () => {
    const explained = new Set(REASONS.map(([, key]) => `fly.prearm.${key}`));
    expect([...explained].sort()).toEqual(Object.keys(prearmTexts.en).sort());
  });

  it("says nothing about what it does not know", () => {
    expect(prearmHelpOf("Frobnicator 3 out of cheese")).toBeUndefined();
  });
});
