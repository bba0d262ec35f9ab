import type { ToUi, VideoFrame } from "../../contract/messages.js";
import type { FlightMemory } from "../flightMemory.js";
import type { Notices } from "../notices.js";
import type { Recorder } from "../recording/recorder.js";
import type { VideoFeedOptions } from "./videoFeed.js";

type VideoNewsOptions = {
  readonly recorder: Recorder;
  readonly memory: FlightMemory;
  readonly notices: Notices;
  readonly say: (message: ToUi) => void;
  readonly offerFrame: (frame: VideoFrame) => void;
  readonly log: (line: string) => void;
};

/** Where everything goes that comes of the pictures: into the recording, the flight's memory and to the screens. */
export function createVideoNews(options: VideoNewsOptions): VideoFeedOptions["news"] {
  const { recorder, memory, notices, say, offerFrame, log } = options;
  return {
    onBytes: (bytes) => recorder.video(bytes),
    onFrame: (frame) => {
      const { unixTimeUs, ground, widthPx } = frame;
      if (ground) {
        recorder.footprint(unixTimeUs, { ...ground, widthPx });
        memory.onFootprint(unixTimeUs, { ...ground, widthPx });
      }
      offerFrame(frame);
    },
    onContacts: (contacts, newIds) => {
      recorder.contacts(contacts, newIds);
      say(memory.onContacts(contacts));
    },
    onPicture: (picture) => {
      recorder.snapshot(picture.contactId, picture);
      say(memory.onPicture(picture));
    },
    onProblem: (problem, detail) => {
      const { kind, ...facts } = problem ?? { kind: "back" };
      const severity = problem ? "caution" : "info";
      notices.say({ id: "video", severity, key: `video.${kind}`, facts });
      if (detail !== undefined) log(`vigie: video: ${detail}`);
    },
  };
}
