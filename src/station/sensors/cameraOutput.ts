import type { StationBus } from "../bus.js";
import type { FlightMemory } from "../flightMemory.js";
import type { Recorder } from "../recording/recorder.js";
import type { Camera, CameraListener } from "./cameraTypes.js";

type CameraOutputs = {
  readonly recorder: Recorder;
  readonly memory: FlightMemory;
  readonly bus: StationBus;
};

/**
 * Passes a camera's results on to the recording, the flight's memory and the screens. A sortie holds the video of one
 * camera, the first (`isFirst`).
 */
export function createCameraOutput(camera: Camera, isFirst: boolean, outputs: CameraOutputs): CameraListener {
  const { recorder, memory, bus } = outputs;
  return {
    onBytes: (bytes) => {
      if (isFirst) recorder.video(bytes);
    },
    onFrame: (frame) => bus.publish({ kind: "video-frame", cameraId: camera.id, frame }),
    onCoverage: (patch) => {
      if (memory.onCoverage(patch)) recorder.coverage(patch);
      return memory.coverageOrigin ?? patch.origin;
    },
    onContacts: (contacts, newIds) => {
      const all = memory.onContacts(camera.id, contacts);
      recorder.contacts(all, newIds);
      bus.send({ kind: "contacts", contacts: all });
    },
    onPicture: (picture) => {
      recorder.snapshot(picture.contactId, picture);
      bus.send(memory.onPicture(picture));
    },
    onProblem: (problem, detail) => {
      const { kind, ...facts } = problem ?? { kind: "back" };
      const severity = problem ? "caution" : "info";
      bus.notice({ id: isFirst ? "video" : `video-${camera.id}`, severity, key: `video.${kind}`, facts });
      if (detail !== undefined) bus.log(`vigie: video: ${detail}`);
    },
  };
}
