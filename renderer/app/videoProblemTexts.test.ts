import { describe, expect, it } from "vitest";
import {
  mediaProblemText,
  pictureProblemTexts,
  videoProblemTexts as videoSentences,
} from "../../src/contract/mediaProblemTexts.js";
import type { PictureProblem, VideoProblem } from "../../src/core/mediaProblem.js";
import { DICTIONARIES } from "./dictionary.js";
import { noticeText } from "./noticeText.js";
import { translatorFor } from "./text.js";
import { videoProblemText } from "./videoProblemText.js";

/** One of each kind: a kind without an example does not compile. */
const VIDEO: { readonly [Kind in VideoProblem["kind"]]: Extract<VideoProblem, { kind: Kind }> } = {
  "not-readable": { kind: "not-readable", reason: "EACCES" },
  "not-there": { kind: "not-there" },
  "not-a-file": { kind: "not-a-file", what: "pipe" },
  empty: { kind: "empty" },
  "not-video": { kind: "not-video" },
  "is-picture": { kind: "is-picture", format: "PNG" },
  container: { kind: "container", format: "MP4" },
  codec: { kind: "codec", codec: "H.265" },
  "rtp-codec": { kind: "rtp-codec", codec: "H.265" },
  "rtp-no-parameters": { kind: "rtp-no-parameters" },
  "audio-only": { kind: "audio-only" },
  encrypted: { kind: "encrypted" },
  "no-tables": { kind: "no-tables" },
  "no-pictures": { kind: "no-pictures" },
  "no-keyframe": { kind: "no-keyframe" },
  "not-decodable": { kind: "not-decodable" },
  "too-many-pixels": { kind: "too-many-pixels", widthPx: 65_536, heightPx: 65_536 },
  "port-taken": { kind: "port-taken", uri: "udp://:5600" },
  "port-failed": { kind: "port-failed", uri: "udp://:5600", reason: "EACCES" },
  "decoder-missing": { kind: "decoder-missing" },
  "worker-stopped": { kind: "worker-stopped" },
  "detector-stopped": { kind: "detector-stopped" },
};
const PICTURE: { readonly [Kind in PictureProblem["kind"]]: Extract<PictureProblem, { kind: Kind }> } = {
  "not-readable": { kind: "not-readable", reason: "EACCES" },
  "not-there": { kind: "not-there" },
  "not-a-file": { kind: "not-a-file", what: "socket" },
  empty: { kind: "empty" },
  "not-a-picture": { kind: "not-a-picture" },
  "is-video": { kind: "is-video", format: "MP4" },
  "format-not-read": { kind: "format-not-read", format: "WebP" },
  "form-not-read": { kind: "form-not-read", format: "JPEG", form: "arithmetic coding" },
  "cut-off": { kind: "cut-off", format: "PNG" },
  damaged: { kind: "damaged", format: "TIFF" },
  "too-few-pixels": { kind: "too-few-pixels", widthPx: 3, heightPx: 3 },
  "too-many-pixels": { kind: "too-many-pixels", widthPx: 90_000, heightPx: 90_000, megapixelsMax: 64 },
  "too-many-bytes": { kind: "too-many-bytes", megabytesMax: 256 },
};
const LEAKS = /GenericFailure|AbortError|undefined|\{\{|^no video$|\bnull\b/;

describe("findings 4 E: every problem of a picture or a video has its sentence in both languages", () => {
  it.each(["en", "fr"] as const)("in %s, with all its facts", (language) => {
    const text = [
      ...Object.values(VIDEO).map((problem) => mediaProblemText(videoSentences, problem, language)),
      ...Object.values(PICTURE).map((problem) => mediaProblemText(pictureProblemTexts, problem, language)),
    ];
    for (const sentence of text) {
      expect(sentence).not.toMatch(LEAKS);
      expect(sentence.split(" ").length).toBeGreaterThan(3);
    }
    expect(Object.keys(videoSentences[language]).sort()).toEqual(Object.keys(VIDEO).sort());
    expect(Object.keys(pictureProblemTexts[language]).sort()).toEqual(Object.keys(PICTURE).sort());
  });

  it.each(["en", "fr"] as const)("the screens say it over the picture and as a notice (%s)", (language) => {
    const translate = translatorFor(language);
    for (const problem of Object.values(VIDEO)) {
      const { kind, ...facts } = problem;
      expect(videoProblemText(translate, problem)).not.toMatch(LEAKS);
      const notice = { id: "video", severity: "caution", unixTimeUs: 0, key: `video.${kind}`, facts } as const;
      expect(noticeText(translate, notice)).toMatch(language === "en" ? /^Video: / : /^Vidéo : /);
      expect(noticeText(translate, notice)).not.toMatch(LEAKS);
    }
    expect(DICTIONARIES[language]).toHaveProperty(["notice.video.back"]);
  });
});
