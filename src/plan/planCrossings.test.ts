/* eslint-disable id-denylist -- a mission item's `altitude` carries its datum inside */
import { describe, expect, it } from "vitest";
import { seededRng } from "../core/rng.js";
import { CMD } from "./missionCommands.js";
import type { MissionItem, Plan, PlannedHome } from "./plan.js";
import { planCrossings } from "./planCrossings.js";
import { metres } from "./testing/planBuilders.js";
import { nearest, type Way } from "./wayDistance.js";

type Datum = "home" | "amsl" | "terrain";
const to = (eastM: number, northM: number, valueM = 60, datum: Datum = "home"): MissionItem => ({
  command: CMD.waypoint,
  params: [0, 0, 0, 0],
  position: metres(eastM, northM),
  altitude: { datum, valueM },
  autoContinue: true,
});
const takeOff: MissionItem = { ...to(0, 0), command: CMD.takeOff };
const goHome: MissionItem = { command: CMD.returnToLaunch, params: [0, 0, 0, 0], autoContinue: true };
const homeAt = (eastM: number, northM: number, altitudeAmslM = 5): PlannedHome => ({
  position: metres(eastM, northM),
  altitudeAmslM,
});
const planOf = (home: PlannedHome, ...items: MissionItem[]) => {
  const plan: Plan = {
    name: "test",
    vehicleType: 2,
    firmwareType: 3,
    cruiseSpeedMps: 15,
    hoverSpeedMps: 5,
    plannedHome: home,
    items: items.map((item, i) => ({ kind: "simple", id: String(i), item })),
    fenceJson: undefined,
    rallyJson: undefined,
    isTraining: true,
  };
  return { plan, home };
};
const far = homeAt(-5000, -5000);
const along = (heightM = 60, datum: Datum = "home") =>
  planOf(far, takeOff, to(0, 500, heightM, datum), to(1000, 500, heightM, datum), goHome);

describe("two plans", () => {
  it("that cross at one height are found, with their items", () => {
    const across = planOf(homeAt(-5000, 5000), takeOff, to(400, 2000), to(400, 0), goHome);
    expect(planCrossings(along(), across)).toMatchObject([{ itemA: 2, itemB: 2 }]);
    expect(planCrossings(along(), across)[0]?.horizontalM).toBeCloseTo(0, 3);
    expect(planCrossings(along(), across)[0]?.verticalM).toBeCloseTo(0, 3);
  });
  it("that run beside each other are found when nearer than 50 m", () => {
    const beside = (northM: number) => planOf(homeAt(-5000, 5000), takeOff, to(200, northM), to(800, northM), goHome);
    expect(planCrossings(along(), beside(540))[0]?.horizontalM).toBeCloseTo(40, 1);
    expect(planCrossings(along(), beside(560))).toEqual([]);
  });
  it("are compared in one datum: the same height above two homes is two heights", () => {
    const across = (homeAmslM: number) => planOf(homeAt(-5000, 5000, homeAmslM), takeOff, to(400, 2000), to(400, 0));
    expect(planCrossings(along(), across(12))).toMatchObject([{ verticalM: expect.closeTo(7, 3) }]);
    expect(planCrossings(along(), across(30))).toEqual([]);
    expect(planCrossings(along(65, "amsl"), across(5))).toMatchObject([{ verticalM: expect.closeTo(0, 3) }]);
  });
  it("whose heights cannot be compared are warned of without one", () => {
    const across = planOf(homeAt(-5000, 5000), takeOff, to(400, 2000, 90, "terrain"), to(400, 0, 90, "terrain"));
    expect(planCrossings(along(), across)).toMatchObject([{ verticalM: undefined }]);
    const homeless = { ...across, plan: along().plan, home: undefined };
    expect(planCrossings(along(), homeless).some(({ verticalM }) => verticalM === undefined)).toBe(true);
  });
  it("of one field are not said to cross over the field itself", () => {
    const one = planOf(homeAt(0, 0), takeOff, to(0, 900), goHome);
    const other = planOf(homeAt(10, 0), takeOff, to(900, 0), goHome);
    expect(planCrossings(one, other)).toEqual([]);
    const same = planOf(homeAt(10, 0), takeOff, to(20, 900), goHome);
    expect(planCrossings(one, same)).toHaveLength(1);
  });
  it("without places do not cross", () => {
    expect(planCrossings(planOf(far, takeOff, goHome), along())).toEqual([]);
    expect(
      planCrossings({ plan: planOf(far).plan, home: undefined }, { plan: planOf(far).plan, home: undefined }),
    ).toEqual([]);
  });
});

describe("the least distance of two ways", () => {
  it("agrees with a search over a grid (300 pairs, seed 11)", () => {
    const rng = seededRng(11);
    const point = () => ({
      eastM: rng.uniform() * 200,
      northM: rng.uniform() * 200,
      upM: rng.uniform() * 60,
    });
    const at = ({ from, to: end }: Way, f: number) => ({
      eastM: from.eastM + (end.eastM - from.eastM) * f,
      northM: from.northM + (end.northM - from.northM) * f,
      upM: from.upM + (end.upM - from.upM) * f,
    });
    let countApart = 0;
    const grid = Array.from({ length: 61 }, (_, i) => i / 60);
    for (let i = 0; i < 300; i++) {
      const [a, b]: [Way, Way] = [
        { from: point(), to: point() },
        { from: point(), to: point() },
      ];
      let bestM = Number.POSITIVE_INFINITY;
      for (const s of grid) {
        for (const t of grid) {
          const [p, q] = [at(a, s), at(b, t)];
          if (Math.abs(p.upM - q.upM) <= 10) {
            bestM = Math.min(bestM, Math.hypot(p.eastM - q.eastM, p.northM - q.northM));
          }
        }
      }
      const found = nearest(a, b, 10);
      if (bestM === Number.POSITIVE_INFINITY) {
        // The heights of straight ways are closest at ends, which the grid has: what it cannot find is not there.
        expect(found).toBeUndefined();
        countApart++;
        continue;
      }
      expect(found!.horizontalM).toBeLessThanOrEqual(bestM + 1e-6);
      expect(found!.horizontalM).toBeGreaterThan(bestM - 8);
      expect(found!.verticalM).toBeLessThanOrEqual(10 + 1e-6);
    }
    expect(countApart).toBeGreaterThan(10);
  });
  it("is none where the heights never come together, and knows parallel ways and points", () => {
    const way = (north: number, up: number, length = 100): Way => ({
      from: { eastM: 0, northM: north, upM: up },
      to: { eastM: length, northM: north, upM: up },
    });
    expect(nearest(way(0, 0), way(5, 20), 10)).toBeUndefined();
    expect(nearest(way(0, 0), way(5, 8), 10)).toMatchObject({ horizontalM: 5, verticalM: 8 });
    expect(nearest(way(0, 0, 0), way(5, 8), 10)).toMatchObject({ horizontalM: 5 });
    expect(nearest(way(0, 0, 0), way(7, 0, 0), 10)).toMatchObject({ horizontalM: 7 });
  });
});

describe("legs that are equally near along a stretch", () => {
  const point = (eastM: number, northM: number, upM: number) => ({ eastM, northM, upM });
  const leg = (from: ReturnType<typeof point>, to: ReturnType<typeof point>): Way => ({ from, to });

  it("are as far apart in height as where they come closest in height", () => {
    const level = leg(point(0, 0, 50), point(100, 0, 50));
    // Beside it, falling from 9 m above to level; above it, through its height.
    expect(nearest(level, leg(point(0, 10, 59), point(100, 10, 50)), 20)).toEqual({
      horizontalM: expect.closeTo(10, 6),
      verticalM: expect.closeTo(0, 6),
    });
    expect(nearest(level, leg(point(0, 0, 58), point(100, 0, 42)), 20)).toEqual({ horizontalM: 0, verticalM: 0 });
    expect(nearest(level, leg(point(0, 10, 59), point(100, 10, 53)), 20)?.verticalM).toBeCloseTo(3, 6);
    // In line with it, end to end.
    expect(nearest(level, leg(point(200, 0, 40), point(100, 0, 50)), 20)).toEqual({ horizontalM: 0, verticalM: 0 });
  });
});
