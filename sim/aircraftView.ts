import type { LocalFrame } from "../src/geo/localFrame.js";
import type { GimbalDemand, GimbalState } from "./airframe/gimbal.js";
import type { AutopilotState } from "./autopilot/autopilotState.js";
import type { Point } from "./autopilot/guidance.js";
import type { Flavour } from "./flavour.js";

/** What a service may know of the aircraft it belongs to, as of now. Everything is the autopilot's belief, not the truth. */
export type AircraftView = {
  readonly flavour: Flavour;
  readonly systemId: number;
  readonly seed: number;
  /** Simulated seconds a second: time-outs of the link live on the wall clock and are stretched by it. */
  readonly speedup: number;
  /** Simulated time since boot. */
  readonly nowMs: () => number;
  readonly unixTimeUs: () => number;
  /** Parameters, mode, armed, mission on board, sensors: the autopilot's whole state, read-only. */
  readonly autopilot: () => AutopilotState;
  readonly gimbal: () => GimbalState;
  /** Turns metres east and north of the navigation origin into a place and back. */
  readonly frame: LocalFrame;
  /** Height of the navigation origin: above sea level = `originAmslM` + `upM`. */
  readonly originAmslM: number;
};

/** What a service may change. It takes effect before the autopilot's next step. */
export type AircraftControls = {
  /** Stores a parameter by its name; the flight code reads it at its next tick. */
  readonly setParam: (name: string, value: number) => void;
  readonly pointGimbal: (demand: GimbalDemand) => void;
  /** Sets the mode by custom_mode, as a fence does; the MAV_RESULT. */
  readonly setMode: (customMode: number) => number;
  /** The gimbal looks at this place (metres from the navigation origin) until told otherwise; undefined ends it. */
  readonly pointGimbalAt: (place: Point | undefined) => void;
};
