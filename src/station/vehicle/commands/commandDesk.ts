import type { Scheduler } from "../../../core/clock.js";
import { err, ok, type Result } from "../../../core/result.js";
import { dialectOf } from "../../../mavlink/dialects/dialectOf.js";
import type { MavlinkFrame, OutgoingMessage } from "../../../mavlink/frame.js";
import { commandEventFrom } from "../../../mavlink/protocols/command/commandMessages.js";
import { type CommandOptions, commandOptionsFor } from "../../../mavlink/protocols/command/commandSender.js";
import type { CommandStep } from "../../../mavlink/protocols/command/commandStep.js";
import type { Conversation, MavAddress } from "../../../mavlink/protocols/mission/missionMessages.js";
import type {
  CommandFailure,
  CommandOrder,
  CommandReason,
  CommandStatus,
  VehicleCommand,
} from "../../../vehicle/commands.js";
import { NEEDS_CONFIRMATION } from "../../../vehicle/selectors/danger.js";
import type { VehicleState, VehicleText } from "../../../vehicle/vehicleState.js";
import { runCommand, type CommandRun } from "./commandRun.js";

/** Safety first: these never wait for another command to finish. */
const OVERRIDING: readonly VehicleCommand["kind"][] = ["return", "land", "pause"];

type CommandDeskOptions = {
  readonly conversation: Conversation;
  readonly scheduler: Scheduler;
  readonly send: (message: OutgoingMessage) => void;
  readonly vehicle: () => VehicleState;
  readonly isLost: () => boolean;
  readonly roundTripMs: () => number | undefined;
  /** What the station itself has against a command, beside the vehicle's state: the plan, the checklist. */
  readonly objection: (command: VehicleCommand) => CommandReason | undefined;
  readonly onCommand: (order: CommandOrder, status: CommandStatus) => void;
};

type Job = { readonly run: CommandRun; readonly address: MavAddress };
type RunningCommand = { readonly order: CommandOrder; readonly run: CommandRun };

/** The pilot's commands to one vehicle, one at a time; services may run steps of their own beside them. */
export class CommandDesk {
  readonly #options: CommandDeskOptions;
  #running: RunningCommand | undefined;
  readonly #jobs = new Set<Job>();

  constructor(options: CommandDeskOptions) {
    this.#options = options;
  }

  /** Resolves when the command is over: one at a time, but return, land and pause take over from another. */
  readonly command = (order: CommandOrder): Promise<Result<void, CommandFailure>> => {
    const { command } = order;
    const refusal = this.#whyNot(order);
    if (refusal) {
      this.#options.onCommand(order, { phase: "failed", failure: refusal });
      return Promise.resolve(err(refusal));
    }
    this.#running?.run.onEvent({ kind: "cancel" });
    const vehicle = this.#options.vehicle();
    const steps = dialectOf(vehicle)?.stepsFor(command, vehicle) ?? [];
    return new Promise((resolve) => {
      // The first status may come before `run` is there: a command whose effect is seen already is done at once.
      const progress = { isOver: false };
      const onStatus = (status: CommandStatus): void => {
        if (status.phase !== "pending") {
          progress.isOver = true;
          if (this.#running?.order === order) this.#running = undefined;
        }
        this.#options.onCommand(order, status);
        if (status.phase === "done") resolve(ok(undefined));
        if (status.phase === "failed") resolve(err(status.failure));
      };
      const { scheduler, send, conversation } = this.#options;
      const patience = this.#patience();
      const run = runCommand({ steps, vehicle, address: conversation.vehicle, scheduler, send, patience, onStatus });
      if (!progress.isOver) this.#running = { order, run };
    });
  };

  /** Steps of a service: several may run at once, to any component. */
  readonly runSteps = (
    steps: readonly CommandStep[],
    address: MavAddress = this.#options.conversation.vehicle,
  ): Promise<Result<void, CommandFailure>> => {
    if (this.#options.isLost()) return Promise.resolve(err({ kind: "vehicle-lost" }));
    return new Promise((resolve) => {
      const job: { current: Job | undefined; isOver: boolean } = { current: undefined, isOver: false };
      const onStatus = (status: CommandStatus): void => {
        if (status.phase === "pending") return;
        job.isOver = true;
        if (job.current) this.#jobs.delete(job.current);
        resolve(status.phase === "done" ? ok(undefined) : err(status.failure));
      };
      const { scheduler, send, vehicle } = this.#options;
      const run = runCommand({
        ...{ steps, vehicle: vehicle(), address, scheduler, send, onStatus },
        patience: this.#patience(),
      });
      job.current = { run, address };
      if (!job.isOver) this.#jobs.add(job.current);
    });
  };

  readonly onFrame = (frame: MavlinkFrame): void => {
    if (!this.#running && this.#jobs.size === 0) return;
    const { conversation, vehicle } = this.#options;
    const telemetry = { kind: "telemetry", vehicle: vehicle() } as const;
    this.#running?.run.onEvent(telemetry);
    for (const { run } of this.#jobs) run.onEvent(telemetry);
    const ack = commandEventFrom(frame, conversation);
    if (ack) this.#running?.run.onEvent(ack);
    for (const { run, address } of this.#jobs) {
      const answer = commandEventFrom(frame, { vehicle: address, own: conversation.own });
      if (answer) run.onEvent(answer);
    }
  };

  /** A whole text; only the autopilot's own may be a reason of its refusal. */
  readonly onText = ({ severity, text, componentId }: VehicleText): void => {
    if (componentId === undefined) this.#running?.run.onEvent({ kind: "text", severity, text });
  };

  readonly onLost = (): void => {
    this.#running?.run.onEvent({ kind: "vehicle-lost" });
    for (const { run } of this.#jobs) run.onEvent({ kind: "vehicle-lost" });
  };

  #patience(): CommandOptions {
    return commandOptionsFor(this.#options.vehicle().isHighLatency, this.#options.roundTripMs());
  }

  #whyNot({ command, isConfirmed }: CommandOrder): CommandFailure | undefined {
    if (NEEDS_CONFIRMATION[command.kind] && !isConfirmed) return { kind: "not-possible", because: "not-confirmed" };
    if (this.#options.isLost()) return { kind: "vehicle-lost" };
    const vehicle = this.#options.vehicle();
    const dialect = dialectOf(vehicle);
    if (!dialect) return { kind: "not-possible", because: "watched-only" };
    const objection = this.#options.objection(command);
    if (objection) return { kind: "not-possible", because: objection };
    const possible = dialect.canDo(command, vehicle);
    if (!possible.ok) return { kind: "not-possible", because: possible.because };
    const busyWith = this.#running?.order.command.kind;
    if (busyWith === undefined) return undefined;
    const mayTakeOver = OVERRIDING.includes(command.kind) && busyWith !== command.kind;
    return mayTakeOver ? undefined : { kind: "busy", with: busyWith };
  }
}
