import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { FlightReading } from "../../mavlink/logs/flightReading.js";
import { openLog } from "../../mavlink/logs/openLog.js";
import { recording } from "../../mavlink/testing/golden.js";
import { logBytes } from "../../mavlink/testing/logs.js";
import { openFlight } from "./openFlight.js";
import { createRecordingStore } from "./recordings.js";

let dataFolder = "";
const store = () =>
  createRecordingStore({
    sortiesFolder: join(dataFolder, "sorties"),
    openFolder: () => undefined,
    openDecoder: () => Promise.reject(new Error("nothing to decode")),
    coastJson: () => undefined,
  });
const file = (folder: string, name: string, bytes: Uint8Array): string => {
  mkdirSync(join(dataFolder, folder), { recursive: true });
  const path = join(dataFolder, folder, name);
  writeFileSync(path, bytes);
  return path;
};

beforeEach(() => {
  dataFolder = mkdtempSync(join(tmpdir(), "vigie-recordings-"));
});

describe("recordings", () => {
  it("lists what was recorded here and the logs that were downloaded", async () => {
    file("sorties", "a.tlog", recording("copter").slice(0, 5000));
    file("logs", "00000012.BIN", logBytes("flight.bin"));
    file("logs", "log_3.ulg", logBytes("flight.ulg"));
    file("logs", "notes.txt", new Uint8Array(3));
    const list = await store().list();
    expect(list.map(({ name, kind }) => [name, kind])).toEqual([
      ["a.tlog", "tlog"],
      ["00000012.BIN", "log"],
      ["log_3.ulg", "log"],
    ]);
  });

  it.each([
    ["flight.bin", "log", 7],
    ["flight.ulg", "log", 3],
  ] as const)("opens %s by path and by bytes alike", async (name, kind, systemId) => {
    const recordings = store();
    const opened = await recordings.open(file("logs", name, logBytes(name)));
    const handed = await recordings.openBytes(name, logBytes(name));
    if (!opened.ok || !handed.ok) throw new Error("not opened");
    expect(opened.value).toMatchObject({ name, kind, report: { vehicles: [{ systemId }] } });
    expect({ ...handed.value, recordingId: "" }).toEqual({ ...opened.value, recordingId: "" });
  });

  it("gives every vehicle as it was at an instant, until it is closed", async () => {
    const recordings = store();
    const bytes = recording("copter");
    const opened = await recordings.openBytes("a.tlog", bytes);
    if (!opened.ok) throw new Error("not opened");
    const { recordingId, report } = opened.value;
    const middleUs = (report.firstUnixUs + report.lastUnixUs) / 2;
    const { stateAt } = new FlightReading(openLog("a.tlog", bytes)).finish();
    expect(await recordings.stateAt(recordingId, middleUs)).toEqual({ ok: true, value: stateAt(middleUs) });
    recordings.close(recordingId);
    expect(await recordings.stateAt(recordingId, middleUs)).toMatchObject({ ok: false, error: { kind: "not-found" } });
  });

  it("stops opening when told to", async () => {
    const recordings = store();
    const opening = recordings.openBytes("long.tlog", recording("plane"));
    recordings.close("long.tlog");
    expect(await opening).toEqual({ ok: false, error: { kind: "log", failure: { kind: "cancelled" } } });
    expect(await recordings.list()).toEqual([]);
  });

  it("says while it opens a large file how much of it was read", async () => {
    const shares: number[] = [];
    const opening = {
      isCancelled: false,
      get openedFraction() {
        return shares.at(-1) ?? 0;
      },
      set openedFraction(share: number) {
        shares.push(share);
      },
    };
    expect((await openFlight("a.tlog", recording("plane"), opening)).ok).toBe(true);
    expect(shares.length).toBeGreaterThan(1);
    expect(shares).toEqual([...shares].sort((x, y) => x - y));
    expect(shares.every((share) => share > 0 && share < 1)).toBe(true);
  });

  it.each([
    ["empty.tlog", new Uint8Array(0), undefined],
    ["noise.bin", Uint8Array.from({ length: 4000 }, (_, i) => (i * 7919) & 0xff), "byte 0"],
    ["picture.png", Uint8Array.from([0x89, 0x50, 0x4e, 0x47]), "byte 0"],
  ])("refuses %s and says why", async (name, bytes, where) => {
    const path = file("elsewhere", name, bytes);
    const refused = await store().open(path);
    expect(refused).toMatchObject({ ok: false, error: { kind: "bad-file", path, where } });
  });

  it("says of what is not there, or no recording, that it is not", async () => {
    const nowhere = join(dataFolder, "nowhere.tlog");
    expect(await store().open(nowhere)).toEqual({ ok: false, error: { kind: "not-found", what: nowhere } });
    const refused = await store().open(dataFolder);
    expect(refused).toMatchObject({ ok: false, error: { kind: "not-found" } });
    expect(basename(nowhere)).toBe("nowhere.tlog");
  });
});
