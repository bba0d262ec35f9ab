import type { CoastDocument } from "./coastDocument.js";
import type { Position } from "./position.js";

/** "unknown" outside the box of the data. The distance is to the nearest waterline, plus or minus the line's own 95 % error. */
export type ShoreAnswer =
  | { readonly surface: "unknown" }
  | { readonly surface: "land" | "sea"; readonly waterlineDistanceM: number; readonly plusMinusM: number };

export type Coast = {
  readonly document: CoastDocument;
  readonly landOrSea: (position: Position) => ShoreAnswer;
};

export declare function createCoast(document: CoastDocument): Coast;
