import type { BadFile } from "../geo/badFile.js";
import type { Result } from "../core/result.js";

/** What planning needs to know of an aircraft; a file of `missions/aircraft/`. */
export type Aircraft = {
  readonly name: string;
  /** MAV_TYPE and MAV_AUTOPILOT. */
  readonly vehicleType: number;
  readonly firmwareType: number;
  readonly cruiseSpeedMps: number;
  readonly maxAirSpeedMps: number;
  readonly climbRateMps: number;
  readonly descentRateMps: number;
  readonly accelerationMps2: number;
  readonly maxWindMps: number;
  readonly hoverPowerW: number;
  readonly cruisePowerW: number;
  readonly climbPowerW: number;
  readonly capacityWh: number;
  /** Fraction of the capacity that must be left after landing. */
  readonly reserveFraction: number;
  readonly camera: AircraftCamera;
};

export type AircraftCamera = {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly hfovDeg: number;
  readonly vfovDeg: number;
  /** Gimbal depression on the sweep, 90 = straight down. */
  readonly depressionDeg: number;
};

/** Wind as meteorologists say it: where it blows from, true. */
export type Wind = { readonly fromDeg: number; readonly speedMps: number };

export declare function readAircraft(text: string, path: string): Result<Aircraft, BadFile>;
