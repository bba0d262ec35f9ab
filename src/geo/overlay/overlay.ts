import type { Position } from "../position.js";

/** Colours as "#rrggbbaa". */
export type OverlayLook = {
  readonly stroke: string;
  /** Pixels of the screen; 0 draws no line. */
  readonly strokePx: number;
  /** Undefined leaves an area open. */
  readonly fill: string | undefined;
};

export type OverlayShape = "point" | "line" | "area";

export type OverlayFeature = {
  /** Empty without one. */
  readonly name: string;
  readonly shape: OverlayShape;
  /** Points one by one; a line's corners; an area's outline, then its holes, without their closing corners. */
  readonly parts: readonly (readonly Position[])[];
  readonly look: OverlayLook;
};

/** A picture between parallels and meridians, turned about its middle. */
export type OverlayPicture = {
  readonly name: string;
  /** As the file names it. */
  readonly href: string;
  readonly southDeg: number;
  readonly westDeg: number;
  readonly northDeg: number;
  readonly eastDeg: number;
  /** Against the clock. */
  readonly rotationDeg: number;
};

export type Overlay = {
  /** Empty where the file does not say. */
  readonly name: string;
  readonly features: readonly OverlayFeature[];
  readonly pictures: readonly OverlayPicture[];
  /** Addresses of other files, as the file names them; empty where a link has none. */
  readonly links: readonly string[];
};

export const OVERLAY_POSITIONS_MAX = 1_000_000;
export const OVERLAY_CHARS_MAX = 32_000_000;

/** Where a file says nothing: as Google Earth draws it, but for white, which the day's ground swallows. */
export const PLAIN_LOOK: OverlayLook = { stroke: "#ffb000ff", strokePx: 2, fill: "#ffb00040" };
