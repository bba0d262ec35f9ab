/** The `geoFence` section of a `.plan` file, version 2. */
import { isObject, type JsonObject } from "../../geo/jsonText.js";
import type { Position } from "../../geo/position.js";
import type { Fence } from "../fence.js";
import { arrayAt, addProblem, numberAt, objectAt, versionAt } from "./validationContext.js";
import type { ValidationContext } from "./validationContext.js";
import { positionAt } from "./survey.js";

const NO_FENCE: Fence = { polygons: [], circles: [], breachReturn: undefined };
const RADIUS_M = [0.1, 1e6] as const;
const HEIGHT_M = [-1000, 100_000] as const;

/** A hundred times what an autopilot can store. */
const SIZE_MAX = 10_000;

/** Number of corners and circles together. */
function sizeOf({ polygons, circles }: JsonObject): number {
  const areas: readonly unknown[] = Array.isArray(polygons) ? polygons : [];
  const cornersOf = (area: unknown): number =>
    isObject(area) && Array.isArray(area["polygon"]) ? area["polygon"].length : 1;
  return areas.reduce((sum: number, area) => sum + cornersOf(area), Array.isArray(circles) ? circles.length : 0);
}

export function fenceAt(context: ValidationContext, value: unknown, where: string): Fence {
  const section = objectAt(context, value, where);
  versionAt(context, section["version"], `${where}.version`, [2]);
  if (sizeOf(section) > SIZE_MAX) {
    addProblem(context, where, `more than ${SIZE_MAX} corners`);
    return NO_FENCE;
  }
  return {
    polygons: arrayAt(context, section["polygons"] ?? [], `${where}.polygons`).map((source, i) => {
      const inside = `${where}.polygons[${i}]`;
      const polygon = objectAt(context, source, inside);
      const corners = arrayAt(context, polygon["polygon"], `${inside}.polygon`);
      if (corners.length < 3)
        addProblem(context, `${inside}.polygon`, "an area of the fence needs three corners or more");
      return {
        isInclusion: inclusionAt(context, polygon["inclusion"], `${inside}.inclusion`),
        corners: corners.map((corner, n) => positionAt(context, corner, `${inside}.polygon[${n}]`)),
      };
    }),
    circles: arrayAt(context, section["circles"] ?? [], `${where}.circles`).map((source, i) => {
      const inside = `${where}.circles[${i}]`;
      const outer = objectAt(context, source, inside);
      const circle = objectAt(context, outer["circle"], `${inside}.circle`);
      return {
        isInclusion: inclusionAt(context, outer["inclusion"], `${inside}.inclusion`),
        centre: positionAt(context, circle["center"], `${inside}.circle.center`),
        radiusM: numberAt(context, circle["radius"], `${inside}.circle.radius`, RADIUS_M),
      };
    }),
    breachReturn: breachReturnAt(context, section["breachReturn"], `${where}.breachReturn`),
  };
}

function inclusionAt(context: ValidationContext, value: unknown, where: string): boolean {
  if (typeof value !== "boolean") addProblem(context, where, "true (stay inside) or false (stay outside) was expected");
  return value !== false;
}

function breachReturnAt(context: ValidationContext, value: unknown, where: string): Fence["breachReturn"] {
  if (value === undefined || value === null) return undefined;
  const position = positionAt(context, value, where);
  const heightM = numberAt(context, arrayAt(context, value, where)[2] ?? 0, `${where}[2]`, HEIGHT_M);
  return { position, heightM };
}

/** Parses a section that was validated when its file was read. */
export function fenceOfSection(json: string | undefined): Fence {
  return json === undefined ? NO_FENCE : fenceAt({ mistake: undefined }, JSON.parse(json), "geoFence");
}

const pairOf = ({ latitudeDeg, longitudeDeg }: Position): readonly number[] => [latitudeDeg, longitudeDeg];

/** The section's text; undefined for an empty fence. */
export function fenceSection({ polygons, circles, breachReturn }: Fence): string | undefined {
  if (polygons.length === 0 && circles.length === 0 && !breachReturn) return undefined;
  return JSON.stringify({
    version: 2,
    polygons: polygons.map(({ isInclusion, corners }) => ({
      version: 1,
      inclusion: isInclusion,
      polygon: corners.map(pairOf),
    })),
    circles: circles.map(({ isInclusion, centre, radiusM }) => ({
      version: 1,
      inclusion: isInclusion,
      circle: { center: pairOf(centre), radius: radiusM },
    })),
    ...(breachReturn && { breachReturn: [...pairOf(breachReturn.position), breachReturn.heightM] }),
  });
}
