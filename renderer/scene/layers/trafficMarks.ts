/** Others' aircraft and ships as the scene draws them: where they are by now, how old that is, and their words. Pure. */
import { destination } from "../../../src/geo/geodesic.js";
import type { Position } from "../../../src/geo/position.js";
import type { TrafficTarget } from "../../../src/vehicle/traffic.js";
import type { Format } from "../../app/format.js";
import type { Translate } from "../../app/text.js";

/** Course and speed are believed for this long; after it the mark stands still and its age tells. */
const EXTRAPOLATED_S = 15;
/** Both kinds report every second or few under way; silence for this long is drawn grey. */
const OLD_AFTER_S: Readonly<Record<TrafficTarget["kind"], number>> = { aircraft: 10, ship: 30 };
/** Younger than this it is live, and says no age. */
const AGE_TOLD_FROM_S = 3;

const trafficAgeS = ({ seenAtMonoMs }: TrafficTarget, nowMonoMs: number): number =>
  Math.max(0, (nowMonoMs - seenAtMonoMs) / 1000);

export const isTrafficOld = (target: TrafficTarget, nowMonoMs: number): boolean =>
  trafficAgeS(target, nowMonoMs) > OLD_AFTER_S[target.kind];

/** Moved on by course and speed for at most 15 s; as reported where either is unknown. */
export function trafficPlace(target: TrafficTarget, nowMonoMs: number): Position {
  const { position, groundSpeedMps, courseDeg } = target;
  if (groundSpeedMps === undefined || courseDeg === undefined) return position;
  const forS = Math.min(EXTRAPOLATED_S, trafficAgeS(target, nowMonoMs));
  return forS * groundSpeedMps === 0 ? position : destination(position, courseDeg, forS * groundSpeedMps);
}

/** Metres above sea level: a ship's is the sea; an aircraft that does not tell its height is drawn there, and says so. */
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
