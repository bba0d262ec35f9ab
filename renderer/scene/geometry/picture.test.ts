import { describe, expect, it } from "vitest";
import { seededRng } from "../../../src/core/rng.js";
import { groundToPicture } from "./homography.js";
import { activeLeg, routePoints, routeSegments } from "./routeGeometry.js";
import { handleAt, isInsideArea, planHandles } from "./planHandles.js";
import type { MissionItem } from "../../../src/plan/plan.js";
import { sceneFrameAt } from "../sceneFrame.js";

/** A pinhole camera worked out on its own: where a picture's point (u, v in 0..1) meets the ground. */
function pinhole(u: number, v: number): readonly [number, number] {
  const depressionRad = (52 * Math.PI) / 180;
  const azimuthRad = (214 * Math.PI) / 180;
  const halfWidth = Math.tan((32 * Math.PI) / 360);
  const halfHeight = (halfWidth * 512) / 640;
  const right = (u * 2 - 1) * halfWidth;
  const down = (v * 2 - 1) * halfHeight;
  // Forward, then down in the camera's own axes, turned by the depression and the azimuth.
  const ahead = Math.cos(depressionRad) - down * Math.sin(depressionRad);
  const below = Math.sin(depressionRad) + down * Math.cos(depressionRad);
  const scale = 58 / below;
  const east = (ahead * Math.sin(azimuthRad) + right * Math.cos(azimuthRad)) * scale;
  const north = (ahead * Math.cos(azimuthRad) - right * Math.sin(azimuthRad)) * scale;
  return [east, north];
}

describe("the picture on the ground", () => {
  const corners = [pinhole(0, 0), pinhole(1, 0), pinhole(1, 1), pinhole(0, 1)].flat();
  const toPicture = new Float64Array(9);
  it("puts every ground point on the pixel that a pinhole camera saw it with (seed 5)", () => {
    expect(groundToPicture(corners, toPicture)).toBe(true);
    const rng = seededRng(5);
    for (let i = 0; i < 200; i++) {
      const [u, v] = [rng.uniform(), rng.uniform()];
      const [x, y] = pinhole(u, v);
      const w = toPicture[6]! * x + toPicture[7]! * y + toPicture[8]!;
      expect((toPicture[0]! * x + toPicture[1]! * y + toPicture[2]!) / w).toBeCloseTo(u, 9);
      expect((toPicture[3]! * x + toPicture[4]! * y + toPicture[5]!) / w).toBeCloseTo(v, 9);
    }
  });
  it("refuses corners on one line", () => {
    expect(groundToPicture([0, 0, 1, 1, 2, 2, 3, 3], toPicture)).toBe(false);
  });
});

describe("route", () => {
  const frame = sceneFrameAt({ latitudeDeg: 50.7, longitudeDeg: 1.6 });
  const height: Pick<MissionItem, "altitude"> = JSON.parse('{"altitude":{"datum":"home","valueM":60}}');
  const place = (eastM: number): MissionItem => ({
    command: 16,
    params: [undefined, undefined, undefined, undefined] as const,
    position: frame.positionOf(eastM, 0),
    ...height,
    autoContinue: true,
  });
  const changeSpeed = { command: 178, params: [1, 12, undefined, undefined] as const, autoContinue: true };
  const home = { ...place(0), command: 20, position: { latitudeDeg: 0, longitudeDeg: 0 } };
  const points = routePoints(frame, [place(0), changeSpeed, place(100), place(250), home], { homeAmslM: 20 });
  it("goes through places only, at their height above the sea", () => {
    expect(points.map(({ itemIndex }) => itemIndex)).toEqual([0, 2, 3]);
    expect(points[0]!.upM).toBe(80);
    expect(routeSegments(points)).toHaveLength(12);
  });
  it("shows as active the leg that ends at the item being flown", () => {
    expect(activeLeg(points, 0)).toBeUndefined();
    expect(activeLeg(points, 1)).toBe(0);
    expect(activeLeg(points, 2)).toBe(0);
    expect(activeLeg(points, 3)).toBe(1);
    expect(activeLeg(points, 4)).toBeUndefined();
  });
});

describe("handles of an area", () => {
  const area = [
    { latitudeDeg: 50, longitudeDeg: 1 },
    { latitudeDeg: 50, longitudeDeg: 2 },
    { latitudeDeg: 51, longitudeDeg: 2 },
  ];
  const toScreen = ({ latitudeDeg, longitudeDeg }: { latitudeDeg: number; longitudeDeg: number }) => ({
    xPx: longitudeDeg * 100,
    yPx: latitudeDeg * 100,
  });
  const handles = planHandles(area);
  it("has every corner and the middle of every edge, with the index a new corner gets", () => {
    expect(handles.filter(({ kind }) => kind === "middle").map(({ index }) => index)).toEqual([1, 2, 3]);
  });
  it("takes the nearest within reach, a corner before a middle", () => {
    expect(handleAt(handles, { xPx: 104, yPx: 5003 }, toScreen, 20)).toMatchObject({ kind: "corner", index: 0 });
    expect(handleAt(handles, { xPx: 150, yPx: 5001 }, toScreen, 20)).toMatchObject({ kind: "middle", index: 1 });
    expect(handleAt(handles, { xPx: 150, yPx: 5025 }, toScreen, 20)).toBeUndefined();
  });
  it("knows inside from outside", () => {
    expect(isInsideArea(area, { latitudeDeg: 50.2, longitudeDeg: 1.8 })).toBe(true);
    expect(isInsideArea(area, { latitudeDeg: 50.8, longitudeDeg: 1.2 })).toBe(false);
  });
});
