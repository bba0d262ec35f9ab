import type { Position } from "./position.js";

/** Height of mean sea level (EGM96) above the WGS-84 ellipsoid, metres. */
export declare function geoidHeightM(position: Position): number;
export declare function ellipsoidFromAmslM(position: Position, altitudeAmslM: number): number;
export declare function amslFromEllipsoidM(position: Position, altitudeEllipsoidM: number): number;
