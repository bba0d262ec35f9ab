import type { Position } from "../geo/position.js";

/**
 * Another aircraft or ship, received through a vehicle (ADSB_VEHICLE, AIS_VESSEL) or a sensor of the station. Fields not
 * flagged valid are undefined.
 */
export type TrafficTarget = {
  /** "icao:39AC47", "mmsi:227000001" */
  readonly id: string;
  readonly kind: "aircraft" | "ship";
  readonly callsign: string | undefined;
  readonly position: Position;
  readonly altitudeAmslM: number | undefined;
  readonly groundSpeedMps: number | undefined;
  readonly courseDeg: number | undefined;
  readonly climbRateMps: number | undefined;
  /** From bow to stern, ships only; `isAtLeast` when the dimension field is at its maximum (511/63 means "larger"). */
  readonly lengthM: { readonly valueM: number; readonly isAtLeast: boolean } | undefined;
  /** Time of the position on the station's monotonic clock (the age reported by the receiver is subtracted). */
  readonly seenAtMonoMs: number;
};
