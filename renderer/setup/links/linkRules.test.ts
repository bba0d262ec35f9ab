/** Addresses of links and their rows: limits just inside and outside, and how loud each figure is. */
import { describe, expect, it } from "vitest";
import type { LinkStatus } from "../../../src/contract/linkMessages.js";
import { makeFormat } from "../../app/format.js";
import { translatorFor } from "../../app/text.js";
import { demoLink } from "../../bridge/testing/fakeServices.js";
import { FIRST_FORM, formOfUri, formProblem, type LinkForm, linkUriOf, withKind } from "./linkForm.js";
import { linkRow } from "./linkRow.js";

const t = translatorFor("en");

const form = (change: Partial<LinkForm>): LinkForm => ({ ...FIRST_FORM, ...change });

describe("a form", () => {
  it.each<[Partial<LinkForm>, "host" | "port" | "device" | "baud" | undefined]>([
    [{ port: "1" }, undefined],
    [{ port: "0" }, "port"],
    [{ port: "65535" }, undefined],
    [{ port: "65536" }, "port"],
    [{ port: " 14550 " }, undefined],
    [{ port: "14a" }, "port"],
    [{ host: "a/b" }, "host"],
    [{ kind: "tcp-listen", host: "" }, undefined],
    [{ kind: "tcp-connect", host: "  " }, "host"],
    [{ kind: "serial", device: "/dev/ttyUSB0", baud: "300" }, undefined],
    [{ kind: "serial", device: "/dev/ttyUSB0", baud: "299" }, "baud"],
    [{ kind: "serial", device: "com12", baud: "4000000" }, undefined],
    [{ kind: "serial", device: "com12", baud: "4000001" }, "baud"],
    [{ kind: "serial", device: "\\\\.\\COM12" }, undefined],
    [{ kind: "serial", device: "xCOM1" }, "device"],
    [{ kind: "serial", device: "/dev/tty USB" }, "device"],
    [{ kind: "serial", device: "/dev/ttyUSB0", port: "none" }, undefined],
  ])("%j is wrong at %s", (change, field) => {
    expect(formProblem(form(change))?.field).toBe(field);
  });

  it("gets the usual port of its kind; a serial line has none", () => {
    expect(withKind(form({ port: "1" }), "tcp-connect")).toMatchObject({ kind: "tcp-connect", port: "5760" });
    expect(withKind(form({ port: "1" }), "udp-connect").port).toBe("14550");
    expect(withKind(form({ port: "1" }), "serial").port).toBe("1");
  });

  it.each<[Partial<LinkForm>, string]>([
    [{ host: " 10.0.0.7 ", port: " 5 ", kind: "udp-connect" }, "udp://10.0.0.7:5"],
    [{ host: "[::1]", kind: "tcp-listen", port: "5760" }, "tcpin://[::1]:5760"],
    [{ kind: "serial", device: " /dev/x ", baud: " 9600 " }, "serial:/dev/x:9600"],
  ])("%j is %s", (change, uri) => {
    expect(linkUriOf(form(change))).toBe(uri);
  });

  it.each<[string, Partial<LinkForm> | undefined]>([
    [" udp://:14550/ ", { kind: "udp-listen", host: "", port: "14550" }],
    ["udpout://10.0.0.7:14550", { kind: "udp-connect", host: "10.0.0.7" }],
    ["udpin://0.0.0.0:1", { kind: "udp-listen", host: "0.0.0.0", port: "1" }],
    ["tcpout://relay:5760", { kind: "tcp-connect", host: "relay" }],
    ["tcpin://:5760", { kind: "tcp-listen", host: "" }],
    ["tcp://[fe80::1]:5760", { kind: "tcp-connect", host: "fe80::1" }],
    ["serial:///dev/ttyUSB0:57600", { kind: "serial", device: "/dev/ttyUSB0", baud: "57600" }],
    ["serial:COM3:115200", { kind: "serial", device: "COM3", baud: "115200" }],
    ["udp://:123456", undefined],
    ["xudp://:14550", undefined],
    ["udp://a b:14550", undefined],
    ["udp://:14550/x", undefined],
  ])("%s", (uri, fields) => {
    const read = formOfUri(uri);
    if (fields === undefined) expect(read).toBeUndefined();
    else expect(read).toMatchObject(fields);
  });
});

describe("a row", () => {
  const format = makeFormat("en", { lengths: "m", speeds: "mps", positions: "deg" });
  const row = (change: Partial<LinkStatus>) => {
    return linkRow(t, format, demoLink({ name: "a", uri: "udp://:1", lastReceivedMonoMs: 59_000, ...change }), 60_000);
  };
  const plain = (text: string): string => text.replaceAll("\u00a0", " ");

  it.each<[Partial<LinkStatus>, object]>([
    [{ lossFraction: 0.05 }, { lossTone: "plain" }],
    [{ lossFraction: 0.06 }, { lossTone: "caution" }],
    [{ lossFraction: 0.2 }, { lossTone: "caution" }],
    [{ state: "open" }, { sign: "●", tone: "good", retry: "" }],
    [{ state: "opening" }, { sign: "◌", tone: "caution" }],
    [{ state: "failed" }, { sign: "✕", tone: "danger", because: "" }],
    [{ state: "open", retryAtMonoMs: 68_000 }, { retry: "" }],
    [{ state: "lost", retryAtMonoMs: 60_500 }, { retry: "trying again…" }],
    [{ lastReceivedMonoMs: 55_000 }, { lastReceivedTone: "plain" }],
    [{ lastReceivedMonoMs: 54_999 }, { lastReceivedTone: "danger" }],
    [{ lastReceivedMonoMs: 1000, role: "output" }, { lastReceivedTone: "plain" }],
    [{ lastReceivedMonoMs: undefined }, { lastReceived: "nothing yet", lastReceivedTone: "caution" }],
    [
      { lastReceivedMonoMs: undefined, role: "output" },
      { lastReceived: "nothing yet", lastReceivedTone: "plain" },
    ],
    [
      { countOfBadChecksums: 0, countOfUnknownIds: 4 },
      { errors: "4", errorsTone: "plain" },
    ],
    [{ countOfMessages: 0 }, { loss: "––", lost: "" }],
    [{ countOfLost: 24 }, { lost: "24 msg" }],
    [{ roundTripMs: undefined }, { roundTrip: "––" }],
    [{ countOfDuplicates: 38 }, { doubled: "38" }],
  ])("%j has %j", (change, wanted) => {
    expect(row(change)).toMatchObject(wanted);
  });

  it("tells rates, times and figures", () => {
    const shown = row({ countOfBadChecksums: 2, countOfUnknownIds: 3, countOfGarbageBytes: 9 });
    expect([shown.bytes, shown.roundTrip, shown.lastReceived].map(plain)).toEqual(["4 kB/s", "42 ms", "1 s ago"]);
    for (const count of ["2", "3", "9"]) expect(shown.errorsTitle).toContain(count);
    expect(shown.rate).toContain("88");
    expect(shown.rateTitle).toContain("12000");
  });

  it("tells of signatures only where there are any", () => {
    const signing = {
      policy: "off",
      keyName: undefined,
      countOfSigned: 0,
      countOfUnsigned: 5,
      countOfRefused: 0,
    } as const;
    expect(row({ signing })).toMatchObject({ signing: "not signed", refused: "" });
    expect(row({ signing: { ...signing, countOfSigned: 1 } }).signing).toBe("1 yes, 5 no");
    expect(row({ signing: { ...signing, policy: "require" } }).signing).toBe("0 yes, 5 no");
  });
});
