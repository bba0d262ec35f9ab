import { createContactTracker, type ContactTracker, type TrackedFrame } from "../../track/contactTracker.js";
import type { ObservedFrame } from "../../track/observedFrame.js";
import type { CameraId } from "../../track/sensorIds.js";

/**
 * The tracks of every camera and the numbers of their contacts. They are kept here and not in the workers that find the
 * objects: a worker that dies and is started again goes on with the tracks there were, and no number is given twice.
 * Whether contacts of two cameras are one object is not decided here.
 */
export class Tracking {
  readonly #trackers = new Map<CameraId, ContactTracker>();
  #nextContactNumber = 1;

  /** The frames of one camera come in order. Times are the camera's. */
  track(cameraId: CameraId, frame: ObservedFrame): TrackedFrame {
    const tracker = this.#trackers.get(cameraId) ?? createContactTracker();
    this.#trackers.set(cameraId, tracker);
    const tracked = tracker.track(frame, this.#nextContactNumber);
    this.#nextContactNumber = tracked.nextContactNumber;
    return tracked;
  }

  /** Another sortie: what this camera saw before is forgotten. Numbers go on: C-4 on a person's note stays what it was. */
  reset(cameraId: CameraId): void {
    this.#trackers.delete(cameraId);
  }
}
