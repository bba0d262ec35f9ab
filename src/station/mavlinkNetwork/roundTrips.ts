import type { MavlinkFrame } from "../../mavlink/frame.js";
import { timesyncRoundTripMs } from "../../mavlink/outgoing.js";

/** Weight of the newest round trip in the smoothed value. */
const NEWEST_WEIGHT = 0.2;
/** Unanswered TIMESYNC requests kept: half a minute of them. */
const ASKED_MAX = 64;

/**
 * Round trip times from TIMESYNC, of a link and of each vehicle on it. Answers to other stations' requests are ignored.
 */
export class RoundTrips {
  readonly #asked = new Set<bigint>();
  readonly #byEar = new Map<string, number>();
  #linkMs: number | undefined;

  asked(monoNs: bigint): void {
    this.#asked.add(monoNs);
    if (this.#asked.size <= ASKED_MAX) return;
    for (const oldest of this.#asked) {
      this.#asked.delete(oldest);
      return;
    }
  }

  onTimesync(frame: MavlinkFrame, from: string, nowMonoNs: bigint): void {
    const tripMs = timesyncRoundTripMs(frame, nowMonoNs);
    if (tripMs === undefined || !this.#asked.has(frame.fields["ts1"] as bigint)) return;
    this.#linkMs = smoothed(this.#linkMs, tripMs);
    const sourceKey = sourceKeyOf(from, frame.systemId);
    this.#byEar.set(sourceKey, smoothed(this.#byEar.get(sourceKey), tripMs));
  }

  linkMs(): number | undefined {
    return this.#linkMs;
  }

  ofMs(from: string, systemId: number): number | undefined {
    return this.#byEar.get(sourceKeyOf(from, systemId));
  }
}

const sourceKeyOf = (from: string, systemId: number): string => `${from} ${systemId}`;
const smoothed = (before: number | undefined, tripMs: number): number =>
  before === undefined ? tripMs : before + (tripMs - before) * NEWEST_WEIGHT;
