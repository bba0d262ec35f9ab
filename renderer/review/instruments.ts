/** Instrument values at a moment: from the exact state when the station has sent it, else from the track. Pure. */
import { countOfItemsAboard, currentPlanItem } from "../../src/vehicle/selectors/mission.js";
import type { RecordedSample } from "../../src/vehicle/recordedTrack.js";
import type { VehicleReport } from "../../src/vehicle/flightReport.js";
import type { VehicleState } from "../../src/vehicle/vehicleState.js";
import { isArmedAt, modeAt, sampleAgeS, hasArmingData } from "./sampleAt.js";

export type Moment = {
  readonly atUnixUs: number;
  readonly state: VehicleState | undefined;
  readonly sample: RecordedSample | undefined;
  readonly report: VehicleReport | undefined;
  readonly track: readonly RecordedSample[];
};

export const modeNow = ({ state, report, atUnixUs }: Moment): string | undefined =>
  state?.heartbeat?.value.modeName ?? (report && modeAt(report, atUnixUs));

/** Undefined before the aircraft's first message, and for recordings without arming data. */
export function isArmedNow(moment: Moment): boolean | undefined {
  const { state, report, atUnixUs } = moment;
  const reported = state?.heartbeat?.value.isArmed;
  if (reported !== undefined) return reported;
  const wasReceived = silenceS(moment) !== undefined;
  return report !== undefined && wasReceived && hasArmingData(report) ? isArmedAt(report, atUnixUs) : undefined;
}

/** Seconds since the vehicle was last heard, on the recording's clock. Undefined before it ever was. */
export function silenceS({ state, track, atUnixUs }: Moment): number | undefined {
  if (!state) return sampleAgeS(track, atUnixUs);
  // Minus infinity means "never"; JSON turns it into null, which is not above 0 either.
  return state.lastReceivedMonoMs > 0 ? Math.max(0, atUnixUs / 1e6 - state.lastReceivedMonoMs / 1000) : undefined;
}

export const aboveHomeNow = ({ state, sample }: Moment): number | undefined =>
  state?.position?.value.altitudeAboveHomeM ?? sample?.altitudeAboveHomeM;
export const amslNow = ({ state, sample }: Moment): number | undefined =>
  state?.position?.value.altitudeAmslM ?? sample?.altitudeAmslM;
export const groundSpeedNow = ({ state, sample }: Moment): number | undefined =>
  state?.velocity?.value.groundSpeedMps ?? sample?.groundSpeedMps;
export const headingNow = ({ state, sample }: Moment): number | undefined =>
  state?.attitude?.value.headingDeg ?? sample?.headingDeg;
export const airSpeedNow = ({ state }: Moment): number | undefined => state?.airData?.value.airSpeedMps;
export const satellitesNow = ({ state }: Moment): number | undefined => state?.gps?.value.satellitesVisible;

export function climbNow({ state, sample }: Moment): number | undefined {
  const downMps = state?.velocity?.value.downMps;
  return state?.airData?.value.climbRateMps ?? (downMps === undefined ? sample?.climbRateMps : -downMps);
}

export function batteryNow({ state, sample }: Moment): {
  readonly fraction: number | undefined;
  readonly volts: number | undefined;
} {
  const battery = state?.battery?.value;
  if (battery) return { fraction: battery.remainingFraction, volts: battery.voltageV };
  return { fraction: sample?.batteryFraction, volts: sample?.batteryVoltageV };
}

/** The current mission item, counted from 1 ("3/12", or "3" when the count is unknown); none at the home item. */
export function missionItemNow({ state }: Moment): string | undefined {
  const item = state && currentPlanItem(state);
  if (!state || item === undefined) return undefined;
  const count = countOfItemsAboard(state);
  return count === undefined ? String(item + 1) : `${item + 1}/${count}`;
}
