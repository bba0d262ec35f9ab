/** Observing and tracking for one camera on one thread, for files, benchmarks and tests. */
import { createContactTracker } from "./contactTracker.js";
import { createFrameObserver, type FrameObserverOptions } from "./frameObserver.js";
import type { Vision, VisionFrame, VisionResult } from "./visionTypes.js";

export function createVision(options: FrameObserverOptions): Vision {
  const observer = createFrameObserver(options);
  let tracker = createContactTracker();
  let nextContactNumber = 1;

  const process = async (frame: VisionFrame): Promise<VisionResult> => {
    const observed = await observer.observe(frame);
    const tracked = tracker.track(observed, nextContactNumber);
    nextContactNumber = tracked.nextContactNumber;
    return {
      detections: observed.detections,
      boxes: tracked.boxes,
      frameGround: observed.placed?.footprint,
      contacts: tracked.contacts,
      areContactsChanged: tracked.areContactsChanged,
      newContacts: tracked.newIds,
    };
  };
  const startOver = (): void => {
    tracker = createContactTracker();
  };
  return { process, startOver };
}
