/**
 * A training scenario: who is where, when. Times are seconds on the scenario's own clock, which starts at boot or at the
 * first arming; places are metres east and north of the vehicle's home. Same file and seed: same truth, same pixels.
 */
export type Offset = { readonly eastM: number; readonly northM: number };

/** What an actor does, one step after another. `until` is the scenario second at which the step ends. */
export type Step =
  | { readonly kind: "stay"; readonly untilS: number }
  /** Walks (or drives, or sails) straight to a place. */
  | { readonly kind: "move"; readonly to: Offset; readonly groundSpeedMps: number }
  /** Moves in step with another actor, keeping the present offset from it: people carrying a boat. */
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
  /** Direction of the long side, true, until the actor moves. */
  readonly headingDeg?: number;
  /** Boats and vehicles: a warm engine. */
  readonly isEngineWarm?: boolean;
  readonly steps?: readonly Step[];
};

export type Scenario = {
  readonly name: string;
  readonly teaches: string;
  readonly seed: number;
  readonly clock: "boot" | "arming";
  readonly home: { readonly latitudeDeg: number; readonly longitudeDeg: number; readonly altitudeAmslM: number };
  readonly wind: { readonly fromDeg: number; readonly meanMps: number; readonly gustMps: number };
  /** Errors of the autopilot's own estimate, one sigma, slowly varying; zero for a perfect aircraft. */
  readonly navigation: { readonly horizontalM: number; readonly verticalM: number; readonly attitudeDeg: number };
  /** Degrees Celsius, as the thermal camera would read them. */
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
  /** The waterline as a line with the sea on its left, overriding the real coast close to home; metres from home. */
  readonly waterline?: readonly Offset[];
  readonly roads?: readonly { readonly line: readonly Offset[]; readonly widthM: number }[];
  readonly actors: readonly Actor[];
  /** A safety pilot's mode switch on the radio, on the scenario's clock: the aircraft changes its mode without the station. */
  readonly radio?: readonly { readonly atS: number; readonly mode: string }[];
  /** The plan a trainee starts with, relative to `missions/`. */
  readonly plan?: string;
};
