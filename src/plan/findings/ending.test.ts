import { describe, expect, it } from "vitest";
import { endingFindings } from "./ending.js";
import type { MissionItem } from "../plan.js";
import { BEACH, command, commandAt } from "../testing/planBuilders.js";

const [QUAD, PLANE, VTOL] = [2, 1, 22];
const [ARDUPILOT, PX4] = [3, 12];
const home = { position: BEACH, altitudeAmslM: 4 };
const [takeOff, away, goHome] = [commandAt(22, 0, 0), commandAt(16, 400, 0), command(20)];
const endless = command(177, [1, -1, 0, 0]);

/** "kind severity seq" of each finding. */
function found(items: readonly MissionItem[], mavType = QUAD, mavAutopilot = ARDUPILOT): readonly string[] {
  return endingFindings(items, { mavType, mavAutopilot, home }).map(
    ({ kind, severity, seq }) => `${kind} ${severity} ${seq ?? "-"}`,
  );
}

describe("the beginning", () => {
  it("may have a speed, a camera and a delay before the take-off", () => {
    expect(found([command(178), command(205), command(93), takeOff, away, goHome])).toEqual([]);
    expect(found([commandAt(84, 0, 0), away, goHome])).toEqual([]);
  });

  it("names what is flown before a take-off", () => {
    expect(found([command(178), away, takeOff, goHome])).toEqual(["no-take-off caution 2"]);
    expect(found([goHome])).toEqual(["no-take-off caution 1"]);
  });

  it("names no item where nothing is flown", () => {
    expect(found([command(178)])).toEqual(["no-take-off caution -", "no-return caution -"]);
    expect(found([command(93)])).toEqual(["no-take-off caution -", "no-return caution -"]);
  });
});

describe("the end of a copter's plan", () => {
  it.each([
    ["a return", goHome],
    ["a landing", command(21)],
    ["a VTOL landing", command(85)],
  ])("is %s, wherever in the plan", (_, ending) => {
    expect(found([takeOff, away, ending])).toEqual([]);
    expect(found([takeOff, ending, takeOff, away])).toEqual([]);
  });

  it("is missing, for any autopilot", () => {
    for (const autopilot of [ARDUPILOT, PX4])
      expect(found([takeOff, away], QUAD, autopilot)).toEqual(["no-return caution -"]);
  });

  it("never comes where it jumps back without end", () => {
    expect(found([takeOff, away, endless])).toEqual(["never-ends caution 2"]);
    expect(found([takeOff, away, command(178), endless, command(93)])).toEqual(["never-ends caution 2"]);
    // Its return is never reached, and neither is what comes after a jump to itself.
    expect(found([takeOff, away, endless, goHome])).toEqual(["never-ends caution 3"]);
    expect(found([takeOff, away, command(177, [3, -1, 0, 0]), goHome])).toEqual(["never-ends caution 3"]);
    // A counted jump ends; one forward leads on.
    expect(found([takeOff, command(177, [3, -1, 0, 0]), away, goHome])).toEqual([]);
    expect(found([takeOff, away, command(177, [1, 0, 0, 0]), goHome])).toEqual([]);
    expect(found([takeOff, away, command(177, [1, 3, 0, 0])])).toEqual(["no-return caution -"]);
    expect(found([takeOff, away, command(177, [1, undefined, 0, 0])])).toEqual(["no-return caution -"]);
    expect(found([takeOff, away, command(178, [1, -1, 0, 0])])).toEqual(["no-return caution -"]);
  });
});

describe("the end of a wing's plan", () => {
  const landing = commandAt(21, 0, 0, 0);

  it.each([PLANE, VTOL])("is a landing (MAV_TYPE %i)", (mavType) => {
    expect(found([takeOff, away, landing], mavType)).toEqual([]);
    expect(found([takeOff, away, landing, command(178), command(93)], mavType)).toEqual([]);
    expect(found([takeOff, away], mavType)).toEqual(["no-landing danger 2"]);
    expect(found([takeOff, away], mavType, PX4)).toEqual(["no-landing danger 2"]);
    expect(found([takeOff, landing, away], mavType)).toEqual(["no-landing danger 3"]);
    expect(found([takeOff, command(21), away], mavType, PX4)).toEqual(["no-landing danger 3"]);
  });

  it.each([PLANE, VTOL])("is a return without one for ArduPilot, which circles (MAV_TYPE %i)", (mavType) => {
    expect(found([takeOff, away, goHome], mavType)).toEqual(["return-without-landing caution 3"]);
    expect(found([takeOff, away, goHome], mavType, 0)).toEqual(["return-without-landing caution 3"]);
    expect(found([takeOff, away, goHome], mavType, PX4)).toEqual(["no-landing danger 3"]);
    expect(found([takeOff, command(21), goHome], mavType, PX4)).toEqual(["return-without-landing caution 3"]);
  });

  it("never comes where it jumps back without end", () => {
    expect(found([takeOff, away, endless], PLANE)).toEqual(["never-ends caution 2"]);
    expect(found([takeOff, away, endless], PLANE, PX4)).toEqual(["no-landing danger 2"]);
  });

  it("is no landing where the plan has nothing else to fly", () => {
    expect(found([landing], PLANE)).toEqual(["no-take-off caution 1", "no-landing danger 1"]);
    expect(found([command(178)], PLANE)).toEqual(["no-take-off caution -"]);
  });
});

describe("the start of a landing, for PX4", () => {
  const [start, landing] = [command(189), command(85)];
  const misplaced = (...items: readonly MissionItem[]): readonly string[] =>
    found([takeOff, ...items], VTOL, PX4).filter((line) => line.startsWith("landing-start-misplaced"));

  it("comes once, before a landing, and before no return", () => {
    expect(misplaced(start, away, landing)).toEqual([]);
    expect(misplaced(away, landing)).toEqual([]);
    expect(misplaced(goHome, start, away, landing)).toEqual([]);
    expect(misplaced(start, away, start, landing)).toEqual(["landing-start-misplaced danger 4"]);
    expect(misplaced(landing, start)).toEqual(["landing-start-misplaced danger 3"]);
    expect(misplaced(start, goHome, landing)).toEqual(["landing-start-misplaced danger 2"]);
    expect(misplaced(start, away)).toEqual(["landing-start-misplaced danger 2"]);
  });

  it("never comes after a jump back without end, and repeats that cannot be computed are said", () => {
    expect(found([takeOff, away, endless, landing], PLANE)).toEqual(["never-ends caution 3"]);
    expect(found([takeOff, away, command(177, [1, 5000, 0, 0]), goHome])).toEqual(["repeats-too-often caution -"]);
  });

  it("is said beside whatever else is wrong with the end", () => {
    expect(found([takeOff, away, landing, start, endless], VTOL, PX4)).toEqual(["landing-start-misplaced danger 4"]);
    expect(found([takeOff, landing, start, away, endless], VTOL, PX4)).toEqual([
      "never-ends caution 4",
      "landing-start-misplaced danger 3",
    ]);
    expect(found([takeOff, landing, start, goHome], VTOL, PX4)).toEqual([
      "return-without-landing caution 4",
      "landing-start-misplaced danger 3",
    ]);
    expect(found([takeOff, landing, start, away], VTOL, PX4)).toEqual([
      "no-landing danger 4",
      "landing-start-misplaced danger 3",
    ]);
    expect(found([takeOff, start, away], VTOL, PX4)).toEqual([
      "no-landing danger 3",
      "landing-start-misplaced danger 2",
    ]);
  });

  it("is no matter to ArduPilot", () => {
    expect(found([takeOff, landing, start, landing], VTOL, ARDUPILOT)).toEqual([]);
  });
});

describe("the approach of a plane, for PX4", () => {
  const approach = (entry: MissionItem, land: MissionItem, mavType = PLANE, mavAutopilot = PX4) =>
    endingFindings([takeOff, entry, land], { mavType, mavAutopilot, home });
  const landing = commandAt(21, 0, 0, 0);
  /** A loiter to altitude (its radius is param 2), clockwise or not. */
  const circle = (eastM: number, radiusM: number | undefined): MissionItem => ({
    ...commandAt(31, eastM, 0, 40),
    params: [1, radiusM, 0, 1],
  });

  it("is above the landing", () => {
    expect(approach(commandAt(16, 1000, 0, 1), landing)).toEqual([]);
    expect(approach(commandAt(16, 1000, 0, 0), landing)).toEqual([
      { kind: "landing-approach-low", severity: "danger", seq: 3, facts: {} },
    ]);
    expect(approach(commandAt(16, 1000, 0, 40), commandAt(21, 0, 0, 41))).toMatchObject([
      { kind: "landing-approach-low" },
    ]);
    const { altitude: _none, ...flat } = commandAt(16, 1000, 0);
    expect(approach(flat, landing)).toMatchObject([{ kind: "landing-approach-low" }]);
  });

  it("glides at five degrees at most, with a tenth for rounding", () => {
    const awayFor = (slopeDeg: number): number => 40 / Math.tan((slopeDeg * Math.PI) / 180);
    expect(approach(commandAt(16, awayFor(5.09), 0, 40), landing)).toEqual([]);
    const [steep] = approach(commandAt(16, awayFor(5.11), 0, 40), landing);
    expect(steep).toEqual({
      kind: "landing-approach-steep",
      severity: "caution",
      seq: 3,
      facts: { slopeDeg: expect.closeTo(5.11, 3), limitDeg: 5 },
    });
  });

  it("begins where the circle is left, on its tangent, and never inside it", () => {
    // 40 m over 500 m are 4.6 degrees; the tangent from 500 m to a circle of 300 m is 400 m long, 5.7 degrees.
    expect(approach(circle(500, undefined), landing)).toEqual([]);
    expect(approach(circle(500, 0), landing)).toEqual([]);
    for (const radiusM of [300, -300])
      expect(approach(circle(500, radiusM), landing)).toMatchObject([
        { kind: "landing-approach-steep", facts: { slopeDeg: expect.closeTo(5.711, 2) } },
      ]);
    expect(approach(circle(500, 501), landing)).toEqual([
      { kind: "landing-inside-circle", severity: "danger", seq: 3, facts: { radiusM: 501 } },
    ]);
    expect(approach({ ...commandAt(16, 500, 0, 40), params: [0, 501, 0, 0] }, landing)).toEqual([]);
  });

  it("is not judged for a VTOL, for another autopilot, without a home, nor without places", () => {
    const low = commandAt(16, 100, 0, 40);
    expect(approach(low, commandAt(85, 0, 0, 0), VTOL)).toEqual([]);
    expect(approach(low, landing, PLANE, ARDUPILOT)).toEqual([]);
    expect(endingFindings([takeOff, low, landing], { mavType: PLANE, mavAutopilot: PX4, home: undefined })).toEqual([]);
    expect(approach(command(16), landing)).toEqual([]);
    expect(approach(low, command(21))).toEqual([]);
    expect(approach(low, commandAt(85, 0, 0, 0))).toEqual([]);
    expect(endingFindings([landing], { mavType: PLANE, mavAutopilot: PX4, home }).map(({ kind }) => kind)).toEqual([
      "no-take-off",
      "no-landing",
    ]);
  });
});
