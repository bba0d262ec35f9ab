/* eslint-disable id-denylist -- a mission item's `altitude` carries its datum inside */
import { describe, expect, it } from "vitest";
import { flightPath, heightAboveHomeM } from "./flightPath.js";
import type { MissionItem, Plan } from "./plan.js";
import { command, commandAt, metres, planOfItems } from "./testing/planBuilders.js";

type Point = { readonly eastM: number; readonly northM: number; readonly upM: number };
/** Whole metres; adding zero makes of minus zero a zero. */
const whole = ({ eastM, northM, upM }: Point): readonly number[] =>
  [eastM, northM, upM].map((value) => Math.round(value) + 0);
const hopsOf = (items: readonly MissionItem[], changes: Partial<Plan> = {}) =>
  flightPath(planOfItems(items, changes)).map(({ kind, from, to, itemIndex }) => [
    kind,
    whole(from),
    whole(to),
    itemIndex,
  ]);
const takeOff = commandAt(22, 0, 0);

describe("the hops of a plan", () => {
  it("go up, out, back and down, each with the item that causes it", () => {
    const items = [
      takeOff,
      commandAt(16, 300, 0, 60),
      command(178, [1, 5, -1, 0]),
      commandAt(16, 300, 400),
      command(20),
    ];
    expect(hopsOf(items)).toEqual([
      ["climb", [0, 0, 0], [0, 0, 50], 0],
      ["travel", [0, 0, 50], [300, 0, 60], 1],
      ["travel", [300, 0, 60], [300, 400, 50], 3],
      ["return", [300, 400, 50], [0, 0, 50], 4],
      ["land", [0, 0, 50], [0, 0, 0], 4],
    ]);
  });

  it("are none without a home", () => {
    expect(hopsOf([takeOff, command(20)], { plannedHome: undefined })).toEqual([]);
  });

  it("climb straight up, wherever the take-off's own place is; without a height they stay low", () => {
    expect(hopsOf([commandAt(22, 200, 0, 30)])).toEqual([["climb", [0, 0, 0], [0, 0, 30], 0]]);
    expect(hopsOf([commandAt(84, 200, 0, 30)])).toEqual([["climb", [0, 0, 0], [0, 0, 30], 0]]);
    expect(hopsOf([commandAt(16, 100, 0, 40), command(22)])[1]).toEqual(["climb", [100, 0, 40], [100, 0, 40], 1]);
  });

  it("go on to the place of a VTOL's take-off with PX4, at the height of the climb", () => {
    expect(hopsOf([commandAt(84, 200, 0, 30), commandAt(16, 200, 100)], { firmwareType: 12 })).toEqual([
      ["climb", [0, 0, 0], [0, 0, 30], 0],
      ["travel", [0, 0, 30], [200, 0, 30], 0],
      ["travel", [200, 0, 30], [200, 100, 50], 1],
    ]);
    const { position: _place, ...placeless } = commandAt(84, 200, 0, 30);
    expect(hopsOf([placeless], { firmwareType: 12 })).toHaveLength(1);
    expect(hopsOf([commandAt(22, 200, 0, 30)], { firmwareType: 12 })).toHaveLength(1);
  });

  it("follow a jump back to its item", () => {
    const there = [commandAt(16, 100, 0), commandAt(16, 100, 100), command(177, [2, 1, 0, 0])];
    expect(hopsOf([takeOff, ...there]).map(([, , to, item]) => [to, item])).toEqual([
      ...[
        [[0, 0, 50], 0],
        [[100, 0, 50], 1],
        [[100, 100, 50], 2],
        [[100, 0, 50], 1],
        [[100, 100, 50], 2],
      ],
    ]);
  });

  it("land where the landing says, at the present height until there", () => {
    expect(hopsOf([takeOff, commandAt(21, 100, -50, 7)])).toEqual([
      ["climb", [0, 0, 0], [0, 0, 50], 0],
      ["travel", [0, 0, 50], [100, -50, 50], 1],
      ["land", [100, -50, 50], [100, -50, 0], 1],
    ]);
    expect(hopsOf([takeOff, commandAt(85, 100, -50, 7)])).toHaveLength(3);
  });

  it("land where they are when the landing has no place", () => {
    expect(hopsOf([takeOff, commandAt(16, 100, 0), command(21)]).slice(2)).toEqual([
      ["travel", [100, 0, 50], [100, 0, 50], 2],
      ["land", [100, 0, 50], [100, 0, 0], 2],
    ]);
  });

  it("keep the height of before where an item states none", () => {
    const { altitude: _height, ...flat } = commandAt(16, 100, 0);
    expect(hopsOf([takeOff, flat])[1]).toEqual(["travel", [0, 0, 50], [100, 0, 50], 1]);
  });

  it.each([80, 195, 201])("leave out the place that command %i looks at", (roi) => {
    const items = [takeOff, commandAt(16, 100, 0), commandAt(roi, 500, 300, 0), commandAt(16, 200, 0), command(20)];
    expect(hopsOf(items)).toEqual([
      ["climb", [0, 0, 0], [0, 0, 50], 0],
      ["travel", [0, 0, 50], [100, 0, 50], 1],
      ["travel", [100, 0, 50], [200, 0, 50], 3],
      ["return", [200, 0, 50], [0, 0, 50], 4],
      ["land", [0, 0, 50], [0, 0, 0], 4],
    ]);
  });

  it("leave out places that nobody flies to, and commands without one", () => {
    expect(hopsOf([takeOff, commandAt(195, 100, 0), command(205), command(16), command(17)])).toHaveLength(1);
    expect(hopsOf([takeOff, commandAt(17, 100, 0), commandAt(95, 200, 0), commandAt(96, 300, 0)])).toHaveLength(3);
  });
});

describe("speed", () => {
  const speedsAfter = (...params: readonly MissionItem["params"][]) =>
    flightPath(planOfItems([takeOff, ...params.flatMap((asked) => [command(178, asked), commandAt(16, 100, 0)])])).map(
      ({ groundSpeedMps }) => groundSpeedMps,
    );

  it("is the aircraft's own until the plan asks for one, and stays until it asks for another", () => {
    expect(speedsAfter([1, 5, -1, 0], [1, 7, -1, 0])).toEqual([undefined, 5, 7]);
  });

  it("is not changed by a negative one, by none and by zero", () => {
    expect(speedsAfter([1, 5, -1, 0], [1, -1, 50, 0], [1, undefined, 50, 0], [1, 0, 50, 0])).toEqual([
      undefined,
      5,
      5,
      5,
      5,
    ]);
  });
});

describe("staying", () => {
  const waitOf = (item: MissionItem): readonly number[] =>
    flightPath(planOfItems([takeOff, item])).map(({ waitS }) => waitS);

  it.each([
    ["a waypoint", commandAt(16, 100, 0)],
    ["a spline waypoint", commandAt(82, 100, 0)],
    ["a loiter for a time", commandAt(19, 100, 0)],
    ["a delay", command(93)],
  ])("takes the seconds of param 1 at %s", (_, item) => {
    expect(waitOf({ ...item, params: [12, 0, 0, 0] })).toEqual([0, 12]);
    expect(waitOf({ ...item, params: [undefined, 0, 0, 0] })).toEqual([0, 0]);
  });

  it("takes no time at a waypoint with a negative one", () => {
    expect(waitOf({ ...commandAt(16, 100, 0), params: [-1, 0, 0, 0] })).toEqual([0, 0]);
  });

  it("goes round a loiter as often as it says, by the radius stated or the aircraft's own", () => {
    const roundOf = (params: MissionItem["params"], vehicleType = 2): number | undefined =>
      flightPath({ ...planOfItems([takeOff, { ...commandAt(18, 100, 0), params }]), vehicleType }).at(-1)?.roundM;
    expect(roundOf([3, 0, -80, 0])).toBeCloseTo(3 * 2 * Math.PI * 80, 6);
    expect(roundOf([3, 0, 0, 0])).toBe(0);
    expect(roundOf([2, 0, 0, 0], 1)).toBeCloseTo(2 * 2 * Math.PI * 60, 6);
    expect(roundOf([-1, 0, 80, 0])).toBe(0);
  });

  it("is at the present place for a delay", () => {
    expect(hopsOf([takeOff, commandAt(16, 100, 0), command(93, [5, 0, 0, 0])])[2]).toEqual([
      "travel",
      [100, 0, 50],
      [100, 0, 50],
      2,
    ]);
  });
});

describe("height above home", () => {
  const home = { position: metres(0, 0), altitudeAmslM: 4 };
  const heightOf = (altitude: MissionItem["altitude"]) =>
    heightAboveHomeM({ ...command(16), ...(altitude && { altitude }) }, home);
  it("is the height itself, less home's for one above the sea, and unknown without", () => {
    expect(heightOf({ datum: "home", valueM: 50 })).toBe(50);
    expect(heightOf({ datum: "amsl", valueM: 50 })).toBe(46);
    expect(heightOf({ datum: "terrain", valueM: 50 })).toBe(50);
    expect(heightOf(undefined)).toBeUndefined();
  });
});
