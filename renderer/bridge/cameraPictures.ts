import type { ToUi, VideoFrame, VideoStatus } from "../../src/contract/messages.js";
import { cameraIdOf, type CameraId } from "../../src/track/sensorIds.js";
import { Latest } from "./latest.js";

type CameraUpdate = Extract<ToUi, { kind: "video-frame" | "video-status" }>;

export const FIRST_CAMERA_ID = cameraIdOf(1);

/**
 * The station's cameras, and which of them these screens show. The station sends no further picture of a camera until
 * its last was painted: of those not shown a picture a second at most arrives, and is kept.
 */
export class CameraPictures {
  /** In the order in which their first message arrived. */
  readonly ids = new Latest<readonly CameraId[]>([]);
  readonly shownId = new Latest<CameraId>(FIRST_CAMERA_ID);
  /** The picture and the status of the camera that is shown. */
  readonly frame = new Latest<VideoFrame | undefined>(undefined);
  readonly status = new Latest<VideoStatus | undefined>(undefined);
  /** The camera that a person chose, shown as long as the station has it. */
  #wantedId = FIRST_CAMERA_ID;
  readonly #frames = new Map<CameraId, VideoFrame>();
  readonly #statuses = new Map<CameraId, VideoStatus>();

  apply(message: CameraUpdate): void {
    const { cameraId } = message;
    if (!this.ids.get().includes(cameraId)) this.ids.set([...this.ids.get(), cameraId]);
    this.shownId.set(this.ids.get().includes(this.#wantedId) ? this.#wantedId : FIRST_CAMERA_ID);
    if (message.kind === "video-frame") this.#frames.set(cameraId, message.frame);
    else this.#statuses.set(cameraId, message.status);
    if (cameraId === this.shownId.get()) this.#showWhatIsKept();
  }

  readonly showNext = (): void => {
    const ids = this.ids.get();
    const next = ids[(ids.indexOf(this.shownId.get()) + 1) % ids.length];
    if (next === undefined) return;
    this.#wantedId = next;
    this.shownId.set(next);
    this.#showWhatIsKept();
  };

  /** To be called when a station answers anew: it may be another, with fewer cameras. */
  forget(): void {
    this.#frames.clear();
    this.#statuses.clear();
    this.ids.set([]);
  }

  #showWhatIsKept(): void {
    const id = this.shownId.get();
    this.frame.set(this.#frames.get(id));
    this.status.set(this.#statuses.get(id));
  }
}
