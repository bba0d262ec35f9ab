/* eslint-disable id-denylist -- a mission item's `altitude` carries its datum inside */
import { describe, expect, it } from "vitest";
import type { Wind } from "./aircraft.js";
import { estimateFlight } from "./energy.js";
import { estimateOverGround, returnHeightM } from "./energyOverGround.js";
import type { MissionItem, Plan } from "./plan.js";
import { groundOf } from "./testing/groundOf.js";
import { anAircraft, command, commandAt, planOfItems } from "./testing/planBuilders.js";
import { straightCoast } from "./testing/straightCoast.js";

const CALM: Wind = { fromDeg: 0, speedMps: 0 };
const J_PER_BATTERY = 360_000;
/** No return height of its own: only the plan's heights count. */
const PLAIN = { firmwareType: 0 };
const [takeOff, goHome] = [commandAt(22, 0, 0), command(20)];
const above = (eastM: number, northM: number, valueM = 50): MissionItem => ({
  ...commandAt(16, eastM, northM),
  altitude: { datum: "terrain", valueM },
});
type Heights = (eastM: number, northM: number) => number;
function flown(items: readonly MissionItem[], heights: Heights, changes: Partial<Plan> = PLAIN) {
  const known = { terrain: groundOf(heights), coast: undefined };
  const flight = estimateOverGround(planOfItems(items, changes), known, anAircraft(), CALM);
  if (!flight) throw new Error("no estimate");
  return {
    ...flight,
    joules: flight.energyFraction * J_PER_BATTERY,
    worstJoules: (1 - flight.worstReturnFraction) * J_PER_BATTERY,
  };
}
const level: Heights = () => 4;
/** Rises 1 in 20 to the east. */
const rising: Heights = (eastM) => 4 + Math.max(0, eastM) / 20;

describe("a flight at heights above the ground, by hand", () => {
  it("on level ground is that of the plan", () => {
    const plan = planOfItems([takeOff, above(600, 0), above(600, 300), goHome], PLAIN);
    const flat = estimateFlight(plan, anAircraft(), CALM);
    const over = flown([takeOff, above(600, 0), above(600, 300), goHome], level);
    expect(flat.basis).toBe("flat-assumed");
    expect(over.basis).toBe("terrain");
    expect([over.timeS, over.energyFraction, over.distanceM].map((value) => value.toFixed(3))).toEqual(
      [flat.timeS, flat.energyFraction, flat.distanceM].map((value) => value.toFixed(3)),
    );
    expect(over.worstReturnFraction).toBeCloseTo(flat.worstReturnFraction, 5);
  });

  it("counts the climb with rising ground, and the descent from there", () => {
    const over = flown([takeOff, above(800, 0), goHome], rising);
    const flat = flown([takeOff, above(800, 0), goHome], level);
    // 40 m more at the end: (720 - 360) W for 40 m at 2 m/s; home is then 40 m deeper: 20 s more of descent at 360 W.
    expect(over.joules - flat.joules).toBeCloseTo(360 * 20 + 20 * 360, -1);
    expect(over.timeS - flat.timeS).toBeCloseTo(20, 1);
  });

  it("counts each hill on the way, and no descent as a gain", () => {
    // 30 m up and down again, twice, between two places on the same level.
    const hills: Heights = (eastM) => 4 + 30 * Math.max(0, 1 - Math.abs(((eastM + 1000) % 400) - 200) / 200);
    const over = flown([takeOff, above(800, 0)], hills);
    const flat = flown([takeOff, above(800, 0)], level);
    // The file has a height every ten metres, and so flatter tops.
    expect((over.joules - flat.joules) / (2 * 30 * 180)).toBeCloseTo(1, 2);
    expect(over.timeS).toBeCloseTo(flat.timeS, 3);
  });

  it("takes the time of a climb that is steeper than the aircraft climbs at its speed", () => {
    // 80 m up within 100 m: 40 s instead of 10 s.
    const steep: Heights = (eastM) => (eastM < 300 ? 4 : eastM > 400 ? 84 : 4 + (eastM - 300) * 0.8);
    const over = flown([takeOff, above(800, 0)], steep);
    const flat = flown([takeOff, above(800, 0)], level);
    expect(over.timeS - flat.timeS).toBeCloseTo(30, 0);
  });
});

describe("a landing", () => {
  it("ends on the ground at its place, and is where the flight ends", () => {
    const landing = [takeOff, commandAt(16, 600, 0), commandAt(21, 800, 0, 0)];
    const lower: Heights = (eastM) => (eastM > 700 ? -36 : 4);
    const [over, flat] = [flown(landing, lower), flown(landing, level)];
    // 40 m more at 2 m/s and 360 W.
    expect(over.timeS - flat.timeS).toBeCloseTo(20, 3);
    expect(over.joules - flat.joules).toBeCloseTo(20 * 360, 0);
    // Once landed nobody turns home: the most costly moment is the last one before, 800 m away.
    expect(flat.worstJoules).toBeCloseTo(25 * 720 + (60 + 20 + 80) * 540 + (0 + 5 + 5) * 540 + 40 * 360, -1);
  });
});

describe("the way home", () => {
  const far = [takeOff, commandAt(16, 800, 0, 10)];

  it("climbs to the autopilot's own height over home first", () => {
    expect(returnHeightM({ firmwareType: 3, vehicleType: 2 })).toBe(15);
    expect(returnHeightM({ firmwareType: 3, vehicleType: 1 })).toBe(100);
    expect(returnHeightM({ firmwareType: 12, vehicleType: 2 })).toBe(60);
    const [none, copter] = [flown(far, level), flown(far, level, { firmwareType: 3 })];
    // 5 m up at 720 W and 5 m more down at 360 W, both at 2 m/s.
    expect(copter.worstJoules - none.worstJoules).toBeCloseTo(2.5 * 720 + 2.5 * 360, 0);
    expect(copter.joules).toBeCloseTo(none.joules, 6);
    const returning = [...far, goHome];
    expect(flown(returning, level, { firmwareType: 3 }).joules - flown(returning, level).joules).toBeCloseTo(2700, 0);
  });

  it("climbs over ground in between that stands higher", () => {
    const ridge: Heights = (eastM) => (Math.abs(eastM - 400) < 60 ? 64 : 4);
    const [over, flat] = [flown(far, ridge), flown(far, level)];
    // From 10 m to 60 m over home, and 50 m more down.
    expect(over.worstJoules - flat.worstJoules).toBeCloseTo(25 * 720 + 25 * 360, 0);
  });
});

describe("ground that is not known", () => {
  it("is said, and flown straight", () => {
    const gap: Heights = (eastM) => (eastM > 300 && eastM < 500 ? Number.NaN : 4);
    const over = flown([takeOff, above(800, 0)], gap);
    expect(over.basis).toBe("terrain-in-part");
    expect(over.joules).toBeCloseTo(flown([takeOff, above(800, 0)], level).joules, 0);
    expect(flown([takeOff, above(200, 0)], gap).basis).toBe("terrain");
  });

  it("at sea the coast's line is enough", () => {
    const sea: Heights = (eastM) => (eastM < -50 ? Number.NaN : 4);
    const plan = planOfItems([takeOff, above(-500, 0), goHome], PLAIN);
    const known = { terrain: groundOf(sea), coast: straightCoast() };
    expect(estimateOverGround(plan, known, anAircraft(), CALM)?.basis).toBe("terrain");
  });

  it("without a home there is no flight", () => {
    const plan = planOfItems([takeOff], { plannedHome: undefined });
    const known = { terrain: groundOf(level), coast: undefined };
    expect(estimateOverGround(plan, known, anAircraft(), CALM)).toBeUndefined();
  });
});
