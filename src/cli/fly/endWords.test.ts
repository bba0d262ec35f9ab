import { describe, expect, it } from "vitest";
import type { Notice } from "../../contract/messages.js";
import type { VehicleText } from "../../vehicle/vehicleState.js";
import { crashWords, landedWords, unlandedWords } from "./endWords.js";
import type { MissionReached } from "./missionWatch.js";
import { NOTHING_KNOWN, shown } from "./testing/shownVehicle.js";

describe("what is said of a flight whose landing was not seen", () => {
  const air = { kind: "not-on-the-ground", heightM: 49.6, speedMps: 4.6, reportsFlying: true } as const;
  it.each([
    [{ kind: "lost" }, "the vehicle was lost for 60 s; its own failsafe has it"],
    [{ kind: "never-took-off" }, "the aircraft never took off: it was disarmed again on the ground"],
    [
      { kind: "landing-not-seen", silentS: 19.6 },
      "the aircraft was not heard for 20 s and is disarmed now: it was not seen landing",
    ],
    [
      air,
      "the aircraft was disarmed and is not known to have landed: 50 m above its take-off, moving at 5 m/s, in the air by its own word",
    ],
    [
      { ...air, heightM: undefined, speedMps: undefined, reportsFlying: false },
      "the aircraft was disarmed and is not known to have landed: at no known height, without a word of standing on the ground",
    ],
  ] as const)("%o", (end, words) => {
    expect(unlandedWords(end)).toBe(words);
  });
});

describe("what is said of a landing", () => {
  const half: MissionReached = { item: 4, countOfItems: 14, isWhole: false, fromPlanEndM: undefined };
  const whole: MissionReached = { ...half, isWhole: true };
  it.each([
    ["flown to its end", whole, "landed and disarmed"],
    ["within 100 m of the plan's end", { ...whole, fromPlanEndM: 100 }, "landed and disarmed"],
    ["further", { ...whole, fromPlanEndM: 101 }, "landed and disarmed, 101 m from where the plan ends"],
    ["under a kilometre", { ...whole, fromPlanEndM: 999 }, "landed and disarmed, 999 m from where the plan ends"],
    ["a kilometre", { ...whole, fromPlanEndM: 1000 }, "landed and disarmed, 1.0 km from where the plan ends"],
  ])("of a mission flown to its end: %s", (_name, reached, words) => {
    expect(landedWords(reached, false)).toEqual({ words, isAsPlanned: true });
  });
  it("of a mission that was called off: it need not have been flown to its end", () => {
    const words = "landed and disarmed";
    expect(landedWords({ ...half, fromPlanEndM: 20 }, true)).toEqual({ words, isAsPlanned: true });
  });
  it("of a mission that broke off: at which item, counted from 1", () => {
    const words = "landed and disarmed at item 5 of 14: the mission was not flown to its end";
    expect(landedWords(half, false)).toEqual({ words, isAsPlanned: false });
    expect(landedWords({ ...half, item: undefined, fromPlanEndM: 2340 }, false)).toEqual({
      words: "landed and disarmed: the mission was not flown to its end, 2.3 km from where the plan ends",
      isAsPlanned: false,
    });
  });
});

describe("evidence against a landing", () => {
  const vehicle = shown({ isArmed: false, landed: "ground" });
  const SINCE_US = 1_000_000;
  const printed = (change: Partial<VehicleText>): VehicleText => ({
    ...{ unixTimeUs: SINCE_US, receivedAtMonoMs: 0, severity: 2, text: "Crash: Disarming" },
    ...change,
  });
  const byText = (change: Partial<VehicleText>) =>
    crashWords(NOTHING_KNOWN, { ...vehicle, texts: [printed({ text: "Armed" }), printed(change)] }, SINCE_US);

  it("is a text of the autopilot, in its own words", () => {
    expect(byText({})).toBe('"Crash: Disarming"');
    expect(byText({ text: "Failure detected: attitude" })).toBe('"Failure detected: attitude"');
    expect(byText({ text: "hard IMPACT" })).toBe('"hard IMPACT"');
    expect(byText({ componentId: 1 })).toBe('"Crash: Disarming"');
  });
  it.each([
    ["of an earlier flight", { unixTimeUs: SINCE_US - 1 }],
    ["that is only a warning", { severity: 4 }],
    ["of something else", { text: "EKF variance" }],
    ["that merely holds the letters", { text: "no xcrash here" }],
    ["of another component", { componentId: 154 }],
  ])("is no text %s", (_name, change) => {
    expect(byText(change)).toBeUndefined();
  });
  it("takes an error as well as an emergency", () => {
    expect(byText({ severity: 3 })).toBe('"Crash: Disarming"');
  });
  it("is nothing where the aircraft is not known", () => {
    expect(crashWords(NOTHING_KNOWN, undefined, 0)).toBeUndefined();
  });

  const alarm = (key: string, change: Partial<Notice> = {}): Notice => ({
    ...{ id: key, key, severity: "danger", unixTimeUs: SINCE_US },
    facts: { vehicleId: vehicle.id, descentMps: 17 },
    ...change,
  });
  const byAlarms = (notices: readonly Notice[], nowUs = SINCE_US) =>
    crashWords({ ...NOTHING_KNOWN, notices, stationUnixUs: nowUs }, vehicle, SINCE_US);

  it("is the station's alarm of an impact, or of a fall", () => {
    expect(byAlarms([alarm("flight-ground-impact")])).toBe("it hit the ground");
    expect(byAlarms([alarm("flight-fall")])).toBe("it fell at 17 m/s just before");
    expect(byAlarms([alarm("flight-fall"), alarm("flight-ground-impact")])).toBe("it hit the ground");
    expect(byAlarms([alarm("flight-fall", { facts: { vehicleId: vehicle.id } })])).toBe("it fell at ? m/s just before");
  });
  it("is the last fall, and only within half a minute", () => {
    const last = alarm("flight-fall", { unixTimeUs: SINCE_US + 5, facts: { vehicleId: vehicle.id, descentMps: 9 } });
    expect(byAlarms([alarm("flight-fall"), last])).toBe("it fell at 9 m/s just before");
    expect(byAlarms([alarm("flight-fall")], SINCE_US + 30_000_000)).toBe("it fell at 17 m/s just before");
    expect(byAlarms([alarm("flight-fall")], SINCE_US + 30_000_001)).toBeUndefined();
  });
  it("is no alarm of another aircraft, of an earlier flight, or of something else", () => {
    expect(byAlarms([alarm("flight-ground-impact", { facts: { vehicleId: "udp/9" } })])).toBeUndefined();
    expect(byAlarms([alarm("flight-fall", { unixTimeUs: SINCE_US - 1 })])).toBeUndefined();
    expect(byAlarms([alarm("battery-low")])).toBeUndefined();
  });
});
