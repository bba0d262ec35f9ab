import { describe, expect, it } from "vitest";
import { seededRng } from "../../core/rng.js";
import { recording } from "../testing/golden.js";
import { logBytes } from "../testing/logs.js";
import { FleetFold, fleetBefore } from "./fleetFold.js";
import { FlightReading } from "./flightReading.js";
import { openLog } from "./openLog.js";

const joined = (parts: readonly Uint8Array[]): Uint8Array => {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
};

/** The reference: folds every event from the start. */
function foldedFromStart(name: string, bytes: Uint8Array, unixTimeUs: number) {
  const log = openLog(name, bytes);
  const times = log.walk();
  let countOfRecords = 0;
  for (let i = 1; times.next(); i++) if (times.unixTimeUs <= unixTimeUs) countOfRecords = i;
  const walk = log.walk();
  const fold = new FleetFold(fleetBefore(log.writer));
  for (let i = 0; i < countOfRecords && walk.next(); i++) for (const event of walk.events()) fold.onEvent(event);
  return countOfRecords === 0 ? [] : fold.vehicles();
}

const damaged = (bytes: Uint8Array): Uint8Array => {
  const copy = bytes.slice();
  const rng = seededRng(3);
  for (let i = 0; i < 40; i++) copy.fill(0xaa, ...cut(Math.floor(rng.uniform() * copy.length)));
  return copy;
};
const cut = (at: number): [number, number] => [at, at + 60];

describe.each([
  ["a Copter's flight", "copter.tlog", recording("copter")],
  ["a Plane's flight", "plane.tlog", recording("plane")],
  ["a damaged flight", "copter.tlog", damaged(recording("copter"))],
  ["a DataFlash log", "flight.bin", logBytes("flight.bin")],
  ["a damaged DataFlash log", "flight.bin", damaged(logBytes("flight.bin"))],
  ["a ULog", "flight.ulg", logBytes("flight.ulg")],
  ["a damaged ULog", "flight.ulg", damaged(logBytes("flight.ulg"))],
])("the state at an instant of %s", (_, name, bytes) => {
  const flight = new FlightReading(openLog(name, bytes)).finish();
  const { firstUnixUs, lastUnixUs } = flight.report;

  it("is what folding from the start gives", () => {
    const rng = seededRng(11);
    const random = Array.from({ length: 6 }, () => firstUnixUs + rng.uniform() * (lastUnixUs - firstUnixUs));
    for (const unixTimeUs of [firstUnixUs, lastUnixUs, lastUnixUs + 1e9, ...random])
      expect(flight.stateAt(unixTimeUs)).toEqual(foldedFromStart(name, bytes, unixTimeUs));
  });

  it("is nothing before the first record", () => {
    expect(flight.stateAt(0)).toEqual([]);
  });
});

describe("reading a recording", () => {
  const bytes = recording("copter").slice(0, 400_000);

  it("in small steps gives the same as in one, and tells how far it is", () => {
    const reading = new FlightReading(openLog("a.tlog", bytes));
    const shares: number[] = [reading.doneFraction];
    while (!reading.step(777)) shares.push(reading.doneFraction);
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    expect([shares[0], reading.doneFraction]).toEqual([0, 1]);
    const { stateAt: _, ...stepped } = reading.finish();
    const { stateAt: __, ...whole } = new FlightReading(openLog("a.tlog", bytes)).finish();
    expect(stepped).toEqual(whole);
  });

  it("keeps what a vehicle said before its first heartbeat, and knows no vehicle until then", () => {
    const fold = new FleetFold(fleetBefore(undefined));
    const stamp = { systemId: 4, componentId: 1, receivedAtMonoMs: 0, unixTimeUs: 0 };
    fold.onEvent({ ...stamp, kind: "text", severity: 6, text: "booting", chunk: undefined });
    expect(fold.vehicles()).toEqual([]);
    const later = new FleetFold(fold.snapshot());
    const heartbeat = { kind: "heartbeat", identity: IDENTITY, heartbeat: HEARTBEAT } as const;
    later.onEvent({ ...stamp, unixTimeUs: 1000, ...heartbeat });
    expect(later.vehicles()[0]?.texts.map(({ text }) => text)).toEqual(["booting"]);
  });

  it("whose clock jumped back means the later part of the file", () => {
    const first = bytes.slice(0, 200_000);
    const { firstUnixUs, lastUnixUs } = new FlightReading(openLog("a.tlog", first)).finish().report;
    const twice = joined([first, first]);
    const flight = new FlightReading(openLog("a.tlog", twice)).finish();
    const middleUs = (firstUnixUs + lastUnixUs) / 2;
    expect(flight.stateAt(middleUs)).toEqual(foldedFromStart("a.tlog", twice, middleUs));
    expect(flight.stateAt(middleUs)[0]?.heartbeat).toBeDefined();
  });

  it("keeps the track of a very long flight within bounds, from its start to its end", () => {
    const flight = recording("copter");
    const turns = 12;
    const { firstUnixUs, lastUnixUs } = new FlightReading(openLog("a.tlog", flight)).finish().report;
    const turnUs = lastUnixUs - firstUnixUs + 100_000;
    const long = joined(Array.from({ length: turns }, (__, turn) => shifted(flight, turn * turnUs)));
    const { tracks, report } = new FlightReading(openLog("a.tlog", long)).finish();
    const { track } = tracks[0]!;
    expect(track.length).toBeLessThanOrEqual(40_000);
    expect(track.length).toBeGreaterThan(15_000);
    expect(track[0]!.unixTimeUs).toBeLessThan(firstUnixUs + 60e6);
    expect(report.lastUnixUs - track.at(-1)!.unixTimeUs).toBeLessThan(2e6);
  });
});

const IDENTITY = { autopilot: "ardupilot", mavAutopilot: 3, airframe: "copter", mavType: 2 } as const;
const HEARTBEAT = { customMode: 4, modeName: "GUIDED", isArmed: false, systemStatus: 3 };

/** The recording with every timestamp moved by `byUs`. */
function shifted(bytes: Uint8Array, byUs: number): Uint8Array {
  const copy = bytes.slice();
  const view = new DataView(copy.buffer);
  for (let at = 0; at < copy.length;) {
    const stampUs = view.getUint32(at) * 2 ** 32 + view.getUint32(at + 4) + byUs;
    view.setUint32(at, Math.floor(stampUs / 2 ** 32));
    view.setUint32(at + 4, stampUs % 2 ** 32);
    const isV1 = copy[at + 8] === 0xfe;
    const isSigned = !isV1 && (copy[at + 10]! & 1) !== 0;
    at += 8 + (isV1 ? 8 : 12) + copy[at + 9]! + (isSigned ? 13 : 0);
  }
  return copy;
}
