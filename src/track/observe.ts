/** A blob in the picture becomes an observation in the tracker's plane. */
import type { Blob } from "../detect/blob.js";
import { classify } from "../detect/classify.js";
import type { ObjectClass } from "../detect/detection.js";
import type { LocalFrame } from "../geo/localFrame.js";
import { addCovariance, spread } from "./covariance.js";
import type { GroundFix } from "./geolocate.js";
import type { Observation } from "./trackState.js";

/** Height of the warm middle above the ground, and how sure that is. */
const MIDDLE_HEIGHT_M: Readonly<Record<ObjectClass, number>> = { person: 0.9, boat: 0.4, vehicle: 0.8, unknown: 0.4 };
const MIDDLE_HEIGHT_SIGMA_M = 0.4;

type Picture = { readonly widthPx: number; readonly heightPx: number };

export function observe(blob: Blob, fix: GroundFix, frame: LocalFrame, picture: Picture): Observation {
  const { right, down } = fix.perPixel;
  const alongOnGround = (angleRad: number): { readonly eastM: number; readonly northM: number } => ({
    eastM: right.eastM * Math.cos(angleRad) + down.eastM * Math.sin(angleRad),
    northM: right.northM * Math.cos(angleRad) + down.northM * Math.sin(angleRad),
  });
  const major = alongOnGround(blob.angleRad);
  const minor = alongOnGround(blob.angleRad + Math.PI / 2);
  const majorM = Math.hypot(major.eastM, major.northM) * blob.majorPx;
  const minorM = Math.hypot(minor.eastM, minor.northM) * blob.minorPx;
  const lengthM = Math.max(majorM, minorM);
  const widthM = Math.min(majorM, minorM);
  const axis = majorM >= minorM ? major : minor;
  const kind = classify(lengthM, widthM, blob.contrast);
  const { eastM, northM, upM } = frame.toEnu(fix.position, fix.ground.heightAmslM);
  const heightM = MIDDLE_HEIGHT_M[kind];
  const { perMetreUp } = fix;
  const ofHeight = spread(perMetreUp.eastM * MIDDLE_HEIGHT_SIGMA_M, perMetreUp.northM * MIDDLE_HEIGHT_SIGMA_M);
  return {
    eastM: eastM + perMetreUp.eastM * heightM,
    northM: northM + perMetreUp.northM * heightM,
    upM,
    bias: addCovariance(fix.bias, ofHeight),
    noise: fix.noise,
    lengthM,
    widthM,
    axisRad: Math.atan2(axis.northM, axis.eastM),
    class: kind,
    score: blob.score,
    surface: fix.ground.surface,
    isCut: isCut(blob, picture),
  };
}

const EDGE_PX = 3;

const isCut = (blob: Blob, { widthPx, heightPx }: Picture): boolean =>
  blob.x < EDGE_PX || blob.y < EDGE_PX || blob.x + blob.w > widthPx - EDGE_PX || blob.y + blob.h > heightPx - EDGE_PX;
