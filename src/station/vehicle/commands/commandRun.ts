import type { Cancel, Scheduler } from "../../../core/clock.js";
import type { OutgoingMessage } from "../../../mavlink/frame.js";
import { messagesForCommandEffect } from "../../../mavlink/protocols/command/commandMessages.js";
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
import type { MavAddress } from "../../../mavlink/protocols/mission/missionMessages.js";
import type { CommandStatus } from "../../../vehicle/commands.js";
import type { VehicleState } from "../../../vehicle/vehicleState.js";
import { runMachine } from "../machineRun.js";

/** After this the pilot's hand is off the button: an arm command not sent by then is not sent any more. */
const ARM_WITHIN_MS = 6000;

export type CommandRun = { readonly onEvent: (event: CommandEvent) => void };

type CommandRunOptions = {
  readonly steps: readonly CommandStep[];
  readonly vehicle: VehicleState;
  readonly address: MavAddress;
  readonly scheduler: Scheduler;
  readonly send: (message: OutgoingMessage) => void;
  /** Time-outs and attempts for this link; the default where it is left out. */
  readonly retryPolicy?: CommandOptions;
  /**
   * Called at every change; the last status is `done` or `failed`, the latter with the step that may still take effect.
   */
  readonly onStatus: (status: CommandStatus, unproven: CommandStep | undefined) => void;
};

const isOver = ({ phase }: CommandState): boolean => phase === "done" || phase === "failed";

/** Runs the command machine: performs its effects, gives it the events that are received. */
export function runCommand(options: CommandRunOptions): CommandRun {
  const { steps, vehicle, address, scheduler, retryPolicy } = options;
  let published: CommandStatus | undefined;
  let cancelTooLate: Cancel = () => undefined;
  // The machine may be over by the time `runMachine` returns.
  const progress = { isOver: false };
  const onEvent = runMachine<CommandState, CommandEvent, CommandEffect>({
    scheduler,
    machine: {
      first: startCommand(steps, vehicle, retryPolicy),
      step: stepCommand,
      timeoutEvent: { kind: "timeout" },
      isOver,
    },
    perform: (effect) => {
      for (const message of messagesForCommandEffect(effect, address)) options.send(message);
    },
    onState: (state) => {
      if (isOver(state)) {
        progress.isOver = true;
        cancelTooLate();
      }
      // Telemetry steps the machine fifty times a second; only a change is published.
      const status = commandStatusOf(state);
      if (published && isSameStatus(status, published)) return;
      published = status;
      options.onStatus(status, state.phase === "failed" ? state.unproven : undefined);
    },
  });
  const mustBeSoon = steps.slice(1).some((step) => !step.isRetried);
  if (mustBeSoon && !progress.isOver)
    cancelTooLate = scheduler.after(ARM_WITHIN_MS, () => onEvent({ kind: "too-late" }));
  return { onEvent };
}

/** Only pending statuses are compared: a command ends once. */
const isSameStatus = (a: CommandStatus, b: CommandStatus): boolean =>
  a.phase === "pending" &&
  b.phase === "pending" &&
  a.attempt === b.attempt &&
  a.progressFraction === b.progressFraction;
