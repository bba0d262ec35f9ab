import type { Notice } from "../../src/contract/messages.js";
import { linkTroubleIn, linkTroubleText } from "../../src/contract/linkTroubleTexts.js";
import { hasText, type Translate } from "./text.js";

/** Words of a notice; one this page has no words for is shown by its key and facts rather than swallowed. */
export function noticeText(t: Translate, { key, facts }: Notice): string {
  const known = `notice.${key}`;
  const variant = `${known}${variantOf(key, facts)}`;
  const text = hasText(variant) ? variant : known;
  if (hasText(text)) return t(text, { ...facts, ...reasonOf(t, facts), ...commandOf(t, facts) });
  const details = Object.entries(facts).map(([name, value]) => `${name} ${value}`);
  return [key, ...details].join(" · ");
}

/** A sentence for what is not known, instead of a hole in one that says it. */
function variantOf(key: string, facts: Notice["facts"]): string {
  const lacks = (name: string): boolean => facts[name] === undefined;
  if (key === "flight-ground-impact") {
    if (!lacks("text")) return ".text";
    return lacks("descentMps") ? ".bare" : "";
  }
  return key === "flight-disarmed-in-air" && lacks("heightM") ? ".bare" : "";
}

/** A command that is named by its kind is said in words. */
function commandOf(t: Translate, { command }: Notice["facts"]): { readonly commandWords?: string } {
  const key = `command.${command ?? ""}`;
  return hasText(key) ? { commandWords: t(key) } : {};
}

/** Reasons that the station gives as a key are said in words; others are the system's own words. */
function reasonOf(t: Translate, facts: Notice["facts"]): { readonly because?: string } {
  const trouble = linkTroubleIn(facts);
  if (trouble) return { because: linkTroubleText(t, trouble) };
  const key = `notice.because.${facts["because"] ?? ""}`;
  return hasText(key) ? { because: t(key) } : {};
}
