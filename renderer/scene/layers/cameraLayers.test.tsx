// @vitest-environment happy-dom
/** What the camera sees and has seen: the picture on the ground, the view's edges, the ground covered. */
import * as THREE from "three";
import { describe, expect, it } from "vitest";
import type { FrameGround, VideoFrame } from "../../../src/contract/messages.js";
import { CoverageMap } from "../../bridge/coverageMap.js";
import { Latest } from "../../bridge/latest.js";
import { paletteTable } from "../thermalPalette.js";
import { at, change, meshNamed, openLayer, ORIGIN, segmentsOf } from "../testing/openLayer.js";
import { FootprintLayer } from "./FootprintLayer.js";
import { SweptLayer } from "./SweptLayer.js";

const corner = (eastM: number, northM: number) => ({ position: at(eastM, northM), heightAmslM: 0 });
/** Seen from 60 m above (0, 0), looking north: the picture's upper edge is the far one, and wider. */
const ground: FrameGround = {
  corners: [corner(-80, 200), corner(80, 200), corner(30, 60), corner(-30, 60)],
  centre: corner(0, 100),
  centreEllipse95: { semiMajorM: 1, semiMinorM: 1, orientationDeg: 0 },
  sensor: { position: at(0, 0), altitudeAmslM: 60 },
  depressionDeg: 30,
  azimuthDeg: 0,
  hfovDeg: 45,
};
const picture = (frameId: number, more: Partial<VideoFrame> = {}): VideoFrame => ({
  ...{ frameId, unixTimeUs: frameId * 1000, widthPx: 3, heightPx: 2 },
  ...{ luma: new Uint8Array([1, 2, 3, 4, 5, 6]), boxes: [], ground },
  ...more,
});

async function openFootprint(first: VideoFrame | undefined) {
  const video = new Latest(first);
  const layer = await openLayer(<FootprintLayer video={video} thermalPalette="white-hot" />);
  const mesh = (): THREE.Mesh => meshNamed(layer.scene, "thermal footprint");
  const uniform = (name: string): unknown => {
    const { material } = mesh();
    return material instanceof THREE.ShaderMaterial ? material.uniforms[name]?.value : undefined;
  };
  const edges = () => segmentsOf(layer.scene.children.find((child) => child !== mesh()));
  /** Where in the picture a place on the ground was seen: as the shader reckons it. */
  const seenAt = (eastM: number, northM: number): readonly number[] => {
    const [centre, toPicture] = [uniform("uCentre"), uniform("uToPicture")];
    if (!(centre instanceof THREE.Vector2) || !(toPicture instanceof THREE.Matrix3)) throw new Error("no uniforms");
    const { x, y, z } = new THREE.Vector3(eastM - centre.x, northM - centre.y, 1).applyMatrix3(toPicture);
    return [x / z, y / z];
  };
  return { ...layer, video, mesh, uniform, edges, seenAt };
}

describe("the picture on the ground", () => {
  it("lies with its upper left corner first, clockwise, each corner of the ground on its corner of the picture", async () => {
    const { draw, mesh, seenAt } = await openFootprint(picture(1));
    draw(0);
    const places = mesh().geometry.getAttribute("position");
    const laid = [0, 1, 2, 3].map((i) => [Math.round(places.getX(i)), Math.round(places.getY(i))]);
    expect(laid).toEqual([
      [-80, 200],
      [80, 200],
      [30, 60],
      [-30, 60],
    ]);
    const wanted = [
      [0, 0],
      [1, 0],
      [1, 1],
      [0, 1],
    ];
    laid.forEach(([eastM = 0, northM = 0], i) => {
      const seen = seenAt(eastM, northM);
      for (const axis of [0, 1]) expect(seen[axis]).toBeCloseTo(wanted[i]?.[axis] ?? NaN, 2);
    });
    // Right of the middle line is right in the picture.
    expect(seenAt(10, 100)[0]).toBeGreaterThan(0.5);
    expect(mesh().visible).toBe(true);
  });

  it("has its four edges, and four from the camera's own height to its corners", async () => {
    const { draw, edges } = await openFootprint(picture(1));
    draw(0);
    const lines = edges().map((line) => line.map((m) => Math.round(m * 10) / 10));
    expect(lines.slice(0, 4)).toEqual([
      [-80, 200, 0.3, 80, 200, 0.3],
      [80, 200, 0.3, 30, 60, 0.3],
      [30, 60, 0.3, -30, 60, 0.3],
      [-30, 60, 0.3, -80, 200, 0.3],
    ]);
    expect(lines.slice(4)).toEqual([
      [0, 0, 60, -80, 200, 0.3],
      [0, 0, 60, 80, 200, 0.3],
      [0, 0, 60, 30, 60, 0.3],
      [0, 0, 60, -30, 60, 0.3],
    ]);
  });

  it("is gone with a picture whose place is not known, and with none", async () => {
    const { draw, mesh, edges, video } = await openFootprint(undefined);
    draw(0);
    expect([mesh().visible, edges().length]).toEqual([false, 0]);
    video.set(picture(1));
    draw(1);
    expect([mesh().visible, edges().length]).toEqual([true, 8]);
    video.set(picture(2, { ground: undefined }));
    draw(2);
    expect([mesh().visible, edges().length]).toEqual([false, 0]);
    video.set(picture(1));
    draw(3);
    expect(mesh().visible).toBe(true);
  });

  it("is not laid on corners that make no area", async () => {
    const flat: FrameGround = { ...ground, corners: [corner(9, 9), corner(9, 9), corner(9, 9), corner(9, 9)] };
    const { draw, mesh } = await openFootprint(picture(1, { ground: flat }));
    draw(0);
    expect(mesh().visible).toBe(false);
  });

  it("shows the newest picture, also of another size", async () => {
    const { draw, uniform, video } = await openFootprint(picture(1));
    const shown = () => {
      const texture = uniform("uPicture");
      if (!(texture instanceof THREE.DataTexture)) throw new Error("no picture");
      return { data: texture.image.data, width: texture.image.width, height: texture.image.height };
    };
    draw(0);
    expect(shown()).toMatchObject({ data: picture(1).luma, width: 3, height: 2 });
    const second = picture(2, { luma: new Uint8Array([9, 9, 9, 9, 9, 9]) });
    video.set(second);
    draw(1);
    expect(shown().data).toBe(second.luma);
    const larger = picture(3, { widthPx: 2, heightPx: 4, luma: new Uint8Array(8) });
    video.set(larger);
    draw(2);
    expect(shown()).toMatchObject({ data: larger.luma, width: 2, height: 4 });
  });

  it("is coloured by the palette that is chosen, and goes with the layer", async () => {
    const { rerender, uniform, video, unmount, scene } = await openFootprint(picture(1));
    await rerender(<FootprintLayer video={video} thermalPalette="black-hot" />);
    const table = uniform("uTable");
    expect(table instanceof THREE.DataTexture && table.image.data).toEqual(paletteTable("black-hot"));
    await unmount();
    expect(scene.children).toEqual([]);
  });
});

describe("the ground covered", () => {
  /** One tile of 8 by 8 cells of 10 m, of which the south-western quarter was seen. */
  const cover = (coverage: CoverageMap, column: number, row: number, isWhole = false): void =>
    coverage.apply({
      ...{ kind: "coverage", isWhole, origin: ORIGIN, cellM: 10, tileCells: 8 },
      ...{ tiles: [{ column, row }], seen: new Uint8Array([15, 15, 15, 15, 0, 0, 0, 0]) },
    });
  async function openSwept(coverage: CoverageMap) {
    const layer = await openLayer(<SweptLayer coverage={coverage} />);
    const { uSwept, uSweptHalfM, uSweptShown } = layer.tools.ground;
    const isTinted = (eastM: number, northM: number): boolean => {
      const { data, width } = uSwept.value.image;
      const indexOf = (m: number): number => Math.floor(((m + uSweptHalfM.value) / (2 * uSweptHalfM.value)) * width);
      return data?.[indexOf(northM) * width + indexOf(eastM)] === 255;
    };
    return { ...layer, uSweptShown, isTinted };
  }

  it("is tinted where it was seen, rows from the south and columns from the west, and nowhere else", async () => {
    const coverage = new CoverageMap();
    cover(coverage, 0, 0);
    const { isTinted, uSweptShown } = await openSwept(coverage);
    expect(uSweptShown.value).toBe(1);
    expect([isTinted(20, 20), isTinted(60, 20), isTinted(20, 60), isTinted(-20, 20)]).toEqual([
      true,
      false,
      false,
      false,
    ]);
    await change(() => cover(coverage, 1, -1));
    expect([isTinted(20, 20), isTinted(100, -60), isTinted(100, -20)]).toEqual([true, true, false]);
  });

  it("is that of this flight: what the last one covered goes when the map is replaced", async () => {
    const coverage = new CoverageMap();
    cover(coverage, 0, 0);
    const { isTinted } = await openSwept(coverage);
    await change(() => cover(coverage, 2, 0, true));
    expect([isTinted(20, 20), isTinted(180, 20)]).toEqual([false, true]);
    await change(() =>
      coverage.apply({
        ...{ kind: "coverage", isWhole: true, origin: undefined, cellM: 10, tileCells: 8 },
        ...{ tiles: [], seen: new Uint8Array() },
      }),
    );
    expect(isTinted(180, 20)).toBe(false);
  });

  it("is not shown once the layer is gone", async () => {
    const coverage = new CoverageMap();
    const { uSweptShown, unmount } = await openSwept(coverage);
    await unmount();
    expect(uSweptShown.value).toBe(0);
  });
});
