import type { VideoFrame } from "../../src/contract/messages.js";
import type { RecordingDocument } from "../../src/contract/recordings.js";
import type { StationStore } from "../bridge/stationStore.js";

/**
 * Pictures of a recording, one question at a time: while one is under way only the newest wish is kept, so that
 * scrubbing never queues work that nobody will look at.
 */
export class FrameFetcher {
  readonly #station: Pick<StationStore, "request">;
  readonly #document: RecordingDocument;
  readonly #show: (frame: VideoFrame | undefined) => void;
  #isAsking = false;
  #wantedUnixUs: number | undefined;

  constructor(
    station: Pick<StationStore, "request">,
    document: RecordingDocument,
    show: (frame: VideoFrame | undefined) => void,
  ) {
    this.#station = station;
    this.#document = document;
    this.#show = show;
  }

  want(unixTimeUs: number): void {
    const { video } = this.#document;
    if (!video) return;
    if (unixTimeUs < video.firstUnixUs || unixTimeUs > video.lastUnixUs + 2e6) {
      this.#wantedUnixUs = undefined;
      this.#show(undefined);
      return;
    }
    this.#wantedUnixUs = unixTimeUs;
    if (!this.#isAsking) void this.#ask();
  }

  async #ask(): Promise<void> {
    this.#isAsking = true;
    while (this.#wantedUnixUs !== undefined) {
      const unixTimeUs = this.#wantedUnixUs;
      this.#wantedUnixUs = undefined;
      const { recordingId } = this.#document;
      const reply = await this.#station.request({ kind: "recording-frame", recordingId, unixTimeUs });
      // A picture that cannot be had is an empty picture: the recording's problems say why.
      this.#show(reply.ok && reply.value.kind === "frame" ? reply.value.frame : undefined);
    }
    this.#isAsking = false;
  }
}
