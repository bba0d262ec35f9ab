import type { VideoFrame, VideoStatus } from "../../contract/messages.js";
import type { Clock, Scheduler } from "../../core/clock.js";
import type { VideoProblem } from "../../core/mediaProblem.js";
import type { Position } from "../../geo/position.js";
import type { CoveragePatch } from "../../sortie/coverageTiles.js";
import type { MessagePortLike } from "../../io/messagePortLike.js";
import type { Contact } from "../../track/contact.js";
import type { CameraId } from "../../track/sensorIds.js";
import type { HomeState, VehicleId } from "../../vehicle/vehicleState.js";
import type { Tracking } from "../tracking/tracking.js";
import type { ContactPicture } from "./contactPictures.js";

/** A camera as the station was started with it. */
export type Camera = {
  readonly id: CameraId;
  /** Where its video arrives: `udp://:5600`. */
  readonly uri: string;
  /** The vehicle it is on; undefined when nobody said. */
  readonly carrierId: VehicleId | undefined;
};

/** What comes of one camera. Times are the camera's own until `stationTimes.ts` has changed them. */
export type CameraListener = {
  /** As received, to be recorded. */
  readonly onBytes: (bytes: Uint8Array) => void;
  readonly onFrame: (frame: VideoFrame) => void;
  /** Ground that a picture showed. The answer is where the station counts covered ground from. */
  readonly onCoverage: (patch: CoveragePatch) => Position;
  /** Every contact of this camera in the sortie; `newIds` are those that appeared since the last call. */
  readonly onContacts: (contacts: readonly Contact[], newIds: readonly string[]) => void;
  readonly onPicture: (picture: ContactPicture) => void;
  /** Undefined: the trouble is over. `detail` is for the log, not for a person. */
  readonly onProblem: (problem: VideoProblem | undefined, detail: string | undefined) => void;
};

/** One camera from its socket to frames and contacts, and the state of its video. */
export type CameraFeed = {
  readonly status: () => VideoStatus;
  readonly setGround: (home: HomeState | undefined, coastJson: string | undefined) => void;
  readonly setSkewMs: (skewMs: number | undefined) => void;
  /** Another sortie: no contact of before is sent from now on, and new ones get numbers never given. */
  readonly startOver: () => void;
  readonly dispose: () => Promise<void>;
};

export type CameraFeedOptions = {
  readonly camera: Camera;
  /** The decoder's window; without one the worker decodes by itself. */
  readonly decoderPort: MessagePortLike | undefined;
  readonly coastJson: string | undefined;
  readonly time: { readonly clock: Clock; readonly scheduler: Scheduler };
  readonly tracking: Tracking;
  readonly listener: CameraListener;
};

export type OpenCamera = (options: CameraFeedOptions) => CameraFeed;
