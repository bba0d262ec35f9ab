import type { VideoFrame, VideoStatus } from "../../contract/messages.js";
import type { Clock, Scheduler } from "../../core/clock.js";
import type { VideoProblem } from "../../core/mediaProblem.js";
import type { Position } from "../../geo/position.js";
import type { CoveragePatch } from "../../sortie/coverageTiles.js";
import type { MessagePortLike } from "../../io/messagePortLike.js";
import type { Contact } from "../../track/contact.js";
import type { CameraId } from "../../track/sensorIds.js";
import type { VehicleId } from "../../vehicle/vehicleState.js";
import type { Tracking } from "../tracking/tracking.js";
import type { ContactPicture } from "./contactPictures.js";
import type { DetectorName } from "./detectors.js";
import type { CameraGround } from "./visionMessages.js";

/** A camera as configured at the station's start. */
export type Camera = {
  readonly id: CameraId;
  /** The URI where its video arrives: `udp://:5600`. */
  readonly uri: string;
  /** The vehicle that carries it; undefined when not configured. */
  readonly carrierId: VehicleId | undefined;
  /** What looks for objects in its pictures. */
  readonly detector: DetectorName;
};

/** The results of one camera. Times are on the camera's clock until `stationTimes.ts` has converted them. */
export type CameraListener = {
  /** The bytes as received, for the recording. */
  readonly onBytes: (bytes: Uint8Array) => void;
  readonly onFrame: (frame: VideoFrame) => void;
  /** Ground shown by a picture. Returns the origin of the station's coverage grid. */
  readonly onCoverage: (patch: CoveragePatch) => Position;
  /** Every contact of this camera in the sortie; `newIds` are those that appeared since the last call. */
  readonly onContacts: (contacts: readonly Contact[], newIds: readonly string[]) => void;
  readonly onPicture: (picture: ContactPicture) => void;
  /** Undefined: the problem is over. `detail` is for the log, not for a person. */
  readonly onProblem: (problem: VideoProblem | undefined, detail: string | undefined) => void;
};

/** One camera, from its socket to frames and contacts, and the status of its video. */
export type CameraFeed = {
  readonly status: () => VideoStatus;
  readonly setGround: (ground: CameraGround) => void;
  readonly setSkewMs: (skewMs: number | undefined) => void;
  /** Another sortie begins: earlier contacts are not sent any more, and new ones get numbers never used before. */
  readonly startOver: () => void;
  readonly dispose: () => Promise<void>;
};

export type CameraFeedOptions = {
  readonly camera: Camera;
  /** The decoder's window; without one the worker decodes itself. */
  readonly decoderPort: MessagePortLike | undefined;
  readonly time: { readonly clock: Clock; readonly scheduler: Scheduler };
  readonly tracking: Tracking;
  readonly listener: CameraListener;
};

export type OpenCamera = (options: CameraFeedOptions) => CameraFeed;
