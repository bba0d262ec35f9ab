/** The words of the top line, of notices and of failures: which is said when, how loudly, with which figures. */
import { describe, expect, it } from "vitest";
import type { StationFailure } from "../../src/contract/failures.js";
import type { LinkStatus } from "../../src/contract/linkMessages.js";
import type { Notice, RecorderStatus } from "../../src/contract/messages.js";
import { aVideoStatus } from "../bridge/testing/builders.js";
import { demoLink } from "../bridge/testing/fakeServices.js";
import { failureText } from "./failureText.js";
import { makeFormat } from "./format.js";
import { noticeText } from "./noticeText.js";
import { noticeKey, openDangers } from "./openDangers.js";
import { partText } from "./partText.js";
import { placeText, problemText } from "./problemText.js";
import { shortcutText } from "./shortcutText.js";
import { latencyText, linkStatus, recorderStatus, videoStatus } from "./statusItems.js";
import { translatorFor } from "./text.js";

const t = translatorFor("en");

const format = makeFormat("en", { lengths: "m", speeds: "mps", positions: "deg" });
const plain = (text: string): string => text.replaceAll("\u00a0", " ");

describe("the link in the top line", () => {
  const status = (...links: readonly Partial<LinkStatus>[]) => {
    const { value, tone, title } = linkStatus(
      t,
      format,
      links.map((link, i) => demoLink({ name: `l${i}`, uri: `udp://:${i}`, ...link })),
    );
    return { value: plain(value), tone, title: plain(title) };
  };

  it.each<[Partial<LinkStatus>, string, string]>([
    [{}, "42 ms · 0.2 % lost", "plain"],
    [{ roundTripMs: undefined }, "open · 0.2 % lost", "plain"],
    [{ lossFraction: 0.05 }, "42 ms · 5.0 % lost", "plain"],
    [{ lossFraction: 0.051 }, "42 ms · 5.1 % lost", "caution"],
    [{ lossFraction: 0.2 }, "42 ms · 20.0 % lost", "caution"],
    [{ lossFraction: 0.21 }, "42 ms · 21.0 % lost", "danger"],
    [{ state: "opening" }, "opening", "caution"],
    [{ state: "lost" }, "lost", "danger"],
    [{ state: "failed" }, "failed", "danger"],
  ])("%j is %s, %s", (link, value, tone) => {
    expect(status(link)).toMatchObject({ value, tone });
  });

  it("is the worst of those to aircraft, wherever it stands in the list", () => {
    expect(status({}, { lossFraction: 0.3 }, { lossFraction: 0.1 }).value).toBe("42 ms · 30.0 % lost");
    expect(status({ role: "output", state: "failed" })).toMatchObject({ value: "no link", tone: "caution" });
  });

  it("tells the figures, and why it is down", () => {
    expect(status({ countOfBadChecksums: 3 }).title).toBe("udp://:0: open. 88 messages/s, 0.2 % lost, 3 bad checksums");
    expect(status({ state: "lost", because: "ECONNRESET" }).title).toMatch(/lost\. .* \(the other side closed it\)$/);
  });

  it("of several is a danger only when all are down", () => {
    expect(status({ state: "failed" }, { state: "lost" }).tone).toBe("danger");
    expect(status({ state: "lost" }, {}, { state: "failed" })).toMatchObject({ value: "2 of 3 lost", tone: "caution" });
  });
});

describe("the video in the top line", () => {
  it("shows the latency only where the clocks agree", () => {
    expect([latencyText(format, undefined), latencyText(format, -1), plain(latencyText(format, 0))]).toEqual([
      "",
      "",
      " · 0 ms",
    ]);
    expect(videoStatus(t, format, aVideoStatus({ uri: "udp://:5600" }))).toMatchObject({
      label: "video",
      title: "udp://:5600",
    });
    expect(videoStatus(t, format, aVideoStatus({ state: "waiting", uri: undefined }))).toMatchObject({
      ...{ label: "", value: "waiting for video", tone: "plain", title: "" },
    });
  });
});

describe("the recorder in the top line", () => {
  const recorder = (change: Partial<RecorderStatus>) => {
    const running: RecorderStatus = {
      state: "recording",
      folder: "s1",
      because: undefined,
      sinceUnixUs: 0,
      bytes: 2e6,
      ...change,
    };
    const { value, tone, title } = recorderStatus(t, format, { recorder: running, nowUnixUs: 125e6 });
    return { value, tone, title: plain(title) };
  };

  it("counts, and tells folder, size and room", () => {
    expect(recorder({ freeBytes: 5e9, secondsLeft: 3600 })).toEqual({
      ...{ value: "REC 2:05", tone: "good", title: expect.stringMatching(/^s1, 2\.0 MB, .*5\.00 GB/) },
    });
    expect(recorder({ sinceUnixUs: undefined }).value).toBe("REC 0:00");
  });

  it("is loud about a disk with less than an hour left, and about video that is not recorded", () => {
    expect(recorder({ secondsLeft: 3599 })).toMatchObject({ value: expect.stringContaining("59:59"), tone: "caution" });
    expect(recorder({ isVideoRecorded: false }).tone).toBe("caution");
    expect(recorder({ isVideoRecorded: true }).tone).toBe("good");
  });

  it("says nothing of a folder while it rests, and why it failed where that has words", () => {
    for (const asked of [
      undefined,
      { state: "idle", folder: undefined, because: undefined, sinceUnixUs: undefined, bytes: 0 } as const,
    ])
      expect(recorderStatus(t, format, { recorder: asked, nowUnixUs: 0 })).toMatchObject({
        value: "not recording",
        title: "",
      });
    expect(recorder({ state: "failed", because: "ENOSPC" }).title).toMatch(/\p{L}{3}/u);
    expect(recorder({ state: "failed", because: "EWHATEVER" }).title).toBe("");
  });
});

describe("a notice", () => {
  const notice = (key: string, facts: Notice["facts"]): Notice => ({
    id: "1",
    severity: "danger",
    unixTimeUs: 1,
    key,
    facts,
  });
  it.each<[string, Notice["facts"]]>([
    ["flight-ground-impact", { vehicle: "SIM-1", text: "Crash: Disarming" }],
    ["flight-ground-impact", { vehicle: "SIM-1" }],
    ["flight-ground-impact", { vehicle: "SIM-1", descentMps: 9 }],
    ["flight-disarmed-in-air", { vehicle: "SIM-1" }],
    ["flight-disarmed-in-air", { vehicle: "SIM-1", heightM: 40 }],
    ["late-effect", { vehicle: "SIM-1", command: "arm" }],
  ])("%s with %j leaves no gap in its words", (key, facts) => {
    const words = noticeText(t, notice(key, facts));
    expect(words).toContain("SIM-1");
    expect(words).not.toMatch(/\{\{|undefined|notice\./);
    for (const [name, fact] of Object.entries(facts)) if (name !== "command") expect(words).toContain(String(fact));
  });

  it("of danger is open until it is understood, and again when it comes again", () => {
    const [first, again] = [notice("a", {}), { ...notice("a", {}), unixTimeUs: 2 }];
    const caution = { ...first, severity: "caution" } as const;
    expect(openDangers([first, again, caution], new Set([noticeKey(first)]))).toEqual([again]);
  });
});

describe("a failure", () => {
  const said = (failure: StationFailure) => failureText(t, failure);
  it.each<[StationFailure, string]>([
    [{ kind: "command", failure: { kind: "cancelled" } }, "info"],
    [{ kind: "command", failure: { kind: "busy", with: "arm" } }, "caution"],
    [{ kind: "command", failure: { kind: "no-reply", attempts: 4 } }, "danger"],
    [{ kind: "command", failure: { kind: "vehicle-lost" } }, "danger"],
    [{ kind: "transfer", failure: { kind: "cancelled" } }, "caution"],
    [{ kind: "transfer", failure: { kind: "busy" } }, "caution"],
    [{ kind: "transfer", failure: { kind: "differs", differences: [] } }, "danger"],
    [{ kind: "param", failure: { kind: "busy" } }, "caution"],
    [{ kind: "io", operation: "save-plan", code: "ENOSPC" }, "danger"],
    [{ kind: "internal", reference: "x" }, "danger"],
    [{ kind: "no-vehicle" }, "caution"],
  ])("%j is %s", (failure, severity) => {
    expect(said(failure).severity).toBe(severity);
  });

  it.each<[StationFailure, readonly string[]]>([
    [{ kind: "command", failure: { kind: "no-reply", attempts: 4 } }, ["4"]],
    [{ kind: "command", failure: { kind: "refused", mavResult: 4, reasons: ["a", "b"] } }, ["a · b"]],
    [{ kind: "command", failure: { kind: "busy", with: "take-off" } }, [t("command.take-off")]],
    [{ kind: "command", failure: { kind: "not-possible", because: "armed" } }, [t("reason.armed")]],
    [
      { kind: "command", failure: { kind: "not-possible", because: "not-confirmed", asks: ["far", "battery"] } },
      [t("fly.ghost.ask.far"), t("fly.ghost.ask.battery")],
    ],
    [{ kind: "transfer", failure: { kind: "no-reply", lastSeq: 7 } }, ["7"]],
    [{ kind: "transfer", failure: { kind: "refused", mavMissionResult: 13, seq: 3 } }, ["3", t("mav.mission.13")]],
    [{ kind: "transfer", failure: { kind: "refused", mavMissionResult: 9, seq: 3 } }, [t("mav.mission.5")]],
    [{ kind: "transfer", failure: { kind: "refused-by-aircraft", reasons: ["x", "y"] } }, ["x; y"]],
    [{ kind: "transfer", failure: { kind: "not-possible", because: "no-home" } }, [t("reason.no-home")]],
    [
      {
        kind: "transfer",
        failure: {
          kind: "not-whole",
          parts: [
            { type: "StructureScan", seq: 3 },
            { type: "what", seq: 9 },
          ],
        },
      },
      [t("plan.part.StructureScan"), "3", "what", "9"],
    ],
    [{ kind: "param", failure: { kind: "out-of-range", name: "RTL_ALT", min: 1, max: 2 } }, ["1 to 2"]],
    [{ kind: "param", failure: { kind: "not-taken", name: "RTL_ALT", value: 3 } }, ["RTL_ALT"]],
    [{ kind: "payload", failure: { kind: "command", failure: { kind: "no-reply", attempts: 4 } } }, ["4"]],
    [
      { kind: "bad-file", path: "a.plan", where: "line 3, column 7", problem: "the file is empty" },
      ["a.plan", "3", "7"],
    ],
    [{ kind: "internal", reference: "7f3a" }, ["7f3a"]],
    [{ kind: "not-found", what: "beach" }, ["beach"]],
  ])("%j tells %j", (failure, facts) => {
    const { what, advice } = said(failure);
    for (const fact of facts) expect(`${what} ${advice}`).toContain(fact);
  });

  it("at the last item before silence, or with no item, says so in other words", () => {
    const silent = (lastSeq: number | undefined) => said({ kind: "transfer", failure: { kind: "no-reply", lastSeq } });
    expect(silent(undefined).what).not.toBe(silent(1).what.replace("1", ""));
    expect(silent(undefined).what).not.toMatch(/\{\{|undefined/);
  });
});

describe("where and what in a file", () => {
  it.each([
    ["mission.items[3]", "mission.items[3]"],
    ["line 3", t("problem.line", { line: 3 })],
    ["line 3, column 7", t("problem.line.column", { line: 3, column: 7 })],
    ["line 3, column 7 (a.b)", `${t("problem.line.column", { line: 3, column: 7 })} (a.b)`],
  ])("%s", (where, words) => {
    expect(placeText(t, where)).toBe(words);
  });

  it.each([
    ['a value was expected, not "x"', "problem.json.value", { value: '"x"' }],
    ['a comma or "}" was expected, not "q"', "problem.json.brace", { value: '"q"' }],
    ["a number from 1 to 9 was expected, not 12", "problem.number.from", { least: "1", most: "9", value: "12" }],
    ["99 is outside 1 to 9", "problem.outside", { value: "99", least: "1", most: "9" }],
    ["7 values were expected, not 3", "problem.values", { wanted: "7", value: "3" }],
  ] as const)("%s", (problem, key, facts) => {
    expect(problemText(t, problem)).toBe(t(key, facts));
  });

  it("stays as it came where it has no words", () => {
    expect(problemText(t, "something new")).toBe("something new");
  });
});

it("names parts of other stations' plans, and keys as the keyboard does", () => {
  expect(partText(t, "StructureScan")).toBe(t("plan.part.StructureScan"));
  expect(partText(t, "windTurbine")).toContain("windTurbine");
  expect(shortcutText(translatorFor("fr"), "Ctrl+Shift+Z")).toBe("Ctrl+Maj+Z");
});
