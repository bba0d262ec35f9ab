/* eslint-disable id-denylist -- a mission item's `altitude` carries its datum inside */
import { describe, expect, it } from "vitest";
import type { AltitudeDatum } from "../../geo/position.js";
import type { MissionItem } from "../plan.js";
import { BEACH, command, commandAt, metres } from "../testing/planBuilders.js";
import { straightCoast } from "../testing/straightCoast.js";
import { heightFindings } from "./heights.js";

const [ARDUPILOT, PX4] = [3, 12];
const home = { position: BEACH, altitudeAmslM: 4 };
type Context = Parameters<typeof heightFindings>[1];
const found = (items: readonly MissionItem[], changes: Partial<Context> = {}) =>
  heightFindings(items, { home, coast: undefined, mavAutopilot: ARDUPILOT, ...changes });
const at = (item: MissionItem, datum: AltitudeDatum, valueM: number): MissionItem => ({
  ...item,
  altitude: { datum, valueM },
});
const [takeOff, away] = [commandAt(22, 0, 0), commandAt(16, 400, 0)];

describe("too low", () => {
  it("is a flight below two metres above home; the lowest item is named", () => {
    expect(found([takeOff, at(away, "home", 2)])).toEqual([]);
    expect(found([takeOff, at(away, "home", 1.5), at(away, "home", 1), away])).toEqual([
      { kind: "too-low", severity: "danger", seq: 3, facts: { heightAboveHomeM: 1, limitM: 2 } },
    ]);
    expect(found([takeOff, at(away, "amsl", 60), at(away, "amsl", 5.9)])).toContainEqual(
      expect.objectContaining({ kind: "too-low", seq: 3 }),
    );
  });

  it.each([
    ["a take-off, with and without a place", at(command(22), "home", 0), 0],
    ["a waypoint with a place", commandAt(16, 100, 0, 0), 0],
    ["a loiter with a place at one metre", commandAt(17, 100, 0, 1), 1],
    ["a loiter without a place at one metre", at(command(19), "home", 1), 1],
  ])("counts %s", (_, item, heightAboveHomeM) => {
    expect(found([item])).toEqual([
      { kind: "too-low", severity: "danger", seq: 1, facts: { heightAboveHomeM, limitM: 2 } },
    ]);
  });

  it.each([
    ["a loiter at 0 m: keep the height", commandAt(17, 100, 0, 0)],
    ["a change of height at 0 m without a place", at(command(30), "home", 0)],
    ["a landing", commandAt(21, 100, 0, 0)],
    ["a return", at(command(20), "home", 0)],
    ["what the camera looks at", commandAt(195, 100, 0, 0)],
  ])("does not count %s", (_, item) => {
    expect(found([takeOff, item])).toEqual([]);
  });
});

describe("too high", () => {
  it("is more than 120 m above home; the highest item is named", () => {
    expect(found([takeOff, at(away, "home", 120), at(away, "amsl", 124)]).map(({ kind }) => kind)).toEqual([
      "mixed-datums",
    ]);
    expect(found([takeOff, at(away, "home", 121), at(away, "home", 125), away])).toEqual([
      { kind: "too-high", severity: "danger", seq: 3, facts: { heightAboveHomeM: 125, limitM: 120 } },
    ]);
  });

  it("is more than 120 m above the sea where the flight is over it: a caution, for the ground is higher", () => {
    const coast = straightCoast();
    const over = (eastM: number, heightM: number) => [at(takeOff, "home", heightM), commandAt(16, eastM, 0, heightM)];
    expect(found(over(-300, 116), { coast })).toEqual([]);
    expect(found(over(-300, 117), { coast })).toEqual([
      { kind: "too-high", severity: "caution", seq: 1, facts: { heightAboveHomeM: 121, limitM: 120 } },
    ]);
    expect(found(over(-300, 121), { coast })).toMatchObject([{ severity: "danger", facts: { heightAboveHomeM: 121 } }]);
    expect(found([commandAt(22, 300, 0, 117), commandAt(16, 300, 0, 117)], { coast })).toEqual([]);
    expect(found(over(-300, 117))).toEqual([]);
    // What is not flown to says nothing about where the flight is.
    expect(found([commandAt(16, 300, 0, 117), commandAt(195, -300, 0, 0)], { coast })).toEqual([]);
    const below = { position: BEACH, altitudeAmslM: -4 };
    expect(found(over(-300, 120), { coast, home: below })).toEqual([]);
  });

  it("cannot be said without a home or without heights", () => {
    expect(found([at(takeOff, "home", 300)], { home: undefined })).toEqual([]);
    expect(found([command(20)])).toEqual([]);
  });
});

describe("heights of different datums", () => {
  it("are named, and dangerous only where home's height is not known", () => {
    const items = [takeOff, at(away, "amsl", 54), at(away, "terrain", 50), away];
    const facts = { datums: "home, amsl, terrain" };
    expect(found(items)).toEqual([{ kind: "mixed-datums", severity: "caution", facts }]);
    expect(found(items, { home: undefined })).toEqual([{ kind: "mixed-datums", severity: "danger", facts }]);
    expect(found([at(takeOff, "amsl", 54), at(away, "amsl", 60)])).toEqual([]);
  });

  it("count only where they are flown to", () => {
    expect(found([takeOff, away, at(commandAt(21, 0, 0), "amsl", 0)])).toEqual([]);
  });
});

describe("places and numbers that are missing", () => {
  const flat = (number: number): MissionItem => ({ ...command(number), position: metres(100, 0) });
  const kindsOf = (item: MissionItem, mavAutopilot = ARDUPILOT): readonly string[] =>
    found([takeOff, item], { mavAutopilot }).map(
      ({ kind, severity, seq, facts }) => `${kind} ${severity} ${seq ?? "-"} ${JSON.stringify(facts)}`,
    );

  it("a place to fly to needs a height; one to look at does not", () => {
    expect(kindsOf(flat(16))).toEqual(['place-without-height danger 2 {"command":16}']);
    expect(kindsOf(flat(195))).toEqual([]);
  });

  it("PX4 does not know heights above the terrain", () => {
    const terrain = at(away, "terrain", 50);
    expect(kindsOf(terrain, PX4)).toContain('frame-not-understood danger 2 {"command":16}');
    expect(kindsOf(terrain).join()).not.toContain("frame-not-understood");
    expect(kindsOf(away, PX4)).toEqual([]);
  });

  it.each([16, 82])("command %i without a place: where the aircraft is, for PX4 at 0° N 0° E", (number) => {
    expect(kindsOf(command(number))).toEqual([`no-place caution 2 {"command":${number}}`]);
    expect(kindsOf(command(number), PX4)).toEqual([`no-place danger 2 {"command":${number}}`]);
  });

  it.each([17, 21, 22, 31, 85])("command %i without a place: a danger for PX4 alone", (number) => {
    expect(kindsOf(command(number))).toEqual([]);
    expect(kindsOf(command(number), PX4)).toEqual([`no-place danger 2 {"command":${number}}`]);
  });

  it("other commands need none", () => {
    expect([20, 93, 178].flatMap((number) => kindsOf(command(number), PX4))).toEqual([]);
  });

  it.each([
    [18, [1]],
    [19, [1]],
    [112, [1]],
    [114, [1]],
    [115, [1]],
    [177, [1, 2]],
    [178, [2]],
    [183, [1, 2]],
  ])("command %i cannot do without param %j", (number, needed) => {
    for (const param of [1, 2, 3, 4]) {
      const params = [1, 2, 3, 4].map((n) => (n === param ? undefined : 7)) as [number, number, number, number];
      const expected = needed.includes(param)
        ? [`param-missing danger 2 ${JSON.stringify({ command: number, param })}`]
        : [];
      expect(kindsOf(command(number, params))).toEqual(expected);
    }
  });
});
