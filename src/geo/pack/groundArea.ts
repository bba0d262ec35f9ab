/** A stretch of ground that is to be known. */
import type { Position } from "../position.js";
import type { GeoBounds } from "../tiles/geoBounds.js";

export type GroundArea = {
  readonly bounds: GeoBounds;
  /** The middles of about a thousand equal shares of the area: what share of them is known is known of the area. */
  readonly samples: readonly Position[];
  /** Places on its rim, or along its waterline: without all of these it is not known whole. */
  readonly rim: readonly Position[];
  readonly areaKm2: number;
  /** Along the waterline; undefined for a box. */
  readonly coastKm: number | undefined;
};
