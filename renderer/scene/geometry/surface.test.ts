import { describe, expect, it } from "vitest";
import { coastOf, rectangle } from "../../../src/geo/testing/coasts.js";
import { sceneFrameAt } from "../sceneFrame.js";
import { buildCoastModel } from "./coastModel.js";
import { buildHillMesh, meshHeightM } from "./hillMesh.js";
import { drapedSegments, onSurface, SEA_LEVEL, surfaceOf, whereRayMeets } from "./surface.js";
import { gridOf } from "./testing/gridOf.js";

/** The shore runs north through the origin; land is in the east. */
const frame = sceneFrameAt({ latitudeDeg: 50.75, longitudeDeg: 1.6 });
const coast = coastOf([{ outline: rectangle(1.6, 50.6, 1.9, 50.9), holes: [] }]);
const model = buildCoastModel(frame, coast);

/** A plateau of 100 m; the fine file knows only the south. */
const near = gridOf(1000, 101, (_, northM) => (northM > 500 ? Number.NaN : 100));
const far = gridOf(10_000, 101, () => 80);
const plateau = surfaceOf(model, { near, far });

describe("the ground that marks stand on", () => {
  it("is of the finest file that knows the place, sea level at sea, and sea level where nothing is known", () => {
    expect(plateau.heightM(300, 0)).toBeCloseTo(100, 5);
    expect(plateau.heightM(300, 900)).toBeCloseTo(80, 5);
    expect(plateau.heightM(5000, 0)).toBeCloseTo(80, 5);
    expect(plateau.heightM(-300, 0)).toBe(0);
    expect(plateau.heightM(20_000, 0)).toBe(0);
    expect(plateau.highestM).toBe(100);
    expect(surfaceOf(model, undefined)).toBe(SEA_LEVEL);
  });

  it("is never under the sea's level: a polder is drawn as the flat land that it is", () => {
    const polder = surfaceOf(model, { near: gridOf(1000, 11, () => -2), far: undefined });
    expect([polder.heightM(300, 0), polder.highestM]).toEqual([0, 0]);
  });

  it("carries a line that is cut so that it follows the ground, and an area at its corners", () => {
    const slope = { heightM: (eastM: number) => eastM / 10, highestM: 100 };
    const draped = drapedSegments(Float32Array.of(0, 0, 55, 90, 0, 66), slope, 0.5);
    expect([...draped].map((m) => Math.round(m * 10) / 10)).toEqual([
      ...[0, 0, 0.5, 30, 0, 3.5],
      ...[30, 0, 3.5, 60, 0, 6.5],
      ...[60, 0, 6.5, 90, 0, 9.5],
    ]);
    expect([...drapedSegments(Float32Array.of(0, 0, 55, 900, 0, 66), SEA_LEVEL, 0.5)]).toEqual([
      0, 0, 0.5, 900, 0, 0.5,
    ]);
    expect(drapedSegments(Float32Array.of(5, 5, 1, 5, 5, 1), slope, 0).length).toBe(6);
    const area = { positions: Float32Array.of(0, 0, 1, 50, 0, 1), indices: Uint32Array.of(0, 1, 0) };
    expect([...onSurface(area, slope).positions]).toEqual([0, 0, 1, 50, 0, 6]);
  });
});

describe("a ray from the eye", () => {
  const down = (x: number, z: number) => ({ x, y: 0, z });

  it("meets the sea where there are no heights, and nothing above the horizon", () => {
    expect(whereRayMeets(SEA_LEVEL, { x: 0, y: 0, z: 100 }, down(1, -1))).toEqual({ eastM: 100, northM: 0 });
    expect(whereRayMeets(SEA_LEVEL, { x: 0, y: 0, z: 100 }, down(1, 0))).toBeUndefined();
    expect(whereRayMeets(plateau, { x: 0, y: 0, z: 100 }, down(1, 0.1))).toBeUndefined();
  });

  it("meets the plateau's top from above, and its cliff from the sea", () => {
    const top = whereRayMeets(plateau, { x: 300, y: 0, z: 200 }, down(1, -1));
    expect(top?.eastM).toBeCloseTo(400, 0);
    const face = whereRayMeets(plateau, { x: -500, y: 0, z: 60 }, down(1, -0.05));
    expect(Math.abs(face?.eastM ?? 999)).toBeLessThan(15);
    const water = whereRayMeets(plateau, { x: -500, y: 0, z: 60 }, down(1, -1));
    expect(water?.eastM).toBeCloseTo(-440, 0);
  });

  it("that starts in the ground meets it at once", () => {
    expect(whereRayMeets(plateau, { x: 300, y: 0, z: 50 }, down(1, -1))?.eastM).toBeCloseTo(300, 0);
  });
});

describe("hills of files", () => {
  const mesh = buildHillMesh(
    { frame, coast: model, relief: undefined, terrain: { near, far } },
    { size: 200, middleShare: 0.35 },
  );
  it("have the files' heights on land, lie under the sea's level at sea, and end where nothing is known", () => {
    for (let i = 0; i < mesh.positions.length; i += 3) {
      const [eastM = 0, northM = 0, upM = 0] = mesh.positions.subarray(i, i + 3);
      const isKnown = Math.max(Math.abs(eastM), Math.abs(northM)) <= 10_000;
      // Beside the shore the mesh goes through sea level, over cells of up to 340 m.
      const isLand = eastM > 700;
      if (isKnown && isLand) expect([80, 100].some((heightM) => Math.abs(upM - heightM) < 0.01)).toBe(true);
      if (eastM < -700 || (!isKnown && isLand)) expect(upM).toBeLessThan(0);
    }
  });

  it("go through sea level at the coast's line, whatever side of it their corners are on", () => {
    const { positions, indices } = buildHillMesh(
      { frame, coast: model, relief: undefined, terrain: { near: gridOf(1000, 201, () => 60), far } },
      { size: 320, middleShare: 0.13 },
    );
    const crossings: number[] = [];
    for (let i = 0; i < indices.length; i++) {
      const [a, b] = [indices[i] ?? 0, indices[i % 3 === 2 ? i - 2 : i + 1] ?? 0].map((corner) => ({
        ...{ x: positions[corner * 3] ?? 0, y: positions[corner * 3 + 1] ?? 0, z: positions[corner * 3 + 2] ?? 0 },
      }));
      if (!a || !b || Math.max(...[a.x, a.y, b.x, b.y].map(Math.abs)) > 800 || a.z > 0 === b.z > 0) continue;
      crossings.push(a.x + ((b.x - a.x) * -a.z) / (b.z - a.z));
    }
    expect(crossings.length).toBeGreaterThan(50);
    for (const eastM of crossings) expect(Math.abs(eastM)).toBeLessThan(8);
  });
});

describe("the height of the drawn mesh", () => {
  it("is that of its corners and of a plane through them", () => {
    const offsetsM = [-9000, -2000, -100, 0, 150, 2500, 9000];
    const planeM = (eastM: number, northM: number): number => 200 + eastM / 500 + northM / 250;
    const corners = offsetsM.flatMap((northM) => offsetsM.flatMap((eastM) => [eastM, northM, planeM(eastM, northM)]));
    const mesh = { positions: new Float32Array(corners), indices: new Uint32Array() };
    for (const eastM of [-9000, -2000, -1999, -50, 0, 7000, 9000])
      for (const northM of [-9000, -101, 20, 2500, 8999])
        expect(meshHeightM(mesh, eastM, northM)).toBeCloseTo(planeM(eastM, northM), 3);
  });

  it("is that of the triangle over the place, not of the square", () => {
    const roof = { positions: new Float32Array([0, 0, 0, 10, 0, 0, 0, 10, 0, 10, 10, 8]), indices: new Uint32Array() };
    expect(meshHeightM(roof, 4, 4)).toBeCloseTo(0, 6);
    expect(meshHeightM(roof, 8, 6)).toBeCloseTo(3.2, 6);
    expect(meshHeightM(roof, 6, 8)).toBeCloseTo(3.2, 6);
    expect(meshHeightM(roof, 11, 4)).toBeUndefined();
  });
});
