import type { ToUi, VideoFrame } from "../../contract/messages.js";
import type { FlightMemory } from "../flightMemory.js";
import type { Notices } from "../notices.js";
import type { Recorder } from "../recording/recorder.js";
import type { Camera, CameraListener } from "./cameraTypes.js";

type CameraOutputs = {
  readonly recorder: Recorder;
  readonly memory: FlightMemory;
  readonly notices: Notices;
  readonly publish: (message: ToUi) => void;
  readonly offerFrame: (camera: Camera, frame: VideoFrame) => void;
  readonly log: (line: string) => void;
};

/**
 * Where everything goes that comes of a camera: into the recording, the flight's memory and to the screens. A sortie holds the
 * video of one camera, the first (`isFirst`).
 */
export function createCameraOutput(camera: Camera, isFirst: boolean, outputs: CameraOutputs): CameraListener {
  const { recorder, memory, notices, publish, offerFrame, log } = outputs;
  return {
    onBytes: (bytes) => {
      if (isFirst) recorder.video(bytes);
    },
    onFrame: (frame) => offerFrame(camera, frame),
    onCoverage: (patch) => {
      if (memory.onCoverage(patch)) recorder.coverage(patch);
      return memory.coverageOrigin ?? patch.origin;
    },
    onContacts: (contacts, newIds) => {
      const all = memory.onContacts(camera.id, contacts);
      recorder.contacts(all, newIds);
      publish({ kind: "contacts", contacts: all });
    },
    onPicture: (picture) => {
      recorder.snapshot(picture.contactId, picture);
      publish(memory.onPicture(picture));
    },
    onProblem: (problem, detail) => {
      const { kind, ...facts } = problem ?? { kind: "back" };
      const severity = problem ? "caution" : "info";
      notices.say({ id: isFirst ? "video" : `video-${camera.id}`, severity, key: `video.${kind}`, facts });
      if (detail !== undefined) log(`vigie: video: ${detail}`);
    },
  };
}
