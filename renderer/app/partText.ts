import { hasText, type Translate } from "./text.js";

/** A complex item of a plan by the name another station shows for it. */
export function partText(t: Translate, type: string): string {
  const key = `plan.part.${type}`;
  return hasText(key) ? t(key) : t("plan.part.other", { type });
}
