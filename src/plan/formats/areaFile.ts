import type { Result } from "../../core/result.js";
import type { BadFile } from "../../geo/badFile.js";
import type { Position } from "../../geo/position.js";
import type { PlannedHome } from "../plan.js";

export type AreaDocument = {
  readonly name: string | undefined;
  readonly area: readonly Position[];
  /** `vigie:home` = [longitude, latitude, height above mean sea level]. */
  readonly home: PlannedHome | undefined;
  /** `vigie:training`. */
  readonly isTraining: boolean;
};

/** GeoJSON Polygon, Feature or FeatureCollection with exactly one polygon without holes. */
export declare function readAreaFile(text: string, path: string): Result<AreaDocument, BadFile>;
