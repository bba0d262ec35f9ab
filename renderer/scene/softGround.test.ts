import { PerspectiveCamera, Scene, type Vector2, type WebGLRenderTarget } from "three";
import { describe, expect, it } from "vitest";
import { GROUND_LAYER, SoftGround } from "./softGround.js";

/** Notes what is drawn where. */
function aDrawer(widthPx: number, heightPx: number, scene: Scene) {
  const words: string[] = [];
  let target = "the screen";
  const drawer = {
    autoClear: true,
    getDrawingBufferSize: (out: Vector2) => out.set(widthPx, heightPx),
    setRenderTarget: (next: WebGLRenderTarget | null) => {
      target = next ? `a picture of ${next.width} x ${next.height}` : "the screen";
    },
    render: (drawn: object, camera: PerspectiveCamera) => {
      const what = drawn === scene ? `layers ${camera.layers.mask}` : "the picture";
      words.push(`${what} on ${target}${drawer.autoClear ? ", cleared" : ""}`);
    },
  };
  return { drawer, words };
}

describe("the ground in a picture of its own", () => {
  it("is drawn in half the width and height, then put under the marks in full", () => {
    const scene = new Scene();
    const camera = new PerspectiveCamera();
    const { drawer, words } = aDrawer(861, 424, scene);
    const soft = new SoftGround();
    soft.render(drawer, scene, camera);
    expect(words).toEqual([
      `layers ${1 << GROUND_LAYER} on a picture of 431 x 212, cleared`,
      "the picture on the screen",
      "layers 1 on the screen",
    ]);
    words.length = 0;
    soft.render(drawer, scene, camera, 0.5);
    expect(words[0]).toBe(`layers ${1 << GROUND_LAYER} on a picture of 215 x 106, cleared`);
    // As it was: labels and pointer use the camera too.
    expect([camera.layers.mask, drawer.autoClear]).toEqual([1, true]);
    soft.dispose();
  });
});
