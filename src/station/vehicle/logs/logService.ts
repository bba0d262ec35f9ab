import { extname, join } from "node:path";
import {
  LOG_REQUESTS,
  type LogDownload,
  type LogEntry,
  type LogFailure,
  type LogRequest,
} from "../../../contract/serviceMessages.js";
import type { ToUi } from "../../../contract/messages.js";
import { assertNever, err, ok, type Result } from "../../../core/result.js";
import { listFolder } from "../../../io/fileStore.js";
import type { MavlinkFrame } from "../../../mavlink/frame.js";
import { bytesIn } from "../../../mavlink/protocols/files/ftpRanges.js";
import type { FtpRunner } from "../ftpRunner.js";
import { LogDownloadFile, LogFetcher } from "./logServiceDownload.js";
import { LogLister, type OnboardLog } from "./logServiceList.js";
import type { ServiceAnswer, AnsweringService, VehicleServiceContext } from "../vehicleService.js";
import { isArmed } from "../../../vehicle/selectors/airborne.js";

/** Attempts in a row without any data although the vehicle is present. */
const BARREN_ATTEMPTS_MAX = 4;
const PAUSE_MS = 3000;
/** The saved list of downloaded pieces may be this many ticks out of date. */
const SAVE_EVERY_TICKS = 4;
const RATE_SMOOTHING = 0.3;

type Job = {
  readonly log: OnboardLog;
  readonly release: () => void;
  file: LogDownloadFile | undefined;
  phase: LogDownload["phase"];
  failure: LogFailure | undefined;
  isCancelled: boolean;
  place: string | undefined;
  /** The size as downloaded, larger than listed where the log grew meanwhile. */
  sizeBytes: number;
  bytesAtTick: number;
  tickMonoMs: number;
  bytesPerS: number;
  goOn: (() => void) | undefined;
};

/**
 * One vehicle's on-board logs: listed, and downloaded one at a time on the ground. A download waits while the vehicle
 * is lost or armed and then resumes by itself; the pieces downloaded so far are kept after the station ends.
 */
export class LogService implements AnsweringService<LogRequest> {
  readonly #context: VehicleServiceContext;
  readonly #lister: LogLister;
  readonly #fetcher: LogFetcher;
  #logs: readonly OnboardLog[] = [];
  #job: Job | undefined;
  #last: LogDownload | undefined;
  #ticks = 0;
  #isListing = false;

  constructor(context: VehicleServiceContext, ftp: FtpRunner) {
    this.#context = context;
    this.#lister = new LogLister(context, ftp);
    this.#fetcher = new LogFetcher(context, ftp);
  }

  readonly onFrame = (frame: MavlinkFrame): void => {
    this.#lister.onFrame(frame);
    this.#fetcher.onFrame(frame);
  };

  readonly tick = (): void => {
    const job = this.#job;
    if (!job?.file) return;
    if (this.#isArmed() && job.phase === "running") this.#fetcher.stop();
    this.#measure(job, job.file);
    job.goOn?.();
    if (++this.#ticks % SAVE_EVERY_TICKS === 0) void job.file.save();
    if (job.phase === "running") this.#publish(job);
  };

  readonly onPresence = (isLost: boolean): void => {
    if (isLost) {
      this.#lister.onLost();
      this.#fetcher.onLost();
    } else this.#job?.goOn?.();
  };

  readonly snapshot = (): readonly ToUi[] =>
    this.#last ? [{ kind: "log-download", vehicleId: this.#context.vehicle.state().id, download: this.#last }] : [];

  readonly dispose = (): void => this.#cancel();

  readonly answers = LOG_REQUESTS;
  readonly answer = async (request: LogRequest): Promise<ServiceAnswer> => {
    switch (request.kind) {
      case "list-logs":
        return this.#list();
      case "download-log": {
        const result = await this.#download(request.logId);
        return result.ok ? ok({ kind: "done" }) : err({ kind: "log", failure: result.error });
      }
      case "cancel-log":
        this.#cancel();
        return ok({ kind: "done" });
      default:
        return assertNever(request);
    }
  };

  // --- the list

  async #list(): Promise<ServiceAnswer> {
    const refreshed = await this.#refresh();
    if (!refreshed.ok) return err({ kind: "log", failure: refreshed.error });
    const here = new Map((await listFolder(this.#folder())).map(({ name, bytes }) => [name, bytes]));
    const logs = this.#logs.map((log): LogEntry => {
      const { logId, name, sizeBytes, unixTimeUs } = log;
      const { fileName, fileBytes } = this.#heldFile(log, here) ?? {};
      const file = fileName === undefined ? undefined : join(this.#folder(), fileName);
      return { logId, name, sizeBytes, unixTimeUs, file, ...(fileBytes !== undefined && { fileBytes }) };
    });
    return ok({ kind: "logs", logs });
  }

  /**
   * The downloaded part of a log, found by its name: the log of the current flight grows, and with it its size and
   * date. `fileBytes` is set where the log has grown since.
   */
  #heldFile(
    log: OnboardLog,
    here: ReadonlyMap<string, number>,
  ): { readonly fileName: string; readonly fileBytes: number | undefined } | undefined {
    const names = this.#fileNames(log);
    const whole = names.find((name) => here.get(name) === log.sizeBytes);
    if (whole !== undefined) return { fileName: whole, fileBytes: undefined };
    const [fileName] = names;
    const fileBytes = here.get(fileName);
    return fileBytes !== undefined && fileBytes < log.sizeBytes ? { fileName, fileBytes } : undefined;
  }

  async #refresh(): Promise<Result<void, LogFailure>> {
    const refusal = this.#refusal();
    if (refusal) return err(refusal);
    // Listing would have to wait for the download, which may take hours: the last list stays valid.
    if (this.#job) return this.#logs.length > 0 ? ok(undefined) : err({ kind: "busy" });
    if (this.#isListing || this.#context.transferLock.isTaken()) return err({ kind: "busy" });
    this.#isListing = true;
    const listed = await this.#lister.list();
    this.#isListing = false;
    if (!listed.ok) return listed;
    this.#logs = listed.value;
    return ok(undefined);
  }

  // --- the download

  async #download(logId: string): Promise<Result<void, LogFailure>> {
    if (this.#job) return err({ kind: "busy" });
    const refusal = this.#refusal() ?? (this.#isArmed() ? ({ kind: "armed" } as const) : undefined);
    if (refusal) return err(refusal);
    if (!this.#logOf(logId)) {
      const refreshed = await this.#refresh();
      if (!refreshed.ok) return refreshed;
    }
    const log = this.#logOf(logId);
    if (!log) return err({ kind: "no-such-log", logId });
    const release = this.#context.transferLock.claim("log");
    if (!release) return err({ kind: "busy" });
    const job: Job = {
      ...{ log, release, file: undefined, phase: "running", failure: undefined, isCancelled: false },
      ...{ place: undefined, sizeBytes: log.sizeBytes },
      ...{ bytesAtTick: 0, tickMonoMs: this.#context.time.clock.monoMs(), bytesPerS: 0, goOn: undefined },
    };
    this.#job = job;
    const result = await this.#fetch(job);
    this.#job = undefined;
    release();
    job.phase = result.ok ? "done" : result.error.kind === "cancelled" ? "cancelled" : "failed";
    job.failure = result.ok ? undefined : result.error;
    this.#publish(job);
    this.#context.outputs.record("log-download", { logId, phase: job.phase, sizeBytes: job.sizeBytes });
    return result;
  }

  async #fetch(job: Job): Promise<Result<void, LogFailure>> {
    const place = join(this.#folder(), this.#fileNames(job.log)[0]);
    const opened = await LogDownloadFile.open(place, job.log);
    if (!opened.ok) return opened;
    const file = opened.value;
    job.file = file;
    job.bytesAtTick = bytesIn(file.held);
    const fetched = await this.#attempts(job, file);
    const finished = fetched.ok ? await this.#finish(job, file, fetched.value) : fetched;
    if (finished.ok) {
      job.place = finished.value;
      return ok(undefined);
    }
    await file.save();
    file.close();
    return finished;
  }

  /**
   * Moves the file to its place: replaces an earlier, shorter version of the same log, never another log of that name.
   */
  async #finish(job: Job, file: LogDownloadFile, sizeBytes: number): Promise<Result<string, LogFailure>> {
    const [name, withSize] = this.#fileNames({ ...job.log, sizeBytes }).map((one) => join(this.#folder(), one));
    if (name === undefined || withSize === undefined) throw new Error("Invariant: a log has two names");
    job.sizeBytes = sizeBytes;
    const place = (await file.mayReplace(name, sizeBytes)) ? name : withSize;
    const finished = await file.finish(sizeBytes, place);
    return finished.ok ? ok(place) : finished;
  }

  /** Repeats attempts as long as they bring data; waits while the vehicle is lost or armed. */
  async #attempts(job: Job, file: LogDownloadFile): Promise<Result<number, LogFailure>> {
    let countOfBarren = 0;
    for (;;) {
      await this.#untilItMayGoOn(job);
      if (isCancelled(job)) return err({ kind: "cancelled" });
      const before = bytesIn(file.held);
      const attempt = await this.#fetcher.fetch(job.log, file);
      if (attempt.ok) return ok(attempt.value.sizeBytes);
      await file.save();
      if (isCancelled(job)) return err({ kind: "cancelled" });
      const { kind } = attempt.error;
      if (kind !== "vehicle-lost" && kind !== "cancelled" && kind !== "no-reply") return attempt;
      if (kind !== "no-reply") continue; // lost or armed: the next round waits first
      countOfBarren = bytesIn(file.held) > before ? 0 : countOfBarren + 1;
      if (countOfBarren >= BARREN_ATTEMPTS_MAX) return attempt;
      await this.#pause(job);
    }
  }

  async #untilItMayGoOn(job: Job): Promise<void> {
    while (!isCancelled(job) && (this.#context.vehicle.isLost() || this.#isArmed())) {
      if (job.phase !== "waiting") {
        job.phase = "waiting";
        job.bytesPerS = 0;
        this.#publish(job);
      }
      await new Promise<void>((resolve) => (job.goOn = resolve));
      job.goOn = undefined;
    }
    job.phase = "running";
    this.#publish(job);
  }

  async #pause(job: Job): Promise<void> {
    job.phase = "waiting";
    this.#publish(job);
    const untilMonoMs = this.#context.time.clock.monoMs() + PAUSE_MS;
    while (!isCancelled(job) && this.#context.time.clock.monoMs() < untilMonoMs) {
      await new Promise<void>((resolve) => (job.goOn = resolve));
      job.goOn = undefined;
    }
  }

  #cancel(): void {
    const job = this.#job;
    if (!job) return;
    job.isCancelled = true;
    this.#fetcher.stop();
    job.goOn?.();
  }

  // --- small parts

  #measure(job: Job, file: LogDownloadFile): void {
    const bytes = bytesIn(file.held);
    const monoMs = this.#context.time.clock.monoMs();
    if (monoMs <= job.tickMonoMs) return;
    const now = Math.max(0, ((bytes - job.bytesAtTick) * 1000) / (monoMs - job.tickMonoMs));
    job.bytesPerS = job.bytesPerS === 0 ? now : job.bytesPerS + RATE_SMOOTHING * (now - job.bytesPerS);
    job.bytesAtTick = bytes;
    job.tickMonoMs = monoMs;
  }

  #publish({ log, file, phase, failure, bytesPerS, place, sizeBytes }: Job): void {
    const bytesDone = phase === "done" ? sizeBytes : bytesIn(file?.held ?? []);
    const bytesTotal = phase === "done" ? bytesDone : Math.max(log.sizeBytes, bytesDone);
    const { logId } = log;
    const rate = phase === "running" ? Math.round(bytesPerS) : 0;
    this.#last = { logId, phase, way: log.place.way, bytesDone, bytesTotal, bytesPerS: rate, file: place, failure };
    this.#context.outputs.publish({
      kind: "log-download",
      vehicleId: this.#context.vehicle.state().id,
      download: this.#last,
    });
  }

  readonly #logOf = (logId: string): OnboardLog | undefined => this.#logs.find((log) => log.logId === logId);
  readonly #folder = (): string => join(this.#context.environment.dataFolder, "logs");

  /**
   * The file name from vehicle and log, and the one with the size added, for when another log already has the first.
   */
  #fileNames({ name, sizeBytes, place }: OnboardLog): readonly [string, string] {
    const { version } = this.#context.vehicle.state();
    const uid = version?.uid?.replace(/[^0-9A-Za-z]/g, "").slice(-8) ?? "";
    const vehicle = `vehicle-${this.#context.link.vehicle.systemId}${uid === "" ? "" : `-${uid}`}`;
    const isPx4 = this.#context.vehicle.state().autopilot === "px4";
    const ending = place.way === "ftp" ? "" : isPx4 ? ".ulg" : ".bin";
    const safe = `${vehicle}-${name}${ending}`.replace(/[^0-9A-Za-z._-]+/g, "-");
    const extension = extname(safe);
    return [safe, `${safe.slice(0, safe.length - extension.length)}-${sizeBytes}${extension}`];
  }

  #isArmed(): boolean {
    return isArmed(this.#context.vehicle.state()) === true;
  }

  #refusal(): LogFailure | undefined {
    if (this.#context.vehicle.isLost()) return { kind: "vehicle-lost" };
    const { isHighLatency, autopilot } = this.#context.vehicle.state();
    if (isHighLatency) return { kind: "not-now", because: "high-latency-link" };
    return autopilot === "other" ? { kind: "not-now", because: "watched-only" } : undefined;
  }
}

/** A function, because the value changes during an await, which the compiler would not see. */
const isCancelled = (job: Job): boolean => job.isCancelled;
