import { describe, expect, it } from "vitest";
import { localFrameAt } from "../geo/localFrame.js";
import { addCovariance, ellipse95 } from "./covariance.js";
import { footprint, type Footprint } from "./footprint.js";
import { createGeolocator, type FrameGeometry } from "./geolocate.js";
import { fixOf, geometryOf, levelGround, NO_ERRORS, poseOf, RAD, SENSOR } from "./testing/slantedView.js";

const frame = localFrameAt(SENSOR);
const of = (geometry: FrameGeometry): Footprint | undefined => footprint(geometry, createGeolocator(geometry));
const rolled = (rollDeg: number, depressionDeg: number) =>
  poseOf(100, depressionDeg, { gimbal: { azimuthDeg: 0, elevationDeg: -depressionDeg, rollDeg } });

describe("the ground in a frame", () => {
  it("has the corners of the picture in their order, on the ground's own height", () => {
    const found = of(geometryOf(poseOf(130, 90), { ground: levelGround(30) }));
    const [halfM, halfHighM] = [100 * Math.tan(20 * RAD), 100 * Math.tan(16 * RAD)];
    const corners = found?.corners.map(({ position, heightAmslM }) => {
      expect(heightAmslM).toBe(30);
      const { eastM, northM } = frame.toEnu(position, 30);
      return [eastM.toFixed(2), northM.toFixed(2)];
    });
    const [e, n] = [halfM.toFixed(2), halfHighM.toFixed(2)];
    expect(corners).toEqual([
      [`-${e}`, n],
      [e, n],
      [e, `-${n}`],
      [`-${e}`, `-${n}`],
    ]);
    expect(found).toMatchObject({ hfovDeg: 40, sensor: { position: SENSOR, altitudeAmslM: 130 } });
    expect(found?.centre.heightAmslM).toBe(30);
  });

  it("states the error of its centre, pose and pixel together", () => {
    const geometry = geometryOf(poseOf(100, 40), { errors: { ...NO_ERRORS, sensorVerticalM: 1, pixelPx: 3 } });
    const { bias, noise, position } = fixOf(geometry);
    expect(of(geometry)?.centreEllipse95).toEqual(ellipse95(addCovariance(bias, noise)));
    expect(of(geometry)?.centre.position).toEqual(position);
  });

  it.each([10, -10, 170, -170])("is none when one corner alone looks above the horizon (roll %i°)", (rollDeg) => {
    // 18° down with half a picture of 16° by 20°: rolled by 10° one of the two upper corners is above the horizon.
    expect(of(geometryOf(rolled(rollDeg, 18)))).toBeUndefined();
    expect(of(geometryOf(rolled(rollDeg, 30)))).toBeDefined();
  });

  it.each([
    [200, 20, 220, 40],
    [350, 20, 10, 60],
    [0, 0, 0, 30],
    [180, 90, 270, 45],
  ])(
    "looks along heading %i° plus azimuth %i° = %i°, %i° down",
    (headingDeg, azimuthDeg, towardsDeg, depressionDeg) => {
      const change = {
        platform: { headingDeg, pitchDeg: 0, rollDeg: 0 },
        gimbal: { azimuthDeg, elevationDeg: -depressionDeg, rollDeg: 0 },
      };
      const found = of(geometryOf(poseOf(100, depressionDeg, change)));
      expect(found?.azimuthDeg).toBeCloseTo(towardsDeg, 6);
      expect(found?.depressionDeg).toBeCloseTo(depressionDeg, 6);
    },
  );

  it("straight down its direction is that of the picture's top, not of a little sway; from 6° of slant on it is the axis's", () => {
    // A camera fixed downwards on an aircraft that flies north: banked right, it looks to the west.
    const banked = (rollDeg: number) =>
      of(geometryOf(poseOf(100, 90, { platform: { headingDeg: 0, pitchDeg: 0, rollDeg } })));
    const offNorthDeg = (azimuthDeg = Number.NaN): number => Math.abs(((azimuthDeg + 180) % 360) - 180);
    expect(offNorthDeg(banked(5)?.azimuthDeg)).toBeLessThan(1e-6);
    expect(offNorthDeg(banked(-5)?.azimuthDeg)).toBeLessThan(1e-6);
    expect(banked(6.5)?.azimuthDeg).toBeCloseTo(270, 6);
    expect(banked(-6.5)?.azimuthDeg).toBeCloseTo(90, 6);
    const flyingEast = { platform: { headingDeg: 90, pitchDeg: 0, rollDeg: 0 } };
    expect(of(geometryOf(poseOf(100, 90, flyingEast)))?.azimuthDeg).toBeCloseTo(90, 6);
  });
});
