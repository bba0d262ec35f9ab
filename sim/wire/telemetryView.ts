import { RAD_PER_DEG, wrap360 } from "../../src/geo/angles.js";
import type { LocalFrame } from "../../src/geo/localFrame.js";
import type { AirframeState, Attitude } from "../airframe/airframeState.js";
import type { GimbalState } from "../airframe/gimbal.js";
import type { AutopilotState } from "../autopilot/autopilotState.js";
import type { Point } from "../autopilot/guidance.js";
import type { Scenario } from "../scenario.js";

/** All telemetry values at one moment. Attitude and motion are estimates; `truth` is for messages only simulators send. */
export type TelemetryView = {
  readonly systemId: number;
  readonly autopilot: AutopilotState;
  readonly unixTimeUs: number;
  /** Finer than the autopilot's tick; used for TIMESYNC. */
  readonly sinceBootMs: number;
  /** At the navigation origin, which is the scenario's home. */
  readonly frame: LocalFrame;
  readonly originAmslM: number;
  readonly navigation: Scenario["navigation"];
  readonly attitude: Attitude;
  readonly rates: { readonly rollRadps: number; readonly pitchRadps: number; readonly yawRadps: number };
  readonly thrustFraction: number;
  readonly battery: { readonly voltageV: number; readonly currentA: number; readonly usedMah: number };
  readonly remainingFraction: number;
  readonly wind: { readonly eastMps: number; readonly northMps: number };
  readonly gimbal: GimbalState;
  readonly truth: AirframeState;
};

export const degE7 = (valueDeg: number): number => Math.round(valueDeg * 1e7);
export const mm = (valueM: number): number => Math.round(valueM * 1000);
export const bootMs = (view: TelemetryView): number => Math.round(view.autopilot.sensed.nowMs);
export const bootUs = (view: TelemetryView): bigint => BigInt(Math.round(view.autopilot.sensed.nowMs * 1000));

export function placeOf(view: TelemetryView, { eastM, northM }: Pick<Point, "eastM" | "northM">) {
  return view.frame.toPosition({ eastM, northM, upM: 0 }).position;
}

export const headingDegOf = (view: TelemetryView): number => wrap360(view.attitude.yawNedRad / RAD_PER_DEG);
export const headingCdeg = (view: TelemetryView): number => Math.round(headingDegOf(view) * 100) % 36000;
