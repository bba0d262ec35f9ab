/** Turns a detection in the picture into an observation on the ground. */
import { classify } from "../detect/classify.js";
import { shapeOf, type Detection, type ObjectClass } from "../detect/detection.js";
import type { LocalFrame } from "../geo/localFrame.js";
import { addCovariance, spread } from "./covariance.js";
import type { GroundFix, GroundStep } from "./geolocate.js";
import type { GroundObservation } from "./observedFrame.js";
import { TRACKER } from "./trackerNumbers.js";

/** Height above ground of the centre of the warm area; from typical sizes of people, boats and cars, not measured. */
const MIDDLE_HEIGHT_M: Readonly<Record<ObjectClass, number>> = { person: 0.9, boat: 0.4, vehicle: 0.8, unknown: 0.4 };

type Picture = { readonly widthPx: number; readonly heightPx: number };

/** `frame`: any local frame nearby, used for offsets of metres. */
export function observe(
  detection: Detection,
  fix: GroundFix,
  frame: LocalFrame,
  picture: Picture,
): Omit<GroundObservation, "detectionIndex"> {
  const size = sizeOnGround(detection, fix);
  const kind = classOf(detection, size);
  const heightM = MIDDLE_HEIGHT_M[kind];
  const { perMetreUp } = fix;
  const under = frame.toEnu(fix.position, fix.ground.heightAmslM);
  const { position } = frame.toPosition({
    eastM: under.eastM + perMetreUp.eastM * heightM,
    northM: under.northM + perMetreUp.northM * heightM,
    upM: under.upM,
  });
  const ofHeight = spread(
    perMetreUp.eastM * TRACKER.middleHeightSigmaM,
    perMetreUp.northM * TRACKER.middleHeightSigmaM,
  );
  return {
    position,
    heightAmslM: fix.ground.heightAmslM,
    bias: addCovariance(fix.bias, ofHeight),
    noise: fix.noise,
    ...size,
    class: kind,
    score: detection.score,
    surface: fix.ground.surface,
    isCut: isCut(detection, picture),
  };
}

type GroundSize = Pick<GroundObservation, "lengthM" | "widthM" | "axisRad">;

function sizeOnGround(detection: Detection, { perPixel: { right, down } }: GroundFix): GroundSize {
  const { majorPx, minorPx, angleRad } = shapeOf(detection);
  const alongOnGround = (turnedRad: number): GroundStep => ({
    eastM: right.eastM * Math.cos(turnedRad) + down.eastM * Math.sin(turnedRad),
    northM: right.northM * Math.cos(turnedRad) + down.northM * Math.sin(turnedRad),
  });
  const major = alongOnGround(angleRad);
  const minor = alongOnGround(angleRad + Math.PI / 2);
  const majorM = Math.hypot(major.eastM, major.northM) * majorPx;
  const minorM = Math.hypot(minor.eastM, minor.northM) * minorPx;
  const axis = majorM >= minorM ? major : minor;
  return {
    lengthM: Math.max(majorM, minorM),
    widthM: Math.min(majorM, minorM),
    axisRad: Math.atan2(axis.northM, axis.eastM),
  };
}

/** A class by appearance (trained detector) is kept; a class by size is determined again from the size in metres. */
const classOf = (detection: Detection, { lengthM, widthM }: GroundSize): ObjectClass =>
  detection.classBasis === "appearance" ? detection.class : classify(lengthM, widthM, shapeOf(detection).contrast);

const isCut = ({ x, y, w, h }: Detection, { widthPx, heightPx }: Picture): boolean =>
  x < TRACKER.edgePx || y < TRACKER.edgePx || x + w > widthPx - TRACKER.edgePx || y + h > heightPx - TRACKER.edgePx;
