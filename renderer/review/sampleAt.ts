/** What was true, or last known, at a given time of a recording. Pure; binary searches keep scrubbing smooth. */
import { wrap180, wrap360 } from "../../src/geo/angles.js";
import type { RecordingDocument } from "../../src/contract/recordings.js";
import type { RecordedSample } from "../../src/vehicle/recordedTrack.js";
import type { Contact } from "../../src/track/contact.js";
import type { VehicleReport } from "../../src/vehicle/flightReport.js";

type Timed = { readonly unixTimeUs: number };

/** Index of the last entry at or before the instant; -1 before the first. Entries are in order of time. */
export function lastIndexAt(entries: readonly Timed[], unixTimeUs: number): number {
  let low = 0;
  let high = entries.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((entries[middle]?.unixTimeUs ?? Infinity) <= unixTimeUs) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

// Positions further apart in time than this are two flights or a lost link: not interpolated.
const GAP_US = 3_000_000;

const between = (a: number, b: number, share: number): number => a + (b - a) * share;
const maybeBetween = (a: number | undefined, b: number | undefined, share: number): number | undefined =>
  a === undefined || b === undefined ? (a ?? b) : between(a, b, share);
const turnBetween = (a: number | undefined, b: number | undefined, share: number): number | undefined =>
  a === undefined || b === undefined ? (a ?? b) : wrap360(a + wrap180(b - a) * share);

/**
 * The aircraft's interpolated sample at a time; within a gap, the last one received. Undefined before the first sample.
 */
export function sampleAt(track: readonly RecordedSample[], unixTimeUs: number): RecordedSample | undefined {
  const index = lastIndexAt(track, unixTimeUs);
  const before = track[index];
  const after = track[index + 1];
  if (!before || !after || after.unixTimeUs - before.unixTimeUs > GAP_US) return before;
  const share = (unixTimeUs - before.unixTimeUs) / (after.unixTimeUs - before.unixTimeUs);
  return {
    unixTimeUs,
    position: {
      latitudeDeg: between(before.position.latitudeDeg, after.position.latitudeDeg, share),
      longitudeDeg: between(before.position.longitudeDeg, after.position.longitudeDeg, share),
    },
    altitudeAmslM: between(before.altitudeAmslM, after.altitudeAmslM, share),
    altitudeAboveHomeM: between(before.altitudeAboveHomeM, after.altitudeAboveHomeM, share),
    headingDeg: turnBetween(before.headingDeg, after.headingDeg, share),
    rollDeg: maybeBetween(before.rollDeg, after.rollDeg, share),
    pitchDeg: maybeBetween(before.pitchDeg, after.pitchDeg, share),
    groundSpeedMps: maybeBetween(before.groundSpeedMps, after.groundSpeedMps, share),
    climbRateMps: maybeBetween(before.climbRateMps, after.climbRateMps, share),
    batteryFraction: maybeBetween(before.batteryFraction, after.batteryFraction, share),
    batteryVoltageV: maybeBetween(before.batteryVoltageV, after.batteryVoltageV, share),
  };
}

/** Age of the sample behind `sampleAt`, so that a replay shows a lost link as in flight. */
export function sampleAgeS(track: readonly RecordedSample[], unixTimeUs: number): number | undefined {
  const before = track[lastIndexAt(track, unixTimeUs)];
  return before && (unixTimeUs - before.unixTimeUs) / 1e6;
}

export const modeAt = ({ modes }: VehicleReport, unixTimeUs: number): string | undefined =>
  modes[lastIndexAt(modes, unixTimeUs)]?.name;

/** Mode and arming come in one message: a recording with neither has no arming data (which is not "never armed"). */
export const hasArmingData = ({ armed, modes }: VehicleReport): boolean => armed.length > 0 || modes.length > 0;

export const isArmedAt = ({ armed }: VehicleReport, unixTimeUs: number): boolean =>
  armed.some(({ fromUnixUs, toUnixUs }) => fromUnixUs <= unixTimeUs && unixTimeUs < (toUnixUs ?? Infinity));

/** Contacts known at that time: the newest version of each, in order of first appearance. */
export function contactsAt(document: RecordingDocument, unixTimeUs: number): readonly Contact[] {
  const known = new Map<string, Contact>();
  const until = lastIndexAt(document.contacts, unixTimeUs);
  for (let i = 0; i <= until; i++) {
    const entry = document.contacts[i];
    if (entry) known.set(entry.contact.id, entry.contact);
  }
  return [...known.values()];
}
