/* eslint-disable id-denylist -- MAVLink's own field names */
/** Recordings as users have them: old, from other programs, with a wrong clock, or without the usual messages. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { modeNameOf } from "../dialects/modeNames.js";
import { encodeFrame } from "../encode.js";
import type { MavlinkFields } from "../frame.js";
import { identityFrom } from "../identity.js";
import { tlogRecord } from "../tlog.js";
import { joined } from "../testing/mutate.js";
import { FlightReading } from "./flightReading.js";
import { openLog } from "./openLog.js";

const fixture = (file: string) => new Uint8Array(readFileSync(new URL(`../fixtures/logs/${file}`, import.meta.url)));
const read = (name: string, bytes: Uint8Array) => new FlightReading(openLog(name, bytes)).finish();
const text = (lines: string) => new TextEncoder().encode(lines);

type Reported = readonly [name: string, fields: MavlinkFields, systemId?: number];
const START_US = 1_795_400_000_000_000;

/** A .tlog of these messages, one second apart. */
const tlog = (reported: readonly Reported[], startUs = START_US): Uint8Array =>
  joined(
    reported.map(([name, fields, systemId = 1], i) => {
      const bytes = encodeFrame({ name, fields, systemId, componentId: 1, seq: i & 255, version: 2 });
      return tlogRecord(startUs + i * 1e6, bytes);
    }),
  );
const HEARTBEAT: Reported = ["HEARTBEAT", { type: 2, autopilot: 3, custom_mode: 5, base_mode: 128 }];
type Way = readonly [from: number, to: number];
const item = (name: string, seq: number, fields: MavlinkFields, [systemId, to]: Way): Reported => [
  name,
  { seq, command: 16, frame: 3, z: 20 + seq, target_system: to, ...fields },
  systemId,
];

describe("case 06: missions in recordings", () => {
  it("of the older message are read", () => {
    const { report } = read("mission_item_v1.tlog", fixture("mission_item_v1.tlog"));
    expect(report.vehicles[0]!.missionItems.map(({ seq, altitudeM }) => [seq, altitudeM])).toHaveLength(3);
    expect(report.vehicles[0]!.missionItems[1]).toMatchObject({ latitudeDeg: expect.closeTo(50.7, 0) });
  });

  it("that another station uploaded count once they are accepted", () => {
    const { report } = read("mission_uploaded_by_gcs.tlog", fixture("mission_uploaded_by_gcs.tlog"));
    expect(report.vehicles.map(({ systemId, missionItems }) => [systemId, missionItems.length])).toEqual([[1, 3]]);
  });

  const upload = (type: number | undefined): Reported[] => [
    HEARTBEAT,
    ["MISSION_COUNT", { count: 1, target_system: 255 }],
    item("MISSION_ITEM", 0, { x: 50.5, y: 1.5 }, [1, 255]),
    ["MISSION_COUNT", { count: 2, target_system: 1 }, 255],
    item("MISSION_ITEM_INT", 0, { x: 505e6, y: 15e6 }, [255, 1]),
    item("MISSION_ITEM_INT", 1, { x: 506e6, y: 16e6 }, [255, 1]),
    ...(type === undefined ? [] : [["MISSION_ACK", { type, target_system: 255 }] as Reported]),
  ];

  it.each([
    ["accepted", 0, [20, 21]],
    ["refused", 4, [20]],
    ["never answered", undefined, [20]],
  ])("that were sent and %s: what is aboard is told", (_how, type, heights) => {
    const [vehicle] = read("a.tlog", tlog(upload(type))).report.vehicles;
    expect(vehicle!.missionItems.map(({ altitudeM }) => altitudeM)).toEqual(heights);
  });

  it("that were cleared are gone, and a fence is no mission", () => {
    const fence: Reported = ["MISSION_ITEM_INT", { seq: 0, command: 5001, mission_type: 1, target_system: 255 }];
    const cleared: Reported[] = [...upload(0), fence, ["MISSION_CLEAR_ALL", { target_system: 1 }, 255]];
    const ack: Reported = ["MISSION_ACK", { type: 0, target_system: 255 }];
    expect(read("a.tlog", tlog(cleared)).report.vehicles[0]!.missionItems).toHaveLength(2);
    expect(read("a.tlog", tlog([...cleared, ack])).report.vehicles[0]!.missionItems).toEqual([]);
  });
});

describe("case 07: a recording whose clock was not set", () => {
  it("from 1970 is read whole, and says so", () => {
    const { report, problems } = read("all_1970.tlog", fixture("all_1970.tlog"));
    expect([report.frames, report.messages["HEARTBEAT"]]).toEqual([60, 30]);
    expect(problems).toContainEqual(expect.stringContaining("its clock starts in 1970"));
    expect(problems.join()).not.toContain("damaged");
  });

  it("until the network told the time keeps its first seconds", () => {
    const { report, problems } = read("clock_1970_first.tlog", fixture("clock_1970_first.tlog"));
    expect(report.frames).toBe(120);
    expect(problems).toEqual([expect.stringContaining("its clock starts in 1970")]);
  });

  it("with a stamp that is no time, or a clock that went back, is read to its end", () => {
    const wild = joined([
      tlog([HEARTBEAT]),
      tlog([HEARTBEAT], 2 ** 62),
      tlog([HEARTBEAT, HEARTBEAT], START_US + 1e6),
      tlog([HEARTBEAT], START_US - 9e6),
    ]);
    const { report, problems } = read("a.tlog", wild);
    expect(report.frames).toBe(5);
    expect(report.lastUnixUs).toBe(START_US - 9e6);
    expect(problems).toEqual(["1 records without a time that can be"]);
  });
});

describe("case 10: a DataFlash log as text", () => {
  const { report, stateAt, problems } = read("sample.log", fixture("dataflash-text.txt"));

  it("has the readings of the binary form", () => {
    expect(report.messages).toEqual({ FMT: 5, GPS: 2, MODE: 2, MSG: 1, POS: 2 });
    expect(report.vehicles[0]).toMatchObject({ type: 1, autopilot: 3, maxAltitudeAboveHomeM: 10.2 });
    expect(report.vehicles[0]!.modes.map(({ name }) => name)).toEqual(["MANUAL", "RTL"]);
    expect(report.vehicles[0]!.trackLengthM).toBeCloseTo(11.1, 1);
    expect(new Date(report.firstUnixUs / 1000).getUTCFullYear()).toBe(2017);
    expect(problems).toEqual([]);
    expect(stateAt(report.lastUnixUs)[0]!.gps?.value.satellitesVisible).toBe(12);
  });

  it("is known by its lines, whatever its name, and a binary .log is read as before", () => {
    expect(read("flight.txt", fixture("dataflash-text.txt")).report.frames).toBe(12);
    expect(read("flight.log", fixture("flight.bin")).report.frames).toBeGreaterThan(1000);
  });

  it("of an old board names its modes; lines that are none are told and skipped", () => {
    const old = text(
      [
        "FMT, 128, 89, FMT, BBnNZ, Type,Length,Name,Format,Columns",
        "FMT, 129, 20, MODE, Mh, Mode,ThrCrs",
        "FMT, 130, 20, MSG, Z, Message",
        "MSG, ArduCopter V3.1.5, (abc), x",
        "MODE, Alt Hold, 500",
        "WHAT, 1, 2",
        "MODE, RTL",
        "MODE, Auto, 500\r\nMODE, Lo",
      ].join("\n"),
    );
    const flight = read("old.log", old);
    expect(flight.report.vehicles[0]!.modes.map(({ name }) => name)).toEqual(["ALT_HOLD", "AUTO"]);
    expect(flight.report.vehicles[0]!.texts).toMatchObject([{ text: "ArduCopter V3.1.5,(abc),x" }]);
    expect(flight.problems).toContainEqual(expect.stringMatching(/^byte \d+: no record in this line$/));
    expect(flight.problems).toContainEqual(expect.stringMatching(/^byte \d+: the last record is cut off$/));
  });
});

describe("findings 4 D: a source is chosen by whether it holds data", () => {
  const gps = (lat: number, alt: number, fix = 3): Reported => [
    "GPS_RAW_INT",
    { fix_type: fix, lat: lat * 1e7, lon: 15e6, alt: alt * 1000 },
  ];

  it("in a link's recording: receivers, then the second estimate, where no estimate of position came", () => {
    const { report, tracks, problems } = read(
      "a.tlog",
      tlog([HEARTBEAT, gps(0, 0, 1), gps(50.7, 40), gps(50.701, 65), ["AHRS2", { lat: 1e8, lng: 1e8, altitude: 9 }]]),
    );
    expect(report.vehicles[0]!.trackLengthM).toBeCloseTo(111.2, 0);
    expect(report.vehicles[0]!.maxAltitudeAboveHomeM).toBe(25);
    expect(tracks[0]!.track).toHaveLength(2);
    expect(problems).toEqual([
      "vehicle 1: no estimate of its position in this recording: the track is that of the GPS receiver",
      "vehicle 1: no home in this recording: heights are above the first one",
    ]);
  });

  it("which an estimate that says nothing does not hide, and a real one replaces", () => {
    const nowhere: Reported = ["GLOBAL_POSITION_INT", { lat: 0, lon: 0, relative_alt: 9000 }];
    const there: Reported = ["GLOBAL_POSITION_INT", { lat: 507e6, lon: 15e6, alt: 40_000, relative_alt: 3000 }];
    expect(read("a.tlog", tlog([HEARTBEAT, nowhere, gps(50.7, 40), gps(50.7, 41)])).report.vehicles[0]).toMatchObject({
      trackLengthM: 0,
      maxAltitudeAboveHomeM: 1,
    });
    const both = read("a.tlog", tlog([HEARTBEAT, gps(50, 40), there, gps(51, 90), there]));
    expect(both.report.vehicles[0]).toMatchObject({ trackLengthM: 0, maxAltitudeAboveHomeM: 3 });
    expect(both.problems).toEqual([]);
  });

  it("heights of a recording without any place, above its home", () => {
    const home: Reported = ["HOME_POSITION", { latitude: 507e6, longitude: 15e6, altitude: 10_000 }];
    const hud = (alt: number): Reported => ["VFR_HUD", { alt, airspeed: 5, climb: 1 }];
    const [vehicle] = read("a.tlog", tlog([HEARTBEAT, home, hud(12), hud(60)])).report.vehicles;
    expect([vehicle!.trackLengthM, vehicle!.maxAltitudeAboveHomeM]).toEqual([undefined, 50]);
  });

  it("and nothing told is absent, not 0", () => {
    const report = JSON.parse(JSON.stringify(read("a.tlog", tlog([HEARTBEAT])).report)) as { vehicles: object[] };
    expect(Object.keys(report.vehicles[0]!)).not.toContain("trackLengthM");
    expect(Object.keys(report.vehicles[0]!)).not.toContain("maxAltitudeAboveHomeM");
  });

  it("on board: an estimate without a place gives way to the receiver that had a fix", () => {
    const lines = [
      "FMT, 128, 89, FMT, BBnNZ, Type,Length,Name,Format,Columns",
      "FMT, 1, 20, POS, QLLff, TimeUS,Lat,Lng,Alt,RelHomeAlt",
      "FMT, 2, 20, GPS, QBBLLffff, TimeUS,I,Status,Lat,Lng,Alt,Spd,GCrs,VZ",
      "FMT, 3, 20, MODE, QMBB, TimeUS,Mode,ModeNum,Rsn",
      "MODE, 1000, 0, 0, 0",
      "POS, 2000, 0, 0, 0, 0",
      "GPS, 3000, 0, 1, 0, 0, 0, 0, 0, 0",
      "GPS, 4000, 1, 3, 50.7, 1.6, 20, 1, 0, 0",
      "GPS, 5000, 1, 3, 50.701, 1.6, 33, 1, 0, 0",
    ];
    const { report, problems } = read("a.log", text(lines.join("\n")));
    expect(report.vehicles[0]!.trackLengthM).toBeCloseTo(111.2, 0);
    expect(report.vehicles[0]!.maxAltitudeAboveHomeM).toBe(13);
    expect(problems).toContain("no home in this log: heights are above the first fix");
  });
});

describe("case 25: rovers, boats and submarines", () => {
  it.each([
    [10, 10, "AUTO"],
    [11, 4, "HOLD"],
    [12, 9, "SURFACE"],
    [7, 3, "LOITER"],
    [4, 6, "RTL"],
    [10, 99, "MODE 99"],
  ])("of MAV_TYPE %i in mode %i say %s", (mavType, mode, name) => {
    const { autopilot, airframe } = identityFrom(3, mavType);
    expect(modeNameOf(autopilot, airframe, mode, mavType)).toBe(name);
    const heartbeat: Reported = ["HEARTBEAT", { type: mavType, autopilot: 3, custom_mode: mode }];
    expect(read("a.tlog", tlog([heartbeat])).report.vehicles[0]!.modes[0]!.name).toBe(name);
  });
});
