/**
 * One user command: its steps in order, each acknowledged by the vehicle and then proven by telemetry.
 *
 *   ┌▶ asking ──(accepted)──▶ watching ──(seen)──▶ next step … done
 *   │    │ ▲ timeout: again     └──(not seen in time)──▶ failed: no-effect
 *   │    │ ├─ with confirmation + 1 (never for arming); "in progress" waits on
 *   │    │ └─ "the other message", "another frame": once each
 *   │    └──(refused)──▶ listening for the vehicle's reasons ──▶ failed: refused
 *
 * Every step is sent, even if telemetry shows its effect already: a heartbeat is up to a second old, and the pilot's
 * mode switch may have changed since. Only telemetry received after sending proves a step; if its effect was shown
 * before, only telemetry received after the acknowledgement does.
 *
 * https://mavlink.io/en/services/command.html
 */
import { assertNever } from "../../../core/result.js";
import type { CommandFailure, CommandStatus } from "../../../vehicle/commands.js";
import { isAirborne } from "../../../vehicle/selectors/airborne.js";
import type { VehicleState } from "../../../vehicle/vehicleState.js";
import type { CommandStep } from "./commandStep.js";
import { isMet, isMetSince, notSeen } from "./completionCondition.js";

export type CommandOptions = {
  readonly ackTimeoutMs: number;
  readonly attemptsMax: number;
  readonly growth: number;
  /** Time-out after an ack "in progress", until the next ack. */
  readonly progressTimeoutMs: number;
  /** How long to collect texts after a refusal: ArduPilot sends its reasons after the ack. */
  readonly reasonsWaitMs: number;
};

/**
 * There is no standard value; these are between QGroundControl's 3 s x 3 and MAVSDK's 0.5 s x 3, and grow for slow
 * links.
 */
export const DEFAULT_COMMAND: CommandOptions = {
  ackTimeoutMs: 1000,
  attemptsMax: 4,
  growth: 1.5,
  progressTimeoutMs: 3000,
  reasonsWaitMs: 500,
};

/** By satellite an answer takes up to a minute and each message costs money: QGroundControl too waits 120 s. */
const HIGH_LATENCY_COMMAND: CommandOptions = {
  ackTimeoutMs: 60_000,
  attemptsMax: 2,
  growth: 1,
  progressTimeoutMs: 60_000,
  reasonsWaitMs: 5000,
};

/** Time-outs for this link: on a slow radio a retry must not be sent before the first answer can arrive. */
export function commandOptionsFor(isHighLatency: boolean, roundTripMs: number | undefined): CommandOptions {
  if (isHighLatency) return HIGH_LATENCY_COMMAND;
  const ackTimeoutMs = Math.max(DEFAULT_COMMAND.ackTimeoutMs, 3 * (roundTripMs ?? 0));
  return { ...DEFAULT_COMMAND, ackTimeoutMs };
}

type Run = {
  readonly steps: readonly CommandStep[];
  readonly index: number;
  readonly options: CommandOptions;
  /** Newest telemetry. */
  readonly vehicle: VehicleState;
  /** Texts of warning or worse received from the vehicle since the command began. */
  readonly reasons: readonly string[];
  /** Of the current step: when it was first sent, and whether telemetry showed its effect already. */
  readonly askedAtMonoMs: number;
  readonly wasShown: boolean;
};
type Asking = Run & {
  readonly phase: "asking";
  readonly attempt: number;
  readonly form: CommandStep["form"];
  readonly hasChangedFrame: boolean;
  readonly progressFraction: number | undefined;
};
/** `afterMonoMs`: telemetry received until then is no proof. */
type Watching = Run & { readonly phase: "watching"; readonly afterMonoMs: number };
type Awaiting = Run & { readonly phase: "listening"; readonly mavResult: number };
type ActiveState = Asking | Watching | Awaiting;

export type CommandState =
  | ActiveState
  | { readonly phase: "done" }
  | {
      readonly phase: "failed";
      readonly failure: CommandFailure;
      /**
       * A step that was sent and may still take effect: if it does, the user must be told, since the command was shown
       * as failed.
       */
      readonly unproven: CommandStep | undefined;
    };

export type CommandEvent =
  | {
      readonly kind: "ack";
      readonly command: number;
      readonly mavResult: number;
      readonly progress: number | undefined;
    }
  | { readonly kind: "text"; readonly severity: number; readonly text: string }
  | { readonly kind: "telemetry"; readonly vehicle: VehicleState }
  | { readonly kind: "timeout" }
  /** The user gave the command so long ago that a step which is never repeated (arming) must no longer be sent. */
  | { readonly kind: "too-late" }
  | { readonly kind: "vehicle-lost" }
  | { readonly kind: "cancel" };

export type CommandEffect =
  /** `confirmation` counts the copies sent before (COMMAND_LONG only). */
  | {
      readonly kind: "send-command";
      readonly step: CommandStep;
      readonly form: CommandStep["form"];
      readonly confirmation: number;
    }
  | { readonly kind: "send-fallback"; readonly step: CommandStep }
  | { readonly kind: "arm-timer"; readonly afterMs: number };

type CommandMachineStep = readonly [CommandState, readonly CommandEffect[]];

/** MAV_RESULT */
const RESULT = {
  accepted: 0,
  temporarilyRejected: 1,
  unsupported: 3,
  inProgress: 5,
  longOnly: 7,
  intOnly: 8,
  otherFrame: 9,
} as const;
/** MAV_FRAME: for each global frame the other number with the same datum (plain and *_INT). */
const SYSID_CONFLICT_FRAME: Readonly<Record<number, number>> = { 0: 5, 5: 0, 3: 6, 6: 3, 10: 11, 11: 10 };
/** MAV_SEVERITY: texts of warning and worse are reasons for a refusal, notices are not. */
const REASON_SEVERITY_MAX = 4;

export const startCommand = (
  steps: readonly CommandStep[],
  vehicle: VehicleState,
  options: CommandOptions = DEFAULT_COMMAND,
): CommandMachineStep =>
  beginStep({ steps, index: 0, options, vehicle, reasons: [], askedAtMonoMs: 0, wasShown: false });

export function stepCommand(state: CommandState, event: CommandEvent): CommandMachineStep {
  if (state.phase === "done" || state.phase === "failed") return [state, []];
  switch (event.kind) {
    case "ack":
      return onAck(state, event);
    case "text":
      return onText(state, event.severity, event.text);
    case "telemetry":
      return onTelemetry({ ...state, vehicle: event.vehicle });
    case "timeout":
      return onTimeout(state);
    case "too-late":
      return onTooLate(state);
    case "vehicle-lost":
      return givenUp(state, { kind: "vehicle-lost" });
    case "cancel":
      return givenUp(state, { kind: "cancelled" });
    default:
      return assertNever(event);
  }
}

/** The command's progress as the screens show it. */
export function commandStatusOf(state: CommandState): CommandStatus {
  if (state.phase === "done") return { phase: "done" };
  if (state.phase === "failed") return { phase: "failed", failure: state.failure };
  const isAsking = state.phase === "asking";
  return {
    phase: "pending",
    attempt: isAsking ? state.attempt : 1,
    progressFraction: isAsking ? state.progressFraction : undefined,
  };
}

/** The vehicle refused. If it carries out the step all the same, that is reported. */
const refused = (state: ActiveState, failure: CommandFailure): CommandMachineStep => [
  { phase: "failed", failure, unproven: stepOf(state) },
  [],
];
const stepOf = (run: Run): CommandStep => {
  const step = run.steps[run.index];
  if (!step) throw new Error("Invariant: a command has a current step");
  return step;
};

function beginStep(run: Run): CommandMachineStep {
  const step = run.steps[run.index];
  if (!step) return [{ phase: "done" }, []];
  const { steps, index, options, vehicle, reasons } = run;
  return ask({
    ...{ steps, index, options, vehicle, reasons },
    askedAtMonoMs: vehicle.lastReceivedMonoMs,
    wasShown: isMet(step.evidence, vehicle),
    phase: "asking",
    attempt: 1,
    form: step.form,
    hasChangedFrame: false,
    progressFraction: undefined,
  });
}

const nextStep = (run: Run): CommandMachineStep => beginStep({ ...run, index: run.index + 1 });

function ask(state: Asking): CommandMachineStep {
  const { attempt, form } = state;
  return [
    state,
    [
      { kind: "send-command", step: stepOf(state), form, confirmation: attempt - 1 },
      { kind: "arm-timer", afterMs: timeoutMs(state) },
    ],
  ];
}

/**
 * A step that is sent only once waits as long as its effect may take: telemetry may show it even if the ack was lost.
 */
function timeoutMs(state: Asking): number {
  const { ackTimeoutMs, growth } = state.options;
  const step = stepOf(state);
  const waitMs = ackTimeoutMs * growth ** (state.attempt - 1);
  return step.isRetried ? waitMs : Math.max(waitMs, step.isEffectEnough ? step.effectTimeoutMs : 0);
}

function onAck(state: ActiveState, ack: Extract<CommandEvent, { kind: "ack" }>): CommandMachineStep {
  if (state.phase !== "asking" || ack.command !== stepOf(state).command) return [state, []];
  switch (ack.mavResult) {
    case RESULT.accepted:
      return watch(state);
    case RESULT.inProgress: {
      const progressFraction = ack.progress === undefined ? undefined : ack.progress / 100;
      return [{ ...state, progressFraction }, [{ kind: "arm-timer", afterMs: state.options.progressTimeoutMs }]];
    }
    case RESULT.longOnly:
      return otherForm(state, "long", ack.mavResult);
    case RESULT.intOnly:
      return otherForm(state, "int", ack.mavResult);
    case RESULT.otherFrame:
      return otherFrame(state);
    case RESULT.unsupported:
      return onUnsupported(state);
    case RESULT.temporarilyRejected:
      return onBusy(state);
    default:
      return awaitOutcome(state, ack.mavResult);
  }
}

/** A reply to a retry, it may only mean that the first copy is still being carried out: telemetry decides. */
function onBusy(state: Asking): CommandMachineStep {
  const { evidence, effectTimeoutMs } = stepOf(state);
  const [next, effects] = awaitOutcome(state, RESULT.temporarilyRejected);
  if (state.attempt === 1 || evidence.kind === "none") return [next, effects];
  return [next, [{ kind: "arm-timer", afterMs: effectTimeoutMs }]];
}

function onUnsupported(state: Asking): CommandMachineStep {
  const step = stepOf(state);
  if (step.fallback === undefined) return step.isOptional ? nextStep(state) : awaitOutcome(state, RESULT.unsupported);
  const [next, effects] = watch(state);
  return [next, [{ kind: "send-fallback", step }, ...effects]];
}

/** Tries the other number of the same frame. Once only. */
function otherFrame(state: Asking): CommandMachineStep {
  const step = stepOf(state);
  const frame = SYSID_CONFLICT_FRAME[step.frame];
  if (frame === undefined || state.hasChangedFrame || state.form !== "int")
    return awaitOutcome(state, RESULT.otherFrame);
  const steps = state.steps.map((one, i) => (i === state.index ? { ...step, frame } : one));
  return ask({ ...state, steps, hasChangedFrame: true });
}

/**
 * The vehicle asks for the other message (COMMAND_INT or COMMAND_LONG). Tried once only, or it would go on for ever.
 */
function otherForm(state: Asking, form: CommandStep["form"], mavResult: number): CommandMachineStep {
  return state.form === form || stepOf(state).form === form ? awaitOutcome(state, mavResult) : ask({ ...state, form });
}

function watch(state: Asking): CommandMachineStep {
  const { evidence, effectTimeoutMs } = stepOf(state);
  const afterMonoMs = state.wasShown ? state.vehicle.lastReceivedMonoMs : state.askedAtMonoMs;
  if (isMetSince(evidence, state.vehicle, afterMonoMs)) return nextStep(state);
  return [{ ...state, phase: "watching", afterMonoMs }, [{ kind: "arm-timer", afterMs: effectTimeoutMs }]];
}

function awaitOutcome(state: Asking, mavResult: number): CommandMachineStep {
  return [{ ...state, phase: "listening", mavResult }, [{ kind: "arm-timer", afterMs: state.options.reasonsWaitMs }]];
}

function onText(state: ActiveState, severity: number, text: string): CommandMachineStep {
  if (severity > REASON_SEVERITY_MAX || state.reasons.includes(text)) return [state, []];
  return [{ ...state, reasons: [...state.reasons, text] }, []];
}

function onTelemetry(state: ActiveState): CommandMachineStep {
  const { evidence, isEffectEnough } = stepOf(state);
  if (state.phase === "watching") {
    return isMetSince(evidence, state.vehicle, state.afterMonoMs) ? nextStep(state) : [state, []];
  }
  const isBusy = state.phase === "listening" && state.mavResult === RESULT.temporarilyRejected;
  const isEnough = (state.phase === "asking" || isBusy) && isEffectEnough;
  // The effect was shown before sending, so a reading sent earlier may still arrive: the acknowledgement is needed as well.
  const isProven = !state.wasShown && isMetSince(evidence, state.vehicle, state.askedAtMonoMs);
  return isEnough && isProven ? nextStep(state) : [state, []];
}

function onTimeout(state: ActiveState): CommandMachineStep {
  switch (state.phase) {
    case "listening":
      return refused(state, { kind: "refused", mavResult: state.mavResult, reasons: state.reasons });
    case "watching":
      return givenUp(state, notSeen(stepOf(state).evidence));
    case "asking": {
      const { isRetried, isEffectEnough, evidence } = stepOf(state);
      const attemptsMax = isRetried ? state.options.attemptsMax : 1;
      if (state.attempt < attemptsMax) return ask({ ...state, attempt: state.attempt + 1 });
      // No acknowledgement of any copy, but readings received since the first one show the effect.
      if (isEffectEnough && isMetSince(evidence, state.vehicle, state.askedAtMonoMs)) return nextStep(state);
      return givenUp(state, { kind: "no-reply", attempts: state.attempt });
    }
    default:
      return assertNever(state);
  }
}

/**
 * Ended without a clear refusal: a copy of the message may still be under way. A step that must not take effect later,
 * unattended, is undone at once: the compensation is sent after it on the same link.
 */
function givenUp(state: ActiveState, failure: CommandFailure): CommandMachineStep {
  // The vehicle has refused already; only its reasons were awaited.
  if (state.phase === "listening") return refused(state, failure);
  const step = stepOf(state);
  const next: CommandState = { phase: "failed", failure, unproven: step };
  // In the air somebody else has armed and flown it: this station has nothing to undo.
  if (!step.compensation || isAirborne(state.vehicle)) return [next, []];
  const form = state.phase === "asking" ? state.form : step.form;
  return [next, [{ kind: "send-command", step: { ...step, params: step.compensation }, form, confirmation: 0 }]];
}

/** The steps before took too long (such as a mode change over a bad link): the arming after them is not sent. */
function onTooLate(state: ActiveState): CommandMachineStep {
  const isStillToCome = state.steps.slice(state.index + 1).some((step) => !step.isRetried);
  return isStillToCome ? givenUp(state, { kind: "no-reply", attempts: 1 }) : [state, []];
}
