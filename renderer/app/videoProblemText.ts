import type { VideoProblem } from "../../src/core/mediaProblem.js";
import type { Translate } from "./text.js";

/** What is wrong with the video, in words; empty when nothing is. */
export function videoProblemText(t: Translate, problem: VideoProblem | undefined): string {
  if (!problem) return "";
  const { kind, ...facts } = problem;
  return t(`video.problem.${kind}`, facts);
}
