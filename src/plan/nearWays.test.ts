/* eslint-disable id-denylist -- a mission item's `altitude` carries its datum inside */
import { describe, expect, it } from "vitest";
import { geodesicDistanceM } from "../geo/geodesic.js";
import type { AltitudeDatum, Position } from "../geo/position.js";
import type { MissionItem, PlannedHome } from "./plan.js";
import { planCrossings, type PlanCrossing, type PlanInTheAir } from "./planCrossings.js";
import { command, commandAt, metres, planOfItems } from "./testing/planBuilders.js";
import { nearest, type Way } from "./wayDistance.js";

type Xyz = readonly [eastM: number, northM: number, upM: number];
const wayOf = (from: Xyz, to: Xyz): Way => ({
  from: { eastM: from[0], northM: from[1], upM: from[2] },
  to: { eastM: to[0], northM: to[1], upM: to[2] },
});

describe("the least distance of two ways", () => {
  const rounded = (a: Way, b: Way, verticalM: number): readonly number[] | undefined => {
    const one = nearest(a, b, verticalM);
    const other = nearest(b, a, verticalM);
    expect(other?.horizontalM).toEqual(one ? expect.closeTo(one.horizontalM, 6) : undefined);
    return one && [one.horizontalM, one.verticalM].map((value) => Math.round(value * 1000) / 1000);
  };
  const east = wayOf([0, 0, 50], [100, 0, 50]);

  it.each<[string, Way, readonly number[] | undefined]>([
    ["crossing it, a little higher", wayOf([50, -50, 58], [50, 50, 58]), [0, 8]],
    ["ending beside it", wayOf([50, 10, 50], [50, 90, 50]), [10, 0]],
    ["ending beyond its end", wayOf([130, 40, 50], [200, 90, 50]), [50, 0]],
    ["ending before its beginning", wayOf([-30, -40, 50], [-90, -90, 50]), [50, 0]],
    ["beside it the same way", wayOf([20, 7, 45], [80, 7, 45]), [7, 5]],
    ["beside it the other way", wayOf([80, 7, 45], [20, 7, 45]), [7, 5]],
    ["parallel and past its end", wayOf([140, 30, 50], [300, 30, 50]), [50, 0]],
    ["on it", wayOf([20, 0, 50], [300, 0, 50]), [0, 0]],
    ["a point beside it", wayOf([50, 12, 50], [50, 12, 50]), [12, 0]],
    ["a point beyond its end", wayOf([103, 4, 50], [103, 4, 50]), [5, 0]],
    ["too high all along", wayOf([50, -50, 60.1], [50, 50, 90]), undefined],
    ["too low all along", wayOf([50, -50, 39.9], [50, 50, 0]), undefined],
    ["just as high as counts", wayOf([50, -50, 60], [50, 50, 60]), [0, 10]],
    ["just as low as counts", wayOf([50, -50, 40], [50, 50, 40]), [0, 10]],
  ])("%s", (_, way, expected) => {
    expect(rounded(east, way, 10)).toEqual(expected);
  });

  it("counts only where the heights are near: a way that climbs out of reach before it crosses", () => {
    // At the crossing it is 20 m higher; ten metres higher it is still 25 m to the south of it.
    expect(rounded(east, wayOf([50, -50, 50], [50, 50, 90]), 10)).toEqual([25, 10]);
    expect(rounded(east, wayOf([50, -50, 10], [50, 50, 50]), 10)).toEqual([25, 10]);
    expect(rounded(east, wayOf([50, -50, 50], [50, 50, 90]), 20)).toEqual([0, 20]);
    expect(rounded(east, wayOf([50, -50, 50], [50, 50, 90]), Number.POSITIVE_INFINITY)).toEqual([0, 20]);
  });

  it("knows two points, and a way upon itself", () => {
    expect(rounded(wayOf([0, 0, 0], [0, 0, 0]), wayOf([3, 4, 0], [3, 4, 0]), 10)).toEqual([5, 0]);
    expect(rounded(east, east, 10)).toEqual([0, 0]);
  });
});

describe("two plans in the air", () => {
  const HOME_A: PlannedHome = { position: metres(-5000, 0), altitudeAmslM: 5 };
  const HOME_B: PlannedHome = { position: metres(5000, 5000), altitudeAmslM: 5 };
  const at = (eastM: number, northM: number, upM = 60, datum: AltitudeDatum = "home"): MissionItem => ({
    ...commandAt(16, eastM, northM),
    altitude: { datum, valueM: upM },
  });
  const flying = (home: PlannedHome | undefined, ...items: readonly MissionItem[]): PlanInTheAir => ({
    plan: planOfItems(items, { plannedHome: home }),
    home,
  });
  /** Items, horizontal and vertical metres. */
  const brief = (crossings: readonly PlanCrossing[]) =>
    crossings.map(({ itemA, itemB, horizontalM, verticalM }) => [
      itemA,
      itemB,
      Math.round(horizontalM * 10) / 10,
      verticalM === undefined ? undefined : Math.round(verticalM * 10) / 10,
    ]);
  const eastward = flying(HOME_A, at(0, 0), at(1000, 0));

  it("are close within 50 m across and 10 m up", () => {
    const beside = (northM: number, upM: number) =>
      brief(planCrossings(eastward, flying(HOME_B, at(300, northM, upM), at(700, northM, upM))));
    expect(beside(49.9, 60).length).toBeGreaterThan(0);
    expect(beside(50.1, 60)).toEqual([]);
    expect(beside(-49.9, 60).length).toBeGreaterThan(0);
    expect(beside(-50.1, 60)).toEqual([]);
    expect(beside(0, 69.9)[0]?.[3]).toBe(9.9);
    expect(beside(0, 70.1)).toEqual([]);
    expect(beside(0, 49.9)).toEqual([]);
  });

  it("are close beyond either end of a leg too", () => {
    const before = (eastM: number) => brief(planCrossings(eastward, flying(HOME_B, at(eastM, -200), at(eastM, 200))));
    expect(before(-40)).toEqual([
      [0, 1, 40, 0],
      [1, 1, 40, 0],
    ]);
    expect(before(1040)).toEqual([[1, 1, 40, 0]]);
    expect([before(-60), before(1060)]).toEqual([[], []]);
  });

  it("name the nearest pair first", () => {
    const three = flying(HOME_B, at(200, 30), at(400, 30), at(400, 10), at(600, 10));
    const distances = planCrossings(eastward, three).map(({ horizontalM }) => horizontalM);
    expect(distances.length).toBeGreaterThan(2);
    expect([...distances].sort((a, b) => a - b)).toEqual(distances);
  });

  it("have no way to a return or a landing, nor from the ground up", () => {
    const across = flying(HOME_B, at(500, 300), at(500, -300));
    const returning = flying(HOME_A, commandAt(22, 0, 0, 60), at(0, 400), command(20), at(1000, 0));
    // After the return the next way begins anew, at its own place.
    expect(brief(planCrossings(returning, across))).toEqual([]);
    const landing = flying(HOME_A, at(0, 0), { ...commandAt(21, 1000, 0, 60) });
    expect(brief(planCrossings(landing, across))).toEqual([]);
    const rising = flying(HOME_A, at(0, 0), command(178), at(1000, 0));
    expect(brief(planCrossings(rising, across))).toEqual([[2, 1, 0, 0]]);
    const looking = flying(HOME_A, at(0, 0), commandAt(195, 1000, 0, 60));
    expect(brief(planCrossings(looking, across))).toEqual([]);
  });

  it("begin with the way from above home to the first place", () => {
    const away = flying(HOME_A, commandAt(22, 9, 9, 60), at(5000, 0));
    const across = flying(HOME_B, at(500, 300), at(500, -300));
    expect(brief(planCrossings(away, across))).toEqual([[1, 1, 0, 0]]);
    const homeless = flying(
      undefined,
      { ...commandAt(22, -5000, 0), altitude: { datum: "amsl", valueM: 65 } },
      at(5000, 0, 65, "amsl"),
    );
    expect(brief(planCrossings(homeless, across))).toEqual([[1, 1, 0, 0]]);
  });

  it("compare heights in one datum, and say where they cannot", () => {
    const across = (upM: number, datum: AltitudeDatum, home?: PlannedHome) =>
      brief(planCrossings(eastward, flying(home, at(500, 300, upM, datum), at(500, -300, upM, datum))));
    expect(across(68, "amsl", HOME_B)).toEqual([[1, 1, 0, 3]]);
    expect(across(80, "amsl", HOME_B)).toEqual([]);
    expect(across(63, "home", { ...HOME_B, altitudeAmslM: 8 })).toEqual([[1, 1, 0, 6]]);
    expect(across(300, "terrain", HOME_B)).toEqual([[1, 1, 0, undefined]]);
    expect(across(300, "home")).toEqual([[1, 1, 0, undefined]]);
    const half = flying(HOME_B, at(500, 300, 60, "terrain"), at(500, -300));
    expect(brief(planCrossings(eastward, half))).toEqual([[1, 1, 0, undefined]]);
    expect(brief(planCrossings(half, eastward))).toEqual([[1, 1, 0, undefined]]);
  });

  it("without a place have nothing to cross", () => {
    expect(planCrossings(flying(undefined, command(20)), flying(undefined, command(20)))).toEqual([]);
    expect(brief(planCrossings(flying(undefined, command(20)), eastward))).toEqual([]);
  });
});

describe("the field around a home", () => {
  const field: PlannedHome = { position: metres(0, 0), altitudeAmslM: 5 };
  const far: PlannedHome = { position: metres(9000, 9000), altitudeAmslM: 5 };
  const along = (home: PlannedHome, ...places: readonly (readonly [number, number])[]): PlanInTheAir => ({
    plan: planOfItems(
      places.map(([eastM, northM]) => commandAt(16, eastM, northM, 60)),
      { plannedHome: home },
    ),
    home,
  });
  const count = (a: PlanInTheAir, b: PlanInTheAir): number => planCrossings(a, b).length;

  it("of 80 m does not count, of either plan's home", () => {
    const across = along(field, [-500, 0], [500, 0]);
    // The first place of a plan is a way without length.
    expect(count(across, along(far, [0, 20], [0, -20]))).toBe(0);
    expect(count(along(far, [0, 20], [0, -20]), across)).toBe(0);
    expect(count(across, along(far, [200, 20], [200, -20]))).toBe(2);
    expect(count(across, along(far, [-200, 20], [-200, -20]))).toBe(2);
  });

  it("cuts a way into the parts before and after it", () => {
    const across = along(field, [-500, 0], [500, 0]);
    const near = (eastM: number): readonly number[] =>
      planCrossings(across, along(far, [eastM, 300], [eastM, 0])).map(({ horizontalM }) => Math.round(horizontalM));
    expect(near(100)).toContain(0);
    expect(near(-100)).toContain(0);
    // In the field itself the nearest is at its edge: 80 m out, from 60 m and from the way that is cut at 80 m as well.
    expect(near(60).every((distanceM) => distanceM >= 20 - 1)).toBe(true);
  });

  it("takes ways that end in it, lie in it, or only pass by", () => {
    const meet = (
      from: readonly [number, number],
      to: readonly [number, number],
      at: readonly [number, number],
    ): number => count(along(field, from, to), along(far, at, [at[0] + 1, at[1]]));
    // Out of the field: nothing within it, and all beyond.
    expect(meet([0, 0], [500, 0], [20, 0])).toBe(0);
    expect(meet([0, 0], [500, 0], [300, 0])).toBeGreaterThan(0);
    // Into the field.
    expect(meet([500, 0], [0, 0], [300, 0])).toBeGreaterThan(0);
    expect(meet([500, 0], [0, 0], [20, 0])).toBe(0);
    // Wholly in it, wholly beside it, and beyond it in the same direction.
    expect(meet([-50, 0], [50, 0], [0, 40])).toBe(0);
    expect(meet([-500, 100], [500, 100], [0, 100])).toBeGreaterThan(0);
    expect(meet([200, 0], [500, 0], [300, 0])).toBeGreaterThan(0);
    expect(meet([-500, 0], [-200, 0], [-300, 0])).toBeGreaterThan(0);
  });

  it("cuts climbing ways where they leave it, in any direction", () => {
    const out = (eastM: number, northM: number): PlanInTheAir => ({
      plan: planOfItems([commandAt(22, 0, 0, 0), commandAt(16, eastM, northM, 100)], { plannedHome: field }),
      home: field,
    });
    for (const [signEast, signNorth] of [
      [1, 1],
      [1, -1],
      [-1, 1],
      [-1, -1],
    ] as const) {
      // 400 m out and 100 m up: the way leaves the field after 80 m, 20 m up, and is 40 m up after 160 m.
      const [eastM, northM] = [signEast * 240, signNorth * 320];
      const over = (part: number, upM: number): PlanInTheAir => {
        const place = commandAt(16, eastM * part, northM * part, upM);
        return { plan: planOfItems([place], { plannedHome: far }), home: far };
      };
      expect(planCrossings(out(eastM, northM), over(0.4, 40))).toMatchObject([
        { itemA: 1, horizontalM: expect.closeTo(0, 2), verticalM: expect.closeTo(0, 2) },
      ]);
      expect(planCrossings(out(eastM, northM), over(0.21, 21))).toMatchObject([{ verticalM: expect.closeTo(0, 1) }]);
      expect(planCrossings(out(eastM, northM), over(0.4, 60))).toMatchObject([
        { horizontalM: expect.closeTo(40, 1), verticalM: expect.closeTo(10, 2) },
      ]);
    }
  });

  it("is measured from home, to the metre", () => {
    const edge = (eastM: number): number =>
      count(along(field, [eastM, 0], [eastM, 0]), along(far, [eastM, 0], [eastM, 0]));
    expect(edge(79.5)).toBe(0);
    expect(edge(80.5)).toBeGreaterThan(0);
    const place: Position = metres(80, 0);
    expect(geodesicDistanceM(field.position, place)).toBeCloseTo(80, 2);
  });
});
