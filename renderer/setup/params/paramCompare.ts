/** Differences between an aircraft and a file or another aircraft. Pure. */
import type { NamedValue, Param, ParamFailure } from "../../../src/vehicle/params.js";
import { isSameValue } from "./paramValue.js";

export type Difference = {
  readonly name: string;
  /** Undefined where the aircraft has no such parameter. */
  readonly param: Param | undefined;
  readonly there: number;
};

type Comparison = {
  /** Writable differences first, parameters that this aircraft does not have last. */
  readonly differences: readonly Difference[];
  readonly countOfSame: number;
  readonly countOfUnknown: number;
};

export function compareParams(here: ReadonlyMap<string, Param>, there: readonly NamedValue[]): Comparison {
  const known: Difference[] = [];
  const unknown: Difference[] = [];
  let countOfSame = 0;
  for (const { name, value } of there) {
    const param = here.get(name);
    if (param && isSameValue(param.value, value)) countOfSame++;
    else (param ? known : unknown).push({ name, param, there: value });
  }
  const byName = (a: Difference, b: Difference): number => (a.name < b.name ? -1 : 1);
  return { differences: [...known.sort(byName), ...unknown.sort(byName)], countOfSame, countOfUnknown: unknown.length };
}

export const isWritable = ({ param }: Difference): boolean =>
  param !== undefined && param.metadata?.isReadOnly !== true;

export type LineResult =
  { readonly kind: "taken" } | { readonly kind: "failed"; readonly failure: ParamFailure | undefined };

/** The result of each requested write: its failure, or the value the aircraft holds now. */
export function lineResults(
  asked: readonly NamedValue[],
  notTaken: readonly ParamFailure[],
  now: ReadonlyMap<string, Param>,
): ReadonlyMap<string, LineResult> {
  const failures = new Map(
    notTaken.flatMap((failure) => ("name" in failure ? [[failure.name, failure] as const] : [])),
  );
  // A failure without a parameter name ended the whole batch: parameters with another value were not written.
  const nameless = notTaken.find((failure) => !("name" in failure));
  return new Map(
    asked.map(({ name, value }): [string, LineResult] => {
      const failure = failures.get(name);
      if (failure) return [name, { kind: "failed", failure }];
      const held = now.get(name)?.value;
      const isHeld = held !== undefined && isSameValue(held, value);
      return [name, isHeld || !nameless ? { kind: "taken" } : { kind: "failed", failure: nameless }];
    }),
  );
}
