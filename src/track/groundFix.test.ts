import { describe, expect, it } from "vitest";
import type { GroundModel } from "../geo/ground/ground.js";
import { localFrameAt } from "../geo/localFrame.js";
import type { Position } from "../geo/position.js";
import type { Covariance2 } from "./contact.js";
import { createGeolocator } from "./geolocate.js";
import { fixOf, geometryOf, levelGround, NO_ERRORS, poseOf, RAD, SENSOR } from "./testing/slantedView.js";

const frame = localFrameAt(SENSOR);
const placeOf = (position: Position) => frame.toEnu(position, 0);
const sigmas = (c: Covariance2) => ({ eastM: Math.sqrt(c.eastEastM2), northM: Math.sqrt(c.northNorthM2) });
/** Ground as high as a function of metres east and north of the camera. */
const terrain = (heightM: (eastM: number, northM: number) => number): GroundModel => ({
  heightAt: (position) => {
    const { eastM, northM } = placeOf(position);
    return { heightAmslM: heightM(eastM, northM), sigmaM: 0, surface: "land", waterlineDistanceM: undefined };
  },
});

describe("a slanted view of level ground", () => {
  // 100 m above ground: the point is 100 m / tan(depression) away, whatever the height above the sea.
  it.each([
    [100, 0, 45, 100],
    [130, 30, 45, 100],
    [130, 30, 30, 173.205],
    [80, -20, 60, 57.735],
    [400, 300, 20, 274.748],
  ])("from %i m over ground at %i m, %i° down, is %f m away", (altitudeAmslM, groundM, depressionDeg, awayM) => {
    const fix = fixOf(geometryOf(poseOf(altitudeAmslM, depressionDeg), { ground: levelGround(groundM) }));
    const { eastM, northM } = placeOf(fix.position);
    expect(eastM).toBeCloseTo(0, 6);
    expect(northM).toBeCloseTo(awayM, 1);
    expect(fix.slantRangeM).toBeCloseTo(100 / Math.sin(depressionDeg * RAD), 1);
    expect(fix.ground).toMatchObject({ heightAmslM: groundM, surface: "land" });
  });

  it("follows the curve of the earth: 3 km away the sea lies 0.7 m lower than a plane", () => {
    // d² / 2R with R = 6380 km is 0.705 m, which at 1:30 moves the point 21 m further.
    const fix = fixOf(geometryOf(poseOf(100, Math.atan(1 / 30) / RAD)));
    expect(placeOf(fix.position).northM).toBeGreaterThan(3018);
    expect(placeOf(fix.position).northM).toBeLessThan(3025);
  });

  it("right of the middle by 5° is that far to the right, above the middle by 5° is that much flatter", () => {
    const geometry = geometryOf(poseOf(100, 45));
    const perRad = (half: number, pixels: number): number => pixels / Math.tan(half * RAD);
    const right = fixOf(geometry, 320 + perRad(20, 320) * Math.tan(5 * RAD), 256);
    expect(placeOf(right.position).eastM).toBeCloseTo(100 * Math.SQRT2 * Math.tan(5 * RAD), 2);
    expect(placeOf(right.position).northM).toBeCloseTo(100, 1);
    const above = fixOf(geometry, 320, 256 - perRad(16, 256) * Math.tan(5 * RAD));
    expect(placeOf(above.position).northM).toBeCloseTo(100 / Math.tan(40 * RAD), 1);
  });

  it("something a metre tall hides ground behind it: its foot is nearer to the camera", () => {
    // Looking east, 30° down: 1 m / tan(30°) to the west.
    const east = { platform: { headingDeg: 90, pitchDeg: 0, rollDeg: 0 } };
    const { perMetreUp } = fixOf(geometryOf(poseOf(100, 30, east)));
    expect(perMetreUp.eastM).toBeCloseTo(-Math.sqrt(3), 6);
    expect(perMetreUp.northM).toBeCloseTo(0, 6);
  });

  it("a pixel covers ground across the view by range, along it by range over the sine of the slant", () => {
    const { right, down } = fixOf(geometryOf(poseOf(100, 30))).perPixel;
    const rangeM = 200;
    expect(right.eastM).toBeCloseTo((rangeM * 2 * Math.tan(20 * RAD)) / 640, 3);
    expect(right.northM).toBeCloseTo(0, 6);
    // A pixel down is nearer: to the south when looking north.
    const downM = (rangeM * 2 * Math.tan(16 * RAD)) / 512 / Math.sin(30 * RAD);
    expect(down.northM).toBeGreaterThan(-downM);
    expect(down.northM).toBeLessThan(-0.98 * downM);
    expect(down.eastM).toBeCloseTo(0, 6);
  });
});

describe("where a ray ends", () => {
  it("at the foot of a cliff face, though there is no height at which ray and ground agree", () => {
    const cliff = terrain((_, northM) => (northM >= 200 ? 150 : 0));
    const fix = fixOf(geometryOf(poseOf(100, Math.atan(0.25) / RAD), { ground: cliff }));
    expect(placeOf(fix.position).northM).toBeCloseTo(200, 0);
    expect(fix.ground.heightAmslM).toBe(150);
    expect(fix.slantRangeM).toBeCloseTo(200 * Math.hypot(1, 0.25), 0);
  });

  it("in a valley below the start of the land", () => {
    const slope = terrain((_, northM) => -0.2 * northM);
    // 100 - 0.5 d = -0.2 d
    const fix = fixOf(geometryOf(poseOf(100, Math.atan(0.5) / RAD), { ground: slope }));
    expect(placeOf(fix.position).northM).toBeCloseTo(100 / 0.3, 1);
  });

  it("nowhere when the ground falls away as steeply as the ray", () => {
    const slope = terrain((_, northM) => -0.6 * northM);
    expect(createGeolocator(geometryOf(poseOf(100, 30), { ground: slope })).locate(320, 256)).toBeUndefined();
  });

  it("nowhere when the camera is at or below the ground", () => {
    for (const groundM of [100, 101])
      expect(
        createGeolocator(geometryOf(poseOf(100, 45), { ground: levelGround(groundM) })).locate(320, 256),
      ).toBeUndefined();
    expect(createGeolocator(geometryOf(poseOf(100, 45), { ground: levelGround(99) })).locate(320, 256)).toBeDefined();
  });

  it("nowhere within 0.6 degrees of the horizon", () => {
    const at = (slope: number) => createGeolocator(geometryOf(poseOf(10, Math.asin(slope) / RAD))).locate(320, 256);
    expect(at(0.0099)).toBeUndefined();
    expect(at(0.0101)).toBeDefined();
  });

  it("nowhere beyond 20 km", () => {
    // 1:40; the earth's curve takes 20 m at 16 km and 31 m at 20 km.
    const at = (altitudeAmslM: number) =>
      createGeolocator(geometryOf(poseOf(altitudeAmslM, Math.atan(1 / 40) / RAD))).locate(320, 256);
    const last = at(465);
    expect(last?.slantRangeM).toBeGreaterThan(19_500);
    expect(last?.slantRangeM).toBeLessThan(20_000);
    expect(at(475)).toBeUndefined();
  });
});

describe("what each error of the pose does to the point", () => {
  const at45 = poseOf(100, 45);
  it("the camera's horizontal error moves it as much, in both directions", () => {
    const { bias, noise } = fixOf(geometryOf(at45, { errors: { ...NO_ERRORS, sensorHorizontalM: 1.2 } }));
    expect(sigmas(bias)).toEqual({ eastM: 1.2, northM: 1.2 });
    expect(bias.eastNorthM2).toBe(0);
    expect(noise).toEqual({ eastEastM2: 0, eastNorthM2: 0, northNorthM2: 0 });
  });

  it("the clock's error moves it along the flight: 20 m/s for 0.05 s is a metre", () => {
    const velocity = { eastM: 12, northM: -16 };
    const { bias } = fixOf(geometryOf(at45, { errors: { ...NO_ERRORS, clockS: 0.05 }, velocity }));
    expect(sigmas(bias).eastM).toBeCloseTo(0.6, 9);
    expect(sigmas(bias).northM).toBeCloseTo(0.8, 9);
    expect(bias.eastNorthM2).toBeCloseTo(-0.48, 9);
  });

  // Looking north at 45° from 100 m: the point is 100 m away on the ground, 141 m along the ray.
  const SIGMA_RAD = 0.5 * RAD;
  it.each([
    // Turning about the vertical swings it sideways by the distance on the ground.
    ["headingDeg", { eastM: 100 * SIGMA_RAD, northM: 0 }],
    // Pitch: range / sin(slant) along. Roll about the nose: 100 m of height sideways.
    ["attitudeDeg", { eastM: 100 * SIGMA_RAD, northM: 200 * SIGMA_RAD }],
    // Azimuth as heading, elevation as pitch, and a roll about the line of sight moves the centre not at all.
    ["gimbalDeg", { eastM: 100 * SIGMA_RAD, northM: 200 * SIGMA_RAD }],
  ] as const)("half a degree of %s", (name, expected) => {
    const found = sigmas(fixOf(geometryOf(at45, { errors: { ...NO_ERRORS, [name]: 0.5 } })).bias);
    expect(found.eastM).toBeCloseTo(expected.eastM, 2);
    expect(found.northM).toBeCloseTo(expected.northM, 2);
  });

  it("straight down, azimuth and roll of the gimbal turn the picture about its centre; only elevation tilts it", () => {
    const nadir = geometryOf(poseOf(100, 90), { errors: { ...NO_ERRORS, gimbalDeg: 0.5 } });
    const centre = sigmas(fixOf(nadir).bias);
    expect(centre.eastM).toBeCloseTo(0, 6);
    expect(centre.northM).toBeCloseTo(100 * SIGMA_RAD, 3);
    const edge = sigmas(fixOf(nadir, 640, 256).bias);
    const offM = 100 * Math.tan(20 * RAD);
    expect(edge.northM).toBeCloseTo(Math.hypot(100, offM, offM) * SIGMA_RAD, 2);
  });

  it("heights of camera and ground add up as squares and count along the line of sight by its slant", () => {
    const geometry = geometryOf(poseOf(100, 30), {
      errors: { ...NO_ERRORS, sensorVerticalM: 3 },
      ground: levelGround(0, 4),
    });
    expect(sigmas(fixOf(geometry).bias).northM).toBeCloseTo(5 * Math.sqrt(3), 3);
  });

  it("looking north-east the error of height lies from south-west to north-east, not mirrored", () => {
    const northEast = { platform: { headingDeg: 45, pitchDeg: 0, rollDeg: 0 } };
    const errors = { ...NO_ERRORS, sensorVerticalM: 2 };
    const { bias } = fixOf(geometryOf(poseOf(100, 45, northEast), { errors }));
    expect(bias.eastNorthM2).toBeCloseTo(2, 3);
    const northWest = { platform: { headingDeg: 315, pitchDeg: 0, rollDeg: 0 } };
    expect(fixOf(geometryOf(poseOf(100, 45, northWest), { errors })).bias.eastNorthM2).toBeCloseTo(-2, 3);
  });

  it("a detection's own pixels are noise, by their size on the ground", () => {
    const fix = fixOf(geometryOf(poseOf(100, 30), { errors: { ...NO_ERRORS, pixelPx: 2 } }));
    expect(fix.bias).toEqual({ eastEastM2: 0, eastNorthM2: 0, northNorthM2: 0 });
    expect(sigmas(fix.noise).eastM).toBeCloseTo(2 * fix.perPixel.right.eastM, 9);
    expect(sigmas(fix.noise).northM).toBeCloseTo(-2 * fix.perPixel.down.northM, 9);
  });
});
