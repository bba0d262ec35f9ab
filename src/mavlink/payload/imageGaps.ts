/**
 * Pictures are told one message each, and a radio loses some: the missing ones are asked for again.
 * https://mavlink.io/en/services/camera.html#camera_capture
 */
import { CMD } from "../../plan/missionCommands.js";
import type { MavlinkFrame, OutgoingMessage } from "../frame.js";
import { fieldsOf } from "../messageFields.js";

const CAMERA_IMAGE_CAPTURED = 263;
/** A camera that counted on while we were away: only the newest matter, the rest is in its memory card. */
const ASKED_MAX = 20;

export class ImageGaps {
  readonly #newest = new Map<number, number>();
  readonly #missing = new Map<number, Set<number>>();

  /** What to ask for after this frame; empty for frames that are no picture. */
  onFrame(frame: MavlinkFrame): readonly OutgoingMessage[] {
    const image = fieldsOf(frame, "CAMERA_IMAGE_CAPTURED");
    if (!image || image.image_index < 0) return [];
    const { componentId, systemId } = frame;
    const missing = this.#missing.get(componentId) ?? new Set<number>();
    this.#missing.set(componentId, missing);
    missing.delete(image.image_index);
    const newest = this.#newest.get(componentId);
    // A camera that starts over counts from 0 again.
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

  /** Asked for again, in case the question or the answer was lost. */
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
