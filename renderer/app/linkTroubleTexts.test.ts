import { constants } from "node:os";
import { describe, expect, it } from "vitest";
import { LINK_OPERATIONS, LINK_TROUBLES, linkTroubleOf } from "../../src/contract/linkTrouble.js";
import type { Notice } from "../../src/contract/messages.js";
import { linkTroubleText } from "../../src/contract/linkTroubleTexts.js";
import { noticeText } from "./noticeText.js";
import { translatorFor } from "./text.js";

/** As Node and the serial driver say it, on Linux and on Windows. */
const SAID = [
  ["Error: Inappropriate ioctl for device setting custom baud rate of 57600", "not-serial"],
  ["Error: No such file or directory, cannot open /dev/ttyUSB0", "unplugged"],
  ["Error: Permission denied, cannot open /dev/ttyS0", "no-right"],
  ["Error Resource temporarily unavailable Cannot lock port", "in-use"],
  ["Opening COM3: File not found", "unplugged"],
  ["Opening COM3: Access denied", "no-right"],
  ["Opening COM3: Unknown error code 121", "other"],
  ["the device is gone", "unplugged"],
  ["serial ports cannot be used on this machine: Cannot find module", "no-serial-driver"],
  ["connect ECONNREFUSED 127.0.0.1:1", "refused"],
  ["bind EADDRINUSE 0.0.0.0:14550", "port-taken"],
  ["getaddrinfo ENOTFOUND relay", "host-unknown"],
  ["read ECONNRESET", "closed"],
  ["closed by the other side", "closed"],
  ["nothing heard for 10 s", "silent"],
  ["no answer", "no-answer"],
  ["", "other"],
] as const;

const noticeOf = (text: string): Notice => {
  const { trouble, ...facts } = linkTroubleOf(text);
  const all = { link: "udp:1", uri: "udp://:1", because: `link:${trouble}`, ...facts };
  return { id: "x", severity: "danger", key: "link-lost", facts: all, unixTimeUs: 0 };
};

describe("attack 7: why a link is down, in words", () => {
  it.each(SAID)("%j is %s", (text, trouble) => {
    expect(linkTroubleOf(text).trouble).toBe(trouble);
    for (const language of ["en", "fr"] as const) {
      const translate = translatorFor(language);
      const words = noticeText(translate, noticeOf(text));
      expect(words).not.toMatch(/Error|ioctl|COM3|\bE[A-Z]{3,}\b|\/dev|127\.0|\{\{|link[.:]/);
      expect(words).toContain(linkTroubleText(translate, linkTroubleOf(text)));
    }
  });

  it("every code of this system becomes a sentence: known ones without the code, others with it and what was tried", () => {
    for (const language of ["en", "fr"] as const) {
      const translate = translatorFor(language);
      for (const code of Object.keys(constants.errno)) {
        const facts = linkTroubleOf(`connect ${code} 10.0.0.1:5760`);
        const words = linkTroubleText(translate, facts);
        expect(words).not.toMatch(/10\.0|undefined|\{\{|link\./);
        expect(words.includes(code), code).toBe(facts.trouble === "other");
      }
    }
  });

  it("every trouble and every operation has words in both languages", () => {
    for (const language of ["en", "fr"] as const) {
      const translate = translatorFor(language);
      for (const trouble of LINK_TROUBLES)
        for (const operation of LINK_OPERATIONS)
          for (const code of ["", "EPROTO"])
            expect(linkTroubleText(translate, { trouble, operation, code })).not.toMatch(/link\.|\{\{/);
    }
  });
});
