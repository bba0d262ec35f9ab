/**
 * A training scenario: which actors are where, and when. Times are seconds of scenario time, which starts at boot or at the first
 * arming; positions are metres east and north of the vehicle's home. The same file and seed give the same truth and pixels.
 */
import type { HeightField } from "./world/heightField.js";

export type Offset = { readonly eastM: number; readonly northM: number };

/** One step of an actor; steps follow each other. `untilS` is the scenario time at which the step ends. */
export type Step =
  | { readonly kind: "stay"; readonly untilS: number }
  /** Walks (or drives, or sails) straight to a position. */
  | { readonly kind: "move"; readonly to: Offset; readonly groundSpeedMps: number }
  /** Moves with another actor at the present offset from it: people carrying a boat. */
  | { readonly kind: "follow"; readonly actorId: string; readonly untilS: number }
  /** Drifts with wind and current. */
  | { readonly kind: "drift"; readonly courseDeg: number; readonly groundSpeedMps: number; readonly untilS: number };

export type ActorKind = "person" | "boat" | "vehicle" | "rock" | "gull" | "glint";

export type Actor = {
  readonly id: string;
  readonly kind: ActorKind;
  readonly at: Offset;
  /** Longest side; defaults by kind: person 0.5 (seen from above), boat 8, vehicle 4.6, rock 0.8, gull 0.4, glint 0.5. */
  readonly lengthM?: number;
  readonly widthM?: number;
  /** True direction of the long side, until the actor moves. */
  readonly headingDeg?: number;
  /** For boats and vehicles. */
  readonly isEngineWarm?: boolean;
  readonly steps?: readonly Step[];
};

/** A plateau behind a line, as on the capes between Boulogne and Calais. */
export type CliffTerrain = {
  /** The foot of the cliff, the plateau on its right (as the land of a waterline); its ends go on without limit. */
  readonly foot: readonly Offset[];
  /** The beach rises to this height, instead of home's; at least 0. */
  readonly footAmslM: number;
  /** Above the foot. */
  readonly plateauAmslM: number;
  /** The cliff rises evenly from foot to edge over this width, seen from above. */
  readonly slopeWidthM: number;
};

/** At least one of the first two. */
type ScenarioTerrain = {
  readonly cliff?: CliffTerrain;
  /** Files of heights, by paths from the scenario's folder. Where they know nothing the beach goes on, or the cliff; the sea is at 0. */
  readonly files?: readonly string[];
  /** What the files say around home: `loadScene` puts it here, a scenario's file has none. */
  readonly heights?: HeightField;
};

export type Scenario = {
  readonly name: string;
  readonly teaches: string;
  readonly seed: number;
  readonly clock: "boot" | "arming";
  readonly home: { readonly latitudeDeg: number; readonly longitudeDeg: number; readonly altitudeAmslM: number };
  readonly wind: { readonly fromDeg: number; readonly meanMps: number; readonly gustMps: number };
  /** One-sigma errors of the autopilot's estimate, slowly varying; zero for a perfect estimate. */
  readonly navigation: { readonly horizontalM: number; readonly verticalM: number; readonly attitudeDeg: number };
  /** Apparent temperatures, °C, as the thermal camera would measure them. */
  readonly temperatures: {
    readonly seaC: number;
    readonly wetSandC: number;
    readonly drySandC: number;
    readonly grassC: number;
    readonly roadC: number;
  };
  readonly camera: {
    readonly widthPx: number;
    readonly heightPx: number;
    readonly hfovDeg: number;
    readonly framesPerS: number;
    /** Noise-equivalent temperature difference, kelvin. */
    readonly netdK: number;
  };
  /** Waterline with the sea on its left, replacing the real coast near home; metres from home. */
  readonly waterline?: readonly Offset[];
  /** Ground that is higher than the beach. Home's altitude is the ground's there, as without it. */
  readonly terrain?: ScenarioTerrain;
  readonly roads?: readonly { readonly line: readonly Offset[]; readonly widthM: number }[];
  readonly actors: readonly Actor[];
  /** A safety pilot's mode switches by radio, in scenario time: mode changes without the station. */
  readonly radio?: readonly { readonly atS: number; readonly mode: string }[];
  /** The plan that the trainee starts with, relative to `missions/`. */
  readonly plan?: string;
};
