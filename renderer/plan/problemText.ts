/** Failures of an area, warnings and findings in words. */
import { assertNever } from "../../src/core/result.js";
import type { AreaFailure } from "../../src/plan/areaFailure.js";
import type { FindingKind, PlanFinding } from "../../src/plan/findings/finding.js";
import type { SortieWarning } from "../../src/plan/makeSortie.js";
import type { BlockingFinding } from "../../src/vehicle/transfers.js";
import type { Format } from "../app/format.js";
import { partText } from "../app/partText.js";
import type { Translate } from "../app/text.js";
import type { CloseFailure } from "./planEditorState.js";

/** Edges and corners count from 0 in code and from 1 for people. */
export function areaFailureText(t: Translate, format: Format, failure: AreaFailure | CloseFailure): string {
  switch (failure.kind) {
    case "too-few-corners":
      return t("plan.area.too-few-corners");
    case "bad-corner":
      return t("plan.area.bad-corner", { corner: failure.corner + 1 });
    case "self-crossing":
      return t("plan.area.self-crossing", { first: failure.firstEdge + 1, second: failure.secondEdge + 1 });
    case "no-surface":
      return t("plan.area.no-surface");
    case "too-large":
      return t("plan.area.too-large", {
        extent: format.wayText(failure.extentM),
        limit: format.wayText(failure.limitM),
      });
    case "bad-setting":
      return t("plan.area.bad-setting", { setting: failure.setting, value: failure.value });
    case "too-many-legs":
      return t("plan.area.too-many-legs", { legs: failure.legs, limit: failure.limit });
    case "no-such-item":
    case "no-home":
      return t("plan.area.other");
    default:
      return assertNever(failure);
  }
}

/** A warning's facts are the values of its text. */
export function warningText(t: Translate, format: Format, { kind, ...facts }: SortieWarning): string {
  return t(`plan.warning.${kind}`, formattedFacts(format, facts));
}

type FindingFacts = Pick<PlanFinding, "seq" | "facts">;

function withItem(t: Translate, words: string, seq: number | undefined): string {
  return seq === undefined ? words : t("plan.finding.at", { seq, words });
}

/** The finding's facts are the values of its text; lengths, speeds and fractions are formatted. */
export const findingText = (t: Translate, format: Format, { kind, seq, facts }: PlanFinding): string =>
  findingSentence(t, format, { kind, facts, ...(seq !== undefined && { seq }) });

/** The same for a danger that the station reports at the upload. */
export const dangerText = (
  t: Translate,
  format: Format,
  { finding, seq, facts }: Extract<BlockingFinding, { kind: "plan-danger" }>,
): string =>
  // The station's own check found it, so it is one of the kinds that have words; the contract does not name them.
  findingSentence(t, format, { kind: finding as FindingKind, facts, ...(seq !== undefined && { seq }) });

function findingSentence(
  t: Translate,
  format: Format,
  { kind, seq, facts }: FindingFacts & { readonly kind: FindingKind },
): string {
  const type = facts["type"];
  const named = typeof type === "string" ? { ...facts, type: partText(t, type) } : facts;
  return withItem(t, t(`plan.finding.${kind}`, formattedFacts(format, named)), seq);
}

/** Fact names end in their unit, and that decides the format. */
function formattedFacts(format: Format, facts: PlanFinding["facts"]): Record<string, string | number> {
  return Object.fromEntries(Object.entries(facts).map(([name, value]) => [name, formattedFact(format, name, value)]));
}

const SHARES = new Set(["pod", "podWanted"]);
/** Slope angles, which are no bearings. */
const SLOPES = new Set(["slopeDeg", "limitDeg"]);

function formattedFact(format: Format, name: string, value: string | number): string | number {
  if (typeof value === "string") return value;
  if (SHARES.has(name) || name.endsWith("Fraction")) return format.percentText(value);
  if (name.endsWith("Mps")) return format.speedText(value);
  if (SLOPES.has(name)) return `${format.numberText(value, 1)}°`;
  if (name.endsWith("Deg")) return format.bearingText(value);
  if (name === "px" || name.endsWith("Px")) return format.numberText(value, 1);
  if (/^(height|limit).*M$/.test(name) && value < 1000) return format.lengthText(value);
  return /[a-z]M$/.test(name) ? format.wayText(value) : value;
}
