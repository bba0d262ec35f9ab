// @vitest-environment happy-dom
/** The scene's rules: how fine it is drawn, where its origin lies, in which colours, what stands on the ground. */
import { act, renderHook } from "@testing-library/react";
import { Color, DataUtils, LinearSRGBColorSpace } from "three";
import { describe, expect, it } from "vitest";
import { coastOf, rectangle } from "../../src/geo/testing/coasts.js";
import type { ReliefGrid } from "../../src/geo/coastDocument.js";
import type { Position } from "../../src/geo/position.js";
import { Latest } from "../bridge/latest.js";
import { CameraRig } from "./camera/cameraRig.js";
import { buildCoastModel } from "./geometry/coastModel.js";
import { buildHillMesh } from "./geometry/hillMesh.js";
import { buildMolesMesh, ringSegments } from "./geometry/landGeometry.js";
import { handleAt, isInsideArea, planHandles } from "./geometry/planHandles.js";
import { buildShoreField, type ShoreField, shoreMetresAt } from "./geometry/shoreField.js";
import { metresPerPx } from "./layers/screenSize.js";
import { contactGeometry } from "./layers/contactShapes.js";
import { quadGeometry } from "./layers/quadGeometry.js";
import { pixelRatioFor, qualityFor } from "./quality.js";
import { sceneFrameAt } from "./sceneFrame.js";
import { paletteFor } from "./scenePalette.js";
import { applyLight, applyShoreField, applySweptRaster, createGroundUniforms } from "./shaders/groundUniforms.js";
import { paletteTable } from "./thermalPalette.js";
import { useSceneFrame, type SceneFocus } from "./useSceneFrame.js";

const ORIGIN = { latitudeDeg: 50.75, longitudeDeg: 1.6 };
const frame = sceneFrameAt(ORIGIN);

describe("how fine it is drawn", () => {
  const page = (widthPx: number, heightPx: number, devicePixelRatio: number) => ({
    widthPx,
    heightPx,
    devicePixelRatio,
  });
  it.each([
    ["by a graphics card, as the screen has it", "GeForce", page(1000, 1000, 1), 1],
    ["up to one and a half", "GeForce", page(1000, 1000, 3), 1.5],
    ["never coarser than the page for a small ratio", "GeForce", page(1000, 1000, 0.5), 1],
    ["no finer than nine million pixels", "GeForce", page(6000, 6000, 1), 0.5],
    ["by software at three quarters", "llvmpipe", page(400, 400, 2), 0.75],
    ["by software no finer than 420,000 pixels", "SwiftShader", page(2000, 2100, 1), Math.sqrt(0.1)],
  ] as const)("%s", (_, renderer, size, ratio) => {
    expect(pixelRatioFor(qualityFor(renderer), size)).toBeCloseTo(ratio, 9);
  });
  it.each(["Google SwiftShader", "llvmpipe (LLVM 15)", "Microsoft Basic Render Driver", "Software Rasterizer"])(
    "%s is software",
    (name) => {
      expect(qualityFor(name)).toMatchObject({ isCalm: true, antialias: false });
    },
  );
});

describe("the origin", () => {
  const metres = (eastM: number): Position => frame.positionOf(eastM, 0);
  const open = (first?: Position) => {
    const origin = new Latest<Position | undefined>(first);
    const focus = new Latest<SceneFocus | undefined>(undefined);
    const hook = renderHook(() => useSceneFrame(origin, focus));
    return { origin, focus, now: () => hook.result.current.origin, unmount: hook.unmount };
  };

  it("is Boulogne's harbour until one is known, and then stays within ten kilometres", () => {
    const { origin, now } = open();
    expect(now()).toEqual({ latitudeDeg: 50.745, longitudeDeg: 1.575 });
    act(() => origin.set(ORIGIN));
    expect(now()).toBe(ORIGIN);
    act(() => origin.set(metres(9000)));
    expect(now()).toBe(ORIGIN);
    const far = metres(11_000);
    act(() => origin.set(far));
    expect(now()).toBe(far);
  });

  it("follows the aircraft that leaves it by over ten kilometres, and nobody once it is closed", () => {
    const { focus, now, unmount } = open(ORIGIN);
    act(() => focus.set({ position: metres(9900), altitudeAmslM: 50 }));
    expect(now()).toBe(ORIGIN);
    const position = metres(10_100);
    act(() => focus.set({ position, altitudeAmslM: 50 }));
    expect(now()).toBe(position);
    unmount();
    act(() => focus.set({ position: ORIGIN, altitudeAmslM: 50 }));
    expect(now()).toBe(position);
  });
});

describe("colours and pictures of the ground", () => {
  it("are those of the theme, as they are on the screen", () => {
    const uniforms = createGroundUniforms(false);
    for (const [theme, isDay] of [
      ["day", 1],
      ["night", 0],
    ] as const) {
      const palette = paletteFor(theme);
      applyLight(uniforms, palette);
      expect(uniforms.uIsDay.value).toBe(isDay);
      for (const name of ["sea", "sand", "foam", "swept"] as const)
        expect(uniforms[name].value.equals(new Color().setStyle(palette[name], LinearSRGBColorSpace))).toBe(true);
    }
  });

  it("hold the shore's distances and the ground covered with their widths", () => {
    const uniforms = createGroundUniforms(true);
    applyShoreField(uniforms, { size: 2, halfWidthM: 800, bandM: 100, metres: new Float32Array([-100, 0, 25, 100]) });
    const { data, width } = uniforms.uField.value.image;
    expect([width, uniforms.uFieldHalfM.value]).toEqual([2, 800]);
    expect([...(data ?? [])].map((half) => DataUtils.fromHalfFloat(half))).toEqual([-100, 0, 25, 100]);
    applySweptRaster(uniforms, { size: 1, halfWidthM: 50, cells: new Uint8Array([255]) });
    expect([uniforms.uSwept.value.image.width, uniforms.uSweptHalfM.value, uniforms.uSweptShown.value]).toEqual([
      1, 50, 1,
    ]);
  });

  it("have a noise that repeats without a seam and is neither black nor white all over", () => {
    const { data, width } = createGroundUniforms(false).uNoise.value.image;
    const values = [...(data ?? [])];
    expect(values).toHaveLength(width * width);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    expect(mean).toBeGreaterThan(64);
    expect(mean).toBeLessThan(192);
    const stepAcross = (a: number, b: number): number => Math.abs((values[a] ?? 0) - (values[b] ?? 0));
    const rows = Array.from({ length: width }, (_, row) => row * width);
    const seam = Math.max(...rows.map((at) => stepAcross(at, at + width - 1)));
    const inside = Math.max(...rows.map((at) => stepAcross(at, at + 1)));
    expect(seam).toBeLessThanOrEqual(inside * 2 + 8);
  });

  it("of heat go from black violet through red to white", () => {
    const table = paletteTable("ironbow");
    const at = (level: number): readonly number[] => [...table.slice(level * 4, level * 4 + 4)];
    expect([at(0), at(51), at(153), at(255)]).toEqual([
      [0, 0, 10, 255],
      [45, 0, 90, 255],
      [215, 60, 50, 255],
      [255, 255, 245, 255],
    ]);
    expect([...paletteTable("white-hot").slice(400, 404)]).toEqual([100, 100, 100, 255]);
    expect([...paletteTable("black-hot").slice(400, 404)]).toEqual([155, 155, 155, 255]);
  });
});

describe("the coast", () => {
  const coast = coastOf([{ outline: rectangle(1.6, 50.7, 1.8, 50.8), holes: [] }]);

  it("has land east of its line and sea west of it", () => {
    const model = buildCoastModel(frame, coast);
    expect(shoreMetresAt(model.field, 300, 0)).toBeCloseTo(300, -2);
    expect(shoreMetresAt(model.field, -300, 0)).toBeCloseTo(-300, -2);
    expect([shoreMetresAt(model.field, 7000, 0), shoreMetresAt(model.field, -7000, 0)]).toEqual([700, -700]);
    // The edge at 1.8° E lies on the data's box and is no shore: three edges are.
    expect(model.waterline.length / 6).toBe(3);
  });

  it("has hills that rise behind 350 m of beach to the relief's height, and end at its edge", () => {
    const relief = {
      source: "",
      westDeg: 1,
      southDeg: 50,
      stepDeg: 1,
      columns: 2,
      rows: 2,
      heightsM: [100, 100, 100, 100],
    };
    const flatField = (metres: number): ShoreField => ({
      ...{ size: 2, halfWidthM: 5000, bandM: 2600, metres: new Float32Array([metres, metres, metres, metres]) },
    });
    const heights = (insideM: number, backdrop: ReliefGrid | undefined): number[] => {
      const at = { ...buildCoastModel(frame, coast), field: flatField(insideM), farField: flatField(insideM) };
      const mesh = buildHillMesh(
        { frame, coast: at, relief: backdrop, terrain: undefined },
        { size: 4, middleShare: 1 },
      );
      return [...mesh.positions].filter((_, i) => i % 3 === 2);
    };
    for (const heightM of heights(2600, relief)) {
      expect(heightM).toBeGreaterThan(55);
      expect(heightM).toBeLessThan(105);
    }
    expect(new Set(heights(350, relief))).toEqual(new Set([-6]));
    for (const heightM of heights(2600, { ...relief, westDeg: 20 })) expect(heightM).toBeCloseTo(0, 5);
    expect(new Set(heights(2600, undefined))).toEqual(new Set([-6]));
  });

  it("has moles that stand above the sea", () => {
    const mole = [frame.positionOf(0, 0), frame.positionOf(100, 0), frame.positionOf(100, 10), frame.positionOf(0, 10)];
    const { positions, indices } = buildMolesMesh(frame, [{ name: "m", isApproximate: true, moles: [mole, mole] }], 3);
    expect(positions.length / 3).toBe(8);
    expect([positions[2], positions[5]]).toEqual([3, 3]);
    expect([Math.min(...indices), Math.max(...indices), indices.length]).toEqual([0, 7, 12]);
  });

  it("outlines are closed", () => {
    expect(ringSegments([0, 0, 10, 0, 10, 5], 2)).toEqual([0, 0, 2, 10, 0, 2, 10, 0, 2, 10, 5, 2, 10, 5, 2, 0, 0, 2]);
  });

  it("distance is that to the nearest end of a segment beyond it, within the band", () => {
    const waterline = new Float32Array([-100, 0, 0, 100, 0, 0]);
    const field = buildShoreField({ rings: [], waterline, size: 100, halfWidthM: 500, bandM: 300 });
    expect(shoreMetresAt(field, 5, 105)).toBeCloseTo(-105, 0);
    expect(shoreMetresAt(field, 225, 5)).toBeCloseTo(-125, 0);
    expect(shoreMetresAt(field, 5, 495)).toBe(-300);
  });
});

describe("handles", () => {
  const square = [
    [0, 0],
    [0, 2],
    [2, 2],
    [2, 0],
  ].map(([latitudeDeg = 0, longitudeDeg = 0]) => ({ latitudeDeg, longitudeDeg }));
  const toScreen = ({ latitudeDeg, longitudeDeg }: Position) => ({ xPx: longitudeDeg * 100, yPx: latitudeDeg * 100 });

  it("of one corner have no edges; the last edge ends at the first corner", () => {
    expect(planHandles(square.slice(0, 1))).toHaveLength(1);
    expect(planHandles(square).at(-1)).toEqual({
      kind: "middle",
      index: 4,
      position: { latitudeDeg: 1, longitudeDeg: 0 },
    });
  });

  it("are reached up to their distance, middles four pixels less", () => {
    const at = (xPx: number, yPx: number) => handleAt(planHandles(square), { xPx, yPx }, toScreen, 20)?.kind;
    expect([at(19, 0), at(20, 0), at(100, 15), at(100, 16)]).toEqual(["corner", undefined, "middle", undefined]);
    expect(handleAt(planHandles(square), { xPx: 0, yPx: 0 }, () => undefined, 20)).toBeUndefined();
  });

  it.each([
    [1, 1, true],
    [1, 3, false],
    [1, -1, false],
    [3, 1, false],
    [-1, 1, false],
  ])("latitude %d, longitude %d is inside: %s", (latitudeDeg, longitudeDeg, isInside) => {
    expect(isInsideArea(square, { latitudeDeg, longitudeDeg })).toBe(isInside);
  });
});

describe("shapes", () => {
  it("of contacts differ in outline; boats and unknown things are hollow, their dark backing is not and is larger", () => {
    const reach = (isBacking: boolean): number => {
      const geometry = contactGeometry("person", isBacking);
      geometry.computeBoundingBox();
      return geometry.boundingBox?.max.y ?? 0;
    };
    expect(reach(false)).toBe(1);
    expect(reach(true)).toBeCloseTo(1.38, 5);
    const countOf = (kind: "boat" | "unknown" | "person" | "vehicle", isBacking: boolean): number =>
      contactGeometry(kind, isBacking).getAttribute("position").count;
    for (const kind of ["boat", "unknown"] as const) expect(countOf(kind, false)).toBeGreaterThan(countOf(kind, true));
    for (const kind of ["person", "vehicle"] as const) expect(countOf(kind, false)).toBe(countOf(kind, true));
  });

  it("of the aircraft have an amber nose ahead, red to port and green to starboard", () => {
    const geometry = quadGeometry();
    const [places, colours] = [geometry.getAttribute("position"), geometry.getAttribute("color")];
    const middleOf = (style: string): readonly [number, number] => {
      const wanted = new Color(style);
      let [x, y, count] = [0, 0, 0];
      for (let i = 0; i < places.count; i++) {
        const isSo =
          Math.abs(colours.getX(i) - wanted.r) +
            Math.abs(colours.getY(i) - wanted.g) +
            Math.abs(colours.getZ(i) - wanted.b) <
          1e-3;
        if (isSo) [x, y, count] = [x + places.getX(i), y + places.getY(i), count + 1];
      }
      return [x / count, y / count];
    };
    expect(middleOf("#f5a524")[1]).toBeGreaterThan(0.3);
    expect(middleOf("#ff4d4f")[0]).toBeCloseTo(-0.62, 2);
    expect(middleOf("#3fb950")[0]).toBeCloseTo(0.62, 2);
  });

  it("keep their size on the screen: metres a pixel grow with the way along the view, not beside it", () => {
    // Looking along -z from the origin, 90° high.
    const camera = { fov: 90, matrixWorldInverse: { elements: [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1] } };
    expect(metresPerPx(camera, 500, { x: 0, y: 0, z: -250 })).toBeCloseTo(1, 9);
    expect(metresPerPx(camera, 500, { x: 400, y: 99, z: -500 })).toBeCloseTo(2, 9);
    expect(metresPerPx(camera, 500, { x: 0, y: 0, z: 10 })).toBeCloseTo(0.0004, 9);
  });
});

describe("the camera", () => {
  it("looks at a place from that far, at sea level, and jumps there when told to", () => {
    const rig = new CameraRig("free");
    rig.lookAt(100, -50, 7);
    expect(rig.goal).toMatchObject({ targetEastM: 100, targetNorthM: -50, targetUpM: 0, rangeM: 25 });
    expect(rig.view.targetEastM).toBe(0);
    rig.jump();
    expect(rig.view).toEqual(rig.goal);
    rig.shift(-100, 50);
    expect([rig.goal.targetEastM, rig.view.targetNorthM]).toEqual([0, 0]);
  });

  it("follows between the aircraft and the ground", () => {
    const rig = new CameraRig("follow");
    rig.followTo(10, 20);
    rig.standOn(0, 100);
    expect(rig.goal).toMatchObject({ targetEastM: 10, targetNorthM: 20, targetUpM: 45 });
    rig.standOn(60, 100);
    expect(rig.goal.targetUpM).toBe(78);
    rig.standOn(60, undefined);
    expect(rig.goal.targetUpM).toBe(60);
  });

  it("turns by pixels, between the ground and almost overhead", () => {
    const rig = new CameraRig("free");
    const { azimuthRad } = rig.goal;
    rig.turn(100, 9999);
    expect([rig.goal.azimuthRad - azimuthRad, rig.goal.elevationRad]).toEqual([expect.closeTo(0.5, 9), 1.5]);
    rig.turn(0, -9999);
    expect(rig.goal.elevationRad).toBe(0.06);
  });

  it("zooms onto the pointer only near the middle, and never away from the aircraft that it follows", () => {
    const [rig, followed] = [new CameraRig("top"), new CameraRig("follow")];
    rig.zoom(0.5, { eastM: 3751, northM: 0 });
    followed.zoom(0.5, { eastM: 100, northM: 0 });
    expect([rig.goal.targetEastM, followed.goal.targetEastM]).toEqual([0, 0]);
    expect([rig.goal.rangeM, followed.goal.rangeM]).toEqual([1250, 230]);
  });

  it("sees at least 1200 m when it becomes a map, and turns the shorter way to north", () => {
    const rig = new CameraRig("follow");
    rig.view.azimuthRad = 2 * Math.PI + 0.5;
    rig.setMode("top");
    expect([rig.goal.rangeM, rig.view.azimuthRad]).toEqual([1200, expect.closeTo(0.5, 9)]);
    rig.setMode("top");
    expect(rig.mode).toBe("top");
  });
});
