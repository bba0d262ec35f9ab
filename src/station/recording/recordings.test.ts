import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { FlightReading } from "../../mavlink/logs/flightReading.js";
import { openLog } from "../../mavlink/logs/openLog.js";
import { recording } from "../../mavlink/testing/golden.js";
import { logBytes } from "../../mavlink/testing/logs.js";
import { createEventChain } from "../../sortie/eventChain.js";
import { aContact, sha256 } from "../../sortie/testing/sortieBuilders.js";
import { openFlight } from "./openFlight.js";
import { createRecordingStore, listRecordings } from "./recordings.js";
import { verifySortieFolder } from "./verifyFolder.js";

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

  it("keeps the four newest recordings open, and closes the oldest beyond them", async () => {
    const recordings = store();
    const ids: string[] = [];
    for (let i = 0; i < 5; i++) {
      const opened = await recordings.openBytes("a.tlog", recording("copter").slice(0, 5000));
      if (opened.ok) ids.push(opened.value.recordingId);
    }
    const areOpen = await Promise.all(ids.map(async (id) => (await recordings.stateAt(id, 0)).ok));
    expect(areOpen).toEqual([false, true, true, true, true]);
  });

  it("stops opening when told to", async () => {
    const recordings = store();
    const opening = recordings.openBytes("long.tlog", recording("plane"));
    recordings.close("long.tlog");
    expect(await opening).toEqual({ ok: false, error: { kind: "log", failure: { kind: "cancelled" } } });
    expect(await recordings.list()).toEqual([]);
  });

  it("lists what is being opened from bytes like a whole recording, with how much of it was read", async () => {
    const folders = { sortiesFolder: join(dataFolder, "sorties"), openFolder: () => undefined };
    const openings = new Map([["long.tlog", { openedFraction: 0.4, isCancelled: false, bytes: 5000 }]]);
    expect(await listRecordings(folders, openings)).toEqual([
      { path: "long.tlog", name: "long.tlog", kind: "tlog", bytes: 5000, isSealed: true, openedFraction: 0.4 },
    ]);
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

  it("findings 6.10: a recording handed over in parts is the same as in one piece", async () => {
    const recordings = store();
    const bytes = recording("copter");
    const whole = await recordings.openBytes("a.tlog", bytes);
    const partBytes = Math.ceil(bytes.length / 3);
    const part = (offsetBytes: number, uploadId = "1") => ({
      ...{ uploadId, name: "a.tlog", totalBytes: bytes.length, offsetBytes },
      bytes: bytes.slice(offsetBytes, offsetBytes + partBytes),
    });
    expect(await recordings.openPart(part(0))).toEqual({ ok: true, value: undefined });
    expect(await recordings.openPart(part(0, "2"))).toEqual({ ok: true, value: undefined });
    expect(await recordings.openPart(part(partBytes))).toEqual({ ok: true, value: undefined });
    const opened = await recordings.openPart(part(2 * partBytes));
    if (!opened.ok || !whole.ok) throw new Error("not opened");
    expect({ ...opened.value, recordingId: "" }).toEqual({ ...whole.value, recordingId: "" });
    // Out of order, without a beginning, and cancelled: each ends its upload.
    expect(await recordings.openPart(part(2 * partBytes, "2"))).toMatchObject({ error: { kind: "bad-request" } });
    expect(await recordings.openPart(part(partBytes, "2"))).toMatchObject({ error: { kind: "bad-request" } });
    await recordings.openPart(part(0, "3"));
    recordings.close("a.tlog");
    expect(await recordings.openPart(part(partBytes, "3"))).toMatchObject({
      error: { kind: "log", failure: { kind: "cancelled" } },
    });
  });
});

describe.skipIf(process.platform === "win32")("findings 6.10: what is no plain file never stalls", () => {
  it("pipes in the place of recordings are refused in words, and every other file is read meanwhile", async () => {
    const recordings = store();
    mkdirSync(join(dataFolder, "sorties"));
    const pipes = Array.from({ length: 6 }, (_, i) => join(dataFolder, "sorties", `pipe-${i}.tlog`));
    for (const pipe of pipes) expect(spawnSync("mkfifo", [pipe]).status).toBe(0);
    const opened = pipes.map((path) => recordings.open(path));
    const log = await recordings.open(file("logs", "flight.bin", logBytes("flight.bin")));
    expect(log.ok).toBe(true);
    for (const answer of await Promise.all(opened))
      expect(answer).toEqual({ ok: false, error: { kind: "io", operation: "read", code: "not-a-file" } });
    expect((await recordings.list()).map(({ name }) => name)).toEqual(["flight.bin"]);
  });

  it("nor in the place of a sortie's files, nor a link that leads round in circles", async () => {
    const folder = join(dataFolder, "sorties", "2026-01-01T00-00-00Z-piped");
    mkdirSync(folder, { recursive: true });
    for (const name of ["events.jsonl", "telemetry.tlog", "video.ts", "plan.plan"])
      expect(spawnSync("mkfifo", [join(folder, name)]).status).toBe(0);
    symlinkSync(folder, join(folder, "snapshots"));
    symlinkSync("loop", join(folder, "loop"));
    const opened = await store().open(folder);
    expect(opened).toMatchObject({ ok: true, value: { events: [], video: undefined, isSealed: false } });
    expect(await verifySortieFolder(folder)).toMatchObject({
      value: { verdict: "tampered", problems: [{ kind: "events-missing" }], countOfFiles: 0 },
    });
  });
});

it("the time line says of each event what it was about, and of a kind that is not known its plain facts", async () => {
  const folder = join(dataFolder, "sorties", "2026-01-01T00-00-00Z-events");
  mkdirSync(folder, { recursive: true });
  const chain = createEventChain(sha256);
  const line = (kind: string, facts: Readonly<Record<string, unknown>>) => chain.next({ unixTimeUs: 1, kind, facts });
  const lines = [
    line("storm", { where: "north", windMps: 31, isNear: true, at: { latitudeDeg: 50 } }),
    line("vehicle-back", { vehicleId: "link/1", other: "x" }),
    line("recorder", { because: "full", other: "x" }),
    line("command", { command: { kind: "takeoff" }, status: { phase: "accepted" } }),
    line("transfer", { vehicleId: "link/1", status: { phase: "done" } }),
    line("contact-new", { contactId: "C-7", contact: aContact }),
    line("contact-changed", { contactId: "C-7", contact: aContact }),
  ];
  writeFileSync(join(folder, "events.jsonl"), lines.join(""));
  const opened = await store().open(folder);
  const summaries = opened.ok ? opened.value.events.map(({ kind, summary }) => `${kind}: ${summary}`) : [];
  expect(summaries).toEqual([
    "storm: north, 31",
    "vehicle-back: link/1",
    "recorder: full",
    "command: takeoff accepted",
    "transfer: done",
    "contact-new: C-7 boat",
  ]);
});

it("a sortie that nobody records is not said to be recorded, and one with telemetry has no problem", async () => {
  const sortie = (name: string, telemetry: Uint8Array): string => {
    file(join("sorties", name), "telemetry.tlog", telemetry);
    file(join("sorties", name), "events.jsonl", new Uint8Array());
    return join(dataFolder, "sorties", name);
  };
  const flown = await store().open(sortie("flown", recording("copter")));
  expect(flown).toMatchObject({ ok: true, value: { isSealed: false, problems: [] } });
  expect(flown.ok && flown.value).not.toHaveProperty("isBeingRecorded");
  const silent = await store().open(sortie("silent", new Uint8Array()));
  expect(silent).toMatchObject({ ok: true, value: { problems: [expect.stringContaining("telemetry.tlog")] } });
});
