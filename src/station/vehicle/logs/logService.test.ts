import { existsSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { storedLogs } from "../../../../sim/services/logs/storedLogs.js";
import type { LogEntry } from "../../../contract/serviceMessages.js";
import { serviceBench } from "../../testing/serviceBench.js";
import { FtpRunner } from "../ftpRunner.js";
import { LogService } from "./logService.js";

type Options = Parameters<typeof serviceBench>[0];
type Station = ReturnType<typeof aStation>;

function aStation(options: Options) {
  const bench = serviceBench(options);
  const { context, driven } = bench;
  const { link, time } = context;
  const ftp = new FtpRunner(link, time.scheduler);
  const service = new LogService(context, ftp);
  driven.push(ftp, service);
  const vehicleId = context.vehicle.state().id;
  const list = async (): Promise<readonly LogEntry[]> => {
    const reply = await bench.until(service.answer({ kind: "list-logs", vehicleId }));
    return reply.ok && reply.value.kind === "logs" ? reply.value.logs : [];
  };
  const start = (logId: string) => service.answer({ kind: "download-log", vehicleId, logId });
  const published = () =>
    bench.published.flatMap((message) => (message.kind === "log-download" ? [message.download] : []));
  const stored = storedLogs(bench.sim.view);
  const onBoard = stored.map(({ bytes }) => bytes());
  const begunUnixUs = stored.map(({ beganUnixUs }) => beganUnixUs);
  return { ...bench, service, vehicleId, list, start, published, onBoard, begunUnixUs };
}

const done = { ok: true, value: { kind: "done" } };
const failed = (failure: object) => ({ ok: false, error: { kind: "log", failure } });
const RADIO = { dropFraction: 0.05, duplicateFraction: 0.02, delayMs: 30, jitterMs: 10, reorderFraction: 0.02 };
const folder = () => mkdtempSync(join(tmpdir(), "vigie-logs-"));
/** The smallest log: enough for every case, and quick on a slow machine. */
const smallest = (logs: readonly LogEntry[]): LogEntry => [...logs].sort((a, b) => a.sizeBytes - b.sizeBytes)[0]!;
const fileOf = ({ onBoard }: Station, { sizeBytes }: LogEntry) => onBoard.find((bytes) => bytes.length === sizeBytes)!;

/** Without the log that a PX4 is still writing: its size changes between two listings. */
const finished = ({ onBoard }: Station, logs: readonly LogEntry[]): readonly LogEntry[] =>
  logs.filter(({ sizeBytes }) => onBoard.some(({ length }) => length === sizeBytes));

describe.each([
  ["ardupilot", true],
  ["px4", true],
  ["ardupilot", false],
  ["px4", false],
] as const)("logs of %s (by files: %s)", (autopilot, hasFiles) => {
  const way = hasFiles ? "ftp" : "log-messages";

  it("are listed over a bad radio with their sizes, newest first", async () => {
    const station = aStation({ autopilot, hasFiles, faults: RADIO });
    const logs = finished(station, await station.list());
    expect(logs.map(({ sizeBytes }) => sizeBytes)).toEqual(station.onBoard.map(({ length }) => length).reverse());
    if (autopilot === "px4") {
      expect(logs.map(({ unixTimeUs }) => unixTimeUs)).toEqual(station.begunUnixUs.reverse());
    }
  });

  it.each([1, 2])("come whole over a bad radio, and are then known to be here (seed %i)", async (seed) => {
    const station = aStation({ autopilot, hasFiles, faults: RADIO, seed });
    const log = smallest(finished(station, await station.list()));
    expect(await station.until(station.start(log.logId))).toEqual(done);
    const last = station.published().at(-1);
    expect(last).toMatchObject({ phase: "done", way, bytesDone: log.sizeBytes, bytesTotal: log.sizeBytes });
    expect(readFileSync(last?.file ?? "").equals(Buffer.from(fileOf(station, log)))).toBe(true);
    expect(existsSync(`${last?.file}.part.json`)).toBe(false);
    const again = (await station.list()).find(({ logId }) => logId === log.logId);
    expect(again?.file).toBe(last?.file);
    expect(station.published().some(({ bytesPerS }) => bytesPerS > 100)).toBe(true);
  });

  it("wait while the vehicle is away and go on by themselves with what they held", async () => {
    const station = aStation({ autopilot, hasFiles, faults: RADIO, linkBitsPerS: 115_200 });
    const log = smallest(finished(station, await station.list()));
    const download = station.start(log.logId);
    await station.untilTrue(() => (station.published().at(-1)?.bytesDone ?? 0) > 3000);
    station.cut();
    await station.untilTrue(() => station.published().at(-1)?.phase === "waiting");
    await station.run(20_000);
    const before = station.published().at(-1)?.bytesDone ?? 0;
    expect(station.published().at(-1)?.phase).toBe("waiting");
    station.mend();
    expect(await station.until(download)).toEqual(done);
    const afterwards = station
      .published()
      .filter(({ phase }) => phase === "running")
      .at(-1);
    expect(afterwards?.bytesDone).toBeGreaterThanOrEqual(before);
    expect(readFileSync(station.published().at(-1)?.file ?? "").equals(Buffer.from(fileOf(station, log)))).toBe(true);
  });
});

describe("findings 1: a log that is still being written", () => {
  /** Downloads a log and keeps only what an earlier, shorter version of it had, or what `as` makes of it. */
  async function shorterHere(as: (bytes: Buffer) => Buffer) {
    const dataFolder = folder();
    const station = aStation({ autopilot: "px4", dataFolder });
    const log = smallest(await station.list());
    await station.until(station.start(log.logId));
    const file = station.published().at(-1)!.file!;
    const whole = readFileSync(file);
    writeFileSync(file, as(whole));
    const again = aStation({ autopilot: "px4", dataFolder });
    const listed = (await again.list()).find(({ logId }) => logId === log.logId)!;
    return { again, log, file, whole, listed };
  }

  it("is known by its name to be here when it has grown, and comes whole the next time", async () => {
    const { again, log, file, whole, listed } = await shorterHere((bytes) => bytes.subarray(0, bytes.length - 1000));
    expect(listed).toMatchObject({ file, fileBytes: log.sizeBytes - 1000, sizeBytes: log.sizeBytes });
    expect(await again.until(again.start(log.logId))).toEqual(done);
    expect(again.published().at(-1)).toMatchObject({ file, bytesDone: log.sizeBytes, bytesTotal: log.sizeBytes });
    expect(readFileSync(file).equals(whole)).toBe(true);
    expect((await again.list()).find(({ logId }) => logId === log.logId)).not.toHaveProperty("fileBytes");
  });

  it("never takes the place of another log that had its name", async () => {
    const { again, log, file, whole } = await shorterHere((bytes) => Buffer.alloc(bytes.length - 1000, 7));
    expect(await again.until(again.start(log.logId))).toEqual(done);
    const fresh = again.published().at(-1)!.file!;
    expect(fresh).not.toBe(file);
    expect(readFileSync(file).every((byte) => byte === 7)).toBe(true);
    expect(readFileSync(fresh).equals(whole)).toBe(true);
    expect((await again.list()).find(({ logId }) => logId === log.logId)?.file).toBe(fresh);
  });
});

describe("a download", () => {
  it("goes on after a restart of the station with what was held, and is checked as a whole", async () => {
    const dataFolder = folder();
    const first = aStation({ autopilot: "ardupilot", dataFolder, linkBitsPerS: 115_200 });
    const log = smallest(await first.list());
    const download = first.start(log.logId);
    await first.untilTrue(() => (first.published().at(-1)?.bytesDone ?? 0) > 4000);
    void first.service.answer({ kind: "cancel-log", vehicleId: first.vehicleId });
    expect(await first.until(download)).toEqual(failed({ kind: "cancelled" }));
    expect(first.published().at(-1)).toMatchObject({ phase: "cancelled" });
    const second = aStation({ autopilot: "ardupilot", dataFolder });
    expect(await second.until(second.start(log.logId))).toEqual(done);
    expect(second.published()[0]?.bytesDone).toBeGreaterThan(3000);
    expect(readFileSync(second.published().at(-1)?.file ?? "").equals(Buffer.from(fileOf(second, log)))).toBe(true);
  });

  it("that held pieces of another log by the same name starts over", async () => {
    const dataFolder = folder();
    const first = aStation({ autopilot: "ardupilot", dataFolder, linkBitsPerS: 115_200 });
    const log = smallest(await first.list());
    const download = first.start(log.logId);
    await first.untilTrue(() => (first.published().at(-1)?.bytesDone ?? 0) > 4000);
    void first.service.answer({ kind: "cancel-log", vehicleId: first.vehicleId });
    await first.until(download);
    const part = join(dataFolder, "logs", "vehicle-1-22cc33dd-00000001.BIN.part");
    writeFileSync(part, Buffer.concat([Buffer.from("something else"), readFileSync(part).subarray(14)]));
    const second = aStation({ autopilot: "ardupilot", dataFolder });
    expect(await second.until(second.start(log.logId))).toEqual(done);
    expect(readFileSync(second.published().at(-1)?.file ?? "").equals(Buffer.from(fileOf(second, log)))).toBe(true);
  });

  it("is refused while armed, while a plan goes up, while another runs, and of a log that is not there", async () => {
    const station = aStation({ autopilot: "ardupilot", linkBitsPerS: 57_600 });
    const [log] = await station.list();
    const logId = log?.logId ?? "";
    station.arm(true);
    expect(await station.until(station.start(logId))).toEqual(failed({ kind: "armed" }));
    station.arm(false);
    const release = station.place.claim("plan");
    expect(await station.until(station.start(logId))).toEqual(failed({ kind: "busy" }));
    release?.();
    const unknown = await station.until(station.start("ftp:/APM/LOGS/00000099.BIN"));
    expect(unknown).toEqual(failed({ kind: "no-such-log", logId: "ftp:/APM/LOGS/00000099.BIN" }));
    const running = station.start(logId);
    await station.run(1000);
    expect(station.context.transferLock.isTaken()).toBe(true);
    expect(await station.until(station.start(logId))).toEqual(failed({ kind: "busy" }));
    void station.service.answer({ kind: "cancel-log", vehicleId: station.vehicleId });
    expect(await station.until(running)).toEqual(failed({ kind: "cancelled" }));
    expect(station.context.transferLock.isTaken()).toBe(false);
  });

  it("waits while the vehicle is armed", async () => {
    const station = aStation({ autopilot: "ardupilot", linkBitsPerS: 115_200 });
    const log = smallest(await station.list());
    const download = station.start(log.logId);
    await station.untilTrue(() => (station.published().at(-1)?.bytesDone ?? 0) > 3000);
    station.arm(true);
    await station.untilTrue(() => station.published().at(-1)?.phase === "waiting");
    station.arm(false);
    expect(await station.until(download)).toEqual(done);
  });

  it("says why when the disk will not have it", async () => {
    const dataFolder = join(folder(), "a-file");
    writeFileSync(dataFolder, "in the way");
    const station = aStation({ autopilot: "ardupilot", dataFolder });
    const [log] = await station.list();
    const reply = await station.until(station.start(log?.logId ?? ""));
    expect(reply).toMatchObject(failed({ kind: "disk" }));
    expect(station.context.transferLock.isTaken()).toBe(false);
  });
});

it("by the old messages an armed ArduPilot lists nothing, and that is said", async () => {
  const station = aStation({ autopilot: "ardupilot", hasFiles: false });
  station.arm(true);
  const reply = await station.until(station.service.answer({ kind: "list-logs", vehicleId: station.vehicleId }));
  expect(reply).toEqual(failed({ kind: "armed" }));
});
