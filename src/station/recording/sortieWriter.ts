import { join } from "node:path";
import { sha256Hex, type IoFailure } from "../../io/fileStore.js";
import type { AppendFile, FileLoss } from "../../io/appendFile.js";
import { encodeGreyPng } from "../../io/png.js";
import type { SortieDisk } from "../../io/sortieDisk.js";
import { tlogRecord } from "../../mavlink/tlog.js";
import { contactsGeoJson } from "../../sortie/contactsGeoJson.js";
import type { Coverage } from "../../sortie/coverage.js";
import { createEventChain, type EventChain, type SortieEvent } from "../../sortie/eventChain.js";
import { SORTIE_FILES, snapshotPath } from "../../sortie/layout.js";
import type { ManifestFile } from "../../sortie/manifest.js";
import type { Contact } from "../../track/contact.js";
import { SortieBacklog } from "./sortieBacklog.js";
import { lockText } from "./sortieLock.js";
import { sealFolder, type SealFacts } from "./sortieSeal.js";
import { VideoFile } from "./videoFile.js";
import { WholeFiles } from "./wholeFiles.js";

export type GreyPicture = { readonly widthPx: number; readonly heightPx: number; readonly luma: Uint8Array };

/** With less space than this a full disk is still treated as full: the first writes would fill it again. */
const FREE_TO_GO_ON_BYTES = 4_000_000;

type Gap = { readonly fromUnixUs: number; readonly failure: IoFailure };

type SortieWriterOptions = {
  readonly disk: SortieDisk;
  readonly unixUs: () => number;
  /** Telemetry and events cannot be written; called once until they can be written again. */
  readonly onFailure: (failure: IoFailure) => void;
  readonly onResumed: (lostS: number) => void;
};

type Files = { readonly telemetry: AppendFile; readonly events: AppendFile };

/** A file of the folder that is no longer on disk as it was written. */
export type LostFile = { readonly path: string; readonly loss: FileLoss };

/**
 * One sortie folder during its recording. Appended data reaches the operating system at once (it survives `kill -9`);
 * `sync` waits for the disk. After a failed write the file is cut to its last complete record and further data waits;
 * `attempt`, called every second, retries:
 *
 *   opening ──folder made──▶ writing ──a write fails──▶ waiting ──written again──▶ writing (a "recording-gap" event tells)
 *
 * The hash chain of events continues over the gap: a line belongs to it only once it was written completely.
 */
export class SortieWriter {
  readonly #options: SortieWriterOptions;
  readonly #chain: EventChain = createEventChain(sha256Hex);
  readonly #backlog = new SortieBacklog();
  readonly #wholeFiles: WholeFiles;
  readonly #video: VideoFile;
  #folder: string;
  #files: Files | undefined;
  /** The last opened files, also after they were closed: what was written must stay known. */
  #newest: Files | undefined;
  #gap: Gap | undefined;
  #attempting: Promise<void> | undefined;
  #isSyncing = false;
  #hasFolder = false;

  constructor(folder: string, options: SortieWriterOptions) {
    this.#folder = folder;
    this.#options = options;
    this.#wholeFiles = new WholeFiles(options.disk);
    this.#video = new VideoFile({
      open: (before) => options.disk.openAppend(join(this.#folder, SORTIE_FILES.video), before),
      event: (kind, facts) => this.event({ unixTimeUs: options.unixUs(), kind, facts }),
    });
  }

  /** A sortie never overwrites another: where the folder exists already, a number is added to the name. */
  get folder(): string {
    return this.#folder;
  }

  /** Why nothing can be written at present; undefined when all is well. */
  get failure(): IoFailure | undefined {
    return this.#gap?.failure;
  }

  /** Why a file that is written whole (contacts, coverage, plan, snapshots) is out of date; undefined when none is. */
  get wholeFileFailure(): IoFailure | undefined {
    return this.#wholeFiles.failure();
  }

  vitalBytes(): number {
    return this.telemetryBytes() + (this.#newest?.events.bytes() ?? 0);
  }

  bytes(): number {
    return this.vitalBytes() + this.#video.bytes();
  }

  telemetry(frame: Uint8Array, unixTimeUs: number): void {
    const record = tlogRecord(Math.round(unixTimeUs), frame);
    if (!this.#appendTelemetry(record)) this.#backlog.addTelemetry(record);
  }

  event(event: SortieEvent): void {
    if (!this.#appendEvent(event)) this.#backlog.addEvent(event);
  }

  /** Bytes of complete telemetry records written so far, without those still waiting. */
  telemetryBytes(): number {
    return this.#newest?.telemetry.bytes() ?? 0;
  }

  video(bytes: Uint8Array): void {
    this.#video.append(bytes, this.#files !== undefined);
  }

  /** Video is given up before anything else; `because` goes into the event. */
  stopVideo(because: string): void {
    this.#video.stop(because);
  }

  isVideoStopped(): boolean {
    return this.#video.isStopped();
  }

  allowVideo(): void {
    this.#video.allow();
  }

  plan(planText: string): void {
    this.#put(SORTIE_FILES.plan, planText);
  }

  contacts(contacts: readonly Contact[]): void {
    this.#put(SORTIE_FILES.contacts, contactsGeoJson(contacts));
  }

  coverage(coverage: Coverage): void {
    this.#put(SORTIE_FILES.coverage, `${JSON.stringify(coverage, undefined, 2)}\n`);
  }

  snapshot(contactId: string, picture: GreyPicture): void {
    this.#put(snapshotPath(contactId), encodeGreyPng(picture.widthPx, picture.heightPx, picture.luma));
  }

  /** Opens the folder; after a failure reopens its files and writes what is waiting. Does nothing while all is well. */
  attempt(): Promise<void> {
    this.#attempting ??= this.#attempt().finally(() => (this.#attempting = undefined));
    return this.#attempting;
  }

  async sync(): Promise<void> {
    const files = this.#files;
    if (!files || this.#isSyncing) return;
    this.#isSyncing = true;
    const results = await Promise.all([files.events.sync(), files.telemetry.sync(), this.#video.sync()]);
    this.#isSyncing = false;
    // Closed meanwhile: not a failure of the disk.
    if (this.#files !== files) return;
    for (const result of results) if (!result.ok) this.#fail(result.error);
  }

  /** The files that are no longer on disk as they were written: removed, replaced or truncated from outside. */
  async losses(): Promise<readonly LostFile[]> {
    const looked = this.#appended().map(async ([path, file]) => ({ path, loss: await file.loss() }));
    return (await Promise.all(looked)).flatMap(({ path, loss }) => (loss ? [{ path, loss }] : []));
  }

  /** The files as they were written, whatever is on the disk now. */
  written(): readonly ManifestFile[] {
    const appended = this.#appended().map(([path, file]) => ({
      path,
      bytes: file.bytes(),
      sha256: file.hash().digest("hex"),
    }));
    return [...appended, ...this.#wholeFiles.written()];
  }

  /**
   * Ends a folder that was damaged from outside. The remaining files are sealed with a manifest of what was written, so
   * that `verify` finds the damage; where nothing remains, nothing is recreated. True when it was sealed.
   */
  async leave(facts: SealFacts, lost: readonly LostFile[]): Promise<boolean> {
    const gone = new Set(lost.flatMap(({ path, loss }) => (loss === "gone" ? [path] : [])));
    if (this.#appended().some(([path]) => !gone.has(path))) return this.seal(facts);
    this.#close();
    return false;
  }

  /**
   * Ends the folder: the last event, then the manifest of all files. False when it stays unsealed, which is still
   * readable.
   */
  async seal(facts: SealFacts): Promise<boolean> {
    await this.attempt();
    if (this.#hasFolder) await this.#wholeFiles.write(this.#folder);
    await this.sync();
    const isVideoWhole = this.#video.end();
    const { disk, unixUs } = this.#options;
    const sealing = {
      disk,
      folder: this.#folder,
      facts,
      unixUs,
      lastEvent: (event: SortieEvent) => this.#lastEvent(event),
      written: () => this.written(),
    };
    const isSealed = isVideoWhole && (await sealFolder(sealing));
    this.#close();
    if (this.#hasFolder) await disk.remove(join(this.#folder, SORTIE_FILES.lock));
    return isSealed;
  }

  /** Writes and syncs an event; returns the hash at the end of the chain, or undefined when that failed. */
  async #lastEvent(event: SortieEvent): Promise<string | undefined> {
    if (!this.#appendEvent(event)) return undefined;
    const synced = await this.#files?.events.sync();
    return synced?.ok === true ? this.#chain.lastSha256() : undefined;
  }

  #appended(): readonly (readonly [string, AppendFile])[] {
    const video = this.#video.file();
    const { telemetry, events } = this.#newest ?? {};
    return [
      ...(telemetry ? [[SORTIE_FILES.telemetry, telemetry] as const] : []),
      ...(events ? [[SORTIE_FILES.events, events] as const] : []),
      ...(video ? [[SORTIE_FILES.video, video] as const] : []),
    ];
  }

  #put(path: string, content: string | Uint8Array): void {
    this.#wholeFiles.put(path, content);
    if (this.#files) void this.#wholeFiles.write(this.#folder);
  }

  async #attempt(): Promise<void> {
    if (this.#files) {
      this.#video.retry();
      // A file that failed is retried although it has no newer content.
      if (this.#wholeFiles.failure()) await this.#wholeFiles.write(this.#folder);
      return;
    }
    if (this.#gap?.failure.code === "ENOSPC" && (await this.#isStillFull())) return;
    const failure = await this.#open();
    if (failure) this.#fail(failure);
    else if (this.#drain()) void this.#wholeFiles.write(this.#folder);
  }

  async #isStillFull(): Promise<boolean> {
    const freeBytes = await this.#options.disk.freeBytes(this.#folder);
    return freeBytes !== undefined && freeBytes < FREE_TO_GO_ON_BYTES;
  }

  async #open(): Promise<IoFailure | undefined> {
    const { disk, unixUs } = this.#options;
    if (!this.#hasFolder) this.#folder = await freeName(disk, this.#folder);
    const made = await disk.makeFolder(join(this.#folder, SORTIE_FILES.snapshots));
    if (!made.ok) return made.error;
    const locked = await disk.writeWhole(join(this.#folder, SORTIE_FILES.lock), lockText(unixUs()));
    if (!locked.ok) return locked.error;
    const telemetry = disk.openAppend(join(this.#folder, SORTIE_FILES.telemetry), this.#newest?.telemetry);
    if (!telemetry.ok) return telemetry.error;
    this.#hasFolder = true;
    const events = disk.openAppend(join(this.#folder, SORTIE_FILES.events), this.#newest?.events);
    if (!events.ok) {
      telemetry.value.close();
      return events.error;
    }
    this.#files = { telemetry: telemetry.value, events: events.value };
    this.#newest = this.#files;
    return undefined;
  }

  /** Writes what was waiting; after a gap also the event that describes it. */
  #drain(): boolean {
    const isDrained = this.#backlog.drain({
      event: (event) => this.#appendEvent(event),
      telemetry: (record) => this.#appendTelemetry(record),
    });
    const gap = this.#gap;
    if (!isDrained || !gap) return isDrained;
    const toUnixUs = this.#options.unixUs();
    const { code, operation } = gap.failure;
    const lost = { ...this.#backlog.takeLost(), videoBytesLost: this.#video.takeLost() };
    const facts = { because: code, operation, fromUnixUs: gap.fromUnixUs, toUnixUs, ...lost };
    if (!this.#appendEvent({ unixTimeUs: toUnixUs, kind: "recording-gap", facts })) return false;
    this.#gap = undefined;
    this.#options.onResumed((toUnixUs - gap.fromUnixUs) / 1e6);
    return true;
  }

  #appendTelemetry(record: Uint8Array): boolean {
    const written = this.#files?.telemetry.append(record);
    if (written?.ok === false) this.#fail(written.error);
    return written?.ok === true;
  }

  #appendEvent(event: SortieEvent): boolean {
    if (!this.#files) return false;
    const line = this.#chain.lineOf(event);
    const written = this.#files.events.append(line);
    if (written.ok) this.#chain.accept(line);
    else this.#fail(written.error);
    return written.ok;
  }

  #fail(failure: IoFailure): void {
    this.#close();
    if (this.#gap) return;
    this.#gap = { fromUnixUs: this.#options.unixUs(), failure };
    this.#options.onFailure(failure);
  }

  #close(): void {
    const files = this.#files;
    if (!files) return;
    this.#files = undefined;
    files.telemetry.close();
    files.events.close();
    this.#video.close();
  }
}

/** The wanted folder name, with a number added where a sortie exists there already. */
async function freeName(disk: SortieDisk, wanted: string): Promise<string> {
  for (let number = 1; ; number++) {
    const folder = number === 1 ? wanted : `${wanted}-${number}`;
    const names = await disk.names(folder);
    const isTaken = [SORTIE_FILES.events, SORTIE_FILES.telemetry, SORTIE_FILES.manifest].some((name) =>
      names.includes(name),
    );
    if (!isTaken) return folder;
  }
}
