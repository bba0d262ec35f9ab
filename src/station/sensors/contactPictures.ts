import type { VisionBox } from "../../track/visionTypes.js";
import type { GreyImage } from "../../detect/detection.js";

export type ContactPicture = {
  readonly contactId: string;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly luma: Uint8Array<ArrayBuffer>;
};

const SIDE_PX = 64;
/** A picture is replaced only by one better by this factor, so that it does not flicker. */
const BETTER_BY = 1.15;

/** Keeps the best view of each contact: large, complete and with a high score. */
export class ContactPictures {
  readonly #bestByContact = new Map<string, number>();

  /** The crops of this frame that are better than the kept ones. */
  better(image: GreyImage, boxes: readonly VisionBox[]): ContactPicture[] {
    return boxes.flatMap((box) => {
      if (box.contactId === undefined) return [];
      const quality = qualityOf(image, box);
      const best = this.#bestByContact.get(box.contactId);
      if (best !== undefined && quality < best * BETTER_BY) return [];
      this.#bestByContact.set(box.contactId, quality);
      return [{ contactId: box.contactId, widthPx: SIDE_PX, heightPx: SIDE_PX, luma: crop(image, box) }];
    });
  }
}

/** Score times size, less when the crop extends over the edge of the picture. */
function qualityOf(image: GreyImage, box: VisionBox): number {
  const centreX = box.x + box.w / 2;
  const centreY = box.y + box.h / 2;
  const edgePx = Math.min(centreX, centreY, image.widthPx - centreX, image.heightPx - centreY);
  const whole = Math.min(1, Math.max(0.2, edgePx / (SIDE_PX / 2)));
  return box.score * Math.sqrt(box.w * box.h) * whole;
}

/** A square around the box, at least 64 px of the picture; larger boxes are scaled down. Black outside the picture. */
function crop(image: GreyImage, box: VisionBox): Uint8Array<ArrayBuffer> {
  const luma = new Uint8Array(SIDE_PX * SIDE_PX);
  const scale = Math.max(1, (Math.max(box.w, box.h) * 1.3) / SIDE_PX);
  const left = box.x + box.w / 2 - (SIDE_PX / 2) * scale;
  const top = box.y + box.h / 2 - (SIDE_PX / 2) * scale;
  for (let y = 0; y < SIDE_PX; y++) {
    const sourceY = Math.floor(top + y * scale);
    if (sourceY < 0 || sourceY >= image.heightPx) continue;
    for (let x = 0; x < SIDE_PX; x++) {
      const sourceX = Math.floor(left + x * scale);
      if (sourceX < 0 || sourceX >= image.widthPx) continue;
      luma[y * SIDE_PX + x] = image.luma[sourceY * image.widthPx + sourceX] ?? 0;
    }
  }
  return luma;
}
