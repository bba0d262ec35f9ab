import type { Position } from "../geo/position.js";

/** A place to return to instead of home when it is nearer. */
export type RallyPoint = { readonly position: Position; readonly heightAboveHomeM: number };
