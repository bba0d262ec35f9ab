/** Whether a plan was checked over the ground, and what was found. */
import type { TerrainFindings } from "../../src/plan/findings/terrain.js";

export type GroundCheck = {
  /** "none": nothing to fly, or no home yet. "no-files": the station was started without heights. */
  readonly state: "none" | "no-files" | "checking" | "checked" | "failed";
  /** Part of the station's files could not be read: "checked" is then true of the rest only. */
  readonly isPartMissing: boolean;
  /** While another is checked, those of the plan before it: a list that empties at every step of a drag cannot be read. */
  readonly found: TerrainFindings | undefined;
};

export const NOTHING_FOUND = { isPartMissing: false, found: undefined } as const;
export const NOT_CHECKED: GroundCheck = { state: "none", ...NOTHING_FOUND };
