import { createContactTracker, type ContactTracker, type TrackedFrame } from "../../track/contactTracker.js";
import type { ObservedFrame } from "../../track/observedFrame.js";
import type { CameraId } from "../../track/sensorIds.js";

/**
 * The tracks of every camera and the numbers of their contacts. Kept here and not in the workers that detect: a worker
 * that is restarted continues with the existing tracks, and no number is given twice. Whether contacts of two cameras
 * are one object is not decided here.
 */
export class Tracking {
  readonly #trackers = new Map<CameraId, ContactTracker>();
  #nextContactNumber = 1;

  /** The frames of one camera must come in order. Times are the camera's. */
  track(cameraId: CameraId, frame: ObservedFrame): TrackedFrame {
    const tracker = this.#trackers.get(cameraId) ?? createContactTracker();
    this.#trackers.set(cameraId, tracker);
    const tracked = tracker.track(frame, this.#nextContactNumber);
    this.#nextContactNumber = tracked.nextContactNumber;
    return tracked;
  }

  /**
   * Another sortie: this camera's tracks are forgotten. Numbers continue: a C-4 noted by a person must not become
   * another contact.
   */
  reset(cameraId: CameraId): void {
    this.#trackers.delete(cameraId);
  }
}
