import type { Coast } from "./coast.js";
import type { Position } from "./position.js";

export type GroundHeight = {
  readonly heightAmslM: number;
  /** One sigma. */
  readonly sigmaM: number;
  readonly surface: "land" | "sea" | "waterline" | "unknown";
  readonly waterlineDistanceM: number | undefined;
};
export type GroundModel = { readonly heightAt: (position: Position) => GroundHeight };
export type GroundOptions = {
  readonly homePosition: Position;
  readonly homeAltitudeAmslM: number;
  /** One sigma of the sea's level about mean sea level; default 1.5 m. */
  readonly tideSigmaM?: number;
};

/** Heights without a terrain file: the sea is at 0, land near home is as high as home. `coast` undefined: land everywhere. */
export declare function createGroundModel(coast: Coast | undefined, options: GroundOptions): GroundModel;
