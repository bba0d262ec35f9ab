import { stat } from "node:fs/promises";
import { parseBoundedJson, SMALL_FILE_LIMITS } from "../../../core/boundedJson.js";
import { readText, writeAtomic } from "../../../io/fileStore.js";
import { openPartFile, removeFile, type PartFile } from "../../../io/partFile.js";
import { err, ok, type Result } from "../../../core/result.js";
import type { LogFailure } from "../../../contract/serviceMessages.js";
import type { MavlinkFrame } from "../../../mavlink/frame.js";
import { crc32Part } from "../../../core/crc32.js";
import type { FtpEnding } from "../../../mavlink/protocols/files/ftpClient.js";
import { bytesIn, withRange, type ByteRanges } from "../../../mavlink/protocols/files/ftpRanges.js";
import {
  logDataWaitMs,
  startLogData,
  stepLogData,
  type LogDataEffect,
  type LogDataEvent,
  type LogDataState,
} from "../../../mavlink/protocols/logs/logData.js";
import { logDataFrom, logRequestData, logRequestEnd } from "../../../mavlink/protocols/logs/logWire.js";
import type { FtpRunner } from "../ftpRunner.js";
import type { OnboardLog } from "./logServiceList.js";
import { runMachine } from "../machineRun.js";
import type { VehicleServiceContext } from "../vehicleService.js";

type Attempt = Result<{ readonly sizeBytes: number }, LogFailure>;

const CRC_SLICE_BYTES = 1024 * 1024;

/**
 * One log being downloaded: `<file>.part` holds the pieces, `<file>.part.json` lists them, so that after a cut, a crash
 * or a later resumption only the missing pieces are fetched.
 */
export class LogDownloadFile {
  readonly #part: PartFile;
  readonly #path: string;
  readonly #log: OnboardLog;
  /** Pieces of it are from an earlier run: meanwhile another log may have the same name. */
  isResumed: boolean;
  held: ByteRanges;
  diskFailure: LogFailure | undefined;
  #heldSaved = 0;
  #saving: Promise<void> = Promise.resolve();
  #isFinished = false;

  private constructor(part: PartFile, path: string, log: OnboardLog, held: ByteRanges) {
    this.#part = part;
    this.#path = path;
    this.#log = log;
    this.held = held;
    this.isResumed = held.length > 0;
  }

  /** Pieces downloaded earlier are kept if they are of the same log: same id, and no longer than the log is now. */
  static async open(path: string, log: OnboardLog): Promise<Result<LogDownloadFile, LogFailure>> {
    const held = await heldOf(path, log);
    if (held.length === 0) await removeFile(`${path}.part`);
    const part = await openPartFile(`${path}.part`);
    if (!part.ok) return err({ kind: "disk", code: part.error.code });
    return ok(new LogDownloadFile(part.value, path, log, held));
  }

  /** False when it could not be written to disk. */
  store(offsetBytes: number, bytes: Uint8Array): boolean {
    const written = this.#part.write(offsetBytes, bytes);
    if (!written.ok) {
      this.diskFailure ??= { kind: "disk", code: written.error.code };
      return false;
    }
    this.held = withRange(this.held, { from: offsetBytes, to: offsetBytes + bytes.byteLength });
    return true;
  }

  /**
   * Pieces are synced to disk before they are listed as present. Saves run one after the other, so that a late one
   * cannot undo the end.
   */
  save(): Promise<void> {
    this.#saving = this.#saving.then(() => this.#saveNow());
    return this.#saving;
  }

  async #saveNow(): Promise<void> {
    const { held } = this;
    if (this.#isFinished || bytesIn(held) === this.#heldSaved) return;
    this.#heldSaved = bytesIn(held);
    await this.#part.sync();
    const { logId, sizeBytes } = this.#log;
    await writeAtomic(`${this.#path}.part.json`, JSON.stringify({ logId, sizeBytes, held }));
  }

  /** CRC-32 of the downloaded file, which must have no gaps. */
  async crc32(sizeBytes: number): Promise<number | undefined> {
    let sum = 0;
    for (let at = 0; at < sizeBytes; at += CRC_SLICE_BYTES) {
      const slice = await this.#part.read(at, Math.min(CRC_SLICE_BYTES, sizeBytes - at));
      if (!slice.ok) return undefined;
      sum = crc32Part(slice.value, sum);
    }
    return sum;
  }

  reset(): void {
    this.held = [];
    this.isResumed = false;
  }

  /**
   * Whether the file at that path may be replaced without losing anything: there is none, or it is the beginning of
   * this log.
   */
  async mayReplace(path: string, sizeBytes: number): Promise<boolean> {
    const old = await openPartFileIfThere(path);
    if (!old) return true;
    try {
      for (let at = 0; ; at += CRC_SLICE_BYTES) {
        const theirs = await old.read(at, CRC_SLICE_BYTES);
        if (!theirs.ok) return false;
        const { byteLength } = theirs.value;
        if (byteLength === 0) return true;
        if (at + byteLength > sizeBytes) return false;
        const ours = await this.#part.read(at, byteLength);
        if (!ours.ok || Buffer.compare(ours.value, theirs.value) !== 0) return false;
      }
    } finally {
      old.close();
    }
  }

  async finish(sizeBytes: number, path = this.#path): Promise<Result<void, LogFailure>> {
    this.#isFinished = true;
    await this.#saving;
    const finished = await this.#part.finish(sizeBytes, path);
    if (!finished.ok) return err({ kind: "disk", code: finished.error.code });
    await removeFile(`${this.#path}.part.json`);
    return ok(undefined);
  }

  readonly close = (): void => this.#part.close();
}

/** Opens a file for reading, if it exists. */
async function openPartFileIfThere(path: string): Promise<PartFile | undefined> {
  const isThere = await stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
  if (!isThere) return undefined;
  const opened = await openPartFile(path);
  return opened.ok ? opened.value : undefined;
}

async function heldOf(path: string, { logId, sizeBytes }: OnboardLog): Promise<ByteRanges> {
  const text = await readText(`${path}.part.json`);
  if (!text.ok) return [];
  const json = parseBoundedJson(text.value, SMALL_FILE_LIMITS);
  const kept = (json.ok ? (json.value ?? {}) : {}) as { logId?: unknown; sizeBytes?: unknown; held?: unknown };
  const isNoShorter = typeof kept.sizeBytes === "number" && kept.sizeBytes <= sizeBytes;
  const isSame = kept.logId === logId && isNoShorter && Array.isArray(kept.held);
  return isSame ? (kept.held as ByteRanges) : [];
}

/** Fetches the missing pieces of a file over MAVFTP or log messages. One attempt: the caller repeats it. */
export class LogFetcher {
  readonly #context: VehicleServiceContext;
  readonly #ftp: FtpRunner;
  #onEvent: ((event: LogDataEvent) => void) | undefined;
  #cancel: (() => void) | undefined;

  constructor(context: VehicleServiceContext, ftp: FtpRunner) {
    this.#context = context;
    this.#ftp = ftp;
  }

  readonly onFrame = (frame: MavlinkFrame): void => {
    const data = this.#onEvent && logDataFrom(frame, this.#context.link.vehicle);
    if (data) this.#onEvent?.({ kind: "data", data });
  };
  readonly onLost = (): void => this.#onEvent?.({ kind: "vehicle-lost" });
  readonly stop = (): void => this.#cancel?.();

  readonly fetch = async (log: OnboardLog, file: LogDownloadFile): Promise<Attempt> => {
    const store = (offsetBytes: number, bytes: Uint8Array): void => {
      if (!file.store(offsetBytes, bytes)) this.stop();
    };
    const attempt = await (log.place.way === "ftp"
      ? this.#byFile(log.place.path, log, file, store)
      : this.#byMessages(log.place.id, log, file, store));
    this.#cancel = undefined;
    this.#onEvent = undefined;
    return file.diskFailure ? err(file.diskFailure) : attempt;
  };

  async #byFile(
    path: string,
    log: OnboardLog,
    file: LogDownloadFile,
    store: (offsetBytes: number, bytes: Uint8Array) => void,
  ): Promise<Attempt> {
    const errand = this.#ftp.run({ kind: "read", path, held: file.held }, { store });
    this.#cancel = errand.cancel;
    const ending = await errand.ending;
    if (!ending.isOk) return err(failureOf(ending, log.logId));
    const sizeBytes = ending.outcome.kind === "read" ? ending.outcome.sizeBytes : 0;
    if (!file.isResumed || (await this.#isSame(path, sizeBytes, file))) return ok({ sizeBytes });
    file.reset();
    return err({ kind: "no-reply" });
  }

  /**
   * For a log downloaded in two runs: compares its checksum with the one on board. True for a server without checksums.
   */
  async #isSame(path: string, sizeBytes: number, file: LogDownloadFile): Promise<boolean> {
    const errand = this.#ftp.run({ kind: "checksum", path });
    this.#cancel = errand.cancel;
    const ending = await errand.ending;
    if (!ending.isOk || ending.outcome.kind !== "checksum") return true;
    return (await file.crc32(sizeBytes)) === ending.outcome.crc32;
  }

  #byMessages(
    id: number,
    log: OnboardLog,
    file: LogDownloadFile,
    store: (offsetBytes: number, bytes: Uint8Array) => void,
  ): Promise<Attempt> {
    const { time, link } = this.#context;
    return new Promise((resolve) => {
      const onEvent = runMachine<LogDataState, LogDataEvent, LogDataEffect>({
        scheduler: time.scheduler,
        machine: {
          first: startLogData({ id, sizeBytes: log.sizeBytes, held: file.held }, logDataWaitMs(link.roundTripMs())),
          step: stepLogData,
          timeoutEvent: { kind: "timeout" },
          isOver: ({ phase }) => phase !== "fetching",
        },
        perform: (effect) => {
          if (effect.kind === "request-data") link.send(logRequestData(link.vehicle, effect));
          else if (effect.kind === "request-end") link.send(logRequestEnd(link.vehicle));
          else store(effect.offsetBytes, effect.bytes);
        },
        onState: (state) => {
          if (state.phase === "done") resolve(ok({ sizeBytes: state.sizeBytes }));
          else if (state.phase === "failed") resolve(err(state.failure));
        },
      });
      this.#onEvent = onEvent;
      this.#cancel = () => onEvent({ kind: "cancel" });
    });
  }
}

function failureOf(ending: Extract<FtpEnding, { isOk: false }>, logId: string): LogFailure {
  const { kind } = ending.failure;
  if (kind === "vehicle-lost" || kind === "cancelled" || kind === "no-reply") return { kind };
  return kind === "no-session" ? { kind: "busy" } : { kind: "no-such-log", logId };
}
