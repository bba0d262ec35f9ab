import type { LocalFrame } from "../src/geo/localFrame.js";
import type { GimbalDemand, GimbalState } from "./airframe/gimbal.js";
import type { AutopilotState } from "./autopilot/autopilotState.js";
import type { Point } from "./autopilot/guidance.js";
import type { Flavour } from "./flavour.js";

/** The state that a service may read, as of now. Everything is the autopilot's estimate, not the truth. */
export type AircraftView = {
  readonly flavour: Flavour;
  readonly systemId: number;
  readonly seed: number;
  /** Simulated seconds per wall-clock second. Link timeouts are in wall-clock time and are stretched by it. */
  readonly speedup: number;
  /** Simulated time since boot. */
  readonly nowMs: () => number;
  readonly unixTimeUs: () => number;
  /** Parameters, mode, armed, mission on board, sensors: the autopilot's whole state, read-only. */
  readonly autopilot: () => AutopilotState;
  readonly gimbal: () => GimbalState;
  /** Converts between metres east and north of the navigation origin and positions. */
  readonly frame: LocalFrame;
  /** AMSL height of the navigation origin: height above sea level = `originAmslM` + `upM`. */
  readonly originAmslM: number;
};

/** What a service may change. Takes effect before the autopilot's next step. */
export type AircraftControls = {
  /** Sets a parameter by name; the flight code reads it at its next tick. */
  readonly setParam: (name: string, value: number) => void;
  readonly pointGimbal: (demand: GimbalDemand) => void;
  /** Sets the mode by custom_mode, as a fence does; returns a MAV_RESULT. */
  readonly setMode: (customMode: number) => number;
  /** Points the gimbal at this position (metres from the navigation origin) until changed; undefined ends it. */
  readonly pointGimbalAt: (place: Point | undefined) => void;
};
