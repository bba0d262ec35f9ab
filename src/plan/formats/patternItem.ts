/** The sweeps of a `.plan`: each pattern reads its own form; Vigie's note beside the item names the pattern. */
import type { PatternPlace, PatternSource } from "../patterns/pattern.js";
import { patternNamed, patternOf, DEFAULT_PATTERN } from "../patterns/registry.js";
import type { SweepItem } from "../plan.js";
import type { ValidationContext } from "./validationContext.js";

/** Undefined for a complex item that none of our patterns wrote. */
export function readSweep(
  context: ValidationContext,
  source: PatternSource,
  place: PatternPlace & { readonly id: string },
): SweepItem | undefined {
  const named: unknown = source.note["pattern"];
  // The note names a pattern only when it is not the default; files older than the other patterns name none.
  const pattern = named === undefined ? DEFAULT_PATTERN : typeof named === "string" ? patternNamed(named) : undefined;
  const content = pattern?.read(context, source, place);
  return pattern && content && { kind: "sweep", id: place.id, patternId: pattern.id, ...content };
}

export function sweepSource(sweep: SweepItem, firstJumpId: number): PatternSource {
  const { item, note } = patternOf(sweep).write(sweep, firstJumpId);
  return { item, note: sweep.patternId === DEFAULT_PATTERN.id ? note : { pattern: sweep.patternId, ...note } };
}
