import type { Position } from "../../geo/position.js";

/** What telemetry must show before a step counts as done. Data, so that a step can be logged and compared. */
export type Evidence =
  /** The acknowledgement is all there is. */
  | { readonly kind: "none" }
  | { readonly kind: "mode"; readonly customMode: number; readonly modeName: string }
  | { readonly kind: "armed"; readonly isArmed: boolean }
  | { readonly kind: "above"; readonly altitudeAboveHomeM: number };

/** One MAVLink command with what proves it. */
export type CommandStep = {
  /** MAV_CMD number. */
  readonly command: number;
  readonly params: readonly [number, number, number, number];
  /** param5 and param6: a place for COMMAND_INT, plain numbers otherwise. */
  readonly place: Position | undefined;
  /** param7. */
  readonly z: number;
  /** MAV_FRAME of `place` and `z`; COMMAND_INT only. */
  readonly frame: number;
  readonly form: "long" | "int";
  /** Arming is never sent twice: a late copy could arm minutes after the pilot looked away. */
  readonly isRetried: boolean;
  /** Going on without it is right when the vehicle does not know the command. */
  readonly isOptional: boolean;
  /** Already true means there is nothing to send; true before the acknowledgement means it was only the ack that was lost. */
  readonly isEffectEnough: boolean;
  readonly evidence: Evidence;
  readonly effectTimeoutMs: number;
};
