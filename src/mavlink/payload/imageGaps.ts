/**
 * A camera reports each picture by one message (CAMERA_IMAGE_CAPTURED), and a radio loses some: missing ones are
 * requested again. https://mavlink.io/en/services/camera.html#camera_capture
 */
import { CMD } from "../../plan/missionCommands.js";
import type { MavlinkFrame, OutgoingMessage } from "../frame.js";
import { fieldsOf } from "../messageFields.js";

const CAMERA_IMAGE_CAPTURED = 263;
/**
 * When a camera took many pictures while the link was down, only the newest are requested; the rest is on its memory
 * card.
 */
const ASKED_MAX = 20;

export class ImageGaps {
  readonly #newest = new Map<number, number>();
  readonly #missing = new Map<number, Set<number>>();

  /** The requests to send after this frame; empty for frames that report no picture. */
  onFrame(frame: MavlinkFrame): readonly OutgoingMessage[] {
    const image = fieldsOf(frame, "CAMERA_IMAGE_CAPTURED");
    if (!image || image.image_index < 0) return [];
    const { componentId, systemId } = frame;
    const missing = this.#missing.get(componentId) ?? new Set<number>();
    this.#missing.set(componentId, missing);
    missing.delete(image.image_index);
    const newest = this.#newest.get(componentId);
    // A camera that restarts counts from 0 again.
    const isFresh = newest === undefined || image.image_index < newest - ASKED_MAX;
    this.#newest.set(componentId, isFresh ? image.image_index : Math.max(newest, image.image_index));
    if (isFresh) {
      missing.clear();
      return [];
    }
    const asked: OutgoingMessage[] = [];
    for (let index = Math.max(newest + 1, image.image_index - ASKED_MAX); index < image.image_index; index++) {
      if (missing.has(index)) continue;
      missing.add(index);
      asked.push(askFor(systemId, componentId, index));
    }
    return asked;
  }

  /** Requests the missing ones again, in case a request or a reply was lost. */
  stillMissing(systemId: number): readonly OutgoingMessage[] {
    return [...this.#missing].flatMap(([componentId, missing]) =>
      [...missing].slice(0, ASKED_MAX).map((index) => askFor(systemId, componentId, index)),
    );
  }
}

const askFor = (systemId: number, componentId: number, index: number): OutgoingMessage => ({
  name: "COMMAND_LONG",
  fields: {
    target_system: systemId,
    target_component: componentId,
    command: CMD.requestMessage,
    param1: CAMERA_IMAGE_CAPTURED,
    param2: index,
    confirmation: 0,
  },
});
