import type { Position } from "../geo/position.js";

/** An alternative to home for a return, used when it is nearer. */
export type RallyPoint = { readonly position: Position; readonly heightAboveHomeM: number };
