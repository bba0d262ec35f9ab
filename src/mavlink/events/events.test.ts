import { describe, expect, it } from "vitest";
import type { ReceivedVehicleEvent } from "../../vehicle/events.js";
import { reasonsSince } from "../../vehicle/reasonsSince.js";
import { FlightReading, type RecordedFlight } from "../logs/flightReading.js";
import { metadataJson } from "../metadataJson.js";
import { FtpFileObserver } from "../protocols/files/ftpFileObserver.js";
import { vectorBytes } from "../testing/vectors.js";
import { readTlog } from "../tlog.js";
import { tlogFrom } from "../tlogWalk.js";
import { readEventMetadata } from "./eventMetadata.js";
import { eventText, type EventArgument } from "./eventText.js";

const flightOf = (file: string): RecordedFlight => new FlightReading(tlogFrom(vectorBytes(file)!)).finish();

/** The metadata files that a real PX4 served over MAVFTP, taken from a recording. */
function servedFiles(): Map<string, Uint8Array> {
  const files = new FtpFileObserver(() => true);
  const whole = new Map<string, Uint8Array>();
  readTlog(vectorBytes("px4-metadata-ftp.tlog")!, ({ frame }) => {
    const file = files.onFrame(frame);
    if (file) whole.set(file.path, file.bytes);
  });
  return whole;
}

const event = (eventId: number, bytes: readonly number[] = []): ReceivedVehicleEvent => ({
  ...{ eventId, sequence: 1, timeBootMs: 1, severity: 4 },
  arguments: Array.from({ length: 40 }, (_, i) => bytes[i] ?? 0),
});

describe("files that went over MAVFTP in a recording", () => {
  it("are whole again", () => {
    const sizes = [...servedFiles()].map(([path, { byteLength }]) => [path, byteLength]);
    expect(sizes).toEqual([
      ["/etc/extras/component_general.json.xz", 368],
      ["/etc/extras/all_events.json.xz", 15_744],
    ]);
  });
});

describe("the meaning of events, by metadata of a real PX4", () => {
  const metadata = readEventMetadata(metadataJson(servedFiles().get("/etc/extras/all_events.json.xz")!))!;

  it("has words, numbers with units and decimals, and names for numbers", () => {
    expect(metadata(event(25_237_137))?.text).toBe("Mission rejected: Landing waypoint/pattern required");
    expect(metadata(event(26_266_355, [4]))?.text).toBe("Armed by external command");
    expect(metadata(event(27_280_279, [0, 0, 4, 4, 3]))).toMatchObject({
      text: "Switching to mode 'Mission' is currently not possible",
      name: "commander_modeswitch_not_avail",
      role: { kind: "refusal", modeGroup: 3 },
    });
    const takeOff = readEventMetadata(
      JSON.parse(
        '{"components":{"1":{"namespace":"px4","event_groups":{"default":{"events":{"7":{"message":"Takeoff to {1:.1m_v} above home","arguments":[{"type":"float"}]}}}}}}}',
      ),
    )!;
    expect(takeOff(event(0x01000007, [0, 0, 72, 66]))?.text).toBe("Takeoff to 50.0 m above home");
  });

  it("tells checks before arming, what to do about them, and leaves out what is for builders", () => {
    const check = metadata(event(17_154_777, [8, 0, 0, 0, 20]));
    expect(check).toMatchObject({
      text: "No valid mission available",
      detail: "Upload a mission first.",
      role: { kind: "check", modeBits: 8 },
    });
  });

  it("is not known of another number, nor of arguments that are not there", () => {
    expect(metadata(event(0x01ffffff))).toBeUndefined();
    expect(metadata({ ...event(26_266_355), arguments: [] })).toBeUndefined();
    expect(readEventMetadata({ parameters: [] })).toBeUndefined();
    expect(readEventMetadata("no")).toBeUndefined();
  });
});

describe("sentences of event metadata", () => {
  const number = (value: number, isFloat = true): EventArgument => ({ kind: "number", value, isFloat });

  it("are written with their arguments, escapes and tags", () => {
    expect(eventText("Axis {1}: |{2:.2}| \\> 5 m/s", [number(1, false), number(1.239)])).toBe("Axis 1: |1.24| > 5 m/s");
    expect(eventText("<param>MIS_TKO_LAND_REQ</param> is {1:.0}", [number(2)])).toBe("MIS_TKO_LAND_REQ is 2");
    expect(eventText('Read.\n\n<profile name="dev"> See <a>https://x</a>\n</profile>', [])).toBe("Read.");
    expect(eventText('<profile name="!dev">a</profile><blink>b</blink>c', [])).toBe("ac");
    expect(eventText("at {1:.1m/s}, {2}", [number(Number.NaN), number(0.1 + 0.2)])).toBe("at — m/s, 0.3");
  });

  it("stay as they are where an argument is missing", () => {
    expect(eventText("{3} of {1}", [number(1, false)])).toBe("{3} of 1");
    expect(eventText("{1constructor}", [number(1, false)])).toBe("1constructor");
  });
});

describe("findings 1: PX4 says why it will not fly in events only", () => {
  const flight = flightOf("px4-plane-refused.tlog");
  const [vehicle] = flight.report.vehicles;

  it("which the report tells in words, with severity and time", () => {
    expect(vehicle!.events).toContainEqual({
      ...{ unixTimeUs: 1_795_976_069_366_507, severity: 3, eventId: 25_237_137 },
      text: "Mission rejected: Landing waypoint/pattern required",
      name: "navigator_mis_land_missing",
    });
    expect(vehicle!.events!.filter(({ text }) => /landing/i.test(text))).toHaveLength(2);
    expect(vehicle!.events!.every(({ text }) => !text.includes("no description"))).toBe(true);
  });

  it("of which each check before arming is told once, not with every report", () => {
    const checks = vehicle!.events!.filter(({ text }) => text === "No manual control input");
    expect(checks).toHaveLength(1);
  });

  it("and which are the reasons after the upload, and after the refused start", () => {
    const [state] = flight.stateAt(1_795_976_081_000_000);
    const since = (unixUs: number) => reasonsSince(state!, unixUs / 1000);
    expect(since(1_795_976_069_300_000)).toEqual([
      "Mission rejected: Landing waypoint/pattern required",
      "Switching to mode 'Mission' is currently not possible",
    ]);
    expect(since(1_795_976_080_180_000)).toEqual(["Switching to mode 'Mission' is currently not possible"]);
    expect(state!.texts.filter(({ text }) => text.startsWith("Switching to AUTO_MISSION"))).toHaveLength(1);
  });

  it("the same after a seek and at the end", () => {
    expect(flight.stateAt(1_795_976_060_000_000)[0]!.armingChecks?.checks.map(({ text }) => text)).toEqual([
      "No valid local position estimate",
      "No valid global position estimate",
      "No valid mission available",
      "No offboard signal",
      "No manual control input",
      "No connection to the ground control station",
    ]);
    expect(flight.stateAt(1_795_976_060_000_000)[0]!.prearmReasons).toEqual([
      "No valid local position estimate",
      "No valid global position estimate",
    ]);
  });
});
