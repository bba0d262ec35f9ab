import { describe, expect, it } from "vitest";
import type { FlightReport } from "../vehicle/flightReport.js";
import { reportFromTlog } from "./flightReport.js";
import { recording, summary } from "./testing/golden.js";
import { readTlog, tlogRecord } from "./tlog.js";

type Summary = Omit<FlightReport, "badChecksums" | "unknownMessages">;

describe.each(["copter", "plane"] as const)("the report of a real ArduPilot flight (%s)", (name) => {
  const { report, tracks, problems } = reportFromTlog(recording(name));
  const expected = summary(name) as Summary;

  it("counts what pymavlink counted", () => {
    expect(report.frames).toBe(expected.frames);
    expect(report.firstUnixUs).toBe(expected.firstUnixUs);
    expect(report.lastUnixUs).toBe(expected.lastUnixUs);
    expect(report.messages).toEqual(expected.messages);
    expect([report.badChecksums, report.unknownMessages, problems]).toEqual([0, 0, []]);
  });

  it("tells the vehicle's flight as pymavlink and Vincenty do", () => {
    expect(report.vehicles).toHaveLength(1);
    const [ours, theirs] = [report.vehicles[0]!, expected.vehicles[0]!];
    expect(ours.trackLengthM! / theirs.trackLengthM!).toBeCloseTo(1, 5);
    expect(Math.abs(ours.trackLengthM! - theirs.trackLengthM!)).toBeLessThan(0.01);
    expect({
      ...ours,
      trackLengthM: theirs.trackLengthM,
      modes: ours.modes.map(({ unixTimeUs, customMode }) => ({ unixTimeUs, customMode })),
    }).toEqual(theirs);
  });

  it("names the modes", () => {
    const names = report.vehicles[0]!.modes.map((mode) => mode.name);
    expect(names).toEqual(
      name === "copter" ? ["STABILIZE", "GUIDED", "AUTO"] : ["INITIALIZING", "MANUAL", "AUTO", "RTL"],
    );
  });

  it("keeps a track of at most ten samples a second, in order", () => {
    const { track } = tracks[0]!;
    const times = track.map((sample) => sample.unixTimeUs);
    expect(times).toEqual([...times].sort((a, b) => a - b));
    for (let i = 10; i < times.length; i++) expect(times[i]! - times[i - 10]!).toBeGreaterThan(900_000);
    expect(track.length).toBeGreaterThan(3000);
    expect(track.at(-1)).toMatchObject({ batteryVoltageV: expect.any(Number), headingDeg: expect.any(Number) });
    expect(track.every((sample) => Math.abs(sample.position.latitudeDeg - 50.73) < 0.1)).toBe(true);
  });
});

describe("a damaged recording", () => {
  const whole = recording("copter").slice(0, 200_000);
  const framesOf = (bytes: Uint8Array) => readTlog(bytes, () => undefined);

  it("is read up to a cut-off last record", () => {
    const all = framesOf(whole);
    const cut = framesOf(whole.slice(0, -1 - 8));
    expect(cut.records).toBeGreaterThanOrEqual(all.records - 1);
    expect(cut.problems).toEqual([expect.stringMatching(/^byte \d+: the last record is cut off$/)]);
  });

  it("loses only the damaged record, and says where", () => {
    const damaged = whole.slice();
    damaged[100_000]! ^= 0xff;
    const read = framesOf(damaged);
    expect(read.records).toBe(framesOf(whole).records - 1);
    expect(read.problems.filter((problem) => problem.includes("damaged"))).toHaveLength(1);
  });

  it("goes on behind garbage in the middle, and in front", () => {
    const garbage = Uint8Array.from({ length: 5000 }, (_, i) => (i * 7919) & 0xff);
    const join = (...parts: Uint8Array[]) => Uint8Array.from(parts.flatMap((part) => [...part]));
    const firstRecord = tlogRecord(1_795_402_632_486_604, whole.slice(8, 8 + whole[9]! + 12));
    expect(framesOf(join(garbage, whole)).records).toBe(framesOf(whole).records);
    expect(framesOf(join(firstRecord, garbage, whole)).records).toBe(framesOf(whole).records + 1);
  });

  it("that is no recording at all gives an empty report and says so", () => {
    const { report, problems } = reportFromTlog(Uint8Array.from({ length: 300 }, (_, i) => i));
    expect(report).toMatchObject({ frames: 0, vehicles: [], messages: {} });
    expect(problems.join()).toContain("no MAVLink frames");
    expect(reportFromTlog(new Uint8Array(0)).problems).toHaveLength(1);
  });
});
