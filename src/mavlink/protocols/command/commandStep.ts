import type { Position } from "../../../geo/position.js";
import type { FlightPhase } from "../../../vehicle/vehicleState.js";

/** What telemetry must show before a step counts as done. Data, so that a step can be logged and compared. */
export type Evidence =
  /** The acknowledgement alone is the proof. */
  | { readonly kind: "none" }
  /** `isArmed`: in that mode and armed, in one heartbeat. An autopilot that has disarmed itself meanwhile flies nothing. */
  | { readonly kind: "mode"; readonly customMode: number; readonly modeName: string; readonly isArmed?: true }
  | { readonly kind: "armed"; readonly isArmed: boolean }
  | { readonly kind: "above"; readonly altitudeAboveHomeM: number }
  | { readonly kind: "mission-item"; readonly seq: number }
  /**
   * Any of these VTOL states: a transition to hovering may last as long as the mission flies on, so "in transition" is
   * proof too.
   */
  | { readonly kind: "vtol"; readonly vtol: readonly NonNullable<FlightPhase["vtol"]>[] };

export type StepParams = readonly [number, number, number, number];

/** One MAVLink command and the telemetry that proves it. */
export type CommandStep = {
  /** MAV_CMD number. */
  readonly command: number;
  readonly params: StepParams;
  /** param5 and param6: a position in COMMAND_INT, plain numbers otherwise. */
  readonly place: Position | undefined;
  /** param7. */
  readonly z: number;
  /** MAV_FRAME of `place` and `z`; COMMAND_INT only. */
  readonly frame: number;
  readonly form: "long" | "int";
  /** Value for params of a position that is not given: 0 (ArduPilot, the default) or NaN (PX4). */
  readonly unused?: number;
  /** False for arming, which is never sent twice: a late copy could arm minutes after the pilot looked away. */
  readonly isRetried: boolean;
  /** Params of a second message of the same command, sent once when no ack came: it undoes a copy that arrives late. */
  readonly compensation?: StepParams;
  /** When the vehicle does not know the command, the next step follows as if this one were done. */
  readonly isOptional: boolean;
  /** The older message with the same meaning, for a vehicle that does not know the command. */
  readonly fallback?: "mission-set-current";
  /** True: telemetry alone proves the step, since only the ack may have been lost. False: an ack is needed. */
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
  // Mode and arming are in the 1 Hz heartbeat: time for three heartbeats and the delay.
  effectTimeoutMs: 4000,
};

/** A step with defaults for all that is not given. With evidence "none" only the ack proves it. */
export const stepWith = (changes: Partial<CommandStep> & Pick<CommandStep, "command">): CommandStep => {
  const step = { ...BASE, ...changes };
  return { ...step, isEffectEnough: step.isEffectEnough && step.evidence.kind !== "none" };
};

/**
 * A mode's step that is done only when the vehicle is in the mode and armed: both autopilots disarm by themselves when
 * they wait on the ground for long, and accept the mode of a mission all the same.
 */
export const whileArmed = (step: CommandStep): CommandStep =>
  step.evidence.kind === "mode" ? { ...step, evidence: { ...step.evidence, isArmed: true } } : step;
