/** The numbers (`doJumpId`) of items in a `.plan` file, and the jumps to them. */
import { describe, expect, it } from "vitest";
import { missionItemsOf, type MissionItem, type Plan, type PlanItem, type SweepItem } from "../plan.js";
import { command, planOfItems } from "../testing/planBuilders.js";
import { WAYPOINT_JSON, aWaypoint, mistakeOf, planFile, readPlan } from "../testing/planFiles.js";
import { writePlanFile } from "./planFile.js";

describe("numbers of items in a file", () => {
  const settings = {
    legHeadingDeg: 90,
    trackSpacingM: 20,
    height: { datum: "home", valueM: 40 },
    groundSpeedMps: 5,
    turnaroundM: 0,
  } as const;
  const sweep: SweepItem = {
    kind: "sweep",
    id: "s",
    patternId: "parallel",
    area: [],
    settings,
    items: [aWaypoint, aWaypoint],
  };
  const simple = (item: MissionItem, id: string, doJumpId?: number): PlanItem => ({
    kind: "simple",
    id,
    item,
    ...(doJumpId !== undefined && {
      source: { json: JSON.stringify({ ...WAYPOINT_JSON, doJumpId, note: "x" }), item },
    }),
  });
  const opaque = (...doJumpIds: readonly (number | undefined)[]): PlanItem => ({
    kind: "opaque",
    id: "o",
    complexItemType: "Scan",
    rawJson: JSON.stringify({
      type: "ComplexItem",
      complexItemType: "Scan",
      Items: doJumpIds.map((doJumpId) => ({ ...WAYPOINT_JSON, doJumpId })),
    }),
    items: doJumpIds.map(() => aWaypoint),
  });
  type Written = { doJumpId?: number; Items?: Written[]; TransectStyleComplexItem?: { Items: Written[] } };
  const numbersOf = (...items: readonly PlanItem[]): readonly unknown[] => {
    const written = JSON.parse(writePlanFile({ ...planOfItems([]), items })) as { mission: { items: Written[] } };
    return written.mission.items.map(
      ({ doJumpId, Items, TransectStyleComplexItem: transect }) =>
        doJumpId ?? (transect?.Items ?? Items ?? []).map((inner) => inner.doJumpId),
    );
  };

  it("count up through everything, a file's own ones kept while they rise", () => {
    expect(numbersOf(simple(aWaypoint, "a"), sweep, simple(aWaypoint, "b"))).toEqual([1, [2, 3], 4]);
    expect(numbersOf(simple(aWaypoint, "a", 7), simple(aWaypoint, "b"), simple(aWaypoint, "c", 20))).toEqual([
      7, 8, 20,
    ]);
    expect(numbersOf(simple(aWaypoint, "a", 7), simple(aWaypoint, "b", 7), simple(aWaypoint, "c", 3))).toEqual([
      7, 8, 9,
    ]);
    expect(numbersOf(opaque(5, 6), simple(aWaypoint, "b"))).toEqual([[5, 6], 7]);
    expect(numbersOf(simple(aWaypoint, "a"), opaque(3, 9), sweep)).toEqual([1, [3, 9], [10, 11]]);
  });

  it("of another station's complex item are not touched, and counted past where they do not rise", () => {
    expect(numbersOf(simple(aWaypoint, "a", 4), opaque(2, 3), simple(aWaypoint, "b"))).toEqual([4, [2, 3], 7]);
    expect(numbersOf(opaque(1, 1), simple(aWaypoint, "b"))).toEqual([[1, 1], 3]);
    expect(numbersOf(opaque(5, undefined), simple(aWaypoint, "b"))).toEqual([[5, undefined], 3]);
    expect(numbersOf(opaque(), simple(aWaypoint, "b"))).toEqual([[], 1]);
  });

  it("are what a jump names", () => {
    const jump = command(177, [3, 2, 0, 0]);
    const plan: Plan = { ...planOfItems([]), items: [simple(aWaypoint, "a", 7), opaque(8, 12), simple(jump, "j")] };
    const written = JSON.parse(writePlanFile(plan)) as { mission: { items: { params?: number[] }[] } };
    expect(written.mission.items[2]?.params?.[0]).toBe(12);
    expect(missionItemsOf(readPlan(writePlanFile(plan)))[3]?.params[0]).toBe(3);
    const nowhere: Plan = { ...plan, items: [simple(command(177, [9, 2, 0, 0]), "j")] };
    expect(JSON.parse(writePlanFile(nowhere))).toMatchObject({
      mission: { items: [{ params: [9, 2, 0, 0, 0, 0, 0] }] },
    });
    const open: Plan = { ...plan, items: [simple(command(177, [undefined, 2, 0, 0]), "j")] };
    expect(JSON.parse(writePlanFile(open))).toMatchObject({
      mission: { items: [{ params: [null, 2, 0, 0, 0, 0, 0] }] },
    });
  });

  it("that a jump names may be inside a complex item, old or of one without items", () => {
    const jumpTo = (target: unknown) => ({
      ...WAYPOINT_JSON,
      command: 177,
      frame: 2,
      doJumpId: 90,
      params: [target, 1, 0, 0, 0, 0, 0],
    });
    const scan = {
      type: "ComplexItem",
      complexItemType: "Scan",
      Items: [
        { ...WAYPOINT_JSON, doJumpId: 31 },
        { ...WAYPOINT_JSON, doJumpId: 32 },
      ],
    };
    const none = { type: "ComplexItem", complexItemType: "Other" };
    const old = { ...WAYPOINT_JSON, doJumpId: undefined, id: 40 };
    const targetOf = (target: unknown) =>
      missionItemsOf(readPlan(planFile({ items: [none, scan, old, jumpTo(target)] }))).at(-1)?.params[0];
    expect([31, 32, 40, 90].map(targetOf)).toEqual([1, 2, 3, 4]);
    const landing = {
      type: "ComplexItem",
      complexItemType: "fwLandingPattern",
      version: 2,
      altitudesAreRelative: true,
      landCoordinate: [50.7, 1.6, 0],
      landingApproachCoordinate: [50.71, 1.61, 40],
      loiterClockwise: true,
      loiterRadius: 75,
    };
    const after = readPlan(planFile({ items: [landing, old, jumpTo(40)] }));
    expect(missionItemsOf(after).at(-1)?.params[0]).toBe(4);
    expect(mistakeOf(planFile({ items: [WAYPOINT_JSON, jumpTo(5)] }))).toBe(
      "mission.items[1].params[0]: jumps to item 5, which does not exist",
    );
    expect(mistakeOf(planFile({ items: [WAYPOINT_JSON, jumpTo(null)] }))).toBe(
      "mission.items[1].params[0]: jumps to item nothing, which does not exist",
    );
  });

  it("of a file are remembered for items as we would write them ourselves", () => {
    const own = { ...WAYPOINT_JSON, AMSLAltAboveTerrain: null, Altitude: 40, AltitudeMode: 1 };
    const items = [own, { ...own, doJumpId: 2 }, { ...own, doJumpId: 9 }];
    expect(
      readPlan(planFile({ items })).items.map((item) => item.kind === "simple" && item.source !== undefined),
    ).toEqual([false, false, true]);
  });
});
