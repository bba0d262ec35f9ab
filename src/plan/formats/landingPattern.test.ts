/* eslint-disable id-denylist -- a mission item's `altitude` carries its datum inside */
import { describe, expect, it } from "vitest";
import { localFrameAt } from "../../geo/localFrame.js";
import type { OpaqueItem } from "../plan.js";
import {
  isLandingPattern,
  landingItems,
  landingItemsAt,
  landingMoved,
  landingPatternJson,
  type LandingPattern,
} from "./landingPattern.js";
import type { ValidationContext } from "./validationContext.js";

const at = (latitudeDeg: number, longitudeDeg: number) => ({ latitudeDeg, longitudeDeg });
const pattern: LandingPattern = {
  isVtol: false,
  approach: { position: at(50.71, 1.61), altitude: { datum: "home", valueM: 40 } },
  landing: { position: at(50.7, 1.6), altitude: { datum: "home", valueM: 0 } },
  circleRadiusM: 75,
  airSpeedMps: undefined,
  stopsPhotos: false,
  stopsVideo: false,
};
const FILE = {
  type: "ComplexItem",
  complexItemType: "fwLandingPattern",
  version: 2,
  altitudesAreRelative: true,
  landingApproachCoordinate: [50.71, 1.61, 40],
  landCoordinate: [50.7, 1.6, 0],
  useLoiterToAlt: true,
  loiterRadius: 75,
  loiterClockwise: true,
  stopTakingPhotos: false,
  stopVideoPhotos: false,
  valueSetIsDistance: true,
};
const read = (source: Record<string, unknown>) => {
  const context: ValidationContext = { mistake: undefined };
  const items = landingItemsAt(context, source, "items[2]");
  return { items, mistake: context.mistake && `${context.mistake.where}: ${context.mistake.problem}` };
};

describe("a landing pattern as it is flown", () => {
  const brief = (changes: Partial<LandingPattern>) =>
    landingItems({ ...pattern, ...changes }).map(({ command, params, tail }) => [
      command,
      params,
      ...(tail ? [tail] : []),
    ]);
  const nan = undefined;

  it("starts the landing, descends in its circle and lands", () => {
    expect(landingItems(pattern)).toEqual([
      { command: 189, params: [0, 0, 0, 0], autoContinue: true },
      { command: 31, params: [1, 75, 0, 1], autoContinue: true, ...pattern.approach },
      { command: 21, params: [0, 0, 0, 0], autoContinue: true, ...pattern.landing },
    ]);
  });

  it("of a VTOL lands with its own command", () => {
    expect(brief({ isVtol: true }).at(-1)).toEqual([85, [0, 0, 0, nan]]);
  });

  it("without a circle comes in straight over a waypoint", () => {
    expect(brief({ circleRadiusM: undefined })[1]).toEqual([16, [0, 0, 0, nan]]);
    expect(brief({ circleRadiusM: -60 })[1]).toEqual([31, [1, -60, 0, 1]]);
  });

  it("sets its air speed and stops photos and video before the approach", () => {
    const reserved = [nan, nan, nan];
    expect(brief({ airSpeedMps: 14.9, stopsPhotos: true, stopsVideo: true }).slice(0, -2)).toEqual([
      [189, [0, 0, 0, 0]],
      [178, [0, 14, -1, 0]],
      [206, [0, 0, 0, 0]],
      [2001, [0, nan, nan, nan], reserved],
      [2501, [0, nan, nan, nan], reserved],
    ]);
    expect(brief({ stopsVideo: true }).map(([command]) => command)).toEqual([189, 2501, 31, 21]);
  });
});

describe("a landing pattern in a file", () => {
  it("is written as QGroundControl has it", () => {
    expect(JSON.parse(landingPatternJson(pattern))).toEqual(FILE);
    const { valueSetIsDistance: _wingOnly, ...vtol } = FILE;
    expect(JSON.parse(landingPatternJson({ ...pattern, isVtol: true }))).toEqual({
      ...vtol,
      complexItemType: "vtolLandingPattern",
      version: 1,
    });
  });

  const amsl = { datum: "amsl", valueM: 50 } as const;
  it.each<[string, Partial<LandingPattern>]>([
    ["as it is", {}],
    ["of a VTOL", { isVtol: true }],
    ["anticlockwise", { circleRadiusM: -60 }],
    ["straight in", { circleRadiusM: undefined }],
    ["with a speed", { airSpeedMps: 14 }],
    ["with photos stopped", { stopsPhotos: true }],
    ["with video stopped", { stopsVideo: true }],
    [
      "above the sea",
      { approach: { ...pattern.approach, altitude: amsl }, landing: { ...pattern.landing, altitude: amsl } },
    ],
  ])("is read back %s", (_, changes) => {
    const changed = { ...pattern, ...changes };
    const source = JSON.parse(landingPatternJson(changed)) as Record<string, unknown>;
    expect(read(source)).toEqual({ items: landingItems(changed), mistake: undefined });
  });

  it("of version 1 has a datum for each height, and another name for the approach", () => {
    const { landingApproachCoordinate, altitudesAreRelative: _one, ...rest } = FILE;
    const first = { ...rest, version: 1, loiterCoordinate: landingApproachCoordinate };
    const datums = (loiter: boolean, land: boolean) =>
      read({ ...first, loiterAltitudeRelative: loiter, landAltitudeRelative: land }).items.flatMap(
        (item) => item.altitude?.datum ?? [],
      );
    expect(datums(true, false)).toEqual(["home", "amsl"]);
    expect(datums(false, true)).toEqual(["amsl", "home"]);
    expect(read({ ...first, loiterAltitudeRelative: true }).mistake).toBe(
      "items[2].landAltitudeRelative: true or false was expected",
    );
    // A VTOL's first version has one flag for both.
    expect(read({ ...FILE, complexItemType: "vtolLandingPattern", version: 1 }).mistake).toBeUndefined();
  });

  it("may lack what was added later", () => {
    const { useLoiterToAlt: _a, stopTakingPhotos: _b, stopVideoPhotos: _c, ...rest } = FILE;
    expect(read(rest)).toEqual({ items: landingItems(pattern), mistake: undefined });
  });

  it.each([
    [{ version: 3 }, "items[2].version: version 3 is not one this station reads (1, 2)"],
    [{ complexItemType: "vtolLandingPattern" }, "items[2].version: version 2 is not one this station reads (1)"],
    [{ altitudesAreRelative: 1 }, "items[2].altitudesAreRelative: true or false was expected"],
    [{ loiterRadius: -1 }, "items[2].loiterRadius: -1 is outside 0 to 100000"],
    [{ loiterClockwise: undefined }, "items[2].loiterClockwise: true or false was expected"],
    [{ landingApproachCoordinate: 7 }, "items[2].landingApproachCoordinate: a list was expected, not 7"],
    [
      { landingApproachCoordinate: [50, 1] },
      "items[2].landingApproachCoordinate[2]: a number was expected, not nothing",
    ],
    [{ landingApproachCoordinate: undefined }, "items[2].loiterCoordinate: a list was expected, not nothing"],
    [{ landCoordinate: [91, 1, 0] }, "items[2].landCoordinate[0]: 91 is outside -90 to 90"],
    [{ landCoordinate: [50, 1, 100_001] }, "items[2].landCoordinate[2]: 100001 is outside -1000 to 100000"],
    [{ useLoiterToAlt: "no" }, "items[2].useLoiterToAlt: true or false was expected"],
    [{ useDoChangeSpeed: "no" }, "items[2].useDoChangeSpeed: true or false was expected"],
    [{ useDoChangeSpeed: true }, "items[2].finalApproachSpeed: a number was expected, not nothing"],
    [{ stopTakingPhotos: 0 }, "items[2].stopTakingPhotos: true or false was expected"],
    [{ stopVideoPhotos: 0 }, "items[2].stopVideoPhotos: true or false was expected"],
  ])("with %j is refused", (changes, mistake) => {
    expect(read({ ...FILE, ...changes })).toEqual({ items: [], mistake });
  });

  it("is known by its type", () => {
    expect(["fwLandingPattern", "vtolLandingPattern", "survey", ""].map(isLandingPattern)).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });
});

describe("a landing pattern that goes along with home", () => {
  const opaque = (rawJson: string, complexItemType = "fwLandingPattern"): OpaqueItem => ({
    kind: "opaque",
    id: "landing",
    complexItemType,
    rawJson,
    items: landingItems(pattern),
  });
  const [from, to] = [pattern.landing.position, at(50.8, 1.7)];

  it("lands at the new home, with the approach at the same metres from it", () => {
    const moved = landingMoved(opaque(JSON.stringify({ ...FILE, note: "kept" })), from, to);
    const approach = moved.items[1]!.position!;
    const [before, after] = [
      localFrameAt(from).toEnu(pattern.approach.position, 0),
      localFrameAt(to).toEnu(approach, 0),
    ];
    expect([after.eastM, after.northM].map(Math.round)).toEqual([before.eastM, before.northM].map(Math.round));
    expect(moved).toEqual({
      ...opaque(""),
      rawJson: JSON.stringify({
        ...FILE,
        landingApproachCoordinate: [approach.latitudeDeg, approach.longitudeDeg, 40],
        landCoordinate: [50.8, 1.7, 0],
        note: "kept",
      }),
      items: landingItems({
        ...pattern,
        approach: { ...pattern.approach, position: approach },
        landing: { ...pattern.landing, position: to },
      }),
    });
  });

  it("keeps the older name of its approach", () => {
    const { landingApproachCoordinate, ...rest } = FILE;
    const moved = landingMoved(
      opaque(JSON.stringify({ ...rest, loiterCoordinate: landingApproachCoordinate })),
      from,
      to,
    );
    const source = JSON.parse(moved.rawJson) as Record<string, unknown>;
    expect(source).not.toHaveProperty("landingApproachCoordinate");
    expect(source["loiterCoordinate"]).not.toEqual(landingApproachCoordinate);
  });

  it("stays where it is when it lands elsewhere, has a mistake or is no landing", () => {
    for (const elsewhere of [at(50.700_01, 1.6), at(50.7, 1.600_01)]) {
      const item = opaque(JSON.stringify(FILE));
      expect(landingMoved(item, elsewhere, to)).toBe(item);
    }
    const bad = opaque(JSON.stringify({ ...FILE, loiterRadius: -1 }));
    expect(landingMoved(bad, from, to)).toBe(bad);
    const survey = opaque(JSON.stringify(FILE), "survey");
    expect(landingMoved(survey, from, to)).toBe(survey);
  });
});
