import type { Position } from "../geo/position.js";

/** Camera position and attitude at the time of one frame, from the KLV of the same instant (MISB ST 0601). */
export type FramePose = {
  /** Time the pose is valid for (tag 2). */
  readonly unixTimeUs: number;
  readonly sensor: { readonly position: Position; readonly altitudeAmslM: number };
  /** Platform attitude (tags 5, 90/91 or 6/7). */
  readonly platform: { readonly headingDeg: number; readonly pitchDeg: number; readonly rollDeg: number };
  /** Sensor relative to the platform (tags 18, 19, 20): azimuth clockwise from the nose, elevation up positive, roll. */
  readonly gimbal: { readonly azimuthDeg: number; readonly elevationDeg: number; readonly rollDeg: number };
  /** Full field of view, edge to edge (tags 16, 17). */
  readonly hfovDeg: number;
  readonly vfovDeg: number;
};
