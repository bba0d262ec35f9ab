import { localFrameAt, type LocalFrame } from "../geo/localFrame.js";
import type { Position } from "../geo/position.js";

/** The aircraft's position, timestamped by one of the two clocks. */
export type TimedPosition = { readonly unixTimeUs: number; readonly position: Position };

type Sample = { readonly atS: number; readonly eastM: number; readonly northM: number };

/** The last 8 s of video are compared, five poses a second. */
const WINDOW_S = 8;
const MIN_WINDOW_S = 4;
const SPACING_S = 0.2;
/** Video and telemetry may differ by seconds (jmisb #427); more than this means a wrong clock, not a delay. */
const SKEW_MAX_S = 5;
const COARSE_STEP_S = 0.1;
/** Below this mean speed (also in tight turns) the shift is smaller than the noise of the positions. */
const MIN_SPEED_MPS = 3;
/** RMS distance between the shifted tracks; above this they are not of the same aircraft. */
const RESIDUAL_MAX_M = 2.5;
/** Telemetry is not interpolated across longer gaps. */
const GAP_MAX_S = 1.1;
const TELEMETRY_KEPT_S = WINDOW_S + 2 * SKEW_MAX_S + 2;

/**
 * By how many milliseconds the video's clock is ahead of the telemetry's: the time shift that best aligns the camera's track (KLV)
 * with the aircraft's. Undefined when it cannot be determined: too little data, hovering, or tracks that do not match. Both
 * inputs in time order. A camera some metres from the GNSS antenna adds an error of that distance divided by the speed.
 */
export function clockSkewMs(video: readonly TimedPosition[], telemetry: readonly TimedPosition[]): number | undefined {
  const first = telemetry[0];
  const last = video.at(-1);
  if (!first || !last) return undefined;
  const plane = localFrameAt(first.position);
  const sampleOf = toSample(plane, first.unixTimeUs);
  const seen = video.filter((pose) => last.unixTimeUs - pose.unixTimeUs <= WINDOW_S * 1e6).map(sampleOf);
  const flown = telemetry.map(sampleOf);
  const spanS = (seen.at(-1)?.atS ?? 0) - (seen[0]?.atS ?? 0);
  if (spanS < MIN_WINDOW_S || pathM(seen) < MIN_SPEED_MPS * spanS) return undefined;
  const costAt = (skewS: number): number => meanSquareM2(seen, flown, skewS);

  let best = { skewS: 0, cost: Number.POSITIVE_INFINITY };
  for (let step = -SKEW_MAX_S / COARSE_STEP_S; step <= SKEW_MAX_S / COARSE_STEP_S; step++) {
    const skewS = step * COARSE_STEP_S;
    const cost = costAt(skewS);
    if (cost < best.cost) best = { skewS, cost };
  }
  return refined(best.skewS, costAt);
}

const toSample =
  (plane: LocalFrame, zeroUs: number) =>
  ({ unixTimeUs, position }: TimedPosition): Sample => {
    const { eastM, northM } = plane.toEnu(position, 0);
    return { atS: (unixTimeUs - zeroUs) / 1e6, eastM, northM };
  };

/** Minimum of a parabola through the best step and its neighbours; for equal tracks its second difference is 2 (speed × step)². */
function refined(skewS: number, costAt: (skewS: number) => number): number | undefined {
  const [before, at, after] = [costAt(skewS - COARSE_STEP_S), costAt(skewS), costAt(skewS + COARSE_STEP_S)];
  const bend = before - 2 * at + after;
  // At the end of the telemetry the true shift may lie outside the covered range.
  if (!Number.isFinite(bend) || bend < (MIN_SPEED_MPS * COARSE_STEP_S) ** 2) return undefined;
  const offset = (before - after) / (2 * bend);
  const least = at - ((before - after) * offset) / 4;
  if (Math.abs(offset) > 1 || least > RESIDUAL_MAX_M ** 2) return undefined;
  return (skewS + offset * COARSE_STEP_S) * 1000;
}

function pathM(samples: readonly Sample[]): number {
  return samples.reduce((sum, { eastM, northM }, index) => {
    const before = samples[index - 1];
    return before ? sum + Math.hypot(eastM - before.eastM, northM - before.northM) : 0;
  }, 0);
}

/** Mean squared distance, m²; Infinity unless every pose, shifted back by the skew, falls within the telemetry. */
function meanSquareM2(seen: readonly Sample[], flown: readonly Sample[], skewS: number): number {
  let after = 1;
  let sumM2 = 0;
  for (const { atS, eastM, northM } of seen) {
    const wantedS = atS - skewS;
    while (after < flown.length - 1 && (flown[after]?.atS ?? 0) < wantedS) after++;
    const [from, to] = [flown[after - 1], flown[after]];
    if (!from || !to || wantedS < from.atS || wantedS > to.atS || to.atS - from.atS > GAP_MAX_S) {
      return Number.POSITIVE_INFINITY;
    }
    const fraction = (wantedS - from.atS) / Math.max(1e-6, to.atS - from.atS);
    sumM2 += (from.eastM + (to.eastM - from.eastM) * fraction - eastM) ** 2;
    sumM2 += (from.northM + (to.northM - from.northM) * fraction - northM) ** 2;
  }
  return sumM2 / seen.length;
}

type SkewMeter = {
  readonly onPose: (pose: TimedPosition) => void;
  readonly onTelemetry: (place: TimedPosition) => void;
  /** Milliseconds, video minus telemetry; see `clockSkewMs`. Called about once a second. */
  readonly skewMs: () => number | undefined;
};

/** Keeps as much of both tracks as the comparison needs. */
export function createSkewMeter(): SkewMeter {
  let video: readonly TimedPosition[] = [];
  let telemetry: readonly TimedPosition[] = [];
  return {
    onPose: (pose) => (video = appended(video, pose, WINDOW_S + SKEW_MAX_S + 1)),
    onTelemetry: (place) => (telemetry = appended(telemetry, place, TELEMETRY_KEPT_S)),
    skewMs: () => {
      const heardUs = telemetry.at(-1)?.unixTimeUs;
      const shownUs = video.at(-1)?.unixTimeUs;
      if (heardUs === undefined || shownUs === undefined) return undefined;
      // A video that stopped says nothing about the present.
      if (heardUs - shownUs > 2 * SKEW_MAX_S * 1e6) return undefined;
      // The newest poses are held back until telemetry from before and after them is there, whichever clock is ahead.
      const framedUs = heardUs - SKEW_MAX_S * 1e6;
      return clockSkewMs(
        video.filter((pose) => pose.unixTimeUs <= framedUs),
        telemetry,
      );
    },
  };
}

/** Appends in time order and thins out; a jump back in time clears the track. */
function appended(track: readonly TimedPosition[], next: TimedPosition, keptS: number): readonly TimedPosition[] {
  const last = track.at(-1);
  if (!last || next.unixTimeUs < last.unixTimeUs || next.unixTimeUs - last.unixTimeUs > keptS * 1e6) return [next];
  if (next.unixTimeUs - last.unixTimeUs < SPACING_S * 0.45 * 1e6) return track;
  return [...track.filter((place) => next.unixTimeUs - place.unixTimeUs <= keptS * 1e6), next];
}
