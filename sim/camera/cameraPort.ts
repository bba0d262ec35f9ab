import type { Scenario } from "../scenario.js";

/** Where the camera is and looks. Angles in degrees; gimbal angles are relative to the airframe as in ST 0601 tags 18-20. */
export type CameraPose = {
  readonly latitudeDeg: number;
  readonly longitudeDeg: number;
  readonly altitudeAmslM: number;
  readonly headingDeg: number;
  readonly pitchDeg: number;
  readonly rollDeg: number;
  readonly gimbalAzimuthDeg: number;
  readonly gimbalElevationDeg: number;
  readonly gimbalRollDeg: number;
};

/** One frame to take: the picture is drawn from `truth`, its KLV says `estimate` (what the aircraft believes). */
export type Exposure = {
  readonly unixTimeUs: number;
  /** Seconds on the scenario's clock; negative before it starts. */
  readonly scenarioS: number;
  readonly truth: CameraPose;
  readonly estimate: CameraPose;
};

/** The camera as the simulator's main loop sees it: it draws and encodes in a worker thread of its own. */
export type SimCamera = {
  readonly expose: (exposure: Exposure) => void;
  readonly stats: () => { readonly framesSent: number; readonly framesDropped: number };
  readonly dispose: () => Promise<void>;
};

export type CameraOptions = { readonly scenario: Scenario; readonly seed: number; readonly videoUri: string };
