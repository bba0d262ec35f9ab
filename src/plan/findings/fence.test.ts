import { describe, expect, it } from "vitest";
import type { Fence } from "../fence.js";
import { fenceSection } from "../formats/fenceSection.js";
import type { MissionItem, Plan } from "../plan.js";
import { areaOf, command, commandAt, metres, planOfItems } from "../testing/planBuilders.js";
import { fenceFindings } from "./fenceFindings.js";

const [QUAD, PLANE] = [2, 1];
const [ARDUPILOT, PX4, OTHER] = [3, 12, 0];
const takeOff = commandAt(22, 0, 0);
const to = (eastM: number, northM: number): MissionItem => commandAt(16, eastM, northM);

function planIn(fence: Partial<Fence>, items: readonly MissionItem[], changes: Partial<Plan> = {}): Plan {
  const fenceJson = fenceSection({ polygons: [], circles: [], breachReturn: undefined, ...fence });
  return planOfItems(items, { fenceJson, ...changes });
}
/** Item number (or "home") and metres outside, then the number of items where it is not clear. */
function outsideOf(plan: Plan, mavAutopilot = ARDUPILOT, mavType = QUAD): readonly unknown[] {
  return fenceFindings(plan, { mavType, mavAutopilot }).map(({ kind, seq, facts }) =>
    kind === "fence-unclear" ? facts : [seq ?? "home", Math.round(Number(facts["lengthM"]) * 10) / 10],
  );
}

const box = (
  [west, east, south, north]: readonly [number, number, number, number],
  isInclusion = true,
): Fence["polygons"][number] => ({
  isInclusion,
  corners: areaOf([west, south], [east, south], [east, north], [west, north]),
});
const field = box([-100, 100, -100, 100]);

describe("a leg that leaves the fence", () => {
  it("is named with the metres outside; so is the way home", () => {
    const plan = planIn({ polygons: [field] }, [takeOff, to(150, 0), command(20)]);
    expect(fenceFindings(plan, { mavType: QUAD, mavAutopilot: ARDUPILOT })).toEqual([
      { kind: "outside-fence", severity: "danger", seq: 2, facts: { lengthM: expect.closeTo(50, 3), items: 2 } },
      { kind: "outside-fence", severity: "danger", seq: 3, facts: { lengthM: expect.closeTo(50, 3), items: 2 } },
    ]);
  });

  it("is added up where it leaves it more than once", () => {
    const hole = box([20, 30, -10, 10], false);
    const wide = box([50, 65, -10, 10], false);
    expect(outsideOf(planIn({ polygons: [field, hole, wide] }, [takeOff, to(90, 0)]))).toEqual([[2, 25]]);
  });

  it("counts as flown along the edge when it is less than half a metre", () => {
    const leaving = (eastM: number) => outsideOf(planIn({ polygons: [field] }, [takeOff, to(eastM, 0), to(0, 0)]));
    expect(leaving(100.4)).toEqual([]);
    expect(leaving(100.6)).toEqual([
      [2, 0.6],
      [3, 0.6],
    ]);
  });

  it("is judged at every place, also where it goes no way", () => {
    const fence = { polygons: [box([50, 100, -100, 100])] };
    expect(outsideOf(planIn(fence, [takeOff]))).toEqual([
      ["home", 0],
      [1, 0],
    ]);
    const start = planIn(fence, [takeOff, to(75, 0), to(75, 0)]);
    expect(outsideOf(start)).toEqual([
      ["home", 0],
      [1, 0],
      [2, 50],
    ]);
  });

  it("counts at the take-off's own place, which some autopilots fly to", () => {
    expect(outsideOf(planIn({ polygons: [field] }, [commandAt(22, 200, 0), to(50, 0)]))).toEqual([[1, 0]]);
    expect(outsideOf(planIn({ polygons: [field] }, [command(22), to(50, 0)]))).toEqual([]);
    expect(outsideOf(planIn({ polygons: [field] }, [takeOff, commandAt(195, 200, 0)]))).toEqual([]);
  });

  it("is named ten times at most, with the number of all", () => {
    const items = Array.from({ length: 12 }, (_, i) => to(200 + i, 0));
    const findings = fenceFindings(planIn({ polygons: [field] }, [takeOff, ...items]), {
      mavType: QUAD,
      mavAutopilot: ARDUPILOT,
    });
    expect(findings).toHaveLength(10);
    expect(findings[9]).toMatchObject({ seq: 11, facts: { items: 12 } });
  });

  it("is nothing without a fence, and without any place", () => {
    expect(outsideOf(planIn({}, [takeOff, to(9000, 0)]))).toEqual([]);
    expect(outsideOf(planIn({ polygons: [field] }, [command(20)], { plannedHome: undefined }))).toEqual([]);
  });
});

describe("edges", () => {
  it("are met wherever the leg comes from", () => {
    // From the middle of an excluded square out in eight directions: 20 m or 20 √2 m inside it.
    const square = box([-20, 20, -20, 20], false);
    const items = [0, 45, 90, 135, 180, 225, 270, 315].flatMap((bearingDeg) => {
      const rad = (bearingDeg * Math.PI) / 180;
      return [to(0, 0), to(80 * Math.sin(rad), 80 * Math.cos(rad))];
    });
    const lengths = outsideOf(planIn({ polygons: [square] }, items, { plannedHome: undefined }), PX4);
    const found = new Map(lengths.map((line) => line as readonly [number, number]));
    // Each way out; the ways back are named by the next item.
    expect([2, 4, 6, 8].map((seq) => found.get(seq))).toEqual([20, 28.3, 20, 28.3]);
  });

  it("are not met beyond the ends of a leg, nor of the edge", () => {
    const plan = planIn({ polygons: [box([60, 80, -20, 20], false)] }, [takeOff, to(50, 0), to(50, 30), to(90, 30)]);
    expect(outsideOf(plan)).toEqual([]);
  });
});

describe("a circle", () => {
  const around = (eastM: number, northM: number, radiusM: number, isInclusion = false): Fence["circles"][number] => ({
    isInclusion,
    centre: metres(eastM, northM),
    radiusM,
  });

  it("is cut along the chord", () => {
    const across = (northM: number) => outsideOf(planIn({ circles: [around(100, northM, 50)] }, [takeOff, to(200, 0)]));
    expect(across(0)).toEqual([[2, 100]]);
    expect(across(30)).toEqual([[2, 80]]);
    expect(across(-40)).toEqual([[2, 60]]);
    expect(across(51)).toEqual([]);
  });

  it("is entered and left by legs that end inside it", () => {
    const circles = [around(100, 0, 50)];
    expect(outsideOf(planIn({ circles }, [takeOff, to(100, 0), to(200, 0)]))).toEqual([
      [2, 50],
      [3, 50],
    ]);
    expect(outsideOf(planIn({ circles }, [takeOff, to(40, 0), to(45, 0)]))).toEqual([]);
  });

  it("to stay inside of is left at its radius", () => {
    const circles = [around(0, 0, 100, true)];
    expect(outsideOf(planIn({ circles }, [takeOff, to(0, 130)]))).toEqual([[2, 30]]);
    expect(outsideOf(planIn({ circles }, [takeOff, to(0, 100)]))).toEqual([]);
  });
});

describe("legs in any direction", () => {
  it("cross areas that lie anywhere: north and south, east and west of home", () => {
    for (const [signEast, signNorth] of [
      [1, 1],
      [1, -1],
      [-1, 1],
      [-1, -1],
    ] as const) {
      const [eastM, northM] = [signEast * 300, signNorth * 400];
      const middle = metres(eastM * 0.6, northM * 0.6);
      const circle = { isInclusion: false, centre: middle, radiusM: 50 };
      const [east, north] = [eastM * 0.6, northM * 0.6];
      const square = box([east - 40, east + 40, north - 40, north + 40], false);
      const items = [takeOff, to(eastM * 0.2, northM * 0.2), to(eastM, northM)];
      expect(outsideOf(planIn({ circles: [circle] }, items))).toEqual([[3, 100]]);
      // Through the middle of the square, three east on four north: from its south to its north side.
      expect(outsideOf(planIn({ polygons: [square] }, items))).toEqual([[3, 100]]);
      // Past it on the side.
      expect(outsideOf(planIn({ circles: [{ ...circle, centre: metres(east + 80, north) }] }, items))).toEqual([]);
    }
  });
});

describe("several areas to stay inside of", () => {
  const fence = { polygons: [field, box([90, 200, -100, 100])] };
  const items = [takeOff, to(150, 0)];

  it("ArduPilot keeps to all of them, PX4 to any, and of others it is not known", () => {
    expect(outsideOf(planIn(fence, items), ARDUPILOT)).toEqual([
      ["home", 0],
      [1, 0],
      [2, 140],
    ]);
    expect(outsideOf(planIn(fence, items), PX4)).toEqual([]);
    expect(fenceFindings(planIn(fence, items), { mavType: QUAD, mavAutopilot: OTHER })).toEqual([
      { kind: "fence-unclear", severity: "caution", facts: { items: 3 } },
    ]);
  });

  it("an item that is outside of all is outside, and not unclear as well", () => {
    expect(outsideOf(planIn(fence, [takeOff, to(250, 0)]), OTHER)).toEqual([[2, 50], { items: 2 }]);
    expect(outsideOf(planIn(fence, [takeOff, to(250, 0)]), PX4)).toEqual([[2, 50]]);
  });

  it("one alone is clear, and an excluded one is outside for everybody", () => {
    const inOne = planIn({ polygons: [field] }, [takeOff, to(50, 0)]);
    const hole = planIn({ polygons: [box([20, 30, -10, 10], false)] }, [takeOff, to(50, 0)]);
    for (const autopilot of [ARDUPILOT, PX4, OTHER]) {
      expect(outsideOf(inOne, autopilot)).toEqual([]);
      expect(outsideOf(hole, autopilot)).toEqual([[2, 10]]);
    }
  });
});

describe("a plan without a home", () => {
  const homeless = { plannedHome: undefined };
  it("is judged from place to place, beginning with the first", () => {
    const items = [command(178), to(50, 0), commandAt(195, 500, 0), to(150, 0), command(20)];
    expect(outsideOf(planIn({ polygons: [field] }, items, homeless))).toEqual([[4, 50]]);
    expect(outsideOf(planIn({ polygons: [field] }, [to(150, 0), to(50, 0)], homeless))).toEqual([
      [1, 0],
      [2, 50],
    ]);
  });
});

describe("the circle of a loitering wing", () => {
  const loiter = (number: number, params: MissionItem["params"]): MissionItem => ({
    ...commandAt(number, 50, 0),
    params,
  });
  const items = (item: MissionItem) => [takeOff, item, to(0, 0)];
  const judged = (item: MissionItem, mavType = PLANE) =>
    outsideOf(planIn({ polygons: [field] }, items(item)), ARDUPILOT, mavType).map((line) => (line as unknown[])[0]);

  it.each([
    ["in param 2 of a loiter to a height", loiter(31, [0, 60, 0, 0])],
    ["anticlockwise", loiter(31, [0, -60, 0, 0])],
    ["in param 3 of the other loiters", loiter(17, [0, 0, 60, 0])],
    ["of turns, anticlockwise", loiter(18, [1, 0, -60, 0])],
  ])("has its radius %s", (_, item) => {
    expect(judged(item)).toEqual([2]);
    expect(judged(item, QUAD)).toEqual([]);
  });

  it.each([
    ["that is narrow enough", loiter(31, [0, 49, 60, 0])],
    ["of the aircraft's own radius", loiter(17, [0, 60, 0, 0])],
    ["of an unknown radius", loiter(17, [0, 60, undefined, 0])],
    ["that is a waypoint", loiter(16, [0, 60, 60, 0])],
  ])("is nothing for a loiter %s", (_, item) => {
    expect(judged(item)).toEqual([]);
  });

  it("is flown all the way round", () => {
    // The circle of 60 m around a place 50 m out reaches each side of a fence that is 55 m from it.
    for (const [west, east, south, north] of [
      [-5, 200, -200, 200],
      [-200, 105, -200, 200],
      [-200, 200, -55, 200],
      [-200, 200, -200, 55],
    ] as const) {
      const plan = planIn({ polygons: [box([west, east, south, north])] }, items(loiter(17, [0, 0, 60, 0])));
      expect(outsideOf(plan, ARDUPILOT, PLANE)).toHaveLength(1);
    }
    const exclusion = { isInclusion: false, centre: metres(50, 0), radiusM: 70 };
    const within = planIn({ circles: [exclusion] }, [loiter(17, [0, 0, 60, 0])], { plannedHome: undefined });
    const [[seq, lengthM] = []] = outsideOf(within, ARDUPILOT, PLANE) as readonly (readonly [number, number])[];
    // Sixteen chords, each 2 · 60 m · sin(π / 16).
    expect([seq, lengthM]).toEqual([1, 23.4]);
  });
});
