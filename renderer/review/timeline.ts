/** Spans, curves and marks of the time line with their times; `timeScale` maps times to pixels. Pure. */
import type { RecordingDocument } from "../../src/contract/recordings.js";
import type { RecordedSample } from "../../src/vehicle/recordedTrack.js";
import type { VehicleReport } from "../../src/vehicle/flightReport.js";

export type Span = { readonly fromUnixUs: number; readonly toUnixUs: number; readonly label: string };
export type Mark = {
  readonly unixTimeUs: number;
  readonly kind: "text" | "contact" | "event";
  readonly label: string;
  readonly severity: "info" | "caution" | "danger";
};
export type CurvePoint = { readonly unixTimeUs: number; readonly value: number };

/** Modes as spans, each until the next change. */
export function modeSpans({ modes }: VehicleReport, lastUnixUs: number): readonly Span[] {
  return modes.map((mode, i) => ({
    fromUnixUs: mode.unixTimeUs,
    toUnixUs: modes[i + 1]?.unixTimeUs ?? lastUnixUs,
    label: mode.name,
  }));
}

/** A vehicle still armed when the recording ends is armed up to its end. */
export const armedSpans = ({ armed }: VehicleReport, label: string, lastUnixUs: number): readonly Span[] =>
  armed.map(({ fromUnixUs, toUnixUs }) => ({ fromUnixUs, toUnixUs: toUnixUs ?? lastUnixUs, label }));

// MAV_SEVERITY: 0 (emergency) to 3 (error) are dangers, 4 (warning) is a caution.
const severityOf = (mavSeverity: number): Mark["severity"] =>
  mavSeverity <= 3 ? "danger" : mavSeverity === 4 ? "caution" : "info";

/** Every mark in order of time. */
export function marksOf(document: RecordingDocument): readonly Mark[] {
  const texts = document.report.vehicles.flatMap(({ texts: lines, events = [] }) =>
    [...lines, ...events].map(({ unixTimeUs, severity, text, component }): Mark => ({
      unixTimeUs,
      kind: "text",
      label: component === undefined ? text : `${component}: ${text}`,
      severity: severityOf(severity),
    })),
  );
  const seen = new Set<string>();
  const contacts = document.contacts.flatMap(({ unixTimeUs, contact }): Mark[] => {
    if (seen.has(contact.id)) return [];
    seen.add(contact.id);
    return [{ unixTimeUs, kind: "contact", label: contact.id, severity: "info" }];
  });
  const events = document.events.map(({ unixTimeUs, kind, summary }): Mark => ({
    unixTimeUs,
    kind: "event",
    label: `${kind}: ${summary}`,
    severity: "info",
  }));
  return [...texts, ...contacts, ...events].sort((a, b) => a.unixTimeUs - b.unixTimeUs);
}

/** At most `limit` points that keep every peak and dip: the least and greatest of each slice of time. */
export function curveOf(
  track: readonly RecordedSample[],
  read: (sample: RecordedSample) => number | undefined,
  limit: number,
): readonly CurvePoint[] {
  const all = track.flatMap((sample): CurvePoint[] => {
    const value = read(sample);
    return value === undefined ? [] : [{ unixTimeUs: sample.unixTimeUs, value }];
  });
  if (all.length <= limit) return all;
  const perSlice = Math.ceil((all.length * 2) / limit);
  const kept: CurvePoint[] = [];
  for (let start = 0; start < all.length; start += perSlice) {
    const slice = all.slice(start, start + perSlice);
    const least = slice.reduce((a, b) => (b.value < a.value ? b : a));
    const greatest = slice.reduce((a, b) => (b.value > a.value ? b : a));
    if (least === greatest) kept.push(least);
    else kept.push(...(least.unixTimeUs < greatest.unixTimeUs ? [least, greatest] : [greatest, least]));
  }
  return kept;
}

export type TimeScale = {
  readonly xOf: (unixTimeUs: number) => number;
  readonly timeAt: (xPx: number) => number;
};

/** Linear over the width; for a recording of zero length everything is at the left. */
export function timeScale(firstUnixUs: number, lastUnixUs: number, widthPx: number): TimeScale {
  const spanUs = Math.max(1, lastUnixUs - firstUnixUs);
  const width = Math.max(1, widthPx);
  return {
    xOf: (unixTimeUs) => ((unixTimeUs - firstUnixUs) / spanUs) * width,
    timeAt: (xPx) => firstUnixUs + (Math.min(width, Math.max(0, xPx)) / width) * spanUs,
  };
}

const STEPS_S = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 43_200, 86_400];

/** Round instants of UTC for the axis, at least `spacingPx` apart. */
export function ticksOf(firstUnixUs: number, lastUnixUs: number, fitsOf: number): readonly number[] {
  const spanS = Math.max(1, (lastUnixUs - firstUnixUs) / 1e6);
  const stepS = STEPS_S.find((candidate) => spanS / candidate <= fitsOf) ?? 86_400;
  const stepUs = stepS * 1e6;
  const ticks: number[] = [];
  for (let at = Math.ceil(firstUnixUs / stepUs) * stepUs; at <= lastUnixUs; at += stepUs) ticks.push(at);
  return ticks;
}

const TOLERANCE_PX = 6;

/** The mark under the pointer, if any. */
export function markNear(marks: readonly Mark[], scale: TimeScale, xPx: number): Mark | undefined {
  let best: Mark | undefined;
  let bestPx = TOLERANCE_PX;
  for (const mark of marks) {
    const awayPx = Math.abs(scale.xOf(mark.unixTimeUs) - xPx);
    if (awayPx <= bestPx) {
      best = mark;
      bestPx = awayPx;
    }
  }
  return best;
}
