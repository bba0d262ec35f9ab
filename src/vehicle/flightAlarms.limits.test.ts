/** Where each alarm begins and ends: just inside and just outside of its limits. */
import { describe, expect, it } from "vitest";
import { NO_FLIGHT, noteCommand } from "./flightAlarms.js";
import { fly, kinds, type Step } from "./testing/flightSteps.js";

const step = (atMs: number, downMps: number, heightM: number, change: Partial<Step> = {}): Step => ({
  ...{ atMs, downMps, heightM },
  ...change,
});

describe("a fall", () => {
  const sink = (downMps: number, change: Partial<Step> = {}, forMs = 700) => [
    step(0, downMps, 200, change),
    step(forMs, downMps, 190, change),
  ];
  it.each([
    ["copter", "AUTO", undefined, 6],
    ["copter", "STABILIZE", undefined, 8],
    ["other", "AUTO", undefined, 6],
    ["plane", "AUTO", undefined, 12],
    ["plane", "FBWA", undefined, 18],
    ["vtol", "AUTO", "forward", 12],
    ["vtol", "AUTO", "to-hover", 12],
    ["vtol", "AUTO", undefined, 12],
    ["vtol", "AUTO", "hover", 6],
    ["vtol", "QHOVER", "hover", 8],
  ] as const)("of a %s in %s (%s) begins at %d m/s", (airframe, modeName, vtol, limitMps) => {
    const change = { modeName, ...(vtol && { vtol }) };
    expect(fly(sink(limitMps - 0.01, change), airframe)).toEqual([]);
    expect(fly(sink(limitMps, change), airframe)).toEqual([{ kind: "fall", descentMps: limitMps, modeName }]);
  });
  it("lasts 0.7 s at least, without a pause", () => {
    expect(fly(sink(7, {}, 699))).toEqual([]);
    expect(fly([step(0, 7, 200), step(400, 5, 197), step(800, 7, 195), step(1499, 7, 190)])).toEqual([]);
    expect(kinds(fly([step(0, 7, 200), step(400, 5, 197), step(800, 7, 195), step(1500, 7, 190)]))).toEqual(["fall"]);
  });
  it("is reported once, and again only after the descent was half as fast as the limit", () => {
    const again = (downMps: number) =>
      kinds(fly([...sink(8), step(1500, downMps, 185), step(2000, 8, 180), step(2700, 8, 175), step(3400, 8, 170)]));
    expect(again(8)).toEqual(["fall"]);
    expect(again(3)).toEqual(["fall"]);
    expect(again(2.99)).toEqual(["fall", "fall"]);
  });
  it("is none while disarmed or without a speed", () => {
    expect(fly([step(0, 9, 200, { isArmed: false }), step(700, 9, 190, { isArmed: false })])).toEqual([]);
    expect(fly([step(0, 0, 200, { isBare: true }), step(700, 0, 200, { isBare: true })])).toEqual([]);
    expect(fly([step(0, 0, 200, { isWithoutVelocity: true })])).toEqual([]);
  });
  it("begins anew after a disarming", () => {
    const off = step(400, 9, 195, { isArmed: false });
    expect(kinds(fly([step(0, 9, 200), off, step(600, 9, 194), step(1200, 9, 190)]))).toEqual([
      "disarmed-in-air",
      "armed-elsewhere",
    ]);
  });
  it("does not count a speed that an earlier mode allowed", () => {
    const inMode = (atMs: number, modeName: string, change: Partial<Step> = {}) =>
      step(atMs, 7, 200, { modeName, ...change });
    expect(fly([inMode(0, "STABILIZE"), inMode(100, "AUTO", { isBare: true }), inMode(700, "AUTO")])).toEqual([]);
  });
});

describe("a descent that ends abruptly", () => {
  const impact = (descentMps: number) => [{ kind: "ground-impact", descentMps, text: undefined }];
  it("faster than the mode allows is an impact at any height, within 0.6 s", () => {
    expect(fly([step(0, 6, 50), step(600, 0, 49)])).toEqual(impact(6));
    expect(fly([step(0, 6, 50), step(601, 0, 49)])).toEqual([]);
    expect(fly([step(0, 5.99, 50), step(600, 0, 49)])).toEqual([]);
    // The mode before the end decides.
    expect(fly([step(0, 7, 50, { modeName: "STABILIZE" }), step(600, 0, 49)])).toEqual([]);
    expect(fly([step(0, 7, 50), step(600, 0, 49, { modeName: "STABILIZE" })])).toEqual(impact(7));
  });
  it("is an impact below 3 m from 4 m/s on, within 2 s", () => {
    expect(fly([step(0, 4.01, 10), step(2000, 0, 2.99)])).toEqual(impact(4.01));
    expect(fly([step(0, 4.01, 10), step(2001, 0, 2.99)])).toEqual([]);
    expect(fly([step(0, 4.01, 10), step(2000, 0, 3)])).toEqual([]);
    expect(fly([step(0, 4, 10), step(2000, 0, 0)])).toEqual([]);
  });
  it("has ended below 1 m/s, up or down", () => {
    const ends = (downMps: number) => kinds(fly([step(0, 5, 5), step(500, downMps, 0)]));
    expect([ends(0.99), ends(-0.99)]).toEqual([["ground-impact"], ["ground-impact"]]);
    expect([ends(1), ends(-1)]).toEqual([[], []]);
  });
  it("counts from its last fast moment, not from its fastest", () => {
    expect(fly([step(0, 5.9, 15), step(1500, 4.5, 6), step(3000, 0, 0)])).toEqual(impact(4.5));
  });
  it("counts from its fast moment through slower ones", () => {
    expect(fly([step(0, 5, 9), step(1000, 3, 4), step(1900, 0, 0)])).toEqual(impact(5));
  });
  it("is reported once", () => {
    expect(kinds(fly([step(0, 5, 5), step(500, 0, 0), step(700, 0, 0)]))).toEqual(["ground-impact"]);
  });
  it("is no impact by a speed that was told before the height was low", () => {
    const low = step(600, 0, 0, { isWithoutVelocity: true });
    expect(fly([step(0, 5, 50), step(400, 0, 50), low])).toEqual([]);
    expect(fly([step(0, 5, 50), low])).toEqual([]);
  });
  it("is none without a position", () => {
    const bare = step(0, 0, 0, { isBare: true });
    expect(fly([bare])).toEqual([]);
  });
  it("ends after the disarming too, where the autopilot disarms at the touch", () => {
    const off = step(600, 0, 2, { isArmed: false, isBare: true });
    const end = (atMs: number) => kinds(fly([step(0, 5, 2.5), off, step(atMs, 0, 0, { isArmed: false })]));
    expect(end(2000)).toEqual(["disarmed-by-itself", "ground-impact"]);
    expect(end(2001)).toEqual(["disarmed-by-itself"]);
  });
});

describe("a text about a crash", () => {
  const crash = (atMs: number, heightM: number) => step(atMs, 1, heightM, { text: "Crash: Disarming" });
  const withDescent = (descentMps: number | undefined) => [
    { kind: "ground-impact", descentMps, text: "Crash: Disarming" },
  ];
  it("tells the descent before it: the fastest of the last two seconds", () => {
    expect(fly([crash(0, 20)])).toEqual(withDescent(undefined));
    expect(fly([step(0, 3, 20), step(500, 1, 20), crash(700, 20)])).toEqual(withDescent(3));
    expect(fly([step(0, 1, 20), step(500, 3, 20), crash(700, 20)])).toEqual(withDescent(3));
    expect(fly([step(0, 3, 30), step(2000, 1, 20), crash(2200, 20)])).toEqual(withDescent(3));
    expect(fly([step(0, 3, 30), step(2001, 1, 20), crash(2200, 20)])).toEqual(withDescent(1));
  });
  it("is told once, whatever is said later", () => {
    const reported = fly([step(0, 0, 20), crash(200, 20), step(400, 0, 20, { text: "EKF ready" })]);
    expect(kinds(reported)).toEqual(["ground-impact"]);
  });
  it("of the simulator is an impact over 2.5 m/s", () => {
    const says = (text: string) => kinds(fly([step(0, 0, 20), step(200, 0, 20, { text })]));
    expect(says("SIM Hit ground at 2.5 m/s")).toEqual([]);
    expect(says("SIM Hit ground at 2.51 m/s")).toEqual(["ground-impact"]);
  });
});

describe("a disarming in the air", () => {
  const disarm = (change: Partial<Step>, before: Partial<Step> = {}) =>
    fly([step(0, 0, 40, before), step(200, 0, 40, { isArmed: false, ...change })]);
  const inAir = (altitudeAboveHomeM: number) => [{ kind: "disarmed-in-air", altitudeAboveHomeM, wasAsked: false }];
  it("is one over 3 m above home", () => {
    const at = (heightM: number) => fly([step(0, 0, heightM), step(200, 0, heightM, { isArmed: false })]);
    expect(at(3.01)).toEqual(inAir(3.01));
    expect(at(3)).toEqual([{ kind: "disarmed-by-itself", hasFlown: false }]);
  });
  it("is none where the vehicle reports that it is on the ground, however high that is", () => {
    expect(disarm({}, { landed: "ground" })).toEqual([{ kind: "disarmed-by-itself", hasFlown: false }]);
  });
  it("is none where no height is known", () => {
    const bare = { isBare: true };
    expect(disarm(bare, bare)).toEqual([{ kind: "disarmed-by-itself", hasFlown: false }]);
  });
  it("is judged by a position younger than 3 s", () => {
    const late = (atMs: number) =>
      kinds(fly([step(0, 0, 40), step(2000, 0, 40, { isBare: true }), step(atMs, 0, 40, { isArmed: false })]));
    expect(late(2999)).toEqual(["disarmed-in-air"]);
    // It has flown in AUTO, which may end in a landing.
    expect(late(3000)).toEqual([]);
  });
  it("is unheard where the heartbeat before is 6 s old; one that was asked for here is no news", () => {
    const late = (atMs: number, isDisarmAsked: boolean) =>
      fly([step(0, 0, 40, { modeName: "GUIDED" }), step(atMs, 0, 0, { isArmed: false, isBare: true, isDisarmAsked })]);
    expect(kinds(late(5999, false))).toEqual(["disarmed-by-itself"]);
    expect(late(6000, false)).toEqual([{ kind: "disarmed-unheard" }]);
    expect(late(6000, true)).toEqual([]);
  });
  describe("in a mode that only lands", () => {
    const LAND = { modeName: "LAND" } as const;
    it("has landed where it stands still, unless it reports that it flies", () => {
      expect(disarm({}, LAND)).toEqual([]);
      expect(disarm({}, { ...LAND, landed: "landing" })).toEqual([]);
      expect(disarm({}, { ...LAND, landed: "air" })).toEqual(inAir(40));
      expect(disarm({}, { ...LAND, landed: "taking-off" })).toEqual(inAir(40));
    });
    it("has not landed where it moves, or no speed is known", () => {
      expect(disarm({}, { ...LAND, downMps: 0.29, groundSpeedMps: 0.99 })).toEqual([]);
      expect(disarm({}, { ...LAND, downMps: -0.29 })).toEqual([]);
      expect(disarm({}, { ...LAND, downMps: 0.3 })).toEqual(inAir(40));
      expect(disarm({}, { ...LAND, groundSpeedMps: 1 })).toEqual(inAir(40));
      expect(disarm({}, { ...LAND, isWithoutVelocity: true })).toEqual(inAir(40));
    });
    it("is no other mode that may land: RTL may hover", () => {
      expect(disarm({}, { modeName: "RTL" })).toEqual(inAir(40));
      expect(disarm({}, { modeName: "QLAND" })).toEqual([]);
    });
  });
});

describe("a disarming on the ground", () => {
  const stand = (atMs: number, modeName: string, change: Partial<Step> = {}) =>
    step(atMs, 0, 0, { modeName, ...change });
  const off = (atMs: number, modeName: string, change: Partial<Step> = {}) =>
    stand(atMs, modeName, { isArmed: false, ...change });
  it.each(["LAND", "RTL", "AUTO", "RETURN", "MISSION"])("after a flight ends it in %s", (modeName) => {
    expect(fly([step(0, 0, 40), stand(500, modeName), off(700, modeName)])).toEqual([]);
    expect(fly([stand(500, modeName), off(700, modeName)])).toEqual([{ kind: "disarmed-by-itself", hasFlown: false }]);
  });
  it("after a flight in another mode is told as such", () => {
    expect(fly([step(0, 0, 40), stand(500, "LOITER"), off(700, "LOITER")])).toEqual([
      { kind: "disarmed-by-itself", hasFlown: true },
    ]);
  });
  it("does not remember the flight before the last arming", () => {
    const flight = [step(0, 0, 40), stand(500, "RTL"), off(700, "RTL")];
    const again = [stand(900, "GUIDED", { isArmAsked: true }), off(1100, "GUIDED")];
    expect(fly([...flight, ...again])).toEqual([{ kind: "disarmed-by-itself", hasFlown: false }]);
  });
  it("was asked for here within ten seconds", () => {
    const asked = (afterMs: number) =>
      fly([stand(0, "GUIDED", { isDisarmAsked: true }), stand(afterMs - 500, "GUIDED"), off(afterMs, "GUIDED")]);
    expect(asked(9999)).toEqual([]);
    expect(kinds(asked(10_000))).toEqual(["disarmed-by-itself"]);
  });
});

describe("an arming", () => {
  const stand = (atMs: number, isArmed: boolean, change: Partial<Step> = {}) =>
    step(atMs, 0, 0, { isArmed, ...change });
  it("was asked for here within ten seconds", () => {
    const armed = (afterMs: number) => kinds(fly([stand(0, false, { isArmAsked: true }), stand(afterMs, true)]));
    expect(armed(9999)).toEqual([]);
    expect(armed(10_000)).toEqual(["armed-elsewhere"]);
  });
  it("that this station has begun itself may take any time", () => {
    expect(fly([stand(0, false, { isOwnArming: true }), stand(900_000, true)])).toEqual([]);
  });
  it("is asked for once: the next one is another's", () => {
    const twice = (first: Partial<Step>) => [
      stand(0, false, first),
      stand(1000, true),
      stand(2000, false, { isDisarmAsked: true }),
      stand(3000, true),
    ];
    expect(kinds(fly(twice({ isArmAsked: true })))).toEqual(["armed-elsewhere"]);
    expect(kinds(fly(twice({ isOwnArming: true })))).toEqual(["armed-elsewhere"]);
  });
  it("stays asked for while it stays disarmed", () => {
    expect(fly([stand(0, false, { isArmAsked: true }), stand(500, false), stand(1000, true)])).toEqual([]);
  });
  it("is not asked for by another command", () => {
    expect(noteCommand(NO_FLIGHT, { kind: "pause" }, 0)).toBe(NO_FLIGHT);
  });
});

describe("the fence", () => {
  const at = (atMs: number, isArmed: boolean, isBreached: boolean) => step(atMs, 0, 0, { isArmed, isBreached });
  it("is breached when it arms outside, and no longer when it disarms there", () => {
    const steps = [at(0, false, true), { ...at(200, true, true), isArmAsked: true }];
    expect(fly(steps)).toEqual([{ kind: "fence-breach" }]);
    expect(kinds(fly([...steps, { ...at(400, false, true), isDisarmAsked: true }]))).toEqual([
      "fence-breach",
      "fence-breach-over",
    ]);
  });
});
