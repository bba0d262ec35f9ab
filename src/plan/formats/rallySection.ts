/** The `rallyPoints` section of a `.plan` file, version 2: [latitude, longitude, height above home]. */
import type { RallyPoint } from "../rally.js";
import { arrayAt, addProblem, numberAt, objectAt, versionAt } from "./validationContext.js";
import type { ValidationContext } from "./validationContext.js";
import { positionAt } from "./survey.js";

/** A hundred times what an autopilot can store. */
const POINTS_MAX = 1000;
const HEIGHT_M = [-1000, 100_000] as const;

export function rallyAt(context: ValidationContext, value: unknown, where: string): readonly RallyPoint[] {
  const section = objectAt(context, value, where);
  versionAt(context, section["version"], `${where}.version`, [2]);
  const points = arrayAt(context, section["points"] ?? [], `${where}.points`);
  if (points.length > POINTS_MAX) {
    addProblem(context, where, `more than ${POINTS_MAX} points`);
    return [];
  }
  return points.map((source, i) => {
    const inside = `${where}.points[${i}]`;
    const heightAboveHomeM = numberAt(context, arrayAt(context, source, inside)[2], `${inside}[2]`, HEIGHT_M);
    return { position: positionAt(context, source, inside), heightAboveHomeM };
  });
}

/** Parses a section that was validated when its file was read. */
export const rallyOfSection = (json: string | undefined): readonly RallyPoint[] =>
  json === undefined ? [] : rallyAt({ mistake: undefined }, JSON.parse(json), "rallyPoints");

/** The section's text; undefined without points. */
export function rallySection(points: readonly RallyPoint[]): string | undefined {
  if (points.length === 0) return undefined;
  return JSON.stringify({
    version: 2,
    points: points.map(({ position, heightAboveHomeM }) => [
      position.latitudeDeg,
      position.longitudeDeg,
      heightAboveHomeM,
    ]),
  });
}
