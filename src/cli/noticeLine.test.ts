import { expect, it } from "vitest";
import { noticeTexts } from "../contract/noticeTexts.js";
import { noticeLine } from "./noticeLine.js";

const line = (key: string, facts: Readonly<Record<string, string | number>>): string =>
  noticeLine({ id: "n", severity: "danger", unixTimeUs: 0, key, facts });

it("says notices in the words of the screens, reasons too, without keys and JSON", () => {
  expect(line("recorder-failed", { folder: "/s", code: "ENOSPC", operation: "write", because: "ENOSPC" })).toBe(
    "danger: NOT RECORDING in /s: the disk is full: free some space. It goes on by itself when it can.",
  );
  expect(line("flight-ground-impact", { vehicle: "A 1" })).toBe("danger: A 1 HIT THE GROUND.");
  expect(line("flight-ground-impact", { vehicle: "A 1", descentMps: 4 })).toBe("danger: A 1 HIT THE GROUND at 4 m/s.");
  expect(line("flight-ground-impact", { vehicle: "A 1", text: "Crash" })).toBe("danger: A 1 HIT THE GROUND: Crash");
});

it("says why a link is down in the words of the screens", () => {
  const facts = { link: "tcp:1", uri: "tcp://127.0.0.1:1", operation: "connect", code: "ECONNREFUSED" };
  expect(line("link-failed", { ...facts, because: "link:refused" })).toBe(
    "danger: Link tcp://127.0.0.1:1 failed: nobody answers at that port",
  );
  expect(line("link-failed", { ...facts, because: "link:other", code: "EPROTO" })).toContain(
    "connect to it, and says EPROTO",
  );
});

it.each(Object.keys(noticeTexts.en).filter((key) => !key.includes("because")))("has a whole line for %s", (key) => {
  const name = key.replace("notice.", "").replace(/\.(text|bare)$/, "");
  const names = [...(noticeTexts.en as Readonly<Record<string, string>>)[key]!.matchAll(/\{\{(\w+)\}\}/g)];
  const facts = Object.fromEntries(names.map(([, fact]) => [fact === "commandWords" ? "command" : fact!, "x"]));
  expect(line(name, facts)).not.toMatch(/[{}]|"x"|notice\./);
});
