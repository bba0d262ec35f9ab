import type { Scenario } from "../scenario.js";

/** Camera position and attitude. Degrees; gimbal angles relative to the airframe as in ST 0601 tags 18-20. */
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

/** One frame to take: the picture is drawn from the `truth` pose, its KLV contains the `estimate` pose. */
export type Exposure = {
  readonly unixTimeUs: number;
  /** Scenario time; negative before the scenario starts. */
  readonly scenarioS: number;
  readonly truth: CameraPose;
  readonly estimate: CameraPose;
};

/** The camera's interface for the simulator's main loop; drawing and encoding run in a worker thread. */
export type SimCamera = {
  readonly expose: (exposure: Exposure) => void;
  readonly stats: () => { readonly framesSent: number; readonly framesDropped: number };
  readonly dispose: () => Promise<void>;
};

export type CameraOptions = { readonly scenario: Scenario; readonly seed: number; readonly videoUri: string };
