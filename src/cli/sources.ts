import path from "node:path";
import { err, ok, type Result } from "../core/result.js";
import { cameraProblem } from "../station/sensors/cameras.js";
import { type DetectorName, DETECTORS, isDetectorName } from "../station/sensors/detectors.js";
import { sensorUri, SENSORS } from "../station/sensors/sensorKinds.js";

/**
 * Where a station's pictures and observations come from; the same options for every command that starts one. `sensor` and
 * `detector` are not in the usage texts while there is nothing to choose (`sensorKinds.ts`, `detectors.ts`).
 */
export const SOURCE_OPTIONS = {
  video: { type: "string", multiple: true },
  sensor: { type: "string", multiple: true },
  detector: { type: "string" },
  terrain: { type: "string", multiple: true },
} as const;

/** Of the commands that show screens. */
export const MAP_OPTION = { map: { type: "string", multiple: true } } as const;
/** The window may run in another folder. */
export const fullPaths = (files: readonly string[] | undefined): readonly string[] | undefined =>
  files?.map((file) => path.resolve(file));

type SourceValues = {
  readonly video?: readonly string[] | undefined;
  readonly sensor?: readonly string[] | undefined;
  readonly detector?: string | undefined;
  readonly terrain?: readonly string[] | undefined;
};

export type Sources = {
  readonly video: readonly string[] | undefined;
  readonly sensors: readonly string[] | undefined;
  readonly detector: DetectorName | undefined;
  /** Full paths: the window may run in another folder. */
  readonly terrain: readonly string[] | undefined;
};

/** The options' values, or a text that says what is wrong with the first wrong one. */
export function sourcesOf({ video, sensor: sensors, detector, terrain }: SourceValues): Result<Sources, string> {
  const problem = cameraProblem(video ?? []);
  if (problem !== undefined) return err(problem);
  const wrong = sensors?.find((uri) => !Object.hasOwn(SENSORS, sensorUri(uri)?.kind ?? ""));
  if (wrong !== undefined) return err(`sensor ${wrong}: expected KIND+ADDRESS, KIND one of: ${listOf(SENSORS)}`);
  if (detector !== undefined && !isDetectorName(detector))
    return err(`there is no detector "${detector}", only: ${listOf(DETECTORS)}`);
  return ok({ video, sensors, detector, terrain: fullPaths(terrain) });
}

const listOf = (registry: object): string => Object.keys(registry).join(", ") || "none yet";
