import type { VehicleEvent } from "../vehicle/events.js";
import { vehicleEventsFrom } from "./decode.js";
import type { MavlinkFrame } from "./frame.js";
import type { Log, LogWalk, MissionPart, WalkSummary } from "./logs/logWalk.js";
import { missionPartFrom } from "./recordedMission.js";
import { RecordedMetadata } from "./recordedMetadata.js";
import { TlogReading } from "./tlog.js";

/** A link's recording (.tlog) as a log: every frame of every system, both directions. */
export function tlogFrom(bytes: Uint8Array): Log {
  const metadata = new RecordedMetadata();
  return {
    countOfBytes: bytes.length,
    walk: () => new TlogWalk(bytes, 0, metadata),
    writer: undefined,
    problems: [],
    events: metadata.events,
  };
}

class TlogWalk implements LogWalk {
  readonly #bytes: Uint8Array;
  readonly #reading: TlogReading;
  readonly #metadata: RecordedMetadata;

  constructor(bytes: Uint8Array, at: number, metadata: RecordedMetadata) {
    this.#bytes = bytes;
    this.#reading = new TlogReading(bytes, at);
    this.#metadata = metadata;
  }

  get at(): number {
    return this.#reading.at;
  }

  get unixTimeUs(): number {
    return this.#reading.unixTimeUs;
  }

  get name(): string {
    const { name, messageId } = this.#frame;
    return name ?? String(messageId);
  }

  readonly next = (): boolean => {
    if (!this.#reading.next()) return false;
    this.#metadata.onFrame(this.#frame, this.at);
    return true;
  };

  readonly events = (): readonly VehicleEvent[] => {
    const { unixTimeUs } = this.#reading;
    // In a replay the recording's timestamps are the only clock.
    return vehicleEventsFrom(this.#frame, { receivedAtMonoMs: unixTimeUs / 1000, unixTimeUs });
  };

  readonly missionPart = (): MissionPart | undefined => missionPartFrom(this.#frame);

  readonly bookmark = (): (() => LogWalk) => {
    const { at } = this;
    return () => new TlogWalk(this.#bytes, at, this.#metadata);
  };

  readonly summary = (): WalkSummary => this.#reading.summary();

  get #frame(): MavlinkFrame {
    const { frame } = this.#reading;
    if (!frame) throw new Error("Invariant: a walk was asked for a record before its first step");
    return frame;
  }
}
