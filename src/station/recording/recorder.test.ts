import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { FakeClock } from "../../core/fakeClock.js";
import { seededRng } from "../../core/rng.js";
import type { RecorderStatus } from "../../contract/messages.js";
import { keyPairFrom, newKeySecret } from "../../io/stationKeyPair.js";
import { encodeFrame } from "../../mavlink/encode.js";
import { readTlog } from "../../mavlink/tlog.js";
import { TILE_BYTES } from "../../sortie/coverageTiles.js";
import { readEventLog } from "../../sortie/eventChain.js";
import { aContact } from "../../sortie/testing/sortieBuilders.js";
import { sha256Hex } from "../../io/fileStore.js";
import { createRecorder } from "./recorder.js";
import { sortieFolders } from "./sortieFolders.js";
import type { RecorderTrouble } from "./recorderTrouble.js";
import type { StationKey } from "./stationKey.js";
import { failingDisk, type FailingDisk, type Fault } from "./testing/failingDisk.js";
import { verifySortieFolder } from "./verifyFolder.js";

// In memory where the system offers it: thousands of files are synced to disk here.
const home = mkdtempSync(join(existsSync("/dev/shm") ? "/dev/shm" : tmpdir(), "vigie-recorder-"));
afterAll(() => rmSync(home, { recursive: true, force: true }));
const key = keyPairFrom(newKeySecret());

/** A recorder on virtual time, with real files and a disk that fails as the test says. */
function aRecorder(
  disk: FailingDisk,
  clock = new FakeClock(),
  stationKey: () => Promise<StationKey | undefined> = () => Promise.resolve(key),
) {
  const sortiesFolder = mkdtempSync(join(home, "sorties-"));
  const troubles: RecorderTrouble[] = [];
  const statuses: RecorderStatus[] = [];
  const sealed: string[] = [];
  const recorder = createRecorder({
    time: { clock, scheduler: clock },
    disk,
    nextFolder: sortieFolders({ sortiesFolder, label: "test" }),
    stationKey,
    listener: {
      onStatus: (status) => statuses.push(status),
      onTrouble: (trouble) => troubles.push(trouble),
      onSealed: (folder) => {
        sealed.push(folder);
        return Promise.resolve();
      },
    },
  });
  /** Lets a second pass, and waits for what the recorder started in it. */
  const second = async (): Promise<void> => {
    clock.advance(1000);
    await disk.settle();
  };
  const folder = (): string => join(sortiesFolder, readdirSync(sortiesFolder)[0] ?? "");
  return { recorder, clock, troubles, statuses, sealed, second, folder, sortiesFolder };
}

const frame = (seq: number): Uint8Array =>
  encodeFrame({ name: "MISSION_CURRENT", fields: { seq }, seq: seq % 256, systemId: 1, componentId: 1, version: 2 });

/** Everything published is found again: each event once and in order, every frame, no partial record. */
async function expectWhole(folder: string, countOfPublished: number): Promise<void> {
  const log = readEventLog(readFileSync(join(folder, "events.jsonl"), "utf8"), sha256Hex);
  expect(log.firstBrokenLine).toBeUndefined();
  expect(log.isTruncated).toBe(false);
  const published = log.events.flatMap(({ kind, facts }) => (kind === "said" ? [facts["n"]] : []));
  expect(published).toEqual(Array.from({ length: countOfPublished }, (_, n) => n));
  const seqs: number[] = [];
  const summary = readTlog(readFileSync(join(folder, "telemetry.tlog")), ({ frame: received }) => {
    seqs.push(received.fields["seq"] as number);
  });
  expect(summary.problems).toEqual([]);
  expect(seqs).toEqual(Array.from({ length: countOfPublished }, (_, n) => n));
  expect(await verifySortieFolder(folder)).toMatchObject({ value: { verdict: "intact", problems: [] } });
}

async function flyWith(disk: FailingDisk, countOfPublished: number) {
  const made = aRecorder(disk);
  made.recorder.open({ stationVersion: "test" });
  for (let n = 0; n < countOfPublished; n++) {
    made.recorder.event("said", { n });
    made.recorder.telemetry(frame(n));
    made.recorder.video(new Uint8Array(188).fill(n));
    await made.second();
  }
  return made;
}

describe("findings 6.7: recording survives its disk", () => {
  it("nothing that was said is lost, whichever single call to the disk fails", async () => {
    let countOfCalls = 0;
    const counting = await flyWith(
      failingDisk(() => {
        countOfCalls++;
        return undefined;
      }),
      3,
    );
    await counting.recorder.close("test");
    await expectWhole(counting.folder(), 3);
    expect(countOfCalls).toBeGreaterThan(20);
    const codes = ["ENOSPC", "EIO"];
    for (let failing = 0; failing < countOfCalls; failing++) {
      let call = 0;
      const fault: Fault = { code: codes[failing % 2]!, partBytes: failing % 7 };
      let isBroken = true;
      const disk = failingDisk(() => (call++ === failing && isBroken ? fault : undefined));
      const { recorder, second, folder } = await flyWith(disk, 3);
      await second();
      // Sealing itself must work here; its failure is the next test.
      isBroken = false;
      await recorder.close("test");
      await expectWhole(folder(), 3);
    }
  });

  it.each(Array.from({ length: 60 }, (_, seed) => seed))(
    "nor by a disk that fails at random (seed %i)",
    async (seed) => {
      const rng = seededRng(seed);
      let isBroken = false;
      const disk = failingDisk(() => {
        if (!isBroken || rng.uniform() > 0.7) return undefined;
        return { code: rng.uniform() < 0.5 ? "ENOSPC" : "EIO", partBytes: Math.floor(rng.uniform() * 60) };
      });
      const made = aRecorder(disk);
      made.recorder.open({ stationVersion: "test" });
      for (let n = 0; n < 25; n++) {
        isBroken = rng.uniform() < 0.4;
        made.recorder.event("said", { n });
        made.recorder.telemetry(frame(n));
        made.recorder.video(new Uint8Array(188));
        await made.second();
      }
      isBroken = false;
      await made.second();
      await made.recorder.close("test");
      await expectWhole(made.folder(), 25);
    },
  );

  it("goes on by itself when there is space again, and an event tells the gap", async () => {
    let fault: Fault;
    const { recorder, second, folder, troubles, statuses, clock } = aRecorder(failingDisk(() => fault));
    recorder.open({});
    await second();
    const fullAtUs = clock.unixUs();
    fault = { code: "ENOSPC", partBytes: 5 };
    recorder.event("said", { n: 0 });
    expect(troubles).toMatchObject([{ kind: "failed", failure: { code: "ENOSPC" } }]);
    expect(statuses.at(-1)).toMatchObject({ state: "failed", because: "ENOSPC" });
    for (let i = 0; i < 30; i++) await second();
    expect(troubles.length).toBe(1);
    fault = undefined;
    await second();
    expect(troubles.at(-1)).toMatchObject({ kind: "resumed", lostS: 31 });
    expect(statuses.at(-1)).toMatchObject({ state: "recording", because: undefined });
    await recorder.close("test");
    const { events } = readEventLog(readFileSync(join(folder(), "events.jsonl"), "utf8"), sha256Hex);
    expect(events.find(({ kind }) => kind === "recording-gap")?.facts).toMatchObject({
      because: "ENOSPC",
      fromUnixUs: fullAtUs,
      toUnixUs: fullAtUs + 31_000_000,
      countOfEventsLost: 0,
    });
    expect(await verifySortieFolder(folder())).toMatchObject({ value: { verdict: "intact" } });
  });

  it("a full disk is tried again only when it has some megabytes free", async () => {
    let fault: Fault;
    let freeBytes = 10e6;
    const disk = failingDisk(() => fault, { freeBytes: () => Promise.resolve(freeBytes) });
    const { recorder, second, statuses } = aRecorder(disk);
    recorder.open({});
    await second();
    freeBytes = 0;
    fault = { code: "ENOSPC", partBytes: 5 };
    recorder.event("said", { n: 0 });
    fault = undefined;
    freeBytes = 3.9e6;
    for (let i = 0; i < 3; i++) await second();
    expect(statuses.at(-1)).toMatchObject({ state: "failed", because: "ENOSPC" });
    freeBytes = 4e6;
    await second();
    expect(statuses.at(-1)).toMatchObject({ state: "recording", because: undefined });
    await recorder.close("test");
  });

  it("a sortie whose folder could never be made leaves nothing behind", async () => {
    const disk = failingDisk((operation) =>
      operation === "make folder" ? { code: "EACCES", partBytes: 0 } : undefined,
    );
    const { recorder, second, sortiesFolder, sealed } = aRecorder(disk);
    recorder.open({});
    recorder.plan("the plan");
    await second();
    await recorder.close("test");
    expect(readdirSync(sortiesFolder)).toEqual([]);
    expect(sealed).toEqual([]);
  });

  it("contacts and coverage are on the disk a second later, not only at the end", async () => {
    const { recorder, second, folder } = aRecorder(failingDisk(() => undefined));
    const read = (name: string): unknown => JSON.parse(readFileSync(join(folder(), name), "utf8"));
    recorder.open({});
    await second();
    recorder.contacts([aContact], [aContact.id]);
    await second();
    expect(read("contacts.geojson")).toMatchObject({ features: [{ id: aContact.id }] });
    const cells = new Uint8Array(TILE_BYTES).fill(0xff, 0, 1);
    recorder.coverage({ origin: aContact.position, tiles: [{ column: 0, row: 0 }], cells });
    await second();
    // Eight cells of 2.5 m a side.
    expect(read("coverage.json")).toMatchObject({ areaM2: 50 });
    await recorder.close("test");
  });

  it("a key that is read only after its sortie has ended is not announced in the next one", async () => {
    const early: ((read: StationKey | undefined) => void)[] = [];
    let countOfCalls = 0;
    const stationKey = (): Promise<StationKey | undefined> =>
      ++countOfCalls === 1 ? new Promise((resolve) => early.push(resolve)) : Promise.resolve(key);
    const { recorder, second, sortiesFolder } = aRecorder(
      failingDisk(() => undefined),
      new FakeClock(),
      stationKey,
    );
    recorder.open({});
    await second();
    await recorder.close("first");
    recorder.open({});
    early[0]?.(key);
    await second();
    await recorder.close("second");
    const announced = readdirSync(sortiesFolder).map((name) => {
      const text = readFileSync(join(sortiesFolder, name, "events.jsonl"), "utf8");
      return readEventLog(text, sha256Hex).events.filter(({ kind }) => kind === "station-key").length;
    });
    expect(announced).toEqual([0, 1]);
  });

  it("a sealing that fails leaves the sortie unsealed and readable, never torn", async () => {
    let fault: Fault = undefined;
    const { recorder, second, folder, sealed } = aRecorder(failingDisk(() => fault));
    recorder.open({});
    await second();
    fault = { code: "ENOSPC", partBytes: 9 };
    await recorder.close("test");
    expect(sealed).toEqual([]);
    expect(existsSync(join(folder(), "manifest.json"))).toBe(false);
    expect(await verifySortieFolder(folder())).toMatchObject({
      value: { verdict: "unsealed", problems: [], isTailCut: false },
    });
  });

  it("video gives way before telemetry and events, and comes back", async () => {
    let freeBytes = 10e9;
    const disk = failingDisk(() => undefined, { freeBytes: () => Promise.resolve(freeBytes) });
    const { recorder, second, folder, troubles, statuses } = aRecorder(disk);
    recorder.open({});
    await second();
    recorder.video(new Uint8Array(188));
    freeBytes = 50e6;
    await second();
    expect(troubles).toContainEqual({ kind: "video", isStopped: true, freeBytes: 50e6 });
    await second();
    expect(statuses.at(-1)).toMatchObject({ state: "recording", isVideoRecorded: false, freeBytes: 50e6 });
    recorder.video(new Uint8Array(188));
    recorder.event("said", { n: 0 });
    // Just above the reserve the video must not be switched on and off.
    freeBytes = 70e6;
    await second();
    recorder.video(new Uint8Array(188));
    freeBytes = 10e9;
    await second();
    recorder.video(new Uint8Array(188));
    await recorder.close("test");
    expect(readFileSync(join(folder(), "video.ts")).byteLength).toBe(2 * 188);
    const { events } = readEventLog(readFileSync(join(folder(), "events.jsonl"), "utf8"), sha256Hex);
    const kinds = events.map(({ kind }) => kind).filter((kind) => /video|said/.test(kind));
    expect(kinds).toEqual(["video-started", "video-stopped", "said", "video-resumed"]);
    expect(events.find(({ kind }) => kind === "video-resumed")?.facts).toEqual({ lostBytes: 2 * 188 });
  });

  it("a disk that is full for the video alone costs the video alone", async () => {
    let isVideoFull = true;
    const whole = failingDisk(() => undefined);
    const full = failingDisk((operation) =>
      isVideoFull && operation === "write" ? { code: "ENOSPC", partBytes: 50 } : undefined,
    );
    const disk: FailingDisk = {
      ...whole,
      openAppend: (path, before) => (path.endsWith("video.ts") ? full : whole).openAppend(path, before),
    };
    const { recorder, second, folder, troubles } = aRecorder(disk);
    recorder.open({});
    await second();
    recorder.video(new Uint8Array(188).fill(1));
    recorder.event("said", { n: 0 });
    isVideoFull = false;
    for (let i = 0; i < 11; i++) await second();
    recorder.video(new Uint8Array(188).fill(2));
    await recorder.close("test");
    expect(troubles).toEqual([]);
    expect([...readFileSync(join(folder(), "video.ts"))]).toEqual(Array.from({ length: 188 }, () => 2));
    expect(await verifySortieFolder(folder())).toMatchObject({ value: { verdict: "intact" } });
  });

  it("warns at an hour and at ten minutes left, at the rate at which the disk fills", async () => {
    // Another program writes 1 MB/s.
    let freeBytes = 3700e6;
    const disk = failingDisk(() => undefined, { freeBytes: () => Promise.resolve((freeBytes -= 1e6)) });
    const { recorder, second, troubles, statuses } = aRecorder(disk);
    recorder.open({});
    for (let i = 0; i < 60; i++) await second();
    expect(troubles).toEqual([]);
    expect(statuses.at(-1)?.secondsLeft).toBeCloseTo(3640, -1);
    for (let i = 0; i < 60; i++) await second();
    expect(troubles).toMatchObject([{ kind: "disk", level: "hour" }]);
    freeBytes = 650e6;
    for (let i = 0; i < 140; i++) await second();
    expect(troubles.map((trouble) => (trouble.kind === "disk" ? trouble.level : trouble.kind))).toEqual([
      "hour",
      "ten-minutes",
    ]);
    freeBytes = 200e9;
    for (let i = 0; i < 70; i++) await second();
    expect(troubles.at(-1)).toMatchObject({ kind: "disk", level: "enough" });
    await recorder.close("test");
  });

  it("never writes over a sortie that is there", async () => {
    const disk = failingDisk(() => undefined);
    const { recorder, second, sortiesFolder } = aRecorder(disk);
    recorder.open({});
    await second();
    await recorder.close("first");
    const [first = ""] = readdirSync(sortiesFolder);
    const clock = new FakeClock();
    const again = createRecorder({
      time: { clock, scheduler: clock },
      disk,
      nextFolder: sortieFolders({ sortiesFolder, firstFolder: join(sortiesFolder, first), label: "test" }),
      stationKey: () => Promise.resolve(undefined),
      listener: { onStatus: () => undefined, onTrouble: () => undefined },
    });
    again.open({});
    await again.close("second");
    expect(readdirSync(sortiesFolder)).toEqual([first, `${first}-2`]);
    for (const name of [first, `${first}-2`])
      expect(await verifySortieFolder(join(sortiesFolder, name))).toMatchObject({ value: { verdict: "intact" } });
  });
});
