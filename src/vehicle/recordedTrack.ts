import type { Position } from "../geo/position.js";

/** One sample of a recorded flight; undefined means not received yet. */
export type RecordedSample = {
  readonly unixTimeUs: number;
  readonly position: Position;
  readonly altitudeAmslM: number;
  readonly altitudeAboveHomeM: number;
  readonly headingDeg: number | undefined;
  readonly rollDeg: number | undefined;
  readonly pitchDeg: number | undefined;
  readonly groundSpeedMps: number | undefined;
  readonly climbRateMps: number | undefined;
  readonly batteryFraction: number | undefined;
  readonly batteryVoltageV: number | undefined;
};

/** A vehicle's track in a recording, at most ten samples a second, in order. */
export type RecordedTrack = {
  readonly systemId: number;
  /** It sent a simulator's message somewhere in the recording: see `VehicleState.isSimulated`. */
  readonly isSimulated?: boolean | undefined;
  readonly track: readonly RecordedSample[];
};
