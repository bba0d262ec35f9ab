// @vitest-environment happy-dom
import { ShaderMaterial } from "three";
import { describe, expect, it } from "vitest";
import { GROUND_LAYER } from "../softGround.js";
import type { GroundShading } from "../../app/settings.js";
import { coastOf, rectangle } from "../../../src/geo/testing/coasts.js";
import { buildCoastModel } from "../geometry/coastModel.js";
import { frame, meshNamed, openLayer } from "../testing/openLayer.js";
import { GroundLayer } from "./GroundLayer.js";

const ground = (isMapped: boolean, shading: GroundShading = "plain", isLand = false) => (
  <GroundLayer
    model={isLand ? model : undefined}
    document={isLand ? coast : undefined}
    hills={undefined}
    isMapped={isMapped}
    shading={shading}
  />
);
const coast = coastOf([{ outline: rectangle(1.6, 50.6, 1.9, 50.9), holes: [] }]);
const model = buildCoastModel(frame, coast);
const definesOf = (material: unknown) => (material instanceof ShaderMaterial ? material.defines : undefined);

describe("the ground", () => {
  it("on software GL is in the layer that is drawn apart", async () => {
    const { scene } = await openLayer(ground(false));
    for (const name of ["sky", "sea"]) expect(meshNamed(scene, name).layers.mask).toBe(1 << GROUND_LAYER);
  });

  it("pays for a map only while there is one", async () => {
    const { scene, rerender } = await openLayer(ground(false));
    expect(definesOf(meshNamed(scene, "sea").material)).not.toHaveProperty("MAP");
    await rerender(ground(true));
    expect(definesOf(meshNamed(scene, "sea").material)).toHaveProperty("MAP");
  });

  it("pays for hillshade and steepness only while they are chosen, and on land only", async () => {
    const { scene, rerender } = await openLayer(ground(false, "plain", true));
    const read = (name: string) => definesOf(meshNamed(scene, name).material);
    expect(read("land")).toEqual({ CALM: "1" });
    await rerender(ground(false, "hillshade", true));
    expect(read("land")).toMatchObject({ RELIEF: "1", HILLSHADE: "1" });
    await rerender(ground(false, "steepness", true));
    expect(read("land")).toEqual({ CALM: "1", RELIEF: "1", STEEPNESS: "1" });
    expect(read("sea")).toEqual({ CALM: "1" });
  });

  it("has the sea behind land in the same plane by far more than depths are off", async () => {
    const { scene } = await openLayer(ground(false));
    const { material } = meshNamed(scene, "sea");
    expect(material).toMatchObject({ polygonOffset: true, polygonOffsetUnits: 400 });
  });
});
