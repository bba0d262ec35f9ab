/** Failures of an area, warnings and findings in words. */
import { assertNever } from "../../src/core/result.js";
import type { AreaFailure } from "../../src/plan/areaFailure.js";
import type { Finding } from "../../src/plan/checks.js";
import type { SortieWarning } from "../../src/plan/makeSortie.js";
import type { Format } from "../app/format.js";
import type { Translate } from "../app/text.js";
import type { CloseFailure } from "./deskState.js";

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

export function warningText(t: Translate, format: Format, warning: SortieWarning): string {
  const key = `plan.warning.${warning.kind}`;
  switch (warning.kind) {
    case "boats-yes-people-no":
      return t(key, { px: format.numberText(warning.personPx, 1), needed: format.numberText(warning.neededPx, 1) });
    case "object-too-small":
      return t(key, { px: format.numberText(warning.px, 1), needed: format.numberText(warning.neededPx, 1) });
    case "pod-not-reached":
      return t(key, { pod: format.percentText(warning.pod), wanted: format.percentText(warning.podWanted) });
    case "ways-outside":
      return t(key, { count: warning.count });
    case "energy":
      return t(key, {
        left: format.percentText(warning.worstReturnFraction),
        reserve: format.percentText(warning.reserveFraction),
      });
    case "wind":
      return t(key, { wind: format.speedText(warning.windMps), limit: format.speedText(warning.maxWindMps) });
    case "height-limited":
      return t(key, { limit: format.lengthText(warning.limitM) });
    default:
      return assertNever(warning);
  }
}

/** The check's own facts fill its sentence; lengths, speeds and shares come formatted. */
export const findingText = (t: Translate, format: Format, finding: Finding): string =>
  t(`plan.finding.${finding.id}`, formattedFacts(format, finding.facts));

/** Facts are named with their unit, as everything is: the name says how to print it. */
function formattedFacts(format: Format, facts: Finding["facts"]): Record<string, string | number> {
  return Object.fromEntries(Object.entries(facts).map(([name, value]) => [name, formattedFact(format, name, value)]));
}

function formattedFact(format: Format, name: string, value: string | number): string | number {
  if (typeof value === "string") return value;
  if (name.endsWith("Mps")) return format.speedText(value);
  if (name.endsWith("Fraction")) return format.percentText(value);
  if (name.endsWith("Deg")) return format.bearingText(value);
  return /[a-z]M$/.test(name) ? format.wayText(value) : value;
}
