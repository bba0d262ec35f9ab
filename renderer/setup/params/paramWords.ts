/** Texts for ranges and for problems of values. */
import { assertNever } from "../../../src/core/result.js";
import type { Param, ParamMetadata } from "../../../src/vehicle/params.js";
import type { Translate } from "../../app/text.js";
import { numberText, valueProblem } from "./paramValue.js";

type Range = Pick<ParamMetadata, "min" | "max"> | undefined;

/** "0 to 100", "from 0"; empty where nothing is told. */
export function rangeText(t: Translate, mark: "." | ",", range: Range): string {
  const min = range?.min === undefined ? undefined : numberText(range.min, mark);
  const max = range?.max === undefined ? undefined : numberText(range.max, mark);
  if (min !== undefined && max !== undefined) return t("setup.params.fact.range.text", { min, max });
  if (min !== undefined) return t("setup.params.fact.range.min", { min });
  return max === undefined ? "" : t("setup.params.fact.range.max", { max });
}

type ValueWords = {
  readonly text: string;
  /** The user may override the metadata's range, but not the type's. */
  readonly isForcible: boolean;
};

/** The problem of a value as text; `value` is undefined where the text is no number. */
export function valueWords(
  t: Translate,
  mark: "." | ",",
  { param, value }: { readonly param: Param; readonly value: number | undefined },
): ValueWords | undefined {
  if (value === undefined) return { text: t("setup.params.problem.number"), isForcible: false };
  const problem = valueProblem(param, value);
  switch (problem?.kind) {
    case undefined:
      return undefined;
    case "whole":
      return { text: t("setup.params.problem.whole"), isForcible: false };
    case "type": {
      const { type, min, max } = problem;
      return { text: t("setup.params.problem.type", { type, min, max }), isForcible: false };
    }
    case "range":
      return { text: t("setup.params.problem.range", { range: rangeText(t, mark, problem) }), isForcible: true };
    default:
      return assertNever(problem);
  }
}
