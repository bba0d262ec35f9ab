import { linkTroubleIn, linkTroubleText, linkTroubleTexts } from "../contract/linkTroubleTexts.js";
import { mediaProblemText, videoProblemTexts } from "../contract/mediaProblemTexts.js";
import type { Notice } from "../contract/messages.js";
import { noticeTexts } from "../contract/noticeTexts.js";
import type { VideoProblem } from "../core/mediaProblem.js";

const VIDEO = "video.";
const LINK_WORDS: Readonly<Record<string, string>> = linkTroubleTexts.en;
const linkWords = (key: string, facts: Readonly<Record<string, string>> = {}): string =>
  (LINK_WORDS[key] ?? key).replace(/\{\{(\w+)\}\}/g, (_whole, name: string) => facts[name] ?? "?");
const WORDS: Readonly<Record<string, string>> = noticeTexts.en;

/** A notice as one line of English, with the screens' own texts. */
export function noticeLine({ severity, key, facts }: Notice): string {
  const kind = key.slice(VIDEO.length);
  if (key.startsWith(VIDEO) && kind in videoProblemTexts.en) {
    // The station made key and facts from one and the same problem.
    return `${severity}: video: ${mediaProblemText(videoProblemTexts, { kind, ...facts } as VideoProblem)}`;
  }
  return `${severity}: ${sentenceOf(key, facts)}`;
}

/** Of the texts for one key, the first one for which all facts are known. */
function sentenceOf(key: string, facts: Notice["facts"]): string {
  const printed: Notice["facts"] = { ...facts, ...reasonOf(facts), commandWords: facts["command"] ?? "" };
  const forms = [".text", "", ".bare"].flatMap((form) => WORDS[`notice.${key}${form}`] ?? []);
  const sentence = forms.find((form) => namesIn(form).every((name) => printed[name] !== undefined)) ?? forms.at(-1);
  const plain = `${key.replaceAll("-", " ")}${Object.values(facts)
    .map((fact) => `, ${fact}`)
    .join("")}`;
  return (sentence ?? plain).replace(/\{\{(\w+)\}\}/g, (_whole, name: string) => String(printed[name] ?? "?"));
}

const namesIn = (sentence: string): readonly string[] =>
  [...sentence.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name ?? "");

function reasonOf(facts: Notice["facts"]): { readonly because?: string } {
  const trouble = linkTroubleIn(facts);
  if (trouble) return { because: linkTroubleText(linkWords, trouble) };
  const words = WORDS[`notice.because.${facts["because"] ?? ""}`];
  return words === undefined ? {} : { because: words };
}
