import type { Notice } from "../../src/contract/messages.js";
import { linkTroubleIn, linkTroubleText } from "../../src/contract/linkTroubleTexts.js";
import { hasText, type Translate } from "./text.js";

/** Text of a notice. A notice that this page has no text for is shown by its key and facts. */
export function noticeText(t: Translate, { key, facts }: Notice): string {
  const known = `notice.${key}`;
  const variant = `${known}${variantOf(key, facts)}`;
  const text = hasText(variant) ? variant : known;
  if (hasText(text)) return t(text, { ...facts, ...reasonOf(t, facts), ...commandOf(t, facts) });
  const details = Object.entries(facts).map(([name, value]) => `${name} ${value}`);
  return [key, ...details].join(" · ");
}

/** Picks the text variant for a fact that is not known, so that no text has an empty gap. */
function variantOf(key: string, facts: Notice["facts"]): string {
  const lacks = (name: string): boolean => facts[name] === undefined;
  if (key === "flight-ground-impact") {
    if (!lacks("text")) return ".text";
    return lacks("descentMps") ? ".bare" : "";
  }
  return key === "flight-disarmed-in-air" && lacks("heightM") ? ".bare" : "";
}

/** Replaces a command kind among the facts by its translated name. */
function commandOf(t: Translate, { command }: Notice["facts"]): { readonly commandWords?: string } {
  const key = `command.${command ?? ""}`;
  return hasText(key) ? { commandWords: t(key) } : {};
}

/** Translates a reason that the station gives as a key; other reasons are the operating system's own words. */
function reasonOf(t: Translate, facts: Notice["facts"]): { readonly because?: string } {
  const trouble = linkTroubleIn(facts);
  if (trouble) return { because: linkTroubleText(t, trouble) };
  const key = `notice.because.${facts["because"] ?? ""}`;
  return hasText(key) ? { because: t(key) } : {};
}
