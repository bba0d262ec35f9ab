import { isObject } from "../../geo/jsonText.js";
import type { JsonObject } from "../../geo/jsonText.js";

/**
 * Validation of parsed JSON of unknown shape. The first mistake is kept with its path; the getter then returns a harmless
 * default so that reading can go on. The caller discards the whole result when `mistake` is set.
 */
export type ValidationContext = { mistake: { readonly where: string; readonly problem: string } | undefined };

export type Range = readonly [least: number, most: number];

export function addProblem(context: ValidationContext, where: string, problem: string): void {
  context.mistake ??= { where, problem };
}

export function objectAt(context: ValidationContext, value: unknown, where: string): JsonObject {
  if (isObject(value)) return value;
  addProblem(context, where, `an object was expected, not ${shown(value)}`);
  return {};
}

export function arrayAt(context: ValidationContext, value: unknown, where: string): readonly unknown[] {
  if (Array.isArray(value)) return value;
  addProblem(context, where, `a list was expected, not ${shown(value)}`);
  return [];
}

/** A number within the range, both ends included. JSON has no NaN, but 1e999 parses as Infinity. */
export function numberAt(context: ValidationContext, value: unknown, where: string, [least, most]: Range): number {
  if (typeof value === "number" && value >= least && value <= most) return value;
  const problem =
    typeof value === "number"
      ? `${String(value)} is outside ${least} to ${most}`
      : `a number was expected, not ${shown(value)}`;
  addProblem(context, where, problem);
  return least;
}

export function optionalNumberAt(
  context: ValidationContext,
  value: unknown,
  where: string,
  range: Range,
): number | undefined {
  return value === undefined || value === null ? undefined : numberAt(context, value, where, range);
}

export function integerAt(context: ValidationContext, value: unknown, where: string, range: Range): number {
  const number = numberAt(context, value, where, range);
  if (!Number.isInteger(number)) addProblem(context, where, `a whole number was expected, not ${number}`);
  return number;
}

export function versionAt(
  context: ValidationContext,
  value: unknown,
  where: string,
  accepted: readonly number[],
): void {
  if (!accepted.some((version) => version === value)) {
    addProblem(context, where, `version ${shown(value)} is not one this station reads (${accepted.join(", ")})`);
  }
}

/** A value shortened for an error message. */
function shown(value: unknown): string {
  if (value === undefined) return "nothing";
  const text = JSON.stringify(value);
  return text.length > 40 ? `${text.slice(0, 37)}...` : text;
}
