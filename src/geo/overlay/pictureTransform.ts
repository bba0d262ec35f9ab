import type { PlaneTransform } from "../../core/geoTiffContent.js";
import { RAD_PER_DEG } from "../angles.js";
import type { OverlayPicture } from "./overlay.js";

/** From a picture's column and row to longitude and latitude: filled into its box, then turned as it lies on the ground. */
export function pictureTransform(
  { southDeg, westDeg, northDeg, eastDeg, rotationDeg }: OverlayPicture,
  { columns, rows }: { readonly columns: number; readonly rows: number },
): PlaneTransform {
  const [middleEast, middleNorth] = [(westDeg + eastDeg) / 2, (southDeg + northDeg) / 2];
  // A degree of longitude is shorter on the ground: turned there, not in degrees, a square stays one.
  const shorter = Math.cos(middleNorth * RAD_PER_DEG);
  const [sin, cos] = [Math.sin(rotationDeg * RAD_PER_DEG), Math.cos(rotationDeg * RAD_PER_DEG)];
  const [acrossDeg, downDeg] = [(eastDeg - westDeg) / columns, (southDeg - northDeg) / rows];
  const [xPerColumn, yPerColumn] = [acrossDeg * cos, acrossDeg * shorter * sin];
  const [xPerRow, yPerRow] = [(-downDeg * sin) / shorter, downDeg * cos];
  return {
    ...{ xPerColumn, xPerRow, yPerColumn, yPerRow },
    x0: middleEast - (columns / 2) * xPerColumn - (rows / 2) * xPerRow,
    y0: middleNorth - (columns / 2) * yPerColumn - (rows / 2) * yPerRow,
  };
}
