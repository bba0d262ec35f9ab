import { describe, expect, it } from "vitest";
import { seededRng } from "../core/rng.js";
import { geodesicDistanceM, initialBearingDeg } from "../geo/geodesic.js";
import { localFrameAt } from "../geo/localFrame.js";
import type { FramePose } from "../video/framePose.js";
import { addCovariance, ce95, circular, ellipse95, mahalanobis2, spread } from "./covariance.js";
import { footprint } from "./footprint.js";
import { createGeolocator, type FrameGeometry } from "./geolocate.js";
import type { PoseErrors } from "./poseErrors.js";
import { seaLevelGround } from "../geo/ground/seaLevelGround.js";

const SENSOR = { latitudeDeg: 50.77, longitudeDeg: 1.6 };
const pose = (heightM: number, elevationDeg: number, change: Partial<FramePose> = {}): FramePose => ({
  unixTimeUs: 0,
  sensor: { position: SENSOR, altitudeAmslM: heightM },
  platform: { headingDeg: 0, pitchDeg: 0, rollDeg: 0 },
  gimbal: { azimuthDeg: 0, elevationDeg, rollDeg: 0 },
  hfovDeg: 40,
  vfovDeg: 32,
  ...change,
});
const NONE: PoseErrors = { sensorHorizontalM: 0, sensorVerticalM: 0, headingDeg: 0, attitudeDeg: 0, gimbalDeg: 0, clockS: 0, pixelPx: 0 }; // prettier-ignore
const geometry = (at: FramePose, errors: Partial<PoseErrors> = {}, groundSigmaM = 0): FrameGeometry => ({
  pose: at,
  widthPx: 640,
  heightPx: 512,
  ground: seaLevelGround(groundSigmaM),
  errors: { ...NONE, ...errors },
  velocity: { eastM: 0, northM: 0 },
});
const locate = (g: FrameGeometry, x = 320, y = 256) => {
  const fix = createGeolocator(g).locate(x, y);
  if (!fix) throw new Error("no fix");
  return fix;
};

describe("pixel to position", () => {
  it("looking straight down is under the camera", () => {
    expect(geodesicDistanceM(SENSOR, locate(geometry(pose(70, -90))).position)).toBeLessThan(1e-3);
  });

  it.each([
    [{ platform: { headingDeg: 30, pitchDeg: 0, rollDeg: 0 }, gimbal: { azimuthDeg: 20, elevationDeg: -45, rollDeg: 0 } }, 50], // prettier-ignore
    [{ platform: { headingDeg: 200, pitchDeg: -45, rollDeg: 0 }, gimbal: { azimuthDeg: 0, elevationDeg: 0, rollDeg: 0 } }, 200], // prettier-ignore
    // A right bank of 45° tilts a gimbal that looks to the right down by 45°.
    [{ platform: { headingDeg: 0, pitchDeg: 0, rollDeg: 45 }, gimbal: { azimuthDeg: 90, elevationDeg: 0, rollDeg: 0 } }, 90], // prettier-ignore
  ])("at 45 degrees it is as far as high, in the right direction", (angles, bearingDeg) => {
    const { position, slantRangeM } = locate(geometry(pose(100, 0, angles)));
    expect(geodesicDistanceM(SENSOR, position)).toBeCloseTo(100, 1);
    expect(initialBearingDeg(SENSOR, position)).toBeCloseTo(bearingDeg, 3);
    expect(slantRangeM).toBeCloseTo(Math.SQRT2 * 100, 1);
  });

  it("right in the picture is right on the ground, down is nearer", () => {
    const g = geometry(pose(100, -45));
    expect(initialBearingDeg(SENSOR, locate(g, 639, 256).position)).toBeGreaterThan(10);
    expect(geodesicDistanceM(SENSOR, locate(g, 320, 511).position)).toBeLessThan(70);
  });

  it("gives nothing at or above the horizon, and no footprint then", () => {
    const g = geometry(pose(100, 0));
    expect(createGeolocator(g).locate(320, 200)).toBeUndefined();
    expect(createGeolocator(g).locate(320, 256)).toBeUndefined();
    expect(footprint(g, createGeolocator(g))).toBeUndefined();
  });

  it("meets a hillside where the ray does", () => {
    const frame = localFrameAt(SENSOR);
    const slope = 0.3;
    const ground = {
      heightAt: (position: typeof SENSOR) => ({
        heightAmslM: slope * frame.toEnu(position, 0).northM,
        sigmaM: 0,
        surface: "land" as const,
        waterlineDistanceM: undefined,
      }),
    };
    // The ray, 100 m up and 30° down, meets ground of slope 0.3: 100 - d tan(30°) = 0.3 d.
    const expectedM = 100 / (Math.tan(Math.PI / 6) + slope);
    const fix = locate({ ...geometry(pose(100, -30)), ground });
    expect(geodesicDistanceM(SENSOR, fix.position)).toBeCloseTo(expectedM, 1);
  });

  it("the footprint's corners and angles are those of the picture", () => {
    const g = geometry(pose(70, -90));
    const f = footprint(g, createGeolocator(g));
    if (!f) throw new Error("no footprint");
    expect(f.depressionDeg).toBeCloseTo(90, 6);
    expect(geodesicDistanceM(f.corners[0].position, f.corners[1].position)).toBeCloseTo(
      2 * 70 * Math.tan(Math.PI / 9),
      1,
    );
    expect(geodesicDistanceM(f.corners[1].position, f.corners[2].position)).toBeCloseTo(2 * 70 * Math.tan((16 * Math.PI) / 180), 1); // prettier-ignore
    expect(f.corners[0].position.longitudeDeg).toBeLessThan(f.corners[1].position.longitudeDeg);
    expect(f.corners[0].position.latitudeDeg).toBeGreaterThan(f.corners[3].position.latitudeDeg);
  });
});

describe("its covariance", () => {
  it("straight down: angles move the point by height times sigma", () => {
    const { bias } = locate(geometry(pose(70, -90), { attitudeDeg: 1 }));
    const sigmaM = (70 * Math.PI) / 180;
    expect(Math.sqrt(bias.eastEastM2)).toBeCloseTo(sigmaM, 3);
    expect(Math.sqrt(bias.northNorthM2)).toBeCloseTo(sigmaM, 3);
  });

  it("at 45 degrees a metre of height is a metre of ground, along the line of sight alone", () => {
    const { bias } = locate(geometry(pose(100, -45), { sensorVerticalM: 0.6 }, 0.8));
    expect(bias.northNorthM2).toBeCloseTo(1, 3);
    expect(bias.eastEastM2).toBeCloseTo(0, 6);
  });

  it("only the pixel's own error is noise", () => {
    const { bias, noise } = locate(geometry(pose(100, -90), { pixelPx: 2 }));
    expect(bias.eastEastM2).toBe(0);
    expect(Math.sqrt(noise.eastEastM2)).toBeCloseTo((2 * 200 * Math.tan(Math.PI / 9)) / 640, 3);
  });

  it("agrees with Monte Carlo at a slant", () => {
    const errors: PoseErrors = { sensorHorizontalM: 1.2, sensorVerticalM: 1.5, headingDeg: 1.5, attitudeDeg: 0.5, gimbalDeg: 0.2, clockS: 0, pixelPx: 1 }; // prettier-ignore
    const nominal = pose(80, -50, { platform: { headingDeg: 35, pitchDeg: -5, rollDeg: 8 }, gimbal: { azimuthDeg: 40, elevationDeg: -50, rollDeg: 3 } }); // prettier-ignore
    const stated = locate(geometry(nominal, errors, 1), 450, 150);
    const covariance = addCovariance(stated.bias, stated.noise);
    const rng = seededRng(4);
    const frame = localFrameAt(stated.position);
    const home = localFrameAt(SENSOR);
    let sum = circular(0);
    let inside = 0;
    const N = 4000;
    for (let i = 0; i < N; i++) {
      const e = (sigma: number) => sigma * rng.normal();
      const moved = home.toPosition({ eastM: e(1.2), northM: e(1.2), upM: 0 }).position;
      const off = pose(80 + e(1.5) - e(1), 0, {
        sensor: { position: moved, altitudeAmslM: 80 + e(Math.hypot(1.5, 1)) },
        platform: { headingDeg: 35 + e(1.5), pitchDeg: -5 + e(0.5), rollDeg: 8 + e(0.5) },
        gimbal: { azimuthDeg: 40 + e(0.2), elevationDeg: -50 + e(0.2), rollDeg: 3 + e(0.2) },
      });
      const { eastM, northM } = frame.toEnu(locate(geometry(off), 450 + e(1), 150 + e(1)).position, 0);
      sum = addCovariance(sum, spread(eastM / Math.sqrt(N), northM / Math.sqrt(N)));
      if (mahalanobis2(eastM, northM, covariance) < 5.991) inside++;
    }
    expect(sum.eastEastM2 / covariance.eastEastM2).toBeCloseTo(1, 0.9);
    expect(sum.northNorthM2 / covariance.northNorthM2).toBeCloseTo(1, 0.9);
    expect(inside / N).toBeGreaterThan(0.935);
    expect(inside / N).toBeLessThan(0.965);
  });

  it("the radius is the circle's own quantile: chi-square for a circle, 1.960 sigma for a line", () => {
    expect(ce95(circular(4))).toBeCloseTo(2 * Math.sqrt(5.991465), 3);
    expect(ce95(spread(3, 4))).toBeCloseTo(5 * 1.959964, 2);
    // Harter 1960, table of circular error probabilities: sigma ratio 0.5, 95 %.
    expect(ce95({ eastEastM2: 1, eastNorthM2: 0, northNorthM2: 0.25 })).toBeCloseTo(2.03586, 3);
  });

  it("the ellipse points along the larger error", () => {
    const ellipse = ellipse95(spread(3, 3));
    expect(ellipse.orientationDeg).toBeCloseTo(45, 6);
    expect(ellipse.semiMajorM).toBeCloseTo(Math.sqrt(18 * 5.991465), 3);
    expect(ellipse95(spread(0, 2)).orientationDeg % 180).toBeCloseTo(0, 6);
  });
});
