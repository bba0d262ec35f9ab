import type { Notice } from "../../src/contract/messages.js";
import { hasText, type Translate } from "./text.js";

/** Words of a notice; one this page has no words for is shown by its key and facts rather than swallowed. */
export function noticeText(t: Translate, { key, facts }: Notice): string {
  const known = `notice.${key}`;
  if (hasText(known)) return t(known, facts);
  const details = Object.entries(facts).map(([name, value]) => `${name} ${value}`);
  return [key, ...details].join(" · ");
}
