/**
 * What a search pattern must implement. One file per pattern and one line in `registry.ts`: the planner, command line, editor
 * and file format use patterns only through this interface.
 */
import type { Result } from "../../core/result.js";
import type { JsonObject } from "../../geo/jsonText.js";
import type { Position } from "../../geo/position.js";
import type { Aircraft } from "../aircraft.js";
import type { AreaFailure } from "../areaFailure.js";
import type { ValidationContext } from "../formats/validationContext.js";
import type { MissionItem, PlannedHome, SweepSettings } from "../plan.js";
import type { SeenObject } from "../sweepWidth.js";

/** One straight leg, in flight order and direction. A single viewpoint is a leg of length 0. */
type SweepLeg = {
  readonly from: Position;
  readonly to: Position;
  readonly headingDeg: number;
  readonly lengthM: number;
};

export type Sweep = {
  readonly legs: readonly SweepLeg[];
  readonly areaM2: number;
  /** Metres, legs and the straight transits between them. */
  readonly lengthM: number;
  /** Number of transits between legs that leave the area (across a notch); not counted when turning outside it is asked for. */
  readonly transitsOutsideArea: number;
  /** Part of the area (0 to 1) within half a swath to the sides of a leg and half a spacing past its ends. */
  readonly coveredFraction: (swathM: number) => number;
};

/** Settings that the planner fixes by hand; the others are calculated from the object that must be seen. */
export type SortieOverride = {
  readonly heightAboveHomeM?: number;
  readonly trackSpacingM?: number;
  readonly legHeadingDeg?: number;
  readonly groundSpeedMps?: number;
  readonly turnaroundM?: number;
};

/** Inputs from which a pattern calculates its settings. */
export type PatternRequest = {
  readonly area: readonly Position[];
  readonly home: PlannedHome;
  readonly aircraft: Aircraft;
  readonly see: SeenObject;
  /** Wanted probability of detection, 0 < x < 1. */
  readonly podWanted: number;
  readonly override: SortieOverride;
};

/** What a plan stores of a pattern laid over an area. */
export type SweepContent<S> = {
  readonly area: readonly Position[];
  readonly settings: S;
  readonly items: readonly MissionItem[];
};

/** A complex item of a file, with Vigie's note about it. */
export type PatternSource = { readonly item: JsonObject; readonly note: JsonObject };
export type PatternPlace = { readonly item: string; readonly note: string };

/** `S`: the settings common to all sweeps plus those of this pattern. */
export type Pattern<S extends SweepSettings> = {
  /** Used on the command line and in the notes in plans. */
  readonly id: string;
  readonly title: { readonly en: string; readonly fr: string };
  /** Completes any settings to those of this pattern; missing ones get their defaults. */
  readonly schema: (settings: SweepSettings) => S;
  /** Calculates the settings from the object that must be seen. */
  readonly defaults: (request: PatternRequest) => S;
  /** Legs in flight order. `home`, when given, decides where to begin. */
  readonly generate: (area: readonly Position[], settings: S, home?: Position) => Result<Sweep, AreaFailure>;
  /** Undefined where another pattern or station wrote the item. A mistake inside is reported to `context`. */
  readonly read: (
    context: ValidationContext,
    source: PatternSource,
    place: PatternPlace,
  ) => SweepContent<S> | undefined;
  /** The complex item, and a note for what its format has no member for. `firstJumpId`: doJumpId of its first mission item. */
  readonly write: (content: SweepContent<S>, firstJumpId: number) => PatternSource;
};

export type AnyPattern = Pattern<SweepSettings>;

/** Hides the settings type, for callers that do not know the pattern's own settings. */
export const registered = <S extends SweepSettings>(pattern: Pattern<S>): AnyPattern => ({
  ...pattern,
  generate: (area, settings, home) => pattern.generate(area, pattern.schema(settings), home),
  write: (content, firstJumpId) =>
    pattern.write({ ...content, settings: pattern.schema(content.settings) }, firstJumpId),
});
