import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { prearmHelpOf } from "./prearmHelp.js";
import { prearmTexts } from "./prearmTexts.js";

describe("why it will not arm", () => {
  it.each([
    ["Need Position Estimate", "position"],
    ["GPS 1: Bad fix", "position"],
    ["High GPS HDOP", "gpsQuality"],
    ["Compass not calibrated", "compassCalibration"],
    ["Compasses inconsistent", "compassCalibration"],
    ["Gyros not calibrated", "gyros"],
    ["Accels inconsistent", "accels"],
    ["Battery 1 low voltage failsafe", "battery"],
    ["RC not found", "radio"],
    ["Hardware safety switch", "safetySwitch"],
    ["AHRS: not using configured AHRS type", "estimator"],
    ["Preflight Fail: No manual control input", "radio"],
    ["Preflight Fail: ekf2 missing data", "estimator"],
    ["OpenDroneID: OPERATOR_ID missing", "remoteId"],
  ])("%s is explained as %s", (reason, key) => {
    expect(prearmHelpOf(reason)).toBe(key);
  });

  it("says nothing about what it does not know", () => {
    expect(prearmHelpOf("Frobnicator 3 out of cheese")).toBeUndefined();
  });

  it("has words for every help, in both languages", () => {
    const source = readFileSync("renderer/fly/side/prearmHelp.ts", "utf8");
    const keys = [...source.matchAll(/key: "(\w+)"/g)].map(([, key]) => `fly.prearm.${key!}`);
    for (const key of keys) {
      expect(prearmTexts.en).toHaveProperty([key]);
      expect(prearmTexts.fr).toHaveProperty([key]);
    }
    expect(keys.length).toBeGreaterThan(15);
  });
});
