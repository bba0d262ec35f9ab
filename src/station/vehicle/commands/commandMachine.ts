import {
  commandStatusOf,
  startCommand,
  stepCommand,
  type CommandEffect,
  type CommandEvent,
  type CommandOptions,
  type CommandState,
} from "../../../mavlink/protocols/command/commandSender.js";
import type { CommandStep } from "../../../mavlink/protocols/command/commandStep.js";
import type { CommandStatus } from "../../../vehicle/commands.js";
import type { VehicleState } from "../../../vehicle/vehicleState.js";
import type { Machine } from "../machineRun.js";

/** After this the pilot's hand is off the button: an arm command not sent by then is not sent any more. */
const ARM_WITHIN_MS = 6000;

/** The steps of a command, sent one after the other, for `runMachine`. */
export function commandMachine(
  steps: readonly CommandStep[],
  vehicle: VehicleState,
  retryPolicy: CommandOptions,
): Machine<CommandState, CommandEvent, CommandEffect> {
  const mustBeSoon = steps.slice(1).some((step) => !step.isRetried);
  return {
    first: startCommand(steps, vehicle, retryPolicy),
    step: stepCommand,
    timeoutEvent: { kind: "timeout" },
    isOver: ({ phase }) => phase === "done" || phase === "failed",
    deadline: mustBeSoon ? { afterMs: ARM_WITHIN_MS, event: { kind: "too-late" } } : undefined,
  };
}

/**
 * The status of each next state of one command, undefined where it is that of the state before: telemetry steps the
 * machine fifty times a second, and only a change is published.
 */
export function statusChanges(): (state: CommandState) => CommandStatus | undefined {
  let before: CommandStatus | undefined;
  return (state) => {
    const status = commandStatusOf(state);
    if (before && isSameStatus(before, status)) return undefined;
    before = status;
    return status;
  };
}

/** Only pending statuses are compared: a command ends once. */
const isSameStatus = (a: CommandStatus, b: CommandStatus): boolean =>
  a.phase === "pending" &&
  b.phase === "pending" &&
  a.attempt === b.attempt &&
  a.progressFraction === b.progressFraction;
