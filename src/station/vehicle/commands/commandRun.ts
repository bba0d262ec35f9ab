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

/** The pilot's hand is off the button: an arming that has not been sent by now is not sent any more. */
const ARM_WITHIN_MS = 6000;

export type CommandRun = { readonly onEvent: (event: CommandEvent) => void };

type CommandRunOptions = {
  readonly steps: readonly CommandStep[];
  readonly vehicle: VehicleState;
  readonly address: MavAddress;
  readonly scheduler: Scheduler;
  readonly send: (message: OutgoingMessage) => void;
  /** How patient to be on this link; the usual patience where it is left out. */
  readonly retryPolicy?: CommandOptions;
  /** Every change; the last one is `done` or `failed`, then with the step that may still take effect. */
  readonly onStatus: (status: CommandStatus, unproven: CommandStep | undefined) => void;
};

/** Runs the command machine: performs its effects, feeds it what was heard. */
export function runCommand(options: CommandRunOptions): CommandRun {
  let state: CommandState;
  let cancelTimer: Cancel = () => undefined;
  const waiting: CommandEvent[] = [];
  let isSettling = true;
  let published: CommandStatus | undefined;

  const isOver = (): boolean => state.phase === "done" || state.phase === "failed";
  const perform = (effect: CommandEffect): void => {
    if (effect.kind === "arm-timer") {
      cancelTimer();
      cancelTimer = options.scheduler.after(effect.afterMs, () => onEvent({ kind: "timeout" }));
      return;
    }
    for (const message of messagesForCommandEffect(effect, options.address)) options.send(message);
  };
  const settle = ([next, effects]: readonly [CommandState, readonly CommandEffect[]]): void => {
    state = next;
    effects.forEach(perform);
    if (isOver()) {
      cancelTimer();
      cancelTooLate();
    }
    // Telemetry steps the machine fifty times a second; only news is told.
    const status = commandStatusOf(state);
    if (published && isSameStatus(status, published)) return;
    published = status;
    options.onStatus(status, next.phase === "failed" ? next.unproven : undefined);
  };
  // An answer may come while its question is still being sent: it waits until that step is told.
  const onEvent = (event: CommandEvent): void => {
    waiting.push(event);
    if (isSettling) return;
    isSettling = true;
    for (let next = waiting.shift(); next; next = waiting.shift()) if (!isOver()) settle(stepCommand(state, next));
    isSettling = false;
  };
  const mustBeSoon = options.steps.slice(1).some((step) => !step.isRetried);
  const cancelTooLate: Cancel = mustBeSoon
    ? options.scheduler.after(ARM_WITHIN_MS, () => onEvent({ kind: "too-late" }))
    : () => undefined;
  const first = startCommand(options.steps, options.vehicle, options.retryPolicy);
  state = first[0];
  settle(first);
  isSettling = false;
  for (const event of waiting.splice(0)) onEvent(event);
  return { onEvent };
}

/** A command is over once: two ends of it are never compared. */
const isSameStatus = (a: CommandStatus, b: CommandStatus): boolean =>
  a.phase === "pending" &&
  b.phase === "pending" &&
  a.attempt === b.attempt &&
  a.progressFraction === b.progressFraction;
