import { err, ok } from "../core/result.js";
import type { Result } from "../core/result.js";
import type { BadFile } from "../geo/badFile.js";
import { parseJsonObject } from "../geo/jsonText.js";

/** The aircraft data used for planning; read from a file of `missions/aircraft/`. */
export type Aircraft = {
  readonly name: string;
  /** MAV_TYPE and MAV_AUTOPILOT. */
  readonly vehicleType: number;
  readonly firmwareType: number;
  readonly cruiseSpeedMps: number;
  readonly maxAirSpeedMps: number;
  readonly climbRateMps: number;
  readonly descentRateMps: number;
  readonly landingRateMps: number;
  readonly accelerationMps2: number;
  readonly maxWindMps: number;
  readonly hoverPowerW: number;
  readonly cruisePowerW: number;
  readonly climbPowerW: number;
  readonly capacityWh: number;
  /** Fraction of the battery's capacity (0 to 1) that must be left after landing. */
  readonly reserveFraction: number;
  readonly camera: AircraftCamera;
};

export type AircraftCamera = {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly hfovDeg: number;
  readonly vfovDeg: number;
  /** Camera depression during the sweep, degrees below the horizon; 90 = straight down. */
  readonly depressionDeg: number;
};

/** Wind in the meteorological convention: `fromDeg` is the true direction it blows from. */
export type Wind = { readonly fromDeg: number; readonly speedMps: number };

type Limits = Readonly<Record<string, readonly [least: number, most: number]>>;
const AIRCRAFT_LIMITS = {
  vehicleType: [0, 255],
  firmwareType: [0, 255],
  cruiseSpeedMps: [0.5, 100],
  maxAirSpeedMps: [0.5, 150],
  climbRateMps: [0.1, 30],
  descentRateMps: [0.1, 30],
  landingRateMps: [0.1, 10],
  accelerationMps2: [0.1, 50],
  maxWindMps: [0, 60],
  hoverPowerW: [1, 1e6],
  cruisePowerW: [1, 1e6],
  climbPowerW: [1, 1e6],
  capacityWh: [0.1, 1e6],
  reserveFraction: [0, 0.9],
} as const satisfies Limits;
const CAMERA_LIMITS = {
  widthPx: [16, 20_000],
  heightPx: [16, 20_000],
  hfovDeg: [0.1, 170],
  vfovDeg: [0.1, 170],
  depressionDeg: [10, 90],
} as const satisfies Limits;

type FieldProblem = { readonly field: string; readonly problem: string };

/** Reads an aircraft file (JSON with every field of `Aircraft`). `path` is only for the error. */
export function readAircraft(text: string, path: string): Result<Aircraft, BadFile> {
  const parsed = parseJsonObject(text, path);
  if (!parsed.ok) return parsed;
  const aircraft = aircraftFrom(parsed.value);
  if (aircraft.ok) return aircraft;
  return err({ kind: "bad-file", path, where: aircraft.error.field, problem: aircraft.error.problem });
}

/** An aircraft from parsed JSON, or the first field that is wrong. */
export function aircraftFrom(value: Readonly<Record<string, unknown>>): Result<Aircraft, FieldProblem> {
  const { name, camera, ...figures } = value;
  const bad = (field: string, problem: string): Result<Aircraft, FieldProblem> => err({ field, problem });
  if (typeof name !== "string" || name === "") return bad("name", "an aircraft needs a name");
  if (typeof camera !== "object" || camera === null) return bad("camera", "an object was expected");
  const own = pickNumbers(figures, AIRCRAFT_LIMITS);
  if (!own.ok) return own;
  const seeing = pickNumbers(camera as Record<string, unknown>, CAMERA_LIMITS);
  if (!seeing.ok) return bad(`camera.${seeing.error.field}`, seeing.error.problem);
  return ok({ name, ...own.value, camera: seeing.value });
}

function pickNumbers<L extends Limits>(
  source: Record<string, unknown>,
  limits: L,
): Result<Record<keyof L, number>, FieldProblem> {
  const picked: Record<string, number> = {};
  for (const [field, [least, most]] of Object.entries(limits)) {
    const value = source[field];
    if (typeof value !== "number" || !(value >= least && value <= most)) {
      return err({
        field,
        problem: `a number from ${least} to ${most} was expected, not ${value === undefined ? "nothing" : JSON.stringify(value)}`,
      });
    }
    picked[field] = value;
  }
  return ok(picked as Record<keyof L, number>);
}
