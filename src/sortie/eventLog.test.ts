import { describe, expect, it } from "vitest";
import { contactEvent, contactOfEvent, createEventChain, EventLogReader, readEventLog } from "./eventChain.js";
import { aChain, aContact, aLog, sha256 } from "./testing/sortieBuilders.js";

const NO_LINE_BEFORE = "0".repeat(64);

describe("writing the chain", () => {
  it("ties the next line only to lines that are completely on the disk", () => {
    const chain = createEventChain(sha256);
    const event = { unixTimeUs: 7, kind: "mode", facts: { modeName: "AUTO" } };
    const lost = chain.lineOf(event);
    expect(chain.lastSha256()).toBe(NO_LINE_BEFORE);
    expect(chain.lineOf(event)).toBe(lost);
    chain.accept(lost);
    expect(chain.lastSha256()).toBe(sha256(lost.trimEnd()));
    const next: unknown = JSON.parse(chain.lineOf(event));
    expect(next).toEqual({
      previousSha256: sha256(lost.trimEnd()),
      unixTimeUs: 7,
      kind: "mode",
      modeName: "AUTO",
    });
  });
});

describe("reading a log", () => {
  it("is empty, whole and begins with zeros when there is no line", () => {
    const empty = { events: [], firstBrokenLine: undefined, isTruncated: false, lastSha256: NO_LINE_BEFORE };
    expect(readEventLog("", sha256)).toEqual(empty);
  });

  it("ends with the hash of the last complete line, which is where the chain is", () => {
    const { chain, text } = aChain(3);
    expect(readEventLog(text, sha256).lastSha256).toBe(chain.lastSha256());
    expect(readEventLog(`${text}{"previous`, sha256)).toMatchObject({
      lastSha256: chain.lastSha256(),
      isTruncated: true,
      firstBrokenLine: undefined,
    });
  });

  it("reads the same from parts of any length", () => {
    const text = `${aLog(4)}{"cut`;
    const whole = readEventLog(text, sha256);
    for (const length of [1, 7, 64, 1000]) {
      const reader = new EventLogReader(sha256);
      for (let at = 0; at < text.length; at += length) reader.push(text.slice(at, at + length));
      expect(reader.finish()).toEqual(whole);
    }
  });

  const tied = { previousSha256: NO_LINE_BEFORE, unixTimeUs: 1, kind: "mode" };
  it.each([
    ["nothing", ""],
    ["no JSON", "{"],
    ["null", "null"],
    ["a number", "7"],
    ["a line without the hash before", JSON.stringify({ ...tied, previousSha256: undefined })],
    ["a hash that is no text", JSON.stringify({ ...tied, previousSha256: 0 })],
    ["a time that is no number", JSON.stringify({ ...tied, unixTimeUs: "1" })],
    ["a line without a kind", JSON.stringify({ ...tied, kind: undefined })],
  ])("takes %s for a broken line and no event, and reads on", (_, line) => {
    const next = { previousSha256: sha256(line), unixTimeUs: 2, kind: "armed", isSimulated: true };
    expect(readEventLog(`${line}\n${JSON.stringify(next)}\n`, sha256)).toMatchObject({
      firstBrokenLine: 1,
      events: [{ unixTimeUs: 2, kind: "armed", facts: { isSimulated: true } }],
    });
  });

  it("keeps an event of a line whose hash before is wrong, and names the first such line only", () => {
    const lines = [tied, tied, tied].map((line) => JSON.stringify(line));
    const log = readEventLog(`${lines.join("\n")}\n`, sha256);
    expect(log.events).toHaveLength(3);
    expect(log.firstBrokenLine).toBe(2);
  });

  it("takes more than four million characters without an end of line for damage, and does not keep them", () => {
    const { text } = aChain(2);
    const longest = new EventLogReader(sha256);
    longest.push(`${text}${"x".repeat(4_000_000)}`);
    expect(longest.finish()).toMatchObject({ firstBrokenLine: undefined, isTruncated: true });
    const longer = new EventLogReader(sha256);
    longer.push(`${text}${"x".repeat(4_000_001)}`);
    expect(longer.finish()).toMatchObject({ firstBrokenLine: 3, isTruncated: true });
    const next = JSON.stringify({ previousSha256: sha256("x"), unixTimeUs: 9, kind: "mode" });
    longer.push(`\n${next}\n`);
    const log = longer.finish();
    expect(log).toMatchObject({ firstBrokenLine: 3, isTruncated: false, lastSha256: sha256(next) });
    expect(log.events.map(({ unixTimeUs }) => unixTimeUs)).toEqual([1000, 1001, 9]);
  });
});

describe("a contact in the log", () => {
  it("says since when it is known when it is new, and not when it changes", () => {
    expect(contactEvent(aContact, 99, true)).toEqual({
      unixTimeUs: 99,
      kind: "contact-new",
      facts: { contactId: "C-7", appearedUnixUs: 99, contact: aContact },
    });
    expect(contactEvent(aContact, 120, false)).toEqual({
      unixTimeUs: 120,
      kind: "contact-changed",
      facts: { contactId: "C-7", contact: aContact },
    });
  });

  it("is read back from both kinds of event", () => {
    expect(contactOfEvent(contactEvent(aContact, 99, true))).toEqual(aContact);
    expect(contactOfEvent(contactEvent(aContact, 99, false))).toEqual(aContact);
  });

  it.each([
    ["another event", "contact-marked", aContact],
    ["an event without one", "contact-new", undefined],
    ["null", "contact-new", null],
    ["a text", "contact-changed", "C-7"],
    ["one without an id", "contact-new", { ellipse95: aContact.ellipse95 }],
    ["one without an error ellipse", "contact-changed", { id: "C-7" }],
  ])("is not read from %s", (_, kind, contact) => {
    expect(contactOfEvent({ unixTimeUs: 1, kind, facts: { contact } })).toBeUndefined();
  });
});
