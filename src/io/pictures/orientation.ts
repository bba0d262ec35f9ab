/**
 * EXIF's orientation (tag 274): where row 0 and column 0 of the stored picture are when it is shown. 1 is as stored; 2
 * to 4 are mirrored or upside down; 5 to 8 are turned by a quarter, so that width and height are exchanged.
 */
import type { SampledPicture } from "./sampledPicture.js";

const MIRRORED_X: readonly number[] = [2, 3, 6, 7];
const MIRRORED_Y: readonly number[] = [3, 4, 7, 8];

/** The picture as it is to be shown. Values outside 1 to 8 are invalid and change nothing. */
export function oriented(picture: SampledPicture, orientation: number): SampledPicture {
  if (!(orientation >= 2 && orientation <= 8)) return picture;
  const { widthPx, heightPx, samples } = picture;
  const isOnItsSide = orientation >= 5;
  const outWidth = isOnItsSide ? heightPx : widthPx;
  const outHeight = isOnItsSide ? widthPx : heightPx;
  const isMirroredX = MIRRORED_X.includes(orientation);
  const isMirroredY = MIRRORED_Y.includes(orientation);
  const out = samples.slice();
  for (let y = 0; y < outHeight; y++) {
    const upright = isMirroredY ? outHeight - 1 - y : y;
    for (let x = 0; x < outWidth; x++) {
      const across = isMirroredX ? outWidth - 1 - x : x;
      out[y * outWidth + x] = samples[isOnItsSide ? across * widthPx + upright : upright * widthPx + across] ?? 0;
    }
  }
  return { ...picture, widthPx: outWidth, heightPx: outHeight, samples: out };
}
