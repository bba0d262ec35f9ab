/**
 * What the station keeps of the flight, so that a screen that opens late or was reloaded shows the same as one that was
 * open from the start: where vehicles have been, what the camera has covered, which contacts were viewed.
 */
import type { Position } from "../geo/position.js";
import type { VehicleTrack } from "../vehicle/trail.js";

/**
 * The ground that was really inside the picture, on a grid of square cells. `tiles` are squares of `tileCells` by
 * `tileCells` cells; tile (column 0, row 0) has its south-west corner at `origin`, columns go east and rows north in the
 * local frame there. `seen` holds the tiles one after another, each a bit a cell, rows from the south, columns from the
 * west, lowest bit first.
 */
export type CoverageUpdate = {
  readonly kind: "coverage";
  /**
   * True: replaces all coverage the screen has (another flight, or a screen that just joined). False: only these tiles
   * changed.
   */
  readonly isWhole: boolean;
  /** Undefined until any ground was covered. */
  readonly origin: Position | undefined;
  readonly cellM: number;
  readonly tileCells: number;
  readonly tiles: readonly { readonly column: number; readonly row: number }[];
  readonly seen: Uint8Array;
};

export type FlightMemoryUpdate =
  | CoverageUpdate
  /** Sent once to a screen that joins; from then on the screen extends the tracks from telemetry. */
  | { readonly kind: "trails"; readonly tracks: readonly VehicleTrack[] }
  /** Contacts of this flight that somebody has selected, on any screen. */
  | { readonly kind: "viewed-contacts"; readonly contactIds: readonly string[] };

/** A person selected the contact: on every screen it is no longer new. */
export type FlightMemoryRequest = { readonly kind: "contact-viewed"; readonly contactId: string };
