import { join } from "node:path";
import type { Clock } from "../../core/clock.js";
import { ok, type Result } from "../../core/result.js";
import { listFolder, makeFolder, openAppend, sha256Hex, sha256OfFile, writeAtomic } from "../../io/fileStore.js";
import type { AppendFile, IoFailure } from "../../io/fileStore.js";
import { encodeGreyPng } from "../../io/png.js";
import { tlogRecord } from "../../mavlink/tlog.js";
import { contactsGeoJson } from "../../sortie/contactsGeoJson.js";
import type { Coverage } from "../../sortie/coverage.js";
import { createEventChain, type EventChain, type SortieEvent } from "../../sortie/eventChain.js";
import { SORTIE_FILES, snapshotPath } from "../../sortie/layout.js";
import { manifestText, type ManifestFile } from "../../sortie/manifest.js";
import type { Contact } from "../../track/contact.js";

export type GreyPicture = { readonly widthPx: number; readonly heightPx: number; readonly luma: Uint8Array };

/**
 * One sortie folder while it is written. Appends reach the system at once (they survive `kill -9`); `sync` asks for
 * the disk. The first failure is given to `onFailure` and stops all further writing: half a frame in a log is worse
 * than its end.
 */
export class SortieWriter {
  readonly folder: string;
  readonly #clock: Clock;
  readonly #onFailure: (failure: IoFailure) => void;
  readonly #chain: EventChain = createEventChain(sha256Hex);
  readonly #files: { readonly telemetry: AppendFile; readonly events: AppendFile };
  #video: AppendFile | undefined;
  #hasFailed = false;
  /** Whole files are written one after another, so that two versions of one never cross. */
  #writes: Promise<void> = Promise.resolve();

  private constructor(
    folder: string,
    files: { readonly telemetry: AppendFile; readonly events: AppendFile },
    options: SortieWriterOptions,
  ) {
    this.folder = folder;
    this.#files = files;
    this.#clock = options.clock;
    this.#onFailure = options.onFailure;
  }

  static async open(folder: string, options: SortieWriterOptions): Promise<Result<SortieWriter, IoFailure>> {
    const made = await makeFolder(join(folder, SORTIE_FILES.snapshots));
    if (!made.ok) return made;
    const telemetry = openAppend(join(folder, SORTIE_FILES.telemetry));
    if (!telemetry.ok) return telemetry;
    const events = openAppend(join(folder, SORTIE_FILES.events));
    if (!events.ok) return events;
    return ok(new SortieWriter(folder, { telemetry: telemetry.value, events: events.value }, options));
  }

  bytes(): number {
    return this.#files.telemetry.bytes() + this.#files.events.bytes() + (this.#video?.bytes() ?? 0);
  }

  telemetry(frame: Uint8Array, unixTimeUs: number): void {
    this.#check(this.#files.telemetry.append(tlogRecord(Math.round(unixTimeUs), frame)));
  }

  video(bytes: Uint8Array): void {
    if (this.#hasFailed) return;
    if (!this.#video) {
      const opened = openAppend(join(this.folder, SORTIE_FILES.video));
      this.#check(opened);
      if (!opened.ok) return;
      this.#video = opened.value;
      // The clock of a video without KLV, when it is opened again.
      this.event({ unixTimeUs: this.#clock.unixUs(), kind: "video-started", facts: {} });
    }
    this.#check(this.#video.append(bytes));
  }

  event(event: SortieEvent): void {
    if (this.#hasFailed) return;
    this.#check(this.#files.events.append(this.#chain.next(event)));
  }

  async plan(planText: string): Promise<void> {
    await this.#write(SORTIE_FILES.plan, planText);
  }

  async contacts(contacts: readonly Contact[]): Promise<void> {
    await this.#write(SORTIE_FILES.contacts, contactsGeoJson(contacts));
  }

  async coverage(coverage: Coverage): Promise<void> {
    await this.#write(SORTIE_FILES.coverage, `${JSON.stringify(coverage, undefined, 2)}\n`);
  }

  async snapshot(contactId: string, picture: GreyPicture): Promise<void> {
    await this.#write(snapshotPath(contactId), encodeGreyPng(picture.widthPx, picture.heightPx, picture.luma));
  }

  async sync(): Promise<void> {
    const files = [this.#files.events, this.#files.telemetry, ...(this.#video ? [this.#video] : [])];
    for (const result of await Promise.all(files.map((file) => file.sync()))) this.#check(result);
  }

  /** Closes the files and writes the manifest; after a failure the folder is left unsealed, readable as it is. */
  async seal(): Promise<void> {
    await this.#writes;
    await this.sync();
    this.#files.events.close();
    this.#files.telemetry.close();
    this.#video?.close();
    if (this.#hasFailed) return;
    const hashed = await hashSortieFiles(this.folder);
    const text = manifestText(this.#clock.unixUs(), this.#chain.lastSha256(), hashed);
    await this.#write(SORTIE_FILES.manifest, text);
    this.#hasFailed = true; // nothing more is written here
  }

  #write(path: string, content: string | Uint8Array): Promise<void> {
    this.#writes = this.#writes.then(async () => {
      if (!this.#hasFailed) this.#check(await writeAtomic(join(this.folder, path), content));
    });
    return this.#writes;
  }

  #check(result: Result<unknown, IoFailure>): void {
    if (result.ok || this.#hasFailed) return;
    this.#hasFailed = true;
    this.#onFailure(result.error);
  }
}

type SortieWriterOptions = { readonly clock: Clock; readonly onFailure: (failure: IoFailure) => void };

/** Every file of a sortie but its manifest, hashed; what cannot be read is left out, and so reported as missing. */
export async function hashSortieFiles(folder: string): Promise<ManifestFile[]> {
  const hashed: ManifestFile[] = [];
  for (const path of await filesUnder(folder, "")) {
    if (path === SORTIE_FILES.manifest) continue;
    const file = await sha256OfFile(join(folder, path));
    if (file.ok) hashed.push({ path, ...file.value });
  }
  return hashed;
}

async function filesUnder(folder: string, prefix: string): Promise<string[]> {
  const entries = await listFolder(folder);
  const nested = entries.map((entry) =>
    entry.isFolder ? filesUnder(entry.path, `${prefix}${entry.name}/`) : Promise.resolve([`${prefix}${entry.name}`]),
  );
  return (await Promise.all(nested)).flat();
}
