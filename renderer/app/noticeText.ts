import type { Notice } from "../../src/contract/messages.js";
import { hasText, type Translate } from "./text.js";

/** Words of a notice; one this page has no words for is shown by its key and facts rather than swallowed. */
export function noticeText(t: Translate, { key, facts }: Notice): string {
  const known = `notice.${key}`;
  if (hasText(known)) return t(known, { ...facts, ...reasonOf(t, facts) });
  const details = Object.entries(facts).map(([name, value]) => `${name} ${value}`);
  return [key, ...details].join(" · ");
}

/** Reasons that the station gives as a key are said in words; others are the system's own words. */
function reasonOf(t: Translate, { because }: Notice["facts"]): { readonly because?: string } {
  const key = `notice.because.${because ?? ""}`;
  return hasText(key) ? { because: t(key) } : {};
}
