import type { SweepItem } from "../plan.js";
import { registered, type AnyPattern } from "./pattern.js";
import { parallel } from "./parallel.js";

/** All patterns. The first is the default where none is named. */
const PATTERNS: readonly [AnyPattern, ...AnyPattern[]] = [registered(parallel)];

export const DEFAULT_PATTERN: AnyPattern = PATTERNS[0];
export const PATTERN_IDS: readonly string[] = PATTERNS.map(({ id }) => id);

/** Undefined for a pattern that this release does not have. */
export const patternNamed = (id: string): AnyPattern | undefined => PATTERNS.find((pattern) => pattern.id === id);

export function patternOf({ patternId }: Pick<SweepItem, "patternId">): AnyPattern {
  const pattern = patternNamed(patternId);
  if (!pattern) throw new Error(`Invariant: no plan is read or made with a pattern "${patternId}"`);
  return pattern;
}
