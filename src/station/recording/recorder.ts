import { join } from "node:path";
import type { Cancel, Clock, Scheduler } from "../../core/clock.js";
import type { RecorderStatus } from "../../contract/messages.js";
import type { IoFailure } from "../../io/fileStore.js";
import type { Coverage } from "../../sortie/coverage.js";
import { CoverageGrid, type Footprint } from "../../sortie/coverage.js";
import { contactEvent } from "../../sortie/eventChain.js";
import { sortieFolderName } from "../../sortie/layout.js";
import type { Contact } from "../../track/contact.js";
import { SortieWriter, type GreyPicture } from "./sortieWriter.js";

const TICK_MS = 1000;
/** Frames overlap by nine tenths: a footprint five times a second misses nothing and costs little. */
const FOOTPRINT_EVERY_US = 200_000;

export type RecorderOptions = {
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
  readonly open: (facts: Readonly<Record<string, unknown>>) => void;
  readonly telemetry: (frame: Uint8Array) => void;
  readonly video: (bytes: Uint8Array) => void;
  readonly event: (kind: string, facts: Readonly<Record<string, unknown>>) => void;
  readonly plan: (planText: string) => void;
  readonly contacts: (contacts: readonly Contact[], newIds: readonly string[]) => void;
  readonly snapshot: (contactId: string, picture: GreyPicture) => void;
  readonly footprint: (unixTimeUs: number, footprint: Footprint) => void;
  readonly status: () => RecorderStatus;
  readonly isOpen: () => boolean;
  /** Ends the sortie: everything on disk, then the manifest. Resolves to what was recorded; undefined when none was open. */
  readonly close: (because: string) => Promise<{ readonly folder: string; readonly coverage: Coverage } | undefined>;
};

/** What is written while a folder is being made waits here: a few hundred milliseconds at most. */
type Sortie = {
  readonly folder: string;
  readonly sinceUnixUs: number;
  readonly coverage: CoverageGrid;
  writer: SortieWriter | undefined;
  waiting: ((writer: SortieWriter) => void)[];
  contacts: readonly Contact[];
  areContactsDirty: boolean;
  lastLogged: Map<string, { readonly atUs: number; readonly observationCount: number }>;
  lastFootprintUs: number;
  because: string | undefined;
  readonly opened: Promise<void>;
};

export function createRecorder(options: RecorderOptions): Recorder {
  const { clock, scheduler } = options;
  let sortie: Sortie | undefined;
  let planText: string | undefined;
  let fixedFolder = options.sortieFolder;
  let cancelTick: Cancel = () => undefined;

  const status = (): RecorderStatus => statusOf(sortie);
  const publish = (): void => {
    options.onStatus(status());
  };
  const write = (work: (writer: SortieWriter) => void): void => {
    if (!sortie || sortie.because !== undefined) return;
    if (sortie.writer) work(sortie.writer);
    else sortie.waiting.push(work);
  };
  const fail = (failed: Sortie, failure: IoFailure): void => {
    if (failed.because !== undefined) return;
    failed.because = failure.code;
    failed.waiting = [];
    options.onFailure(failed.folder, failure);
    publish();
  };
  const begin = async (started: { current: Sortie | undefined }, folder: string): Promise<void> => {
    // `current` is set before the first await returns.
    const onFailure = (failure: IoFailure): void => {
      if (started.current) fail(started.current, failure);
    };
    const opened = await SortieWriter.open(folder, { clock, onFailure });
    const current = started.current;
    if (!current) return;
    if (!opened.ok) {
      fail(current, opened.error);
      return;
    }
    current.writer = opened.value;
    for (const work of current.waiting) work(opened.value);
    current.waiting = [];
    publish();
  };
  const tick = (): void => {
    const current = sortie;
    if (!current) return;
    cancelTick = scheduler.after(TICK_MS, tick);
    if (current.because !== undefined || !current.writer) return;
    void current.writer.sync();
    if (current.areContactsDirty) {
      current.areContactsDirty = false;
      void current.writer.contacts(current.contacts);
      void current.writer.coverage(current.coverage.summary());
    }
    publish();
  };
  const event = (kind: string, facts: Readonly<Record<string, unknown>>): void => {
    const unixTimeUs = clock.unixUs();
    write((writer) => {
      writer.event({ unixTimeUs, kind, facts });
    });
  };

  return {
    open: (facts) => {
      if (sortie) return;
      const sinceUnixUs = clock.unixUs();
      const folder = fixedFolder ?? join(options.sortiesFolder, sortieFolderName(sinceUnixUs, options.label));
      fixedFolder = undefined;
      const started: { current: Sortie | undefined } = { current: undefined };
      sortie = started.current = { ...emptySortie(folder, sinceUnixUs), opened: begin(started, folder) };
      event("sortie-opened", facts);
      const known = planText;
      if (known !== undefined) write((writer) => void writer.plan(known));
      cancelTick = scheduler.after(TICK_MS, tick);
      publish();
    },
    telemetry: (frame) => {
      const unixTimeUs = clock.unixUs();
      write((writer) => {
        writer.telemetry(frame, unixTimeUs);
      });
    },
    video: (bytes) => {
      write((writer) => {
        writer.video(bytes);
      });
    },
    event,
    plan: (text) => {
      planText = text;
      write((writer) => void writer.plan(text));
    },
    contacts: (contacts, newIds) => {
      const current = sortie;
      if (!current) return;
      // A contact last seen before this sortie belongs to the one before.
      current.contacts = contacts.filter((contact) => contact.lastSeenUnixUs >= current.sinceUnixUs);
      current.areContactsDirty = true;
      const nowUs = clock.unixUs();
      for (const contact of contactsToLog(current, newIds, nowUs)) {
        const isNew = newIds.includes(contact.id);
        current.lastLogged.set(contact.id, { atUs: nowUs, observationCount: contact.observationCount });
        write((writer) => {
          writer.event(contactEvent(contact, nowUs, isNew));
        });
      }
    },
    snapshot: (contactId, picture) => {
      write((writer) => void writer.snapshot(contactId, picture));
    },
    footprint: (unixTimeUs, footprint) => {
      if (!sortie || Math.abs(unixTimeUs - sortie.lastFootprintUs) < FOOTPRINT_EVERY_US) return;
      sortie.lastFootprintUs = unixTimeUs;
      sortie.areContactsDirty = true;
      sortie.coverage.add(footprint);
    },
    status,
    isOpen: () => sortie !== undefined,
    close: async (because) => {
      const closing = sortie;
      if (!closing) return undefined;
      event("sortie-closed", { because });
      sortie = undefined;
      cancelTick();
      await closing.opened;
      const coverage = closing.coverage.summary();
      if (closing.writer && closing.because === undefined) {
        await closing.writer.contacts(closing.contacts);
        await closing.writer.coverage(coverage);
      }
      await closing.writer?.seal();
      publish();
      return { folder: closing.folder, coverage };
    },
  };
}

const emptySortie = (folder: string, sinceUnixUs: number): Omit<Sortie, "opened"> => ({
  folder,
  sinceUnixUs,
  coverage: new CoverageGrid(),
  writer: undefined,
  waiting: [],
  contacts: [],
  areContactsDirty: false,
  lastLogged: new Map(),
  lastFootprintUs: 0,
  because: undefined,
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
