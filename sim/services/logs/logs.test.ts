import { ULog } from "@foxglove/ulog";
import { describe, expect, it } from "vitest";
import type { Flavour } from "../../flavour.js";
import { createServiceHarness, only } from "../../testing/serviceHarness.js";
import { createAircraftFiles, createFileService } from "../files/fileService.js";
import { createParamTable } from "../params/paramTable.js";
import { createLogService } from "./logService.js";
import { growingLog, logFiles, storedLogs, type StoredLog } from "./storedLogs.js";

const TO = { targetSystem: 1, targetComponent: 1 } as const;

function aircraft(autopilot: Flavour["autopilot"]) {
  let logs: readonly StoredLog[] = [];
  const harness = createServiceHarness({ autopilot, airframe: "copter" }, (view, controls) => {
    logs = storedLogs(view);
    const tree = createAircraftFiles(view, createParamTable({ view, controls }), logFiles(view, logs));
    const link = { systemId: 1, linkBitsPerS: 4_608_000, speedup: 1 };
    return [createFileService(view, tree, link), createLogService(view, tree, logs, link)];
  });
  return { ...harness, logs };
}

describe("findings 1: the log a PX4 is writing", () => {
  it("is longer and younger in every listing, and begins the same way each time", () => {
    const harness = createServiceHarness({ autopilot: "px4", airframe: "copter" }, (view, controls) => {
      const logs = [growingLog(view)];
      const tree = createAircraftFiles(view, createParamTable({ view, controls }), logFiles(view, logs));
      return [createLogService(view, tree, logs, { systemId: 1, linkBitsPerS: 4_608_000, speedup: 1 })];
    });
    const listed = () => {
      harness.ask({ name: "LOG_REQUEST_LIST", fields: { ...TO, start: 0, end: 0xffff } });
      return only(harness.run(500), "LOG_ENTRY")[0]!;
    };
    const read = (count: number) => {
      harness.ask({ name: "LOG_REQUEST_DATA", fields: { ...TO, id: 0, ofs: 0, count } });
      return Buffer.concat(
        only(harness.run(3000), "LOG_DATA").map(({ data, count: c }) => Buffer.from(data.slice(0, c))),
      );
    };
    const first = listed();
    const before = read(first.size);
    const second = listed();
    expect(second.size).toBeGreaterThan(first.size);
    expect(second.timeUtc).toBeGreaterThan(first.timeUtc);
    expect(before.length).toBe(first.size);
    expect(read(second.size).subarray(0, before.length).equals(before)).toBe(true);
    expect(before.subarray(0, 4).toString("latin1")).toBe("ULog");
  });
});

describe("the old log transfer", () => {
  it("lists three logs, numbered from 1 on ArduPilot and from 0 on PX4", () => {
    for (const [autopilot, ids] of [["ardupilot", [1, 2, 3]] as const, ["px4", [0, 1, 2]] as const]) {
      const vehicle = aircraft(autopilot);
      vehicle.ask({ name: "LOG_REQUEST_LIST", fields: { ...TO, start: 0, end: 0xffff } });
      const entries = only(vehicle.run(500), "LOG_ENTRY");
      expect(entries.map(({ id }) => id)).toEqual(ids);
      expect(entries.map(({ size }) => size)).toEqual(vehicle.logs.map(({ bytes }) => bytes().length));
      expect(entries.every(({ numLogs, lastLogNum }) => numLogs === 3 && lastLogNum === ids[2])).toBe(true);
    }
  });

  it("gives a log piece by piece, a part of it, and stops when told", () => {
    const ap = aircraft("ardupilot");
    const bytes = Buffer.from(ap.logs[0]!.bytes());
    ap.ask({ name: "LOG_REQUEST_DATA", fields: { ...TO, id: 1, ofs: 0, count: 0xffffffff } });
    const pieces = only(ap.run(10_000), "LOG_DATA");
    const whole = Buffer.concat(pieces.map(({ data, count }) => Buffer.from(data.slice(0, count))));
    expect(whole.equals(bytes)).toBe(true);
    ap.ask({ name: "LOG_REQUEST_DATA", fields: { ...TO, id: 1, ofs: 180, count: 100 } });
    expect(only(ap.run(200), "LOG_DATA").map(({ ofs, count }) => [ofs, count])).toEqual([
      [180, 90],
      [270, 10],
    ]);
    ap.ask({ name: "LOG_REQUEST_DATA", fields: { ...TO, id: 2, ofs: 0, count: 0xffffffff } });
    ap.run(40);
    ap.ask({ name: "LOG_REQUEST_END", fields: TO });
    expect(ap.run(500)).toEqual([]);
  });

  it("is refused by an armed ArduPilot, which says so once", () => {
    const ap = aircraft("ardupilot");
    ap.flight.isArmed = true;
    const list = () => ap.ask({ name: "LOG_REQUEST_LIST", fields: { ...TO, start: 0, end: 0xffff } });
    expect(only(list(), "STATUSTEXT")).toMatchObject([{ text: "Disarm for log download" }]);
    expect(list()).toEqual([]);
    expect(ap.run(500)).toEqual([]);
    const px4 = aircraft("px4");
    px4.flight.isArmed = true;
    px4.ask({ name: "LOG_REQUEST_LIST", fields: { ...TO, start: 0, end: 0xffff } });
    expect(px4.run(500)).toHaveLength(3);
  });

  it("has no logs left after an erase, as files neither", () => {
    const ap = aircraft("ardupilot");
    ap.ask({ name: "LOG_ERASE", fields: TO });
    ap.ask({ name: "LOG_REQUEST_LIST", fields: { ...TO, start: 0, end: 0xffff } });
    expect(only(ap.run(500), "LOG_ENTRY")).toMatchObject([{ id: 0, numLogs: 0 }]);
  });
});

type Layout = {
  readonly name: string;
  readonly length: number;
  readonly format: string;
  readonly columns: readonly string[];
};

/** Independent reader, from the published layout: message names in order. */
function dataflashMessages(file: Buffer) {
  const layouts = new Map<number, Layout>();
  const messages: { readonly name: string; readonly at: number; readonly layout: Layout | undefined }[] = [];
  for (let at = 0; at < file.length;) {
    expect([file[at], file[at + 1]]).toEqual([0xa3, 0x95]);
    const type = file[at + 2]!;
    if (type === 128) {
      const text = (from: number, length: number) =>
        file.toString("latin1", at + from, at + from + length).replace(/\0+$/, "");
      layouts.set(file[at + 3]!, {
        name: text(5, 4),
        length: file[at + 4]!,
        format: text(9, 16),
        columns: text(25, 64).split(","),
      });
      messages.push({ name: "FMT", at, layout: undefined });
      at += 89;
      continue;
    }
    const layout = layouts.get(type);
    if (!layout) throw new Error(`unknown message ${type} at ${at}`);
    messages.push({ name: layout.name, at, layout });
    at += layout.length;
  }
  return messages;
}

describe("the logs themselves", () => {
  it("a DataFlash log declares every message and describes a flight", () => {
    const [, , last] = aircraft("ardupilot").logs;
    const file = Buffer.from(last!.bytes());
    const messages = dataflashMessages(file);
    const countOf = (name: string) => messages.filter((message) => message.name === name).length;
    expect([countOf("GPS"), countOf("ATT"), countOf("MODE"), countOf("ARM"), countOf("MSG")]).toEqual([
      1200, 1200, 3, 2, 1,
    ]);
    expect(countOf("PARM")).toBeGreaterThan(1400);
    const highest = messages
      .filter(({ name }) => name === "POS")
      .map(({ at }) => file.readFloatLE(at + 3 + 8 + 4 + 4 + 4));
    expect(Math.max(...highest)).toBeCloseTo(60, 3);
    expect(messages.filter(({ layout }) => layout && layout.format.length !== layout.columns.length)).toEqual([]);
  });

  it("a ULog opens in another program's reader", async () => {
    const [, , last] = aircraft("px4").logs;
    const bytes = last!.bytes();
    const copy = Uint8Array.from(bytes);
    // Its built-in reader for bytes in memory loses its position after the first read, so it is given copies.
    const log = new ULog({
      open: () => Promise.resolve(copy.length),
      size: () => copy.length,
      read: (offset, length) => Promise.resolve(copy.slice(offset, offset + length)),
    });
    await log.open();
    expect([...log.header!.definitions.keys()]).toContain("vehicle_attitude");
    expect(log.header!.parameters.get("MPC_XY_CRUISE")?.value).toBe(10);
    const counts = new Map<string, number>();
    let highestM = 0;
    for await (const message of log.readMessages()) {
      const data = message as unknown as { readonly msgId: number; readonly value?: Readonly<Record<string, unknown>> };
      if (!data.value) continue;
      highestM = Math.max(highestM, Number(data.value["alt"] ?? 0));
      const name = log.subscriptions.get(data.msgId)?.name;
      if (name !== undefined) counts.set(name, (counts.get(name) ?? 0) + 1);
    }
    expect(counts.get("vehicle_gps_position")).toBe(1200);
    expect(highestM).toBeCloseTo(66, 3);
  });
});
