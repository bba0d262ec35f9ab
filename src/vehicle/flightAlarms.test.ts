import { describe, expect, it } from "vitest";
import { isDangerous } from "./flightAlarms.js";
import { every, fly, kinds, type Step } from "./testing/flightSteps.js";

describe("findings 5.1: a copter that falls after a mode change", () => {
  // From 70 m with the motors at idle: 9.8 m/s² downwards.
  const fall = every(18, (i) => {
    const seconds = i * 0.2;
    return { downMps: 9.8 * seconds, heightM: Math.max(0, 70 - 4.9 * seconds ** 2), modeName: "STABILIZE" };
  });
  it("is a red alert while it falls, and another when it hits the ground", () => {
    const start = every(3, () => ({ downMps: 0, heightM: 70 }), -600);
    const impact = every(3, () => ({ downMps: 0, heightM: 0, modeName: "STABILIZE" }), 18 * 200);
    const reported = fly([...start, ...fall, ...impact]);
    expect(kinds(reported)).toEqual(["fall", "ground-impact"]);
    expect(reported.every(isDangerous)).toBe(true);
    expect(reported[0]).toMatchObject({ modeName: "STABILIZE" });
  });
});

describe("issue 6: what the mode explains is no fall", () => {
  it.each([
    ["copter", 4.9, "RTL"],
    ["copter", 5, "AUTO"],
    ["plane", 10, "AUTO"],
    ["copter", 7, "STABILIZE"],
  ] as const)("%s sinking at %f m/s in %s", (airframe, downMps, modeName) => {
    expect(
      fly(
        every(40, (i) => ({ downMps, heightM: 200 - i * 0.2 * downMps, modeName })),
        airframe,
      ),
    ).toEqual([]);
  });
  it("nor one bad estimate, nor a descent that brakes as motors can", () => {
    expect(
      fly([
        { atMs: 0, downMps: 0, heightM: 50 },
        { atMs: 200, downMps: 15, heightM: 49 },
        { atMs: 900, downMps: 0, heightM: 49 },
      ]),
    ).toEqual([]);
    const braking = [5, 5, 5, 4, 3, 2, 1, 0, 0].map((downMps, i) => ({ atMs: i * 250, downMps, heightM: 40 - i }));
    expect(fly(braking)).toEqual([]);
  });
  it("nor a soft landing, at home or below it", () => {
    const landing = every(30, (i) => ({ downMps: 0.5, heightM: 3 - i * 0.1, modeName: "LAND" }));
    const down = every(4, () => ({ downMps: 0, heightM: 0, modeName: "LAND", landed: "ground" as const }), 6000);
    expect(fly([...landing, ...down])).toEqual([]);
  });
});

describe("a ground impact", () => {
  it("is also what the autopilot calls so; a crash check that is ready, or a soft touch of the simulator's ground, is none", () => {
    const hover = { atMs: 0, downMps: 0, heightM: 20 };
    const says = (text: string) => kinds(fly([hover, { ...hover, atMs: 200, text }]));
    expect(says("Crash: Disarming: AngErr=45>30, Accel=1.2<3.0")).toEqual(["ground-impact"]);
    expect(says("SIM Hit ground at 12.4 m/s")).toEqual(["ground-impact"]);
    expect(says("SIM Hit ground at 0.6 m/s")).toEqual([]);
    expect(says("Crash check disabled")).toEqual([]);
    expect(fly([hover, { ...hover, atMs: 200, text: "CRASH", componentId: 191 }])).toEqual([]);
  });
});

describe("issue 6: an unexpected disarm", () => {
  const up: readonly Step[] = every(4, () => ({ downMps: 0, heightM: 40, landed: "air" as const }));
  it("in the air is red, whoever asked", () => {
    const off = { atMs: 1000, downMps: 0, heightM: 40, isArmed: false };
    expect(fly([...up, off])).toEqual([{ kind: "disarmed-in-air", altitudeAboveHomeM: 40, wasAsked: false }]);
    const asked = fly([...up, { ...off, isDisarmAsked: true }]);
    expect(asked).toEqual([{ kind: "disarmed-in-air", altitudeAboveHomeM: 40, wasAsked: true }]);
  });
  it("after a landing, or asked for on the ground, is none", () => {
    const land = every(4, () => ({ downMps: 0, heightM: 0, modeName: "RTL", landed: "ground" as const }), 1000);
    const off = { atMs: 2000, downMps: 0, heightM: 0, isArmed: false, modeName: "RTL" };
    expect(fly([...up, ...land, off])).toEqual([]);
    const standing = every(4, () => ({ downMps: 0, heightM: 0, modeName: "GUIDED" }));
    expect(fly([...standing, { ...off, modeName: "GUIDED", isDisarmAsked: true }])).toEqual([]);
  });
  it("findings 5.17: by itself on the ground is told, as no danger", () => {
    const standing = every(4, () => ({ downMps: 0, heightM: 0, modeName: "GUIDED" }));
    const reported = fly([...standing, { atMs: 1000, downMps: 0, heightM: 0, isArmed: false, modeName: "GUIDED" }]);
    expect(reported).toEqual([{ kind: "disarmed-by-itself", hasFlown: false }]);
    expect(reported.some(isDangerous)).toBe(false);
  });
  it("that nobody heard is not said to be in the air: the last height is old", () => {
    const back = { atMs: 90_000, downMps: 0, heightM: 0, isArmed: false, isBare: true };
    expect(fly([...up, back])).toEqual([{ kind: "disarmed-unheard" }]);
  });
});

describe("attack: alarms that did not come", () => {
  const hover = (isArmed = true, atMs = 0): Step => ({ atMs, downMps: 0, heightM: 50, isArmed });
  it("disarmed while it hovers in AUTO at 50 m, without a word of its own", () => {
    expect(kinds(fly([hover(), hover(true, 200), hover(false, 400)]))).toEqual(["disarmed-in-air"]);
  });
  it("a mode that only lands, standing above home, has landed there", () => {
    const modeName = "LAND";
    expect(
      fly([
        { ...hover(), modeName },
        { ...hover(false, 400), modeName },
      ]),
    ).toEqual([]);
  });
  it("fell, and disarmed at the touch of the ground before its speed was told", () => {
    const fall = every(12, (i) => ({ downMps: 20, heightM: 46 - 4 * i }), 200);
    const off: Step = { atMs: 2600, downMps: 0, heightM: 2, isArmed: false, isBare: true };
    const down = every(2, () => ({ downMps: 0, heightM: 0, isArmed: false }), 2700);
    expect(kinds(fly([hover(), ...fall, off, ...down]))).toEqual(["fall", "ground-impact"]);
  });
  it("armed by somebody else is told, as no danger; what was asked for here is not", () => {
    const standing = (isArmed: boolean, atMs: number): Step => ({ atMs, downMps: 0, heightM: 0, isArmed });
    const reported = fly([standing(false, 0), standing(true, 1000)]);
    expect(reported).toEqual([{ kind: "armed-elsewhere" }]);
    expect(reported.some(isDangerous)).toBe(false);
    expect(fly([standing(false, 0), { ...standing(true, 1000), isArmAsked: true }])).toEqual([]);
    // The vehicle is received for the first time: when it was armed is not known.
    expect(fly([standing(true, 0)])).toEqual([]);
  });
  it("a breach of the fence without a text, its end, and none while it stands disarmed", () => {
    const at = (isBreached: boolean, atMs: number, isArmed = true): Step => ({ ...hover(isArmed, atMs), isBreached });
    const reported = fly([at(false, 0), at(true, 200), at(true, 400), at(false, 600)]);
    expect(kinds(reported)).toEqual(["fence-breach", "fence-breach-over"]);
    expect(reported.map(isDangerous)).toEqual([true, false]);
    expect(fly([at(true, 0, false), at(false, 200, false)])).toEqual([]);
  });
});
