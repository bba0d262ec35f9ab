import { describe, expect, it } from "vitest";
import type { MavlinkFields } from "../../frame.js";
import { frameOf, TO_VEHICLE, VEHICLE } from "../testing/frames.js";
import { logDataFrom, logEntryFrom, logRequestData, logRequestEnd, logRequestList } from "./logWire.js";

const OTHERS = [
  { systemId: 8, componentId: 1 },
  { systemId: 7, componentId: 154 },
];

describe("a log's entry in the list", () => {
  const fields = { id: 3, num_logs: 5, last_log_num: 7, time_utc: 1_700_000_000, size: 12_345 };
  const entry = (change: MavlinkFields = {}, from = VEHICLE) =>
    logEntryFrom(frameOf({ name: "LOG_ENTRY", fields: { ...fields, ...change } }, from), VEHICLE);
  it("names the log, its size and when it began", () => {
    expect(entry()).toEqual({ id: 3, countOfLogs: 5, lastId: 7, sizeBytes: 12_345, unixTimeS: 1_700_000_000 });
  });
  it("has no time where the vehicle's clock was not set", () => {
    expect(entry({ time_utc: 0 })?.unixTimeS).toBeUndefined();
    expect(entry({ time_utc: 1 })?.unixTimeS).toBe(1);
  });
  it("comes only from this vehicle's autopilot", () => {
    expect(OTHERS.map((from) => entry({}, from))).toEqual([undefined, undefined]);
    expect(logEntryFrom(frameOf({ name: "LOG_DATA", fields: {} }), VEHICLE)).toBeUndefined();
  });
});

describe("a piece of a log", () => {
  const bytes = Array.from({ length: 90 }, (_, i) => i + 1);
  const piece = (count: number, from = VEHICLE) =>
    logDataFrom(frameOf({ name: "LOG_DATA", fields: { id: 3, ofs: 180, count, data: bytes } }, from), VEHICLE);
  it("has as many bytes as it says, at most ninety", () => {
    expect(piece(4)).toEqual({ id: 3, offsetBytes: 180, bytes: Uint8Array.of(1, 2, 3, 4) });
    expect(piece(90)?.bytes).toEqual(Uint8Array.from(bytes));
    expect(piece(200)?.bytes).toEqual(Uint8Array.from(bytes));
    expect(piece(0)?.bytes).toEqual(new Uint8Array(0));
  });
  it("comes only from this vehicle's autopilot", () => {
    expect(OTHERS.map((from) => piece(4, from))).toEqual([undefined, undefined]);
    expect(logDataFrom(frameOf({ name: "LOG_ENTRY", fields: {} }), VEHICLE)).toBeUndefined();
  });
});

it("the requests name the vehicle and what is wanted", () => {
  expect([
    logRequestList(VEHICLE, 0, 0xffff),
    logRequestData(VEHICLE, { id: 3, offsetBytes: 90, count: 180 }),
    logRequestEnd(VEHICLE),
  ]).toEqual([
    { name: "LOG_REQUEST_LIST", fields: { ...TO_VEHICLE, start: 0, end: 65_535 } },
    { name: "LOG_REQUEST_DATA", fields: { ...TO_VEHICLE, id: 3, ofs: 90, count: 180 } },
    { name: "LOG_REQUEST_END", fields: TO_VEHICLE },
  ]);
});
