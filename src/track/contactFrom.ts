import { DEG_PER_RAD, wrap360 } from "../geo/angles.js";
import type { LocalFrame } from "../geo/localFrame.js";
import type { Contact } from "./contact.js";
import { addCovariance, ce95, circular, ellipse95 } from "./covariance.js";
import { isMoving, trackClass, wasNeverWhole, type Track } from "./trackState.js";
import { TRACKER } from "./trackerNumbers.js";

/** The contact of a live or dormant track; undefined while the track is tentative. */
export function contactFrom(track: Track, frame: LocalFrame): Contact | undefined {
  if (track.contactNumber === undefined) return undefined;
  const lengthM = track.lengthM;
  const { motion } = track;
  const centreM = (wasNeverWhole(track) ? TRACKER.centreFractionCut : TRACKER.centreFraction) * lengthM;
  const covariance = addCovariance(track.bias, circular(motion.pp + centreM ** 2));
  const speedMps = Math.hypot(motion.eastMps, motion.northMps);
  const hasMotion = isMoving(track);
  const { position } = frame.toPosition({ eastM: motion.eastM, northM: motion.northM, upM: track.upM });
  return {
    id: `C-${track.contactNumber}`,
    class: trackClass(track),
    position,
    covariance,
    ellipse95: ellipse95(covariance),
    ce95M: ce95(covariance),
    lengthM,
    groundSpeedMps: hasMotion ? speedMps : undefined,
    courseDeg: hasMotion ? wrap360(Math.atan2(motion.eastMps, motion.northMps) * DEG_PER_RAD) : undefined,
    surface: track.surface,
    firstSeenUnixUs: track.firstSeenUs,
    lastSeenUnixUs: track.lastSeenUs,
    observationCount: track.observationCount,
    score: track.meanScore,
  };
}
