/** A recording being replayed: its clock, and what the scene and the panels show at that moment. Fed by the page's loop. */
import type { VideoFrame } from "../../src/contract/messages.js";
import type { RecordingDocument } from "../../src/contract/recordings.js";
import type { RecordedSample } from "../../src/vehicle/recordedTrack.js";
import type { Contact } from "../../src/track/contact.js";
import { Latest } from "../bridge/latest.js";
import type { StationStore } from "../bridge/stationStore.js";
import { FrameFetcher } from "./frameFetcher.js";
import { type ReplayClock, advance, startClock } from "./replayClock.js";
import { contactsAt, sampleAt } from "./sampleAt.js";

export type Player = {
  readonly document: RecordingDocument;
  readonly clock: Latest<ReplayClock>;
  readonly change: (step: (clock: ReplayClock) => ReplayClock) => void;
  /** The vehicle shown: the one with the longest track. */
  readonly track: readonly RecordedSample[];
  readonly sample: Latest<RecordedSample | undefined>;
  readonly contacts: Latest<readonly Contact[]>;
  readonly frame: Latest<VideoFrame | undefined>;
  /** Moves the clock by real time; call from the animation loop. */
  readonly tick: (elapsedMs: number) => void;
};

export function createPlayer(document: RecordingDocument, station: Pick<StationStore, "request">): Player {
  const track = document.vehicles.reduce<readonly RecordedSample[]>(
    (longest, vehicle) => (vehicle.track.length > longest.length ? vehicle.track : longest),
    [],
  );
  const { firstUnixUs, lastUnixUs } = document.report;
  const clock = new Latest(startClock(firstUnixUs, lastUnixUs));
  const sample = new Latest<RecordedSample | undefined>(undefined);
  const contacts = new Latest<readonly Contact[]>([]);
  const frame = new Latest<VideoFrame | undefined>(undefined);
  const fetcher = new FrameFetcher(station, document, (picture) => frame.set(picture));
  let countOfContacts = -1;

  const show = (): void => {
    const { atUnixUs } = clock.get();
    sample.set(sampleAt(track, atUnixUs));
    // The list is the same until the next contact line: keep the same array, so that nothing redraws.
    const count = document.contacts.filter(({ unixTimeUs }) => unixTimeUs <= atUnixUs).length;
    if (count !== countOfContacts) contacts.set(contactsAt(document, atUnixUs));
    countOfContacts = count;
    fetcher.want(atUnixUs);
  };
  const change = (step: (before: ReplayClock) => ReplayClock): void => {
    const before = clock.get();
    const after = step(before);
    if (after === before) return;
    clock.set(after);
    if (after.atUnixUs !== before.atUnixUs) show();
  };
  show();
  return {
    document,
    clock,
    change,
    track,
    sample,
    contacts,
    frame,
    tick: (elapsedMs) => change((c) => advance(c, elapsedMs)),
  };
}
