/** Other aircraft and ships for the scene: extrapolated place, age and label. Pure. */
import { destination } from "../../../src/geo/geodesic.js";
import type { Position } from "../../../src/geo/position.js";
import type { TrafficTarget } from "../../../src/vehicle/traffic.js";
import type { Format } from "../../app/format.js";
import type { Translate } from "../../app/text.js";

/** A place is extrapolated by course and speed for this long; after that the mark stays still and shows its age. */
const EXTRAPOLATED_S = 15;
/** Both kinds report every few seconds while moving; older marks are drawn grey. */
const OLD_AFTER_S: Readonly<Record<TrafficTarget["kind"], number>> = { aircraft: 10, ship: 30 };
/** Younger marks count as live and show no age. */
const AGE_TOLD_FROM_S = 3;

const trafficAgeS = ({ seenAtMonoMs }: TrafficTarget, nowMonoMs: number): number =>
  Math.max(0, (nowMonoMs - seenAtMonoMs) / 1000);

export const isTrafficOld = (target: TrafficTarget, nowMonoMs: number): boolean =>
  trafficAgeS(target, nowMonoMs) > OLD_AFTER_S[target.kind];

/** The place extrapolated by course and speed for at most 15 s; as reported when either is unknown. */
export function trafficPlace(target: TrafficTarget, nowMonoMs: number): Position {
  const { position, groundSpeedMps, courseDeg } = target;
  if (groundSpeedMps === undefined || courseDeg === undefined) return position;
  const forS = Math.min(EXTRAPOLATED_S, trafficAgeS(target, nowMonoMs));
  return forS * groundSpeedMps === 0 ? position : destination(position, courseDeg, forS * groundSpeedMps);
}

/**
 * Height above sea level at which it is drawn: sea level for ships, and for aircraft that report no height (their label
 * says so).
 */
export const trafficUpM = ({ kind, altitudeAmslM }: TrafficTarget): number =>
  kind === "ship" ? 0 : Math.max(0, altitudeAmslM ?? 0);

/** "SAMU62 300 m AMSL", "CALAIS FERRY 213 m, 12 s ago": name, height or length, and its age once it is not live. */
export function trafficLabel(t: Translate, format: Format, target: TrafficTarget, nowMonoMs: number): string {
  const ageS = trafficAgeS(target, nowMonoMs);
  const name = target.callsign ?? target.id.toUpperCase();
  const size = target.kind === "aircraft" ? heightWords(t, format, target) : lengthWords(format, target);
  const age = ageS < AGE_TOLD_FROM_S ? [] : [t("panels.age", { age: format.ageText(ageS) })];
  return [[name, ...size].join(" "), ...age].join(", ");
}

function heightWords(t: Translate, format: Format, { altitudeAmslM }: TrafficTarget): readonly string[] {
  if (altitudeAmslM === undefined) return [t("scene.traffic.noHeight")];
  return [format.heightText({ datum: "amsl", valueM: altitudeAmslM }, t("panels.amsl"))];
}

const lengthWords = (format: Format, { lengthM }: TrafficTarget): readonly string[] =>
  lengthM === undefined ? [] : [`${lengthM.isAtLeast ? "≥\u00a0" : ""}${format.lengthText(lengthM.valueM)}`];
