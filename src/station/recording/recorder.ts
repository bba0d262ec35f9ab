import { basename } from "node:path";
import type { Cancel, Time } from "../../core/clock.js";
import { ClockSteps } from "../../core/clockSteps.js";
import type { RecorderStatus } from "../../contract/messages.js";
import type { SortieDisk } from "../../io/sortieDisk.js";
import { CoverageGrid } from "../../sortie/coverage.js";
import type { CoveragePatch } from "../../sortie/coverageTiles.js";
import { stepDiskSpace, UNKNOWN_DISK, type DiskSpace } from "../../sortie/diskSpace.js";
import { contactEvent } from "../../sortie/eventChain.js";
import type { SortieClocks } from "../../sortie/manifest.js";
import type { Contact } from "../../track/contact.js";
import { SortieContacts } from "./sortieContacts.js";
import { SortieWriter, type GreyPicture, type LostFile } from "./sortieWriter.js";
import type { RecorderTrouble } from "./recorderTrouble.js";
import type { SealFacts } from "./sortieSeal.js";
import type { StationKey } from "./stationKey.js";

const TICK_MS = 1000;

type Facts = Readonly<Record<string, unknown>>;

type RecorderListener = {
  readonly onStatus: (status: RecorderStatus) => void;
  readonly onTrouble: (trouble: RecorderTrouble) => void;
  /** Called after a sortie was sealed in that folder. */
  readonly onSealed?: (folder: string) => Promise<void>;
};

type RecorderOptions = {
  readonly time: Time;
  readonly disk: SortieDisk;
  /** Called once a sortie: the folder it is recorded in. */
  readonly nextFolder: (sinceUnixUs: number) => string;
  readonly stationKey: () => Promise<StationKey | undefined>;
  readonly listener: RecorderListener;
};

export type Recorder = {
  /** Begins a sortie unless one is being recorded. */
  readonly open: (facts: Facts) => void;
  readonly telemetry: (frame: Uint8Array) => void;
  readonly video: (bytes: Uint8Array) => void;
  readonly event: (kind: string, facts: Facts) => void;
  readonly plan: (planText: string) => void;
  /** Times in contacts are on the station's clock. */
  readonly contacts: (contacts: readonly Contact[], newIds: readonly string[]) => void;
  readonly snapshot: (contactId: string, picture: GreyPicture) => void;
  /** All patches of one sortie must have the same origin. */
  readonly coverage: (patch: CoveragePatch) => void;
  /** The camera's clock relative to the station's, after each measurement. */
  readonly cameraClock: (clocks: Partial<SortieClocks>) => void;
  readonly status: () => RecorderStatus;
  readonly isOpen: () => boolean;
  /** Ends the sortie: everything is synced to disk, then the manifest is written. Does nothing when none is open. */
  readonly close: (because: string) => Promise<void>;
};

type Sortie = {
  /** Replaced when files of the folder were lost. */
  writer: SortieWriter;
  /** Facts for its first event. */
  readonly facts: Facts;
  countOfFolders: number;
  /** Set once the recording has moved to another folder. */
  firstFolder: string | undefined;
  /** Damaged folders that were left, and are still being sealed. */
  readonly leaving: Promise<void>[];
  readonly sinceUnixUs: number;
  readonly coverage: CoverageGrid;
  readonly contacts: SortieContacts;
  isDirty: boolean;
  countOfClockSteps: number;
};

export const createRecorder = (options: RecorderOptions): Recorder => new SortieRecorder(options);

class SortieRecorder implements Recorder {
  readonly #options: RecorderOptions;
  readonly #steps: ClockSteps;
  #sortie: Sortie | undefined;
  #planText: string | undefined;
  #disk: DiskSpace = UNKNOWN_DISK;
  #camera: Partial<SortieClocks> = {};
  /**
   * The newest contacts, also while no sortie is open: a contact not seen since a sortie began does not belong to it.
   */
  #known: readonly Contact[] = [];
  #cancelTick: Cancel = () => undefined;

  constructor(options: RecorderOptions) {
    this.#options = options;
    this.#steps = new ClockSteps(options.time.clock);
  }

  readonly isOpen = (): boolean => this.#sortie !== undefined;
  readonly status = (): RecorderStatus => statusOf(this.#sortie, this.#disk);

  readonly open = (facts: Facts): void => {
    if (this.#sortie) return;
    const { time, nextFolder } = this.#options;
    const sinceUnixUs = time.clock.unixUs();
    const sortie: Sortie = {
      writer: this.#writerAt(nextFolder(sinceUnixUs)),
      facts,
      countOfFolders: 1,
      firstFolder: undefined,
      leaving: [],
      sinceUnixUs,
      coverage: new CoverageGrid(),
      contacts: new SortieContacts(this.#known),
      isDirty: false,
      countOfClockSteps: 0,
    };
    this.#sortie = sortie;
    this.#disk = UNKNOWN_DISK;
    void this.#begin(sortie, facts).then(() => this.#publish());
    this.#cancelTick = time.scheduler.after(TICK_MS, () => this.#tick());
    this.#publish();
  };

  readonly telemetry = (frame: Uint8Array): void => {
    this.#sortie?.writer.telemetry(frame, this.#nowUs());
  };

  readonly video = (bytes: Uint8Array): void => {
    this.#sortie?.writer.video(bytes);
  };

  readonly event = (kind: string, facts: Facts): void => {
    if (!this.#sortie) return;
    const unixTimeUs = this.#nowUs();
    this.#sortie.writer.event({ unixTimeUs, kind, facts });
  };

  readonly plan = (planText: string): void => {
    this.#planText = planText;
    this.#sortie?.writer.plan(planText);
  };

  readonly contacts = (contacts: readonly Contact[], newIds: readonly string[]): void => {
    this.#known = contacts;
    const sortie = this.#sortie;
    if (!sortie) return;
    const nowUs = this.#nowUs();
    sortie.isDirty = true;
    for (const contact of sortie.contacts.update(contacts, newIds, nowUs))
      sortie.writer.event(contactEvent(contact, nowUs, newIds.includes(contact.id)));
  };

  readonly snapshot = (contactId: string, picture: GreyPicture): void => {
    this.#sortie?.writer.snapshot(contactId, picture);
  };

  readonly coverage = (patch: CoveragePatch): void => {
    const sortie = this.#sortie;
    if (sortie?.coverage.merge(patch) === true) sortie.isDirty = true;
  };

  readonly cameraClock = (clocks: Partial<SortieClocks>): void => {
    const before = this.#camera;
    this.#camera = { ...before, ...clocks };
    const isOther = clocks.cameraMinusStationMs !== undefined || clocks.isCameraMapped !== undefined;
    if (isOther) this.event("camera-clock", this.#camera);
  };

  readonly close = async (because: string): Promise<void> => {
    const closing = this.#sortie;
    if (!closing) return;
    // Losses of the last second are reported first, and the final event then goes to an intact folder.
    await this.#watchFiles(closing);
    if (this.#sortie !== closing) return;
    this.#sortie = undefined;
    this.#cancelTick();
    closing.writer.contacts(closing.contacts.all());
    closing.writer.coverage(closing.coverage.summary());
    const isSealed = await closing.writer.seal(await this.#sealFacts(closing, because));
    if (isSealed) await this.#options.listener.onSealed?.(closing.writer.folder);
    await Promise.all(closing.leaving);
    this.#publish();
  };

  async #sealFacts({ countOfClockSteps }: Sortie, because: string): Promise<SealFacts> {
    const clocks = { isCameraMapped: false, ...this.#camera, countOfClockSteps };
    return { because, clocks, key: await this.#options.stationKey() };
  }

  /** The first events of a folder. */
  async #begin(sortie: Sortie, facts: Facts): Promise<void> {
    const { writer } = sortie;
    this.event("sortie-opened", facts);
    if (this.#camera.cameraMinusStationMs !== undefined) this.event("camera-clock", this.#camera);
    if (this.#planText !== undefined) writer.plan(this.#planText);
    void this.#announceKey(sortie);
    await writer.attempt();
  }

  /** Checks for files removed or changed from outside: writing into them goes on without any error. */
  async #watchFiles(sortie: Sortie): Promise<void> {
    const { writer } = sortie;
    const lost = await writer.losses();
    if (lost.length > 0 && this.#sortie === sortie && sortie.writer === writer) await this.#goOnElsewhere(sortie, lost);
  }

  /**
   * Moves to a new folder beside the damaged one. Its log lists what had been written, so that a copy can be verified.
   */
  async #goOnElsewhere(sortie: Sortie, lost: readonly LostFile[]): Promise<void> {
    const before = sortie.writer;
    const fromFolder = before.folder;
    const written = before.written();
    const next = this.#writerAt(`${sortie.firstFolder ?? fromFolder}-${++sortie.countOfFolders}`);
    sortie.firstFolder ??= fromFolder;
    sortie.writer = next;
    if (this.#disk.isVideoStopped) next.stopVideo("disk-nearly-full");
    sortie.leaving.push(this.#leave(sortie, before, lost));
    const begun = this.#begin(sortie, sortie.facts);
    this.event("files-lost", { fromFolder: basename(fromFolder), lost, written });
    next.contacts(sortie.contacts.all());
    next.coverage(sortie.coverage.summary());
    await begun;
    this.#options.listener.onTrouble({ kind: "files-lost", fromFolder, folder: next.folder, lost });
    this.#publish();
  }

  async #leave(sortie: Sortie, writer: SortieWriter, lost: readonly LostFile[]): Promise<void> {
    const isSealed = await writer.leave(await this.#sealFacts(sortie, "files-lost"), lost);
    if (isSealed) await this.#options.listener.onSealed?.(writer.folder);
  }

  /**
   * The time of everything recorded. When the clock was set, that event is logged before anything gets the new time.
   */
  #nowUs(): number {
    const { unixTimeUs, stepMs } = this.#steps.read();
    const sortie = this.#sortie;
    if (stepMs !== undefined && sortie) {
      sortie.countOfClockSteps++;
      // The position in the telemetry: with it, everything before can be moved to the new clock.
      const facts = { stepMs, telemetryBytes: sortie.writer.telemetryBytes() };
      sortie.writer.event({ unixTimeUs, kind: "clock-stepped", facts });
      this.#options.listener.onTrouble({ kind: "clock-stepped", stepS: stepMs / 1000 });
    }
    return unixTimeUs;
  }

  #writerAt(folder: string): SortieWriter {
    const { disk, listener } = this.#options;
    const writer: SortieWriter = new SortieWriter(folder, {
      disk,
      unixUs: () => this.#nowUs(),
      onFailure: (failure) => {
        listener.onTrouble({ kind: "failed", folder: writer.folder, failure });
        this.#publish();
      },
      onResumed: (lostS) => {
        listener.onTrouble({ kind: "resumed", folder: writer.folder, lostS });
        this.#publish();
      },
    });
    return writer;
  }

  /** A log that names its signing key cannot be passed off later as one that was never signed. */
  async #announceKey(sortie: Sortie): Promise<void> {
    const key = await this.#options.stationKey();
    if (key && this.#sortie === sortie) this.event("station-key", { fingerprint: key.fingerprint });
  }

  #tick(): void {
    const sortie = this.#sortie;
    if (!sortie) return;
    this.#cancelTick = this.#options.time.scheduler.after(TICK_MS, () => this.#tick());
    this.#nowUs();
    void sortie.writer.sync();
    // First: writing whole files, or a retry, would recreate a folder that somebody has removed.
    void this.#watchFiles(sortie).then(() => this.#writeDue(sortie));
    void this.#watchDisk(sortie);
    this.#publish();
  }

  #writeDue(sortie: Sortie): void {
    if (this.#sortie !== sortie) return;
    const { writer } = sortie;
    if (sortie.isDirty) {
      sortie.isDirty = false;
      writer.contacts(sortie.contacts.all());
      writer.coverage(sortie.coverage.summary());
    }
    void writer.attempt();
  }

  async #watchDisk(sortie: Sortie): Promise<void> {
    const { time, disk, listener } = this.#options;
    const { writer } = sortie;
    const freeBytes = await disk.freeBytes(writer.folder);
    if (this.#sortie !== sortie) return;
    const before = this.#disk;
    const sample = { freeBytes, writtenBytes: writer.bytes(), vitalBytes: writer.vitalBytes() };
    const now = stepDiskSpace(before, { atMonoMs: time.clock.monoMs(), ...sample });
    this.#disk = now;
    if (now.level !== before.level) {
      this.event("disk-space", { level: now.level, freeBytes, secondsLeft: now.secondsLeft });
      listener.onTrouble({ kind: "disk", level: now.level, freeBytes, secondsLeft: now.secondsLeft });
    }
    if (now.isVideoStopped !== before.isVideoStopped) {
      if (now.isVideoStopped) writer.stopVideo("disk-nearly-full");
      else writer.allowVideo();
      listener.onTrouble({ kind: "video", isStopped: now.isVideoStopped, freeBytes });
    }
  }

  #publish(): void {
    this.#options.listener.onStatus(this.status());
  }
}

function statusOf(sortie: Sortie | undefined, disk: DiskSpace): RecorderStatus {
  if (!sortie) return { state: "idle", folder: undefined, because: undefined, sinceUnixUs: undefined, bytes: 0 };
  const { writer, sinceUnixUs } = sortie;
  const { failure } = writer;
  return {
    state: failure ? "failed" : "recording",
    folder: writer.folder,
    because: failure?.code,
    sinceUnixUs,
    bytes: writer.bytes(),
    freeBytes: disk.freeBytes,
    secondsLeft: disk.secondsLeft,
    isVideoRecorded: !writer.isVideoStopped(),
  };
}
