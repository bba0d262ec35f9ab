/** Reads the logs that the simulated aircraft write, which follow the same format documents. */
import { describe, expect, it } from "vitest";
import { localFrameAt } from "../../geo/localFrame.js";
import { dataflashLog } from "../../../sim/services/logs/dataflashWriter.js";
import { storedFlight } from "../../../sim/services/logs/storedFlight.js";
import { ulogFile } from "../../../sim/services/logs/ulogWriter.js";
import { FlightReading } from "./flightReading.js";
import { openLog } from "./openLog.js";

const HOME = { latitudeDeg: 50.77, longitudeDeg: 1.6045 };
const BEGAN_US = 1_795_300_000_000_000;
const flight = storedFlight({
  frame: localFrameAt(HOME),
  homeAmslM: 6,
  beganUnixUs: BEGAN_US,
  lastsS: 240,
  seed: 4,
});
const LOGS = {
  "1.bin": dataflashLog({ flight, firmware: "ArduCopter V4.5.7 (2a3dc4b7)", params: [], modes: [4, 3, 6] }),
  "1.ulg": ulogFile({ flight, params: [], mavType: 2 }),
};

describe.each(["1.bin", "1.ulg"] as const)("a log of a simulated aircraft (%s)", (name) => {
  const { report, tracks, problems } = new FlightReading(openLog(name, LOGS[name])).finish();

  it("is read whole: time, way, height and modes", () => {
    expect(problems).toEqual([]);
    const [vehicle] = report.vehicles;
    expect(Math.abs(report.lastUnixUs - (BEGAN_US + 240e6))).toBeLessThan(2e6);
    expect(vehicle?.maxAltitudeAboveHomeM).toBeCloseTo(60, 1);
    expect(Math.abs((vehicle?.trackLengthM ?? 0) / (240 * 8) - 1)).toBeLessThan(0.02);
    expect(vehicle?.modes.map(({ name: mode }) => mode)).toEqual(
      name === "1.bin" ? ["GUIDED", "AUTO", "RTL"] : ["TAKEOFF", "MISSION", "RETURN"],
    );
    expect(vehicle?.armed).toHaveLength(1);
  });

  it("has the samples that were written", () => {
    const { track } = tracks[0]!;
    const written = flight.samples[600]!;
    const read = track.find(({ unixTimeUs }) => Math.abs(unixTimeUs - written.unixUs) < 1000)!;
    expect(read.position.latitudeDeg).toBeCloseTo(written.latitudeDeg, 6);
    expect(read.altitudeAmslM).toBeCloseTo(written.altitudeAmslM, 1);
    expect(read.groundSpeedMps).toBeCloseTo(8, 1);
    expect(read.batteryVoltageV).toBeCloseTo(written.voltageV, 1);
  });
});
