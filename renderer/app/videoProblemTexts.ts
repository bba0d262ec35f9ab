import { videoProblemTexts as problems } from "../../src/contract/mediaProblemTexts.js";

type Language = keyof typeof problems;
type Problem = keyof (typeof problems)["en"];
type Key = `video.problem.${Problem}` | `notice.video.${Problem}` | "notice.video.back";

/** The texts of the command line, as texts over the picture and as notices. */
function textsOf(language: Language, subject: string, backSentence: string): Readonly<Record<Key, string>> {
  const entries = Object.entries(problems[language]).flatMap(([kind, sentence]) => [
    [`video.problem.${kind}`, sentence],
    [`notice.video.${kind}`, `${subject} ${sentence}`],
  ]);
  return Object.fromEntries([...entries, ["notice.video.back", `${subject} ${backSentence}`]]) as Record<Key, string>;
}

export const videoProblemTexts = {
  en: textsOf("en", "Video:", "pictures again."),
  fr: textsOf("fr", "Vidéo :", "il y a de nouveau des images."),
};
