import type { Position } from "../geo/position.js";

/** Somebody else's aircraft or ship, heard through a vehicle (ADSB_VEHICLE, AIS_VESSEL). What was not flagged valid is undefined. */
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
  /** Bow to stern, ships only; `isAtLeast` when the dimension field is at its limit (511/63 means "larger"). */
  readonly lengthM: { readonly valueM: number; readonly isAtLeast: boolean } | undefined;
  /** When the position was true, on the station's monotonic clock (age told by the receiver is taken off). */
  readonly seenAtMonoMs: number;
};
