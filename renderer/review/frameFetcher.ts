import type { VideoFrame } from "../../src/contract/messages.js";
import type { RecordingDocument } from "../../src/contract/recordings.js";
import type { StationStore } from "../bridge/stationStore.js";
import { LatestOnlyQuery } from "./latestOnlyQuery.js";

/** Fetches the pictures of a recording. */
export class FrameFetcher {
  readonly #document: RecordingDocument;
  readonly #show: (frame: VideoFrame | undefined) => void;
  readonly #query: LatestOnlyQuery;

  constructor(
    station: Pick<StationStore, "request">,
    document: RecordingDocument,
    show: (frame: VideoFrame | undefined) => void,
  ) {
    this.#document = document;
    this.#show = show;
    this.#query = new LatestOnlyQuery(async (unixTimeUs) => {
      const { recordingId } = document;
      const reply = await station.request({ kind: "recording-frame", recordingId, unixTimeUs });
      // A picture that cannot be fetched is shown as empty; the recording's problem list has the reason.
      show(reply.ok && reply.value.kind === "frame" ? reply.value.frame : undefined);
    });
  }

  want(unixTimeUs: number): void {
    const { video } = this.#document;
    if (!video) return;
    if (unixTimeUs < video.firstUnixUs || unixTimeUs > video.lastUnixUs + 2e6) {
      this.#query.cancel();
      this.#show(undefined);
      return;
    }
    this.#query.request(unixTimeUs);
  }
}
