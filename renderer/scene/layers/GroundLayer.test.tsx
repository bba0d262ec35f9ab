// @vitest-environment happy-dom
import { ShaderMaterial } from "three";
import { describe, expect, it } from "vitest";
import { GROUND_LAYER } from "../softGround.js";
import { meshNamed, openLayer } from "../testing/openLayer.js";
import { GroundLayer } from "./GroundLayer.js";

const ground = (isMapped: boolean) => (
  <GroundLayer model={undefined} document={undefined} hills={undefined} isMapped={isMapped} shading="plain" />
);
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

  it("has the sea behind land in the same plane by far more than depths are off", async () => {
    const { scene } = await openLayer(ground(false));
    const { material } = meshNamed(scene, "sea");
    expect(material).toMatchObject({ polygonOffset: true, polygonOffsetUnits: 400 });
  });
});
