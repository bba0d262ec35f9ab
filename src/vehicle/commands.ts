import type { DatumAltitude, Position } from "../geo/position.js";

/** What a pilot may ask. How it is said on the wire belongs to `src/mavlink/dialects`. */
export type VehicleCommand =
  | { readonly kind: "arm" }
  | { readonly kind: "disarm" }
  | { readonly kind: "take-off"; readonly altitudeAboveHomeM: number }
  /** Starts the uploaded mission from its first item (AUTO). Takes off by itself when the mission begins with a take-off. */
  | { readonly kind: "start-mission" }
  /** Holds position now; a mission remembers where it was. */
  | { readonly kind: "pause" }
  | { readonly kind: "resume" }
  | { readonly kind: "go-to"; readonly position: Position; readonly height: DatumAltitude }
  | { readonly kind: "return" }
  | { readonly kind: "land" };

export type CommandFailure =
  /** No acknowledgement after the last retry. */
  | { readonly kind: "no-reply"; readonly attempts: number }
  /** MAV_RESULT other than accepted; `reasons` are the vehicle's own words that came with it. */
  | { readonly kind: "refused"; readonly mavResult: number; readonly reasons: readonly string[] }
  /** Accepted, but telemetry never showed the effect. */
  | { readonly kind: "no-effect"; readonly expected: string }
  /** The vehicle or its state does not allow it; nothing was sent. */
  | { readonly kind: "not-possible"; readonly because: string }
  | { readonly kind: "vehicle-lost" }
  | { readonly kind: "busy"; readonly with: VehicleCommand["kind"] }
  | { readonly kind: "cancelled" };

/** `idle → pending → done | failed`. Arming and mode changes are done when telemetry shows them, not at the ack. */
export type CommandStatus =
  | { readonly phase: "pending"; readonly attempt: number; readonly progressFraction: number | undefined }
  | { readonly phase: "done" }
  | { readonly phase: "failed"; readonly failure: CommandFailure };
