import { describe, expect, it } from "vitest";
import { readStart, startForFile, startFromFile } from "./startTime.js";

const NOW = Date.parse("2026-12-01T16:20:30Z");
const read = (text: string, isDayFirst = false, nowUnixMs: number | undefined = NOW) =>
  readStart(text, { nowUnixMs, isDayFirst });
const iso = (text: string, isDayFirst = false): string => {
  const start = read(text, isDayFirst);
  return start.ok ? new Date(start.value).toISOString() : start.error;
};

describe("the start of a flight as it is typed", () => {
  it("is a day and a time of UTC", () => {
    expect(iso("2026-12-01 02:00")).toBe("2026-12-01T02:00:00.000Z");
    expect(iso(" 2026-12-01T2:05Z ")).toBe("2026-12-01T02:05:00.000Z");
    expect(iso("2028-02-29 23:59")).toBe("2028-02-29T23:59:00.000Z");
  });

  it("may be an hour alone: the next time that it is that hour", () => {
    expect(iso("16:21")).toBe("2026-12-01T16:21:00.000Z");
    expect(iso("16:20")).toBe("2026-12-02T16:20:00.000Z");
    expect(iso("2h05")).toBe("2026-12-02T02:05:00.000Z");
    expect(readStart("02:00", { nowUnixMs: undefined, isDayFirst: false })).toEqual({ ok: false, error: "form" });
  });

  it("has the day first only where people write it so", () => {
    expect(iso("03/11/2026 02:14", true)).toBe("2026-11-03T02:14:00.000Z");
    expect(iso("03/11/2026 02:14")).toBe("form");
  });

  it.each([
    ["", "form"],
    ["tonight", "form"],
    ["2026-12-01", "form"],
    ["2026-12-01 02:00+01:00", "form"],
    ["2026-02-30 02:00", "no-such-time"],
    ["2026-02-29 02:00", "no-such-time"],
    ["2026-13-01 02:00", "no-such-time"],
    ["2026-00-01 02:00", "no-such-time"],
    ["2026-12-01 24:00", "no-such-time"],
    ["25:00", "no-such-time"],
    ["2026-12-01 02:60", "no-such-time"],
    ["1969-12-31 23:59", "out-of-range"],
    ["2100-01-01 00:00", "out-of-range"],
    ["0026-12-01 02:00", "out-of-range"],
  ])("%j is a mistake: %s", (text, mistake) => {
    expect(iso(text)).toBe(mistake);
  });
});

it("is written to a file so that it is read back, and only so", () => {
  const start = Date.parse("2026-12-01T02:00:00Z");
  expect(startForFile(start)).toBe("2026-12-01T02:00Z");
  expect(startFromFile("2026-12-01T02:00Z")).toEqual({ ok: true, value: start });
  for (const text of ["2026-12-01 02:00", "2026-12-01T02:00", "02:00", "2026-12-01T02:00:00Z"])
    expect(startFromFile(text)).toEqual({ ok: false, error: "form" });
  expect(startFromFile("2026-02-30T02:00Z")).toEqual({ ok: false, error: "no-such-time" });
});
