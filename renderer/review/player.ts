/**
 * A recording being replayed: its clock, and what scene and panels show at that time. Driven by the page's animation
 * loop.
 */
import type { VideoFrame } from "../../src/contract/messages.js";
import type { RecordingDocument } from "../../src/contract/recordings.js";
import type { RecordedSample, RecordedTrack } from "../../src/vehicle/recordedTrack.js";
import type { Contact } from "../../src/track/contact.js";
import type { VehicleReport } from "../../src/vehicle/flightReport.js";
import type { VehicleState } from "../../src/vehicle/vehicleState.js";
import { Latest } from "../bridge/latest.js";
import type { StationStore } from "../bridge/stationStore.js";
import { FrameFetcher } from "./frameFetcher.js";
import { LatestOnlyQuery } from "./latestOnlyQuery.js";
import { type ReplayClock, advance, startClock } from "./replayClock.js";
import { contactsAt, sampleAt } from "./sampleAt.js";

export type Player = {
  readonly document: RecordingDocument;
  readonly clock: Latest<ReplayClock>;
  readonly change: (step: (clock: ReplayClock) => ReplayClock) => void;
  /** The vehicle shown: the one with the longest track. */
  readonly track: readonly RecordedSample[];
  /** Interpolated between the track's samples, so that the scene moves smoothly. */
  readonly sample: Latest<RecordedSample | undefined>;
  /** The vehicle's exact state at the moment, for the instruments; undefined until the station sent it. */
  readonly state: Latest<VehicleState | undefined>;
  readonly report: VehicleReport | undefined;
  readonly contacts: Latest<readonly Contact[]>;
  readonly frame: Latest<VideoFrame | undefined>;
  /** Moves the clock by real time; call from the animation loop. */
  readonly tick: (elapsedMs: number) => void;
};

/** How often the exact state is requested during playback; a seek requests it at once. */
const ASK_STATE_EVERY_MS = 100;

export function createPlayer(document: RecordingDocument, station: Pick<StationStore, "request">): Player {
  const shown = document.vehicles.reduce<RecordedTrack | undefined>(
    (longest, vehicle) => (longest && longest.track.length >= vehicle.track.length ? longest : vehicle),
    undefined,
  );
  const track = shown?.track ?? [];
  const systemId = shown?.systemId;
  const { firstUnixUs, lastUnixUs } = document.report;
  const clock = new Latest(startClock(firstUnixUs, lastUnixUs));
  const sample = new Latest<RecordedSample | undefined>(undefined);
  const state = new Latest<VehicleState | undefined>(undefined);
  const contacts = new Latest<readonly Contact[]>([]);
  const frame = new Latest<VideoFrame | undefined>(undefined);
  const fetcher = new FrameFetcher(station, document, (picture) => frame.set(picture));
  const stateQuery = new LatestOnlyQuery(async (unixTimeUs) => {
    const { recordingId } = document;
    const reply = await station.request({ kind: "recording-state", recordingId, unixTimeUs });
    const vehicles = reply.ok && reply.value.kind === "recording-state" ? reply.value.vehicles : [];
    state.set(vehicles.find((vehicle) => vehicle.systemId === systemId));
  });
  let countOfContacts = -1;
  let sinceAskedMs = 0;

  const show = (): void => {
    const { atUnixUs } = clock.get();
    sample.set(sampleAt(track, atUnixUs));
    // Keep the same array while the number of contacts is unchanged, so that nothing re-renders.
    const count = document.contacts.filter(({ unixTimeUs }) => unixTimeUs <= atUnixUs).length;
    if (count !== countOfContacts) contacts.set(contactsAt(document, atUnixUs));
    countOfContacts = count;
    fetcher.want(atUnixUs);
  };
  const move = (step: (before: ReplayClock) => ReplayClock, elapsedMs: number): void => {
    const before = clock.get();
    const after = step(before);
    if (after === before) return;
    clock.set(after);
    if (after.atUnixUs !== before.atUnixUs) show();
    sinceAskedMs += elapsedMs;
    if (after.isPlaying && sinceAskedMs < ASK_STATE_EVERY_MS) return;
    sinceAskedMs = 0;
    stateQuery.request(after.atUnixUs);
  };
  const change: Player["change"] = (step) => move(step, ASK_STATE_EVERY_MS);
  show();
  stateQuery.request(clock.get().atUnixUs);
  return {
    document,
    clock,
    change,
    track,
    sample,
    state,
    report: document.report.vehicles.find((vehicle) => vehicle.systemId === systemId) ?? document.report.vehicles[0],
    contacts,
    frame,
    tick: (elapsedMs) => move((c) => advance(c, elapsedMs), elapsedMs),
  };
}
