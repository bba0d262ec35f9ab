// @vitest-environment happy-dom
import { act } from "@testing-library/react";
import { afterEach, describe, expect, it } from "vitest";
import type { HeightGrid } from "../../../src/geo/terrain/heightGrid.js";
import { coastOf, rectangle } from "../../../src/geo/testing/coasts.js";
import { type SettingsStore, settingsStore } from "../../app/settings.js";
import { Latest } from "../../bridge/latest.js";
import { useStore } from "../../bridge/StoresContext.js";
import { buildCoastModel } from "../geometry/coastModel.js";
import { buildHillMesh, meshHeightM } from "../geometry/hillMesh.js";
import { frame, meshNamed, openLayer, segmentsOf } from "../testing/openLayer.js";
import { ContourLayer } from "./ContourLayer.js";

afterEach(() => localStorage.clear());

/** The shore runs north through the origin; land rises by one in ten to the east. */
const model = buildCoastModel(frame, coastOf([{ outline: rectangle(1.6, 50.5, 2.1, 50.9), holes: [] }]));
const offsetM = (i: number): number => 2000 * ((2 * i) / 80 - 1);
const near: HeightGrid = {
  ...{ halfWidthM: 2000, countPerSide: 81 },
  heightsM: Float32Array.from({ length: 81 * 81 }, (_, i) => Math.max(0, offsetM(i % 81) / 10)),
};
const grids = { near, far: undefined };
const hills = buildHillMesh(
  { frame, coast: model, relief: undefined, terrain: grids },
  { size: 40, middleShare: 0.05 },
);

async function open(areContoursShown = true, lengths: "m" | "ft" = "m") {
  const stepM = new Latest<number | undefined>(undefined);
  const given: { settings: SettingsStore | undefined } = { settings: undefined };
  const Layer = ({ isKnown }: { readonly isKnown: boolean }) => {
    given.settings = useStore(settingsStore);
    return <ContourLayer model={model} grids={isKnown ? grids : undefined} hills={hills} stepM={stepM} />;
  };
  const layer = await openLayer(<Layer isKnown />);
  const choose = (change: Parameters<SettingsStore["change"]>[0]) => act(() => given.settings?.change(change));
  const { units } = given.settings!.values.get();
  choose({ areContoursShown, units: { ...units, lengths } });
  return { ...layer, stepM, choose, forget: () => layer.rerender(<Layer isKnown={false} />) };
}
const heightsOf = (layer: Awaited<ReturnType<typeof open>>) =>
  layer
    .labels()
    .filter(({ isShown }) => isShown)
    .map(({ text }) => text.replace("\u00a0", " "));

describe("contour lines over the ground", () => {
  it("are drawn only when they are chosen, and only where a file knows the ground", async () => {
    const layer = await open(false);
    layer.draw(1);
    expect(layer.scene.getObjectByName("contours")).toBeUndefined();
    layer.choose({ areContoursShown: true });
    layer.draw(2);
    expect(layer.scene.getObjectByName("contours")).toBeDefined();
    expect(layer.stepM.get()).toBeDefined();
    await layer.forget();
    expect(layer.scene.getObjectByName("contours")).toBeUndefined();
    expect(layer.stepM.get()).toBeUndefined();
    expect(layer.labels()).toHaveLength(0);
  });

  it("are further apart the further the camera is, every fifth of them heavy and with its height", async () => {
    const layer = await open();
    const { goal } = layer.tools.rig;
    layer.tools.rig.lookAt(1000, 0, 500);
    layer.draw(1);
    expect(layer.stepM.get()).toBe(5);
    const heavy = segmentsOf(layer.scene.getObjectByName("contours-heavy"));
    // 25, 50 ... 200 m, each straight to the north.
    expect(new Set(heavy.map(([x]) => Math.round(x!)))).toEqual(new Set([250, 500, 750, 1000, 1250, 1500, 1750, 2000]));
    expect(heightsOf(layer)).toContain("100 m");
    layer.tools.rig.lookAt(1000, 0, 2400);
    layer.draw(2);
    expect([goal.rangeM, layer.stepM.get()]).toEqual([layer.tools.rig.goal.rangeM, 20]);
    expect(new Set(heightsOf(layer))).toEqual(new Set(["100 m", "200 m"]));
    // With 100 m between them none is heavy here, and all have their heights.
    layer.tools.rig.lookAt(1000, 0, 20_000);
    layer.draw(3);
    expect(layer.stepM.get()).toBe(100);
    expect(heightsOf(layer)).toContain("100 m");
  });

  it("lie on the ground as it is drawn, where it is coarser than the heights", async () => {
    const layer = await open();
    layer.tools.rig.lookAt(1000, 0, 500);
    layer.draw(1);
    const light = meshOf(layer).geometry.getAttribute("position");
    for (let i = 0; i < light.count; i += 97)
      expect(light.getZ(i)).toBeCloseTo(Math.max(0, meshHeightM(hills, light.getX(i), light.getY(i))!) + 0.5, 3);
  });

  it("are at whole feet where heights are in feet", async () => {
    const layer = await open(true, "ft");
    layer.tools.rig.lookAt(1000, 0, 500);
    layer.draw(1);
    expect(layer.stepM.get()).toBeCloseTo(20 * 0.3048, 9);
    expect(heightsOf(layer)).toContain("300 ft");
  });
});

const meshOf = ({ scene }: { readonly scene: Parameters<typeof meshNamed>[0] }) => {
  const found = scene.getObjectByName("contours-light");
  if (!found || !("geometry" in found)) throw new Error("no light lines");
  return found as ReturnType<typeof meshNamed>;
};
