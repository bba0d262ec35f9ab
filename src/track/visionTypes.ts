import type { Detection, GreyImage, ObjectClass } from "../detect/detection.js";
import type { FramePose } from "../video/framePose.js";
import type { Contact } from "./contact.js";
import type { Footprint } from "./footprint.js";

/** A decoded frame. `unixTimeUs` is the pose's time where there is a pose, otherwise the best estimate of the exposure time. */
export type VisionFrame = {
  readonly unixTimeUs: number;
  readonly image: GreyImage;
  readonly pose: FramePose | undefined;
};

/** A box to draw; has a `contactId` once the object is a contact. */
export type VisionBox = {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
  readonly class: ObjectClass;
  readonly score: number;
  readonly contactId: string | undefined;
};

export type VisionResult = {
  readonly detections: readonly Detection[];
  /** One per detection, in the same order. */
  readonly boxes: readonly VisionBox[];
  /** Undefined without a usable pose, or when any corner looks above the horizon. */
  readonly frameGround: Footprint | undefined;
  /** Every contact of the sortie so far, oldest first; the same array as last time when `areContactsChanged` is false. */
  readonly contacts: readonly Contact[];
  readonly areContactsChanged: boolean;
  /** Ids of contacts that are new with this frame. */
  readonly newContacts: readonly string[];
};

/** Deterministic: the same frames, one at a time and in order, give the same contacts in flight and in replay. */
export type Vision = {
  readonly process: (frame: VisionFrame) => Promise<VisionResult>;
  /** Starts a new sortie: all tracks and contacts are dropped; new contacts get numbers that were not used before. */
  readonly startOver: () => void;
};
