/** The fence and rally sections of a `.plan` file. */
import { describe, expect, it } from "vitest";
import type { Fence } from "../fence.js";
import { fenceAt, fenceOfSection, fenceSection } from "./fenceSection.js";
import type { ValidationContext } from "./validationContext.js";
import { rallyAt, rallyOfSection, rallySection } from "./rallySection.js";

const at = (latitudeDeg: number, longitudeDeg: number) => ({ latitudeDeg, longitudeDeg });
const NO_FENCE: Fence = { polygons: [], circles: [], breachReturn: undefined };

describe("a fence", () => {
  const fence: Fence = {
    polygons: [
      { isInclusion: true, corners: [at(50, 1), at(50.1, 1), at(50.1, 1.1)] },
      { isInclusion: false, corners: [at(-50, -1), at(-50.1, -1), at(-50.1, -1.1), at(-50, -1.1)] },
    ],
    circles: [
      { isInclusion: false, centre: at(50.05, 1.05), radiusM: 120 },
      { isInclusion: true, centre: at(50, 1), radiusM: 900 },
    ],
    breachReturn: { position: at(50.02, 1.02), heightM: 40 },
  };
  const section = {
    version: 2,
    polygons: [
      {
        version: 1,
        inclusion: true,
        polygon: [
          [50, 1],
          [50.1, 1],
          [50.1, 1.1],
        ],
      },
      {
        version: 1,
        inclusion: false,
        polygon: [
          [-50, -1],
          [-50.1, -1],
          [-50.1, -1.1],
          [-50, -1.1],
        ],
      },
    ],
    circles: [
      { version: 1, inclusion: false, circle: { center: [50.05, 1.05], radius: 120 } },
      { version: 1, inclusion: true, circle: { center: [50, 1], radius: 900 } },
    ],
    breachReturn: [50.02, 1.02, 40],
  };

  it("is written as QGroundControl has it, and read back", () => {
    expect(JSON.parse(fenceSection(fence) ?? "")).toEqual(section);
    expect(fenceOfSection(fenceSection(fence))).toEqual(fence);
  });

  it("of each part alone is one, and of none is no section", () => {
    for (const part of [
      { polygons: fence.polygons },
      { circles: fence.circles },
      { breachReturn: fence.breachReturn },
    ]) {
      const alone = { ...NO_FENCE, ...part };
      expect(fenceOfSection(fenceSection(alone))).toEqual(alone);
    }
    expect(JSON.parse(fenceSection({ ...NO_FENCE, circles: fence.circles }) ?? "")).not.toHaveProperty("breachReturn");
    expect(fenceSection(NO_FENCE)).toBeUndefined();
    expect(fenceOfSection(undefined)).toEqual(NO_FENCE);
  });

  it("may lack what is empty, and the height of its return", () => {
    expect(fenceOfSection('{"version":2}')).toEqual(NO_FENCE);
    expect(fenceOfSection('{"version":2,"breachReturn":null}')).toEqual(NO_FENCE);
    expect(fenceOfSection('{"version":2,"breachReturn":[50,1]}').breachReturn).toEqual({
      position: at(50, 1),
      heightM: 0,
    });
  });

  const mistakeIn = (value: unknown): string | undefined => {
    const context: ValidationContext = { mistake: undefined };
    fenceAt(context, value, "geoFence");
    return context.mistake && `${context.mistake.where}: ${context.mistake.problem}`;
  };
  const [area, , circle] = [section.polygons[0]!, section.polygons[1]!, section.circles[0]!];
  it.each([
    [7, "geoFence: an object was expected, not 7"],
    [{ ...section, version: 1 }, "geoFence.version: version 1 is not one this station reads (2)"],
    [{ ...section, polygons: {} }, "geoFence.polygons: a list was expected, not {}"],
    [{ ...section, circles: 7 }, "geoFence.circles: a list was expected, not 7"],
    [{ version: 2, polygons: [area, 7] }, "geoFence.polygons[1]: an object was expected, not 7"],
    [{ version: 2, polygons: [{ ...area, polygon: 7 }] }, "geoFence.polygons[0].polygon: a list was expected, not 7"],
    [
      { version: 2, polygons: [{ ...area, polygon: area.polygon.slice(1) }] },
      "geoFence.polygons[0].polygon: an area of the fence needs three corners or more",
    ],
    [
      { version: 2, polygons: [{ ...area, inclusion: undefined }] },
      "geoFence.polygons[0].inclusion: true (stay inside) or false (stay outside) was expected",
    ],
    [
      { version: 2, polygons: [{ ...area, polygon: [...area.polygon, [91, 1]] }] },
      "geoFence.polygons[0].polygon[3][0]: 91 is outside -90 to 90",
    ],
    [
      { version: 2, polygons: [{ ...area, polygon: [...area.polygon, [1, 181]] }] },
      "geoFence.polygons[0].polygon[3][1]: 181 is outside -180 to 180",
    ],
    [{ version: 2, circles: [7] }, "geoFence.circles[0]: an object was expected, not 7"],
    [{ version: 2, circles: [{ inclusion: true }] }, "geoFence.circles[0].circle: an object was expected, not nothing"],
    [
      { version: 2, circles: [{ ...circle, inclusion: 1 }] },
      "geoFence.circles[0].inclusion: true (stay inside) or false (stay outside) was expected",
    ],
    [
      { version: 2, circles: [{ ...circle, circle: { ...circle.circle, center: [91, 0] } }] },
      "geoFence.circles[0].circle.center[0]: 91 is outside -90 to 90",
    ],
    [
      { version: 2, circles: [{ ...circle, circle: { ...circle.circle, radius: 0 } }] },
      "geoFence.circles[0].circle.radius: 0 is outside 0.1 to 1000000",
    ],
    [{ version: 2, breachReturn: [91, 1] }, "geoFence.breachReturn[0]: 91 is outside -90 to 90"],
    [{ version: 2, breachReturn: [50, 1, -1001] }, "geoFence.breachReturn[2]: -1001 is outside -1000 to 100000"],
  ])("%j: %s", (value, mistake) => {
    expect(mistakeIn(section)).toBeUndefined();
    expect(mistakeIn(value)).toBe(mistake);
  });

  it("has ten thousand corners and circles at most", () => {
    const corners = (count: number) => Array.from({ length: count }, () => [50, 1]);
    const circles = [circle];
    expect(mistakeIn({ version: 2, circles, polygons: [{ ...area, polygon: corners(9999) }] })).toBeUndefined();
    expect(mistakeIn({ version: 2, circles, polygons: [{ ...area, polygon: corners(10_000) }] })).toBe(
      "geoFence: more than 10000 corners",
    );
    expect(mistakeIn({ version: 2, polygons: Array.from({ length: 10_001 }, () => 7) })).toBe(
      "geoFence: more than 10000 corners",
    );
  });
});

describe("rally points", () => {
  const points = [
    { position: at(50, 1), heightAboveHomeM: 30 },
    { position: at(-50.1, -1.1), heightAboveHomeM: 0 },
  ];
  const section = {
    version: 2,
    points: [
      [50, 1, 30],
      [-50.1, -1.1, 0],
    ],
  };

  it("are written as QGroundControl has them, and read back", () => {
    expect(JSON.parse(rallySection(points) ?? "")).toEqual(section);
    expect(rallyOfSection(rallySection(points))).toEqual(points);
    expect(rallySection([])).toBeUndefined();
    expect(rallyOfSection(undefined)).toEqual([]);
    expect(rallyOfSection('{"version":2}')).toEqual([]);
  });

  const mistakeIn = (value: unknown): string | undefined => {
    const context: ValidationContext = { mistake: undefined };
    rallyAt(context, value, "rallyPoints");
    return context.mistake && `${context.mistake.where}: ${context.mistake.problem}`;
  };
  it.each([
    [[], "rallyPoints: an object was expected, not []"],
    [{ ...section, version: 1 }, "rallyPoints.version: version 1 is not one this station reads (2)"],
    [{ version: 2, points: 7 }, "rallyPoints.points: a list was expected, not 7"],
    [{ version: 2, points: [[50, 1, 30], 7] }, "rallyPoints.points[1]: a list was expected, not 7"],
    [{ version: 2, points: [[50, 1]] }, "rallyPoints.points[0][2]: a number was expected, not nothing"],
    [{ version: 2, points: [[50, 1, 100_001]] }, "rallyPoints.points[0][2]: 100001 is outside -1000 to 100000"],
    [{ version: 2, points: [[50, 181, 1]] }, "rallyPoints.points[0][1]: 181 is outside -180 to 180"],
  ])("%j: %s", (value, mistake) => {
    expect(mistakeIn(section)).toBeUndefined();
    expect(mistakeIn(value)).toBe(mistake);
  });

  it("are a thousand at most", () => {
    const many = (count: number) => ({ version: 2, points: Array.from({ length: count }, () => [50, 1, 30]) });
    expect(mistakeIn(many(1000))).toBeUndefined();
    expect(mistakeIn(many(1001))).toBe("rallyPoints: more than 1000 points");
  });
});
