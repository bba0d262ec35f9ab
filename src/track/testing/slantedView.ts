/** Poses, geometries and an independent projection of ground points into the picture, for tests of geolocation. */
import type { Detection } from "../../detect/detection.js";
import type { GroundModel } from "../../geo/ground/ground.js";
import type { FramePose } from "../../video/framePose.js";
import { createGeolocator, type FrameGeometry, type GroundFix } from "../geolocate.js";
import type { PoseErrors } from "../poseErrors.js";

export const SENSOR = { latitudeDeg: 50.77, longitudeDeg: 1.6 };
export const WIDTH_PX = 640;
export const HEIGHT_PX = 512;
export const RAD = Math.PI / 180;

/** Heading north with the camera `depressionDeg` below the horizon. */
export const poseOf = (altitudeAmslM: number, depressionDeg: number, change: Partial<FramePose> = {}): FramePose => ({
  unixTimeUs: 0,
  sensor: { position: SENSOR, altitudeAmslM },
  platform: { headingDeg: 0, pitchDeg: 0, rollDeg: 0 },
  gimbal: { azimuthDeg: 0, elevationDeg: -depressionDeg, rollDeg: 0 },
  ...{ hfovDeg: 40, vfovDeg: 32 },
  ...change,
});

export const NO_ERRORS: PoseErrors = {
  ...{ sensorHorizontalM: 0, sensorVerticalM: 0, headingDeg: 0, attitudeDeg: 0, gimbalDeg: 0, clockS: 0, pixelPx: 0 },
};

/** Ground at the same height everywhere. */
export const levelGround = (heightAmslM: number, sigmaM = 0): GroundModel => ({
  heightAt: () => ({ heightAmslM, sigmaM, surface: "land", waterlineDistanceM: undefined }),
});

export const geometryOf = (pose: FramePose, change: Partial<FrameGeometry> = {}): FrameGeometry => ({
  ...{ pose, widthPx: WIDTH_PX, heightPx: HEIGHT_PX, ground: levelGround(0), errors: NO_ERRORS },
  velocity: { eastM: 0, northM: 0 },
  ...change,
});

/** Of the picture's centre where no pixel is given. */
export function fixOf(geometry: FrameGeometry, xPx = WIDTH_PX / 2, yPx = HEIGHT_PX / 2): GroundFix {
  const fix = createGeolocator(geometry).locate(xPx, yPx);
  if (!fix) throw new Error("no fix");
  return fix;
}

/** A box of 6 by 10 pixels whose class comes from its looks. */
export const personBoxAt = (xPx: number, yPx: number, change: Partial<Detection> = {}): Detection => ({
  ...{ x: xPx - 3, y: yPx - 5, w: 6, h: 10, centroidX: xPx, centroidY: yPx },
  ...{ class: "person", classBasis: "appearance", score: 0.9, shape: undefined },
  ...change,
});
