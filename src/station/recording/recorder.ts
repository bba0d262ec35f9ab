import { join } from "node:path";
import type { Cancel, Clock, Scheduler } from "../../core/clock.js";
import type { RecorderStatus } from "../../contract/messages.js";
import type { IoFailure } from "../../io/fileStore.js";
import { CoverageGrid, type Footprint } from "../../sortie/coverage.js";
import { contactEvent } from "../../sortie/eventChain.js";
import { sortieFolderName } from "../../sortie/layout.js";
import type { Contact } from "../../track/contact.js";
import { SortieWriter, type GreyPicture } from "./sortieWriter.js";

const TICK_MS = 1000;
/** Frames overlap by nine tenths: a footprint five times a second misses nothing and costs little. */
const FOOTPRINT_EVERY_US = 200_000;

type Facts = Readonly<Record<string, unknown>>;

type RecorderOptions = {
  readonly clock: Clock;
  readonly scheduler: Scheduler;
  readonly sortiesFolder: string;
  /** The first sortie goes exactly here. */
  readonly sortieFolder: string | undefined;
  readonly label: string;
  readonly onStatus: (status: RecorderStatus) => void;
  readonly onFailure: (folder: string, failure: IoFailure) => void;
};

export type Recorder = {
  /** Starts a sortie unless one is being written. */
  readonly open: (facts: Facts) => void;
  readonly telemetry: (frame: Uint8Array) => void;
  readonly video: (bytes: Uint8Array) => void;
  readonly event: (kind: string, facts: Facts) => void;
  readonly plan: (planText: string) => void;
  readonly contacts: (contacts: readonly Contact[], newIds: readonly string[]) => void;
  readonly snapshot: (contactId: string, picture: GreyPicture) => void;
  readonly footprint: (unixTimeUs: number, footprint: Footprint) => void;
  readonly status: () => RecorderStatus;
  readonly isOpen: () => boolean;
  /** Ends the sortie: everything on disk, then the manifest. Nothing to do when none is open. */
  readonly close: (because: string) => Promise<void>;
};

/** What is written while a folder is being made waits here: a few hundred milliseconds at most. */
type Sortie = {
  readonly folder: string;
  readonly sinceUnixUs: number;
  readonly coverage: CoverageGrid;
  writer: SortieWriter | undefined;
  waiting: ((writer: SortieWriter) => void)[];
  contacts: readonly Contact[];
  isDirty: boolean;
  readonly lastLogged: Map<string, { readonly atUs: number; readonly observationCount: number }>;
  lastFootprintUs: number;
  because: string | undefined;
  opened: Promise<void>;
};

export const createRecorder = (options: RecorderOptions): Recorder => new SortieRecorder(options);

class SortieRecorder implements Recorder {
  readonly #options: RecorderOptions;
  #sortie: Sortie | undefined;
  #planText: string | undefined;
  #fixedFolder: string | undefined;
  #cancelTick: Cancel = () => undefined;

  constructor(options: RecorderOptions) {
    this.#options = options;
    this.#fixedFolder = options.sortieFolder;
  }

  readonly isOpen = (): boolean => this.#sortie !== undefined;
  readonly status = (): RecorderStatus => statusOf(this.#sortie);

  readonly open = (facts: Facts): void => {
    if (this.#sortie) return;
    const { clock, scheduler, sortiesFolder, label } = this.#options;
    const sinceUnixUs = clock.unixUs();
    const folder = this.#fixedFolder ?? join(sortiesFolder, sortieFolderName(sinceUnixUs, label));
    this.#fixedFolder = undefined;
    const sortie = emptySortie(folder, sinceUnixUs);
    this.#sortie = sortie;
    sortie.opened = this.#begin(sortie);
    this.event("sortie-opened", facts);
    const planText = this.#planText;
    if (planText !== undefined) this.#write((writer) => void writer.plan(planText));
    this.#cancelTick = scheduler.after(TICK_MS, () => this.#tick());
    this.#publish();
  };

  readonly telemetry = (frame: Uint8Array): void => {
    const unixTimeUs = this.#options.clock.unixUs();
    this.#write((writer) => writer.telemetry(frame, unixTimeUs));
  };

  readonly video = (bytes: Uint8Array): void => {
    this.#write((writer) => writer.video(bytes));
  };

  readonly event = (kind: string, facts: Facts): void => {
    const unixTimeUs = this.#options.clock.unixUs();
    this.#write((writer) => writer.event({ unixTimeUs, kind, facts }));
  };

  readonly plan = (planText: string): void => {
    this.#planText = planText;
    this.#write((writer) => void writer.plan(planText));
  };

  readonly contacts = (contacts: readonly Contact[], newIds: readonly string[]): void => {
    const sortie = this.#sortie;
    if (!sortie) return;
    // A contact last seen before this sortie belongs to the one before.
    sortie.contacts = contacts.filter((contact) => contact.lastSeenUnixUs >= sortie.sinceUnixUs);
    sortie.isDirty = true;
    const nowUs = this.#options.clock.unixUs();
    for (const contact of contactsToLog(sortie, newIds, nowUs)) {
      sortie.lastLogged.set(contact.id, { atUs: nowUs, observationCount: contact.observationCount });
      const event = contactEvent(contact, nowUs, newIds.includes(contact.id));
      this.#write((writer) => writer.event(event));
    }
  };

  readonly snapshot = (contactId: string, picture: GreyPicture): void => {
    this.#write((writer) => void writer.snapshot(contactId, picture));
  };

  readonly footprint = (unixTimeUs: number, footprint: Footprint): void => {
    const sortie = this.#sortie;
    if (!sortie || Math.abs(unixTimeUs - sortie.lastFootprintUs) < FOOTPRINT_EVERY_US) return;
    sortie.lastFootprintUs = unixTimeUs;
    sortie.isDirty = true;
    sortie.coverage.add(footprint);
  };

  readonly close = async (because: string): Promise<void> => {
    const closing = this.#sortie;
    if (!closing) return;
    this.event("sortie-closed", { because });
    this.#sortie = undefined;
    this.#cancelTick();
    await closing.opened;
    if (closing.writer && closing.because === undefined) {
      await closing.writer.contacts(closing.contacts);
      await closing.writer.coverage(closing.coverage.summary());
    }
    await closing.writer?.seal();
    this.#publish();
  };

  async #begin(sortie: Sortie): Promise<void> {
    const { clock } = this.#options;
    const onFailure = (failure: IoFailure): void => this.#fail(sortie, failure);
    const opened = await SortieWriter.open(sortie.folder, { clock, onFailure });
    if (!opened.ok) {
      onFailure(opened.error);
      return;
    }
    sortie.writer = opened.value;
    for (const work of sortie.waiting) work(opened.value);
    sortie.waiting = [];
    this.#publish();
  }

  #write(work: (writer: SortieWriter) => void): void {
    const sortie = this.#sortie;
    if (!sortie || sortie.because !== undefined) return;
    if (sortie.writer) work(sortie.writer);
    else sortie.waiting.push(work);
  }

  #fail(sortie: Sortie, failure: IoFailure): void {
    if (sortie.because !== undefined) return;
    sortie.because = failure.code;
    sortie.waiting = [];
    this.#options.onFailure(sortie.folder, failure);
    this.#publish();
  }

  #tick(): void {
    const sortie = this.#sortie;
    if (!sortie) return;
    this.#cancelTick = this.#options.scheduler.after(TICK_MS, () => this.#tick());
    if (sortie.because !== undefined || !sortie.writer) return;
    void sortie.writer.sync();
    if (sortie.isDirty) {
      sortie.isDirty = false;
      void sortie.writer.contacts(sortie.contacts);
      void sortie.writer.coverage(sortie.coverage.summary());
    }
    this.#publish();
  }

  #publish(): void {
    this.#options.onStatus(this.status());
  }
}

const emptySortie = (folder: string, sinceUnixUs: number): Sortie => ({
  folder,
  sinceUnixUs,
  coverage: new CoverageGrid(),
  writer: undefined,
  waiting: [],
  contacts: [],
  isDirty: false,
  lastLogged: new Map(),
  lastFootprintUs: 0,
  because: undefined,
  opened: Promise.resolve(),
});

function statusOf(sortie: Sortie | undefined): RecorderStatus {
  if (!sortie) return { state: "idle", folder: undefined, because: undefined, sinceUnixUs: undefined, bytes: 0 };
  return {
    state: sortie.because === undefined ? "recording" : "failed",
    folder: sortie.folder,
    because: sortie.because,
    sinceUnixUs: sortie.sinceUnixUs,
    bytes: sortie.writer?.bytes() ?? 0,
  };
}

/** New ones at once; known ones once a second while they are being seen. */
function contactsToLog(sortie: Sortie, newIds: readonly string[], nowUs: number): readonly Contact[] {
  return sortie.contacts.filter((contact) => {
    const logged = sortie.lastLogged.get(contact.id);
    if (newIds.includes(contact.id) || !logged) return true;
    return contact.observationCount !== logged.observationCount && nowUs - logged.atUs >= 1_000_000;
  });
}
