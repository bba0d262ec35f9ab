import { DataReader, ULog } from "@foxglove/ulog";
import { describe, expect, it } from "vitest";
import type { FlightReport } from "../../vehicle/flightReport.js";
import { logBytes, logSummary } from "../testing/logs.js";
import { FlightReading } from "./flightReading.js";
import { unixUsFromGps } from "./gpsTime.js";
import { openLog } from "./openLog.js";

const read = (name: string, bytes: Uint8Array) => new FlightReading(openLog(name, bytes)).finish();
const BOOT_US = 1_795_402_000_000_000;

describe.each(["flight.bin", "flight.ulg"] as const)("an on-board log written by another program (%s)", (file) => {
  const { report, tracks, stateAt } = read(file, logBytes(file));
  const { origin: _, ...expected } = logSummary(file) as FlightReport & { origin: string };

  it("has the report that its writer wrote down", () => {
    const [ours, theirs] = [report.vehicles[0]!, expected.vehicles[0]!];
    expect(Math.abs(ours.trackLengthM! - theirs.trackLengthM!)).toBeLessThan(0.01);
    expect(ours.maxAltitudeAboveHomeM).toBeCloseTo(40, 4);
    expect(ours.missionItems).toHaveLength(theirs.missionItems.length);
    ours.missionItems.forEach((item, i) => {
      const written = theirs.missionItems[i]!;
      expect(item).toMatchObject({ seq: written.seq, command: written.command, frame: written.frame });
      expect(item.latitudeDeg).toBeCloseTo(written.latitudeDeg, 6);
      expect(item.longitudeDeg).toBeCloseTo(written.longitudeDeg, 6);
      expect(item.altitudeM).toBeCloseTo(written.altitudeM, 4);
    });
    const { trackLengthM, maxAltitudeAboveHomeM, missionItems } = theirs;
    expect({ ...report, vehicles: [{ ...ours, trackLengthM, maxAltitudeAboveHomeM, missionItems }] }).toEqual(expected);
  });

  it("has the track with attitude, speed and battery of each moment", () => {
    const { track } = tracks[0]!;
    expect(track).toHaveLength(1300);
    const at = track.find(({ unixTimeUs }) => unixTimeUs >= BOOT_US + 31_500_000)!;
    expect(at).toMatchObject({ unixTimeUs: BOOT_US + 31_500_000 });
    expect(at.altitudeAboveHomeM).toBeCloseTo(40, 3);
    expect(at.altitudeAmslM).toBeCloseTo(52.5, 3);
    expect(at.groundSpeedMps).toBeCloseTo(8, 2);
    expect(at.headingDeg).toBeCloseTo(0, 1);
    expect(at.pitchDeg).toBeCloseTo(-8, 1);
    expect(at.climbRateMps).toBeCloseTo(0, 3);
    expect(at.batteryVoltageV).toBeCloseTo(16.5, 1);
    expect(at.batteryFraction).toBeCloseTo(0.9, 1);
  });

  it("knows the vehicle of any instant", () => {
    const [vehicle] = stateAt(BOOT_US + 60_000_000);
    expect(vehicle).toMatchObject({ airframe: "copter", mavType: 13 });
    expect(vehicle?.heartbeat?.value).toMatchObject({
      isArmed: true,
      modeName: file === "flight.bin" ? "AUTO" : "MISSION",
    });
    expect(vehicle?.gps?.value).toMatchObject({ fixType: 3, satellitesVisible: 14 });
    expect(vehicle?.mission?.value.countOfItems).toBe(5);
    expect(stateAt(BOOT_US)).toEqual([]);
  });
});

describe("a ULog", () => {
  it("has the messages that the stock reader finds in it", async () => {
    const bytes = logBytes("flight.ulg");
    const stock = new ULog(new DataReader(bytes.slice().buffer));
    await stock.open();
    const counts = new Map([["logged_message", stock.logCount() ?? 0]]);
    for (const [id, count] of stock.dataMessageCounts() ?? []) {
      const { name } = stock.subscriptions.get(id)!;
      counts.set(name, (counts.get(name) ?? 0) + count);
    }
    expect(read("flight.ulg", bytes).report.messages).toEqual(Object.fromEntries([...counts].sort()));
  });

  it("of an older PX4 is read by the fields it has, and says what it lacks", () => {
    const { report, tracks, problems } = read("old.ulg", logBytes("old.ulg"));
    expect(problems).toEqual(["this log has no vehicle_attitude", "this log has no home_position"]);
    const [vehicle] = report.vehicles;
    expect(vehicle).toMatchObject({ systemId: 1, type: 0, homeAmslM: undefined, missionItems: [] });
    expect(vehicle?.modes.map(({ name }) => name)).toEqual(["POSITION"]);
    const last = tracks[0]!.track.at(-1)!;
    expect(last.groundSpeedMps).toBeCloseTo(8, 3);
    expect(last.altitudeAboveHomeM).toBeCloseTo(40, 3);
    expect(last).toMatchObject({ batteryVoltageV: 15.5, batteryFraction: 0.75, headingDeg: undefined });
  });

  it("says what its logger lost", () => {
    expect(read("flight.ulg", logBytes("flight.ulg")).problems).toEqual(["the logger lost 120 ms in all"]);
  });
});

describe.each(["flight.bin", "flight.ulg"] as const)("a damaged on-board log (%s)", (file) => {
  const whole = logBytes(file);
  const frames = read(file, whole).report.frames;
  const problemsOf = (bytes: Uint8Array) => read(file, bytes).problems.filter((problem) => problem.startsWith("byte "));

  it("is read up to where it was cut off", () => {
    const cut = whole.slice(0, whole.length - 7);
    expect(read(file, cut).report.frames).toBe(frames - 1);
    expect(problemsOf(cut)).toEqual([expect.stringMatching(/^byte \d+: the last (?:record|message) is cut off$/)]);
  });

  it("goes on behind garbage in its middle and says where it stood", () => {
    const middle = Math.floor(whole.length / 2);
    const damaged = whole.slice();
    damaged.fill(0x5a, middle, middle + 400);
    const { report } = read(file, damaged);
    expect(report.frames).toBeLessThan(frames);
    expect(report.frames).toBeGreaterThan(frames - 40);
    expect(report.lastUnixUs).toBe(read(file, whole).report.lastUnixUs);
    const [problem, ...others] = problemsOf(damaged);
    expect(others).toEqual([]);
    expect(Math.abs(Number(/^byte (\d+): damaged, \d+ bytes skipped$/.exec(problem ?? "")?.[1]) - middle)).toBeLessThan(
      200,
    );
  });

  it("that is nothing but noise has no records", () => {
    const noise = Uint8Array.from({ length: 5000 }, (_, i) => (i * 7919) & 0xff);
    for (const bytes of [noise, new Uint8Array(0), whole.slice(0, 10)]) expect(read(file, bytes).report.frames).toBe(0);
  });
});

describe("a DataFlash log", () => {
  it("filled up with empty flash ends where it was written", () => {
    const whole = logBytes("flight.bin");
    const padded = new Uint8Array(whole.length + 3000).fill(0xff);
    padded.set(whole);
    expect(read("flight.bin", padded).problems).toEqual([]);
  });

  it("without a fix counts from boot and says so", () => {
    const whole = logBytes("flight.bin");
    const early = read("flight.bin", whole.slice(0, 2500));
    expect(early.problems.join()).toContain("no GPS time");
    expect(early.report.firstUnixUs).toBe(500_000);
  });

  it("reads GPS time as UTC, leap seconds of its day included", () => {
    // The GPS week began on Sunday 2026-11-22T00:00:00 GPS time, 18 s ahead of UTC.
    expect(unixUsFromGps(2446, 0)).toBe(Date.UTC(2026, 10, 22) * 1000 - 18e6);
    expect(unixUsFromGps(1800, 345_600_000)).toBe((Date.UTC(2014, 6, 10) - 16_000) * 1000);
  });
});
