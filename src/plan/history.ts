import type { Plan } from "./plan.js";

/** Undo history. The last of `past` is the plan before `present`; the first of `future` is the next redo. */
export type History = { readonly past: readonly Plan[]; readonly present: Plan; readonly future: readonly Plan[] };

// A drag is one entry, so this covers more than an afternoon of planning.
const DEPTH_MAX = 500;

export const historyOf = (plan: Plan): History => ({ past: [], present: plan, future: [] });

/** Makes `next` the present and clears the redo list. Does nothing when `next` is the present plan. */
export function record(history: History, next: Plan): History {
  if (next === history.present) return history;
  return { past: [...history.past, history.present].slice(-DEPTH_MAX), present: next, future: [] };
}

/** Replaces the present without a new undo step: for the moves of one drag, which starts with `record`. */
export const amend = (history: History, next: Plan): History => ({ ...history, present: next, future: [] });

export const canUndo = (history: History): boolean => history.past.length > 0;
export const canRedo = (history: History): boolean => history.future.length > 0;

export function undo(history: History): History {
  const previous = history.past.at(-1);
  if (previous === undefined) return history;
  return { past: history.past.slice(0, -1), present: previous, future: [history.present, ...history.future] };
}

export function redo(history: History): History {
  const next = history.future.at(0);
  if (next === undefined) return history;
  return { past: [...history.past, history.present], present: next, future: history.future.slice(1) };
}
