// @vitest-environment happy-dom
/** The plan being drawn: its areas with their handles, and what the pointer does to them. */
import * as THREE from "three";
import { describe, expect, it } from "vitest";
import type { Position } from "../../../src/geo/position.js";
import type { Plan, SweepItem } from "../../../src/plan/plan.js";
import { planOfItems } from "../../../src/plan/testing/planBuilders.js";
import { Latest } from "../../bridge/latest.js";
import type { GroundPointerHandlers } from "../sceneTypes.js";
import { at, frame, openLayer, pointerAt, segmentsOf } from "../testing/openLayer.js";
import { PlanLayer } from "./PlanLayer.js";

const settings = {
  ...{ legHeadingDeg: 0, trackSpacingM: 40, groundSpeedMps: 10, turnaroundM: 0 },
  height: { datum: "home", valueM: 50 },
} as const;
const sweep = (id: string, westM: number): SweepItem => ({
  ...{ kind: "sweep", id, patternId: "parallel", settings, items: [] },
  area: [at(westM, 0), at(westM + 100, 0), at(westM + 100, 100), at(westM, 100)],
});
const PLAN: Plan = { ...planOfItems([]), items: [sweep("a", 0), sweep("b", 200)] };

type Change = readonly [string, ...(string | number | boolean | undefined)[]];

async function openPlan({
  selected = "a",
  draft = [],
}: { selected?: string | undefined; draft?: readonly Position[] } = {}) {
  const changes: Change[] = [];
  const metres = (position: Position): readonly [number, number] => {
    const { eastM, northM } = frame.pointOf(position);
    return [Math.round(eastM), Math.round(northM)];
  };
  const layer = await openLayer(
    <PlanLayer
      plan={new Latest<Plan | undefined>(PLAN)}
      selectedItemId={selected === "" ? undefined : selected}
      selectedCorner={2}
      draft={new Latest(draft)}
      onCornerDrag={(index, position, isFinal) => changes.push(["drag", index, ...metres(position), isFinal])}
      onInsert={(index, position) => changes.push(["insert", index, ...metres(position)])}
      onSelect={(itemId, corner) => changes.push(["select", itemId, corner])}
    />,
  );
  const pointer = (): GroundPointerHandlers => layer.handlers()[0] ?? {};
  /** The pointer over that many metres east and north; a pixel is a metre. */
  const over = (eastM: number, northM: number, setCursor?: (cursor: string) => void) =>
    pointerAt(640 + eastM, 360 - northM, setCursor);
  return { ...layer, changes, pointer, over };
}

describe("the areas", () => {
  it("have their outlines, the selected one heavier, and handles on its corners and edges", async () => {
    const { scene } = await openPlan();
    const outlines = scene.getObjectsByProperty("name", "area outline");
    expect(outlines.map((object) => segmentsOf(object)[0])).toEqual([
      [0, 0, 0.6, 100, 0, 0.6],
      [200, 0, 0.6, 300, 0, 0.6],
    ]);
    const handles = scene.getObjectsByProperty("name", "handles").map((points) => {
      if (!(points instanceof THREE.Points)) throw new Error("handles are points");
      const places = (points.geometry as THREE.BufferGeometry).getAttribute("position");
      return Array.from({ length: places.count }, (_, i) =>
        [places.getX(i), places.getY(i)].map((m) => Math.round(m) + 0),
      );
    });
    const [middles, corners, chosen] = handles;
    expect(middles).toEqual([
      [50, 0],
      [100, 50],
      [50, 100],
      [0, 50],
    ]);
    expect(corners).toEqual([
      [0, 0],
      [100, 0],
      [0, 100],
    ]);
    expect(chosen).toEqual([[100, 100]]);
  });

  it("have no handles while none is selected", async () => {
    const { scene } = await openPlan({ selected: "" });
    expect(scene.getObjectsByProperty("name", "handles")).toEqual([]);
  });

  it("that is being drawn is shown as far as it goes", async () => {
    const { scene } = await openPlan({ draft: [at(0, -50), at(40, -50)] });
    expect(segmentsOf(scene.getObjectByName("area being drawn"))[0]).toEqual([0, -50, 0.6, 40, -50, 0.6]);
  });
});

describe("the pointer", () => {
  it("drags a corner: it is selected, follows every move, and one undo step remains", async () => {
    const { pointer, over, changes } = await openPlan();
    expect(pointer().onDown?.(over(103, 2))).toBe(true);
    pointer().onMove?.(over(110, 5), true);
    pointer().onMove?.(over(120, 10), true);
    pointer().onUp?.(over(120, 10));
    expect(changes).toEqual([
      ["select", "a", 1],
      ["drag", 1, 110, 5, false],
      ["drag", 1, 120, 10, false],
      ["drag", 1, 120, 10, true],
    ]);
  });

  it("pulls a new corner out of the middle of an edge", async () => {
    const { pointer, over, changes } = await openPlan();
    expect(pointer().onDown?.(over(100, 50))).toBe(true);
    pointer().onMove?.(over(130, 50), true);
    pointer().onMove?.(over(140, 50), true);
    pointer().onUp?.(over(140, 50));
    expect(changes).toEqual([
      ["insert", 2, 130, 50],
      ["drag", 2, 140, 50, false],
      ["drag", 2, 140, 50, true],
    ]);
  });

  it("that only presses a corner changes nothing, and holds nothing afterwards", async () => {
    const { pointer, over, changes } = await openPlan();
    pointer().onDown?.(over(0, 0));
    pointer().onUp?.(over(0, 0));
    pointer().onMove?.(over(5, 5), true);
    expect(changes).toEqual([["select", "a", 0]]);
  });

  it("leaves the camera the rest: no handle there, another button, an area that is not selected", async () => {
    const { pointer, over, changes } = await openPlan();
    expect(pointer().onDown?.(over(50, 50))).toBe(false);
    expect(pointer().onDown?.({ ...over(0, 0), button: 2 })).toBe(false);
    expect(pointer().onDown?.(over(300, 0))).toBe(false);
    expect(changes).toEqual([]);
  });

  it("selects the area that is clicked, and none by a click beside all", async () => {
    const { pointer, over, changes } = await openPlan();
    expect(pointer().onClick?.(over(250, 50))).toBe(true);
    expect(pointer().onClick?.(over(150, 50))).toBe(false);
    expect(pointer().onClick?.({ ...over(250, 50), position: undefined })).toBe(false);
    expect(changes).toEqual([
      ["select", "b", undefined],
      ["select", undefined, undefined],
    ]);
  });

  it("while an area is drawn belongs to the workspace", async () => {
    const { pointer, over, changes } = await openPlan({ draft: [at(0, 0)] });
    expect([pointer().onDown?.(over(0, 0)), pointer().onClick?.(over(50, 50))]).toEqual([false, false]);
    expect(changes).toEqual([]);
  });

  it("shows the hand over a handle, and the closed hand while it drags", async () => {
    const cursors: string[] = [];
    const { pointer, over } = await openPlan();
    const set = (cursor: string): void => void cursors.push(cursor);
    pointer().onMove?.(over(50, 50, set), false);
    pointer().onMove?.(over(0, 0, set), false);
    pointer().onMove?.(over(0, 0, set), true);
    expect(cursors).toEqual(["grab", "grabbing"]);
  });
});
