/**
 * What a search pattern has to bring. One file per pattern and one line in `registry.ts`: the planner, the command line, the
 * editor and the file format know patterns only through it.
 */
import type { Result } from "../../core/result.js";
import type { JsonObject } from "../../geo/jsonText.js";
import type { Position } from "../../geo/position.js";
import type { Aircraft } from "../aircraft.js";
import type { AreaFailure } from "../areaFailure.js";
import type { Look } from "../formats/look.js";
import type { MissionItem, PlannedHome, SweepSettings } from "../plan.js";
import type { SeenObject } from "../sweepWidth.js";

/** One straight flight line, in the order and direction of flight. A look from one point has length 0. */
type SweepLeg = {
  readonly from: Position;
  readonly to: Position;
  readonly headingDeg: number;
  readonly lengthM: number;
};

export type Sweep = {
  readonly legs: readonly SweepLeg[];
  readonly areaM2: number;
  /** Legs and the straight ways between them. */
  readonly lengthM: number;
  /** Ways between legs that leave the area because a notch lies between; not counted when turning outside is wanted. */
  readonly transitsOutsideArea: number;
  /** Part of the area within half a swath of a leg to the sides, and half a spacing beyond its ends. */
  readonly coveredFraction: (swathM: number) => number;
};

/** Settings that a planner names himself instead of having them follow from what must be seen. */
export type SortieOverride = {
  readonly heightAboveHomeM?: number;
  readonly trackSpacingM?: number;
  readonly legHeadingDeg?: number;
  readonly groundSpeedMps?: number;
  readonly turnaroundM?: number;
};

/** What the settings of a pattern follow from. */
export type PatternRequest = {
  readonly area: readonly Position[];
  readonly home: PlannedHome;
  readonly aircraft: Aircraft;
  readonly see: SeenObject;
  /** Wanted probability of detection, 0 < x < 1. */
  readonly podWanted: number;
  readonly override: SortieOverride;
};

/** What a plan keeps of a pattern that is laid over an area. */
export type SweepContent<S> = {
  readonly area: readonly Position[];
  readonly settings: S;
  readonly items: readonly MissionItem[];
};

/** A complex item of a file, with the note that this station put beside it. */
export type PatternSource = { readonly item: JsonObject; readonly note: JsonObject };
export type PatternPlace = { readonly item: string; readonly note: string };

/** `S`: the settings that every sweep has, and this pattern's own. */
export type Pattern<S extends SweepSettings> = {
  /** What the command line and the notes in plans call it. */
  readonly id: string;
  readonly title: { readonly en: string; readonly fr: string };
  /** Any settings as this pattern's: its own, where they are missing, at their usual values. */
  readonly schema: (settings: SweepSettings) => S;
  /** The settings that follow from what must be seen. */
  readonly defaults: (request: PatternRequest) => S;
  /** Legs in flight order. `home`, when known, decides where to begin. */
  readonly generate: (area: readonly Position[], settings: S, home?: Position) => Result<Sweep, AreaFailure>;
  /** Undefined where the item is none of this pattern's making. A mistake inside goes to `look`. */
  readonly read: (look: Look, source: PatternSource, place: PatternPlace) => SweepContent<S> | undefined;
  /** The complex item, and the note for what that has no place for. `firstJumpId`: of the first of its items. */
  readonly write: (content: SweepContent<S>, firstJumpId: number) => PatternSource;
};

export type AnyPattern = Pattern<SweepSettings>;

/** A pattern for those who know nothing of its own settings. */
export const registered = <S extends SweepSettings>(pattern: Pattern<S>): AnyPattern => ({
  ...pattern,
  generate: (area, settings, home) => pattern.generate(area, pattern.schema(settings), home),
  write: (content, firstJumpId) =>
    pattern.write({ ...content, settings: pattern.schema(content.settings) }, firstJumpId),
});
