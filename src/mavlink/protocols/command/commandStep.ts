import type { Position } from "../../../geo/position.js";
import type { FlightPhase } from "../../../vehicle/vehicleState.js";

/** What telemetry must show before a step counts as done. Data, so that a step can be logged and compared. */
export type Evidence =
  /** The acknowledgement is all there is. */
  | { readonly kind: "none" }
  | { readonly kind: "mode"; readonly customMode: number; readonly modeName: string }
  | { readonly kind: "armed"; readonly isArmed: boolean }
  | { readonly kind: "above"; readonly altitudeAboveHomeM: number }
  | { readonly kind: "mission-item"; readonly seq: number }
  /** Any of these: where the way to hovering may last as long as the mission flies on, the way is proof enough. */
  | { readonly kind: "vtol"; readonly vtol: readonly NonNullable<FlightPhase["vtol"]>[] };

export type StepParams = readonly [number, number, number, number];

/** One MAVLink command with what proves it. */
export type CommandStep = {
  /** MAV_CMD number. */
  readonly command: number;
  readonly params: StepParams;
  /** param5 and param6: a place for COMMAND_INT, plain numbers otherwise. */
  readonly place: Position | undefined;
  /** param7. */
  readonly z: number;
  /** MAV_FRAME of `place` and `z`; COMMAND_INT only. */
  readonly frame: number;
  readonly form: "long" | "int";
  /** What a place that is not given is filled with: 0 (ArduPilot, the default) or NaN (PX4). */
  readonly unused?: number;
  /** Arming is never sent twice: a late copy could arm minutes after the pilot looked away. */
  readonly isRetried: boolean;
  /** Sent once, with the same command, when no answer came: a copy that is still on its way must not take effect later. */
  readonly compensation?: StepParams;
  /** Going on without it is right when the vehicle does not know the command. */
  readonly isOptional: boolean;
  /** The older message that says the same, for a vehicle that does not know the command. */
  readonly fallback?: "mission-set-current";
  /** Already true means there is nothing to send; true before the acknowledgement means it was only the ack that was lost. */
  readonly isEffectEnough: boolean;
  readonly evidence: Evidence;
  readonly effectTimeoutMs: number;
};

const BASE: CommandStep = {
  command: 0,
  params: [0, 0, 0, 0],
  place: undefined,
  z: 0,
  frame: 0,
  form: "long",
  isRetried: true,
  isOptional: false,
  isEffectEnough: true,
  evidence: { kind: "none" },
  // Modes and arming are told by the 1 Hz heartbeat: three beats and the way.
  effectTimeoutMs: 4000,
};

/** A step from what differs. With evidence "none" the effect can never be "there already". */
export const stepWith = (changes: Partial<CommandStep> & Pick<CommandStep, "command">): CommandStep => {
  const step = { ...BASE, ...changes };
  return { ...step, isEffectEnough: step.isEffectEnough && step.evidence.kind !== "none" };
};
