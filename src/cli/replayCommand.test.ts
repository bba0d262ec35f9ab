import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { FlightReport } from "../vehicle/flightReport.js";
import { runReplay } from "./replayCommand.js";

const FIXTURES = "src/mavlink/fixtures";

async function replay(...argv: string[]) {
  const printed = { stdout: "", stderr: "" };
  for (const stream of ["stdout", "stderr"] as const)
    vi.spyOn(process[stream], "write").mockImplementation((text) => {
      printed[stream] += String(text);
      return true;
    });
  const status = await runReplay(argv);
  vi.restoreAllMocks();
  return { status, ...printed };
}

afterEach(() => {
  vi.restoreAllMocks();
});

describe("vigie replay", () => {
  it.each([
    ["ardupilot-copter.tlog", 3, ["STABILIZE", "GUIDED", "AUTO"]],
    ["logs/flight.bin", 3, ["STABILIZE", "AUTO", "RTL"]],
    ["logs/flight.ulg", 12, ["HOLD", "TAKEOFF", "MISSION", "RETURN"]],
  ])("prints one and the same form of report for %s", async (file, autopilot, modes) => {
    const { status, stdout } = await replay(join(FIXTURES, file), "--json");
    const report = JSON.parse(stdout) as FlightReport;
    expect(status).toBe(0);
    expect(Object.keys(report)).toEqual([
      "firstUnixUs",
      "lastUnixUs",
      "frames",
      "badChecksums",
      "unknownMessages",
      "messages",
      "vehicles",
    ]);
    expect(report.vehicles[0]).toMatchObject({ autopilot, reachedSeqs: expect.any(Array) });
    expect(report.vehicles[0]?.modes.map(({ name }) => name)).toEqual(modes);
    expect(report.vehicles[0]?.trackLengthM).toBeGreaterThan(700);
  });

  it.each([
    ["all_1970.tlog", /^1970-01-01T.*, \d+ s, 60 messages$/m],
    ["clock_1970_first.tlog", /^1970-01-01T.*, — s, 120 messages$/m],
  ])("case 07: tells %s in words, without a flight of half a century", async (file, head) => {
    const { status, stdout, stderr } = await replay(join(FIXTURES, "logs", file));
    expect(status).toBe(0);
    expect(stdout).toMatch(head);
    expect(stderr).toContain("its clock starts in 1970");
    expect(stdout).not.toMatch(/-0 m|NaN|undefined/);
  });

  it.each([
    ["empty.tlog", new Uint8Array(0), /empty\.tlog: the file is empty/],
    ["noise.ulg", Uint8Array.from({ length: 999 }, (_, i) => (i * 31) & 0xff), /noise\.ulg: byte 0: no record/],
    ["notes.txt", new TextEncoder().encode("not a log"), /notes\.txt: byte 0: no record/],
  ])("refuses %s in one line, prints nothing and exits 1", async (name, bytes, problem) => {
    const path = join(mkdtempSync(join(tmpdir(), "vigie-replay-")), name);
    writeFileSync(path, bytes);
    const { status, stdout, stderr } = await replay(path, "--json");
    expect([status, stdout]).toEqual([1, ""]);
    expect(stderr).toMatch(problem);
    expect(stderr.trim().split("\n")).toHaveLength(1);
  });
});
