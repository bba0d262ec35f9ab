import type { Detection, GreyImage, ObjectClass } from "../detect/detection.js";
import type { FramePose } from "../video/framePose.js";
import type { Contact } from "./contact.js";
import type { Footprint } from "./footprint.js";

/** A decoded frame. `unixTimeUs` is the pose's time where there is one, else the best known time of exposure. */
export type VisionFrame = {
  readonly unixTimeUs: number;
  readonly image: GreyImage;
  readonly pose: FramePose | undefined;
};

/** A box to draw; `contactId` once the thing in it is a contact. */
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
  /** One a detection, in the same order. */
  readonly boxes: readonly VisionBox[];
  /** Undefined without a usable pose, or when any corner looks above the horizon. */
  readonly frameGround: Footprint | undefined;
  /** Every contact of the sortie so far, oldest first; the same array as last time when `areContactsChanged` is false. */
  readonly contacts: readonly Contact[];
  readonly areContactsChanged: boolean;
  /** Ids that appeared with this frame. */
  readonly newContacts: readonly string[];
};

/** Deterministic, one frame at a time in order: the same frames give the same contacts, in flight and in replay. */
export type Vision = {
  readonly process: (frame: VisionFrame) => Promise<VisionResult>;
  /** Another sortie: every contact and track is forgotten; new contacts get numbers that were never given. */
  readonly startOver: () => void;
};
