import { mediaProblemText, videoProblemTexts } from "../contract/mediaProblemTexts.js";
import type { Notice } from "../contract/messages.js";
import type { VideoProblem } from "../core/mediaProblem.js";

const VIDEO = "video.";

/** A notice in one English line. The screens have their own words, in two languages. */
export function noticeLine({ severity, key, facts }: Notice): string {
  const kind = key.slice(VIDEO.length);
  if (key.startsWith(VIDEO) && kind in videoProblemTexts.en) {
    // The station made the key and the facts of one problem.
    return `${severity}: video: ${mediaProblemText(videoProblemTexts, { kind, ...facts } as VideoProblem)}`;
  }
  return `${severity}: ${key} ${JSON.stringify(facts)}`;
}
