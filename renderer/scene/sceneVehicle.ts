import type { Position } from "../../src/geo/position.js";

/** A vehicle as the scene draws it: live telemetry in Fly, a moment of a recording in Review. */
export type SceneVehicle = {
  readonly id: string;
  /** By itself, for where it is out of the picture. */
  readonly name: string;
  /** Its label: name and height with its datum. */
  readonly label: string;
  readonly position: Position;
  readonly altitudeAmslM: number;
  readonly headingDeg: number;
  readonly pitchDeg: number;
  readonly rollDeg: number;
  readonly isTarget: boolean;
  /** Old data: drawn grey. */
  readonly isOld: boolean;
};
