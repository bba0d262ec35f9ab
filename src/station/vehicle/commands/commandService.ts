import type { Time } from "../../../core/clock.js";
import { err, ok, type Result } from "../../../core/result.js";
import { dialectOf } from "../../../mavlink/dialects/dialectOf.js";
import type { MavlinkFrame } from "../../../mavlink/frame.js";
import { commandEventFrom, messagesForCommandEffect } from "../../../mavlink/protocols/command/commandMessages.js";
import {
  commandOptionsFor,
  type CommandEffect,
  type CommandEvent,
  type CommandState,
} from "../../../mavlink/protocols/command/commandSender.js";
import type { CommandStep } from "../../../mavlink/protocols/command/commandStep.js";
import type { MavAddress } from "../../../mavlink/protocols/mission/missionMessages.js";
import type {
  CommandFailure,
  CommandKind,
  CommandOrder,
  CommandReason,
  CommandStatus,
  VehicleCommand,
} from "../../../vehicle/commands.js";
import type { GuidedTarget } from "../../../vehicle/guidedTarget.js";
import { commandQuestions } from "../../../vehicle/selectors/commandQuestions.js";
import { isSafetyCommand, NEEDS_CONFIRMATION } from "../../../vehicle/selectors/danger.js";
import { leadsToMission } from "../../../vehicle/selectors/mission.js";
import type { AircraftFence } from "../../../vehicle/transfers.js";
import type { VehicleText } from "../../../vehicle/vehicleState.js";
import type { PlanRefusal } from "../plans/missionService.js";
import { runMachine } from "../machineRun.js";
import type { VehicleLink, VehicleView } from "../vehicleService.js";
import { commandMachine, statusChanges } from "./commandMachine.js";
import { GuidedTargetTracker } from "./guidedTargetTracker.js";
import { type LateEffect, LateEffects } from "./lateEffects.js";

type CommandServiceOptions = {
  readonly time: Time;
  readonly link: VehicleLink;
  readonly vehicle: VehicleView;
  readonly conditions: CommandConditions;
  readonly updates: CommandUpdates;
};

/** What else than the vehicle's state may stand against a command. */
type CommandConditions = {
  /** Reasons of the station: the plan, the checklist. */
  readonly denialReason: (command: VehicleCommand) => CommandReason | undefined;
  /** The fence that is known to be on board. */
  readonly fence: () => AircraftFence | undefined;
  readonly plan: {
    /** Reads the plan on board again; calls back with undefined when it is the verified one. */
    readonly confirm: (onConfirmed: (refusal: PlanRefusal | undefined) => void) => void;
    readonly cancelConfirm: () => void;
  };
};

type CommandUpdates = {
  readonly onCommand: (order: CommandOrder, status: CommandStatus) => void;
  readonly onLateEffect: (late: LateEffect) => void;
  /** The place that it flies to has changed, or is no longer known. Called before the status of the command behind it. */
  readonly onGuidedTarget: (target: GuidedTarget | undefined) => void;
};

/** Steps under way; it takes the events that concern them. */
type CommandRun = { readonly onEvent: (event: CommandEvent) => void };
type Job = { readonly run: CommandRun; readonly address: MavAddress };
/** `isOfTarget`: it changes the flight to a place that was known when it was sent. */
type RunningCommand = { readonly order: CommandOrder; readonly run: CommandRun; readonly isOfTarget?: boolean };
type Ended = (result: Result<void, CommandFailure>) => void;

/** Commands that are ended at once when this reason against them arises. */
const DEADLY_LATER: Readonly<Partial<Record<CommandKind, CommandReason>>> = {
  "set-mode": "needs-sticks",
  disarm: "airborne",
};

const PENDING: CommandStatus = { phase: "pending", attempt: 1, progressFraction: undefined };

/** The pilot's commands to one vehicle, one at a time; services may run steps of their own at the same time. */
export class CommandService {
  readonly #options: CommandServiceOptions;
  readonly #lateEffects = new LateEffects();
  #running: RunningCommand | undefined;
  readonly #jobs = new Set<Job>();
  readonly #guided: GuidedTargetTracker;

  constructor(options: CommandServiceOptions) {
    this.#options = options;
    this.#guided = new GuidedTargetTracker(options.updates.onGuidedTarget);
  }

  /** Resolves when the command has ended. One at a time; but return, land and pause take over from another command. */
  readonly command = (order: CommandOrder): Promise<Result<void, CommandFailure>> => {
    const refusal = this.#whyNot(order) ?? this.#busyFor(order);
    if (refusal) return Promise.resolve(this.#refuse(order, refusal));
    this.#running?.run.onEvent({ kind: "cancel" });
    return new Promise((resolve) => {
      if (leadsToMission(order.command, this.#options.vehicle.state())) this.#runConfirmed(order, resolve);
      else this.#run(order, resolve);
    });
  };

  /**
   * Every command that leads to the mission first reads the plan on board: another station may have changed it
   * unnoticed.
   */
  #runConfirmed(order: CommandOrder, resolve: Ended): void {
    const { conditions, updates } = this.#options;
    const requested: { end: "cancelled" | "vehicle-lost" | undefined } = { end: undefined };
    const onEvent: CommandRun["onEvent"] = ({ kind }) => {
      if (kind !== "cancel" && kind !== "vehicle-lost") return;
      requested.end = kind === "cancel" ? "cancelled" : kind;
      conditions.plan.cancelConfirm();
    };
    this.#running = { order, run: { onEvent } };
    updates.onCommand(order, PENDING);
    conditions.plan.confirm((planRefusal) => {
      if (this.#running?.order === order) this.#running = undefined;
      const failure = requested.end
        ? ({ kind: requested.end } as const)
        : planRefusal && ({ kind: "not-possible", because: planRefusal } as const);
      // Time has passed: all conditions are checked again.
      const refusal = failure ?? this.#whyNot(order) ?? this.#busyFor(order);
      if (refusal) resolve(this.#refuse(order, refusal));
      else this.#run(order, resolve);
    });
  }

  #run(order: CommandOrder, resolve: Ended): void {
    const { link, time, updates } = this.#options;
    const vehicle = this.#options.vehicle.state();
    const target = this.#guided.targetOf(order);
    const command = this.#guided.commandFor(order);
    const steps = dialectOf(vehicle)?.stepsFor(command, vehicle) ?? [];
    this.#lateEffects.onBegun(steps);
    this.#guided.onSent(order);
    // The last status may arrive before `run` is assigned.
    const progress = { isOver: false };
    const run = this.#start(steps, link.vehicle, (status, unproven) => {
      if (status.phase !== "pending") {
        progress.isOver = true;
        if (this.#running?.order === order) this.#running = undefined;
      }
      if (unproven) {
        const isRefused = status.phase === "failed" && status.failure.kind === "refused";
        const failed = { order, step: unproven, isRefused };
        this.#lateEffects.onFailed(failed, this.#options.vehicle.state(), time.clock.monoMs());
      }
      this.#guided.onStatus(order, status, { target, vehicle: this.#options.vehicle.state() });
      updates.onCommand(order, status);
      if (status.phase === "done") resolve(ok(undefined));
      if (status.phase === "failed") resolve(err(status.failure));
    });
    if (!progress.isOver) this.#running = { order, run, isOfTarget: command !== order.command };
  }

  /** The place that the vehicle flies to by a command of this station; undefined where that is not known. */
  readonly guidedTarget = (): GuidedTarget | undefined => this.#guided.target();

  /** Runs steps for a service: several may run at once, to any component. */
  readonly runSteps = (
    steps: readonly CommandStep[],
    address: MavAddress = this.#options.link.vehicle,
  ): Promise<Result<void, CommandFailure>> => {
    if (this.#options.vehicle.isLost()) return Promise.resolve(err({ kind: "vehicle-lost" }));
    return new Promise((resolve) => {
      const job: { current: Job | undefined; isOver: boolean } = { current: undefined, isOver: false };
      const run = this.#start(steps, address, (status) => {
        if (status.phase === "pending") return;
        job.isOver = true;
        if (job.current) this.#jobs.delete(job.current);
        resolve(status.phase === "done" ? ok(undefined) : err(status.failure));
      });
      job.current = { run, address };
      if (!job.isOver) this.#jobs.add(job.current);
    });
  };

  /**
   * `onStatus` is called at every change; the last status is `done` or `failed`, the latter with the step that may still
   * take effect.
   */
  #start(
    steps: readonly CommandStep[],
    address: MavAddress,
    onStatus: (status: CommandStatus, unproven: CommandStep | undefined) => void,
  ): CommandRun {
    const { time, link, vehicle } = this.#options;
    const statusOf = statusChanges();
    const retryPolicy = commandOptionsFor(vehicle.state().isHighLatency, link.roundTripMs());
    const onEvent = runMachine<CommandState, CommandEvent, CommandEffect>({
      scheduler: time.scheduler,
      machine: commandMachine(steps, vehicle.state(), retryPolicy),
      perform: (effect) => {
        for (const message of messagesForCommandEffect(effect, address)) link.send(message);
      },
      onState: (state) => {
        const status = statusOf(state);
        if (status) onStatus(status, state.phase === "failed" ? state.unproven : undefined);
      },
    });
    return { onEvent };
  }

  readonly onFrame = (frame: MavlinkFrame): void => {
    const { link, time, updates } = this.#options;
    const vehicle = this.#options.vehicle.state();
    for (const late of this.#lateEffects.onTelemetry(vehicle, time.clock.monoMs())) updates.onLateEffect(late);
    this.#guided.onTelemetry(vehicle);
    if (!this.#running && this.#jobs.size === 0) return;
    this.#endWhatTurnedDeadly();
    const telemetry = { kind: "telemetry", vehicle } as const;
    this.#running?.run.onEvent(telemetry);
    for (const { run } of this.#jobs) run.onEvent(telemetry);
    const ack = commandEventFrom(frame, link);
    if (ack) this.#running?.run.onEvent(ack);
    for (const { run, address } of this.#jobs) {
      const answer = commandEventFrom(frame, { vehicle: address, own: link.own });
      if (answer) run.onEvent(answer);
    }
  };

  /**
   * A command is retried for seconds, and what was safe when it was requested may be deadly by then: the aircraft has
   * taken off, its pilot's stick input is gone, or it no longer flies to the place to which another height would send it.
   */
  #endWhatTurnedDeadly(): void {
    const running = this.#running;
    if (running?.isOfTarget && !this.#guided.target()) running.run.onEvent({ kind: "cancel" });
    const deadly = running && DEADLY_LATER[running.order.command.kind];
    if (!running || deadly === undefined) return;
    const vehicle = this.#options.vehicle.state();
    const possible = dialectOf(vehicle)?.canDo(running.order.command, vehicle);
    if (possible?.ok === false && possible.because === deadly) running.run.onEvent({ kind: "cancel" });
  }

  /** Takes complete texts. A text from another component is not the autopilot's reason for refusing. */
  readonly onText = ({ severity, text, componentId }: VehicleText): void => {
    if (componentId === undefined) this.#running?.run.onEvent({ kind: "text", severity, text });
  };

  /** Safety commands are still retried to a lost vehicle: one of the packets may get through. */
  readonly onLost = (): void => {
    this.#guided.onLost();
    const running = this.#running;
    if (running && !isSafetyCommand(running.order.command.kind)) running.run.onEvent({ kind: "vehicle-lost" });
    for (const { run } of this.#jobs) run.onEvent({ kind: "vehicle-lost" });
  };

  /**
   * The station ends: running commands are cancelled, and an arm command not confirmed by telemetry is undone by a
   * disarm.
   */
  readonly dispose = (): void => {
    this.#running?.run.onEvent({ kind: "cancel" });
    for (const { run } of [...this.#jobs]) run.onEvent({ kind: "cancel" });
    this.#guided.onLost();
  };

  #refuse(order: CommandOrder, failure: CommandFailure): Result<void, CommandFailure> {
    this.#options.updates.onCommand(order, { phase: "failed", failure });
    return err(failure);
  }

  #whyNot(order: CommandOrder): CommandFailure | undefined {
    const { conditions } = this.#options;
    const { isConfirmed } = order;
    const command = this.#guided.commandFor(order);
    if (NEEDS_CONFIRMATION[command.kind] && !isConfirmed) return { kind: "not-possible", because: "not-confirmed" };
    const vehicle = this.#options.vehicle.state();
    const dialect = dialectOf(vehicle);
    if (!dialect) return { kind: "not-possible", because: "watched-only" };
    if (this.#options.vehicle.isLost()) {
      // The state of a lost vehicle is unknown: Pause, Return and Land are sent all the same.
      return isSafetyCommand(command.kind) && vehicle.heartbeat ? undefined : { kind: "vehicle-lost" };
    }
    const denialReason = conditions.denialReason(command);
    if (denialReason) return { kind: "not-possible", because: denialReason };
    const possible = dialect.canDo(command, vehicle);
    if (!possible.ok) return { kind: "not-possible", because: possible.because };
    const facts = { vehicle, fence: conditions.fence(), guidedTarget: this.#guided.target() };
    const asks = isConfirmed ? [] : commandQuestions(order.command, facts);
    return asks.length === 0 ? undefined : { kind: "not-possible", because: "not-confirmed", asks };
  }

  #busyFor({ command }: CommandOrder): CommandFailure | undefined {
    const busyWith = this.#running?.order.command.kind;
    if (busyWith === undefined) return undefined;
    const mayTakeOver = isSafetyCommand(command.kind) && busyWith !== command.kind;
    return mayTakeOver ? undefined : { kind: "busy", with: busyWith };
  }
}
