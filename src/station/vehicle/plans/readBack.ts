/**
 * Which lists on board the station reads of its own accord, and when. Pure; the transfers are `missionService`'s.
 */
import type { PlanPart } from "../../../vehicle/transfers.js";

/** With nothing else to do, the aircraft's fence is read after this long. */
const FIRST_AFTER_MS = 6000;
const AGAIN_AFTER_MS = 15_000;
const ATTEMPTS_MAX = 5;

/** The lists to be read, the first of them from `dueMonoMs` on. */
export type ReadBack = {
  readonly parts: readonly [PlanPart, ...PlanPart[]];
  readonly attempts: number;
  readonly dueMonoMs: number;
};

export const firstReadBack = (nowMonoMs: number): ReadBack => ({
  ...{ parts: ["fence"], attempts: 0, dueMonoMs: nowMonoMs + FIRST_AFTER_MS },
});

/** Those lists beside the ones that are waiting already; undefined where there are none. */
export function withParts(
  before: ReadBack | undefined,
  added: readonly PlanPart[],
  dueMonoMs: number,
): ReadBack | undefined {
  const [first, ...others] = new Set([...(before?.parts ?? []), ...added]);
  return first === undefined ? undefined : { parts: [first, ...others], attempts: 0, dueMonoMs };
}

/** A reading of the first list has begun: should it fail, the next is later; undefined after the last attempt. */
export function afterAttempt(before: ReadBack, nowMonoMs: number): ReadBack | undefined {
  const attempts = before.attempts + 1;
  return attempts >= ATTEMPTS_MAX ? undefined : { ...before, attempts, dueMonoMs: nowMonoMs + AGAIN_AFTER_MS };
}

/** The list was read: the others are due at once. */
export function withoutPart(before: ReadBack | undefined, part: PlanPart, nowMonoMs: number): ReadBack | undefined {
  const others = before?.parts.filter((other) => other !== part) ?? [];
  return withParts(undefined, others, nowMonoMs);
}
