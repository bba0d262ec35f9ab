import type { Clock, Scheduler } from "../../core/clock.js";
import { err, ok, type Result } from "../../core/result.js";
import { vehicleEventsFrom } from "../../mavlink/decode.js";
import { dialectOf } from "../../mavlink/dialects/dialectOf.js";
import type { MavlinkFrame, OutgoingMessage } from "../../mavlink/frame.js";
import { OWN_ADDRESS } from "../../mavlink/outgoing.js";
import { commandEventFrom } from "../../mavlink/protocols/commandMessages.js";
import { missionEventFrom, type Conversation } from "../../mavlink/protocols/missionMessages.js";
import type { Plan } from "../../plan/plan.js";
import type { CommandFailure, CommandStatus, VehicleCommand } from "../../vehicle/commands.js";
import type { VehicleEvent } from "../../vehicle/events.js";
import { vehicleFreshness } from "../../vehicle/freshness.js";
import { emptyVehicle, reduceVehicle } from "../../vehicle/reduceVehicle.js";
import type { AircraftPlan, TransferFailure, TransferStatus } from "../../vehicle/transfers.js";
import type { VehicleState } from "../../vehicle/vehicleState.js";
import { runCommand, type CommandRun } from "./commandRun.js";
import { runMissionTransfer, type MissionTransfer } from "./missionTransfer.js";
import { createStreamRequests } from "./streamRequests.js";

/** What a vehicle session tells the station. */
export type VehicleNews = {
  readonly onState: (state: VehicleState, before: VehicleState) => void;
  readonly onEvent: (event: VehicleEvent) => void;
  readonly onPresence: (state: VehicleState, isLost: boolean) => void;
  readonly onCommand: (command: VehicleCommand, status: CommandStatus) => void;
  readonly onTransfer: (status: TransferStatus) => void;
  readonly onAircraftPlan: (plan: AircraftPlan) => void;
};

export type VehicleSession = {
  readonly state: () => VehicleState;
  readonly isLost: () => boolean;
  readonly aircraftPlan: () => AircraftPlan;
  readonly onFrame: (frame: MavlinkFrame) => void;
  /** Twice a second: presence and stream requests. */
  readonly tick: () => void;
  /** Resolves when the command is over: one at a time, but return, land and pause take over from another. */
  readonly command: (command: VehicleCommand) => Promise<Result<void, CommandFailure>>;
  /** Resolves when the plan is verified on the aircraft, or why not. */
  readonly upload: (plan: Plan, planHash: string) => Promise<Result<void, TransferFailure>>;
  readonly cancelTransfer: () => void;
};

type VehicleSessionOptions = {
  readonly linkName: string;
  readonly systemId: number;
  readonly componentId: number;
  readonly clock: Clock;
  readonly scheduler: Scheduler;
  readonly send: (message: OutgoingMessage) => void;
  readonly news: VehicleNews;
};

/** Safety first: these never wait for another command to finish. */
const OVERRIDING: readonly VehicleCommand["kind"][] = ["return", "land", "pause"];

type RunningCommand = { readonly command: VehicleCommand; readonly run: CommandRun };

export class MavlinkVehicleSession implements VehicleSession {
  readonly #options: VehicleSessionOptions;
  readonly #conversation: Conversation;
  readonly #streams: ReturnType<typeof createStreamRequests>;
  #state: VehicleState;
  #isLost = false;
  #plan: AircraftPlan = { kind: "unknown" };
  #running: RunningCommand | undefined;
  #transfer: MissionTransfer | undefined;

  constructor(options: VehicleSessionOptions) {
    this.#options = options;
    const vehicle = { systemId: options.systemId, componentId: options.componentId };
    this.#conversation = { vehicle, own: OWN_ADDRESS };
    this.#streams = createStreamRequests(options.clock, vehicle);
    this.#state = emptyVehicle(options);
  }

  readonly state = (): VehicleState => this.#state;
  readonly isLost = (): boolean => this.#isLost;
  readonly aircraftPlan = (): AircraftPlan => this.#plan;

  readonly onFrame = (frame: MavlinkFrame): void => {
    const { clock, news } = this.#options;
    const before = this.#state;
    const heardAt = { receivedAtMonoMs: clock.monoMs(), unixTimeUs: clock.unixUs() };
    for (const event of vehicleEventsFrom(frame, heardAt)) {
      this.#state = reduceVehicle(this.#state, event);
      if (event.kind === "text") {
        this.#running?.run.onEvent({ kind: "text", severity: event.severity, text: event.text });
      }
      news.onEvent(event);
    }
    if (frame.componentId === this.#conversation.vehicle.componentId) {
      this.#streams.onFrame(frame);
      // Any word of the autopilot is a sign of life, also one that this station has no use for.
      this.#state = { ...this.#state, lastHeardMonoMs: heardAt.receivedAtMonoMs };
    }
    if (this.#isLost && this.#freshness() === "live") this.#setLost(false);
    this.#running?.run.onEvent({ kind: "telemetry", vehicle: this.#state });
    const ack = commandEventFrom(frame, this.#conversation);
    if (ack) this.#running?.run.onEvent(ack);
    const missionEvent = missionEventFrom(frame, this.#conversation);
    if (missionEvent) this.#transfer?.onEvent(missionEvent);
    news.onState(this.#state, before);
  };

  readonly tick = (): void => {
    if (!this.#isLost && this.#freshness() === "lost") this.#setLost(true);
    if (this.#isLost) return;
    for (const message of this.#streams.tick(this.#state)) this.#options.send(message);
  };

  readonly command = (command: VehicleCommand): Promise<Result<void, CommandFailure>> => {
    const refusal = this.#whyNot(command);
    if (refusal) {
      this.#options.news.onCommand(command, { phase: "failed", failure: refusal });
      return Promise.resolve(err(refusal));
    }
    this.#running?.run.onEvent({ kind: "cancel" });
    const steps = dialectOf(this.#state)?.stepsFor(command, this.#state) ?? [];
    return new Promise((resolve) => {
      // The first status may come before `run` is there: a command whose effect is seen already is done at once.
      const progress = { isOver: false };
      const onStatus = (status: CommandStatus): void => {
        if (status.phase !== "pending") {
          progress.isOver = true;
          if (this.#running?.command === command) this.#running = undefined;
        }
        this.#options.news.onCommand(command, status);
        if (status.phase === "done") resolve(ok(undefined));
        if (status.phase === "failed") resolve(err(status.failure));
      };
      const { scheduler, send } = this.#options;
      const address = this.#conversation.vehicle;
      const run = runCommand({ steps, vehicle: this.#state, address, scheduler, send, onStatus });
      if (!progress.isOver) this.#running = { command, run };
    });
  };

  readonly upload = (plan: Plan, planHash: string): Promise<Result<void, TransferFailure>> => {
    const refuse = (failure: TransferFailure): Promise<Result<void, TransferFailure>> => {
      this.#options.news.onTransfer({ phase: "failed", failure });
      return Promise.resolve(err(failure));
    };
    if (this.#transfer) return refuse({ kind: "busy" });
    if (this.#isLost) return refuse({ kind: "vehicle-lost" });
    const dialect = dialectOf(this.#state);
    if (!dialect) return refuse({ kind: "not-possible", because: "this station only watches this kind of autopilot" });
    if (plan.isTraining && !this.#state.isSimulated) {
      return refuse({ kind: "not-possible", because: "a training plan is never sent to a real aircraft" });
    }
    const items = dialect.missionToWire(plan, this.#state);
    if (!items.ok) return refuse(items.error);
    // From the first word on, whatever was verified before is no longer on board.
    this.#setPlan({ kind: "unknown" });
    return new Promise((resolve) => {
      const onStatus = (status: TransferStatus): void => {
        if (status.phase === "verified") {
          this.#transfer = undefined;
          const unixTimeUs = this.#options.clock.unixUs();
          this.#setPlan({ kind: "verified", countOfItems: status.countOfItems, planHash, unixTimeUs });
          resolve(ok(undefined));
        }
        if (status.phase === "failed") {
          this.#transfer = undefined;
          this.#setPlan(planAfter(status.failure));
          resolve(err(status.failure));
        }
        this.#options.news.onTransfer(status);
      };
      const { scheduler, send } = this.#options;
      this.#transfer = runMissionTransfer({
        items: items.value,
        vehicle: this.#conversation.vehicle,
        scheduler,
        send,
        onStatus,
      });
    });
  };

  readonly cancelTransfer = (): void => {
    this.#transfer?.onEvent({ kind: "cancel" });
  };

  #whyNot(command: VehicleCommand): CommandFailure | undefined {
    if (this.#isLost) return { kind: "vehicle-lost" };
    const dialect = dialectOf(this.#state);
    if (!dialect) return { kind: "not-possible", because: "this station only watches this kind of autopilot" };
    if (command.kind === "start-mission" && this.#plan.kind !== "verified") {
      return { kind: "not-possible", because: "the plan on the aircraft is not verified: upload it first" };
    }
    const possible = dialect.canDo(command, this.#state);
    if (!possible.ok) return { kind: "not-possible", because: possible.because };
    const busyWith = this.#running?.command.kind;
    if (busyWith === undefined) return undefined;
    const mayTakeOver = OVERRIDING.includes(command.kind) && busyWith !== command.kind;
    return mayTakeOver ? undefined : { kind: "busy", with: busyWith };
  }

  #freshness(): ReturnType<typeof vehicleFreshness> {
    return vehicleFreshness(this.#state, this.#options.clock.monoMs());
  }

  #setLost(isLost: boolean): void {
    this.#isLost = isLost;
    if (isLost) {
      this.#running?.run.onEvent({ kind: "vehicle-lost" });
      this.#transfer?.onEvent({ kind: "vehicle-lost" });
    } else {
      this.#streams.startOver();
    }
    this.#options.news.onPresence(this.#state, isLost);
  }

  #setPlan(plan: AircraftPlan): void {
    this.#plan = plan;
    this.#options.news.onAircraftPlan(plan);
  }
}

const planAfter = (failure: TransferFailure): AircraftPlan =>
  failure.kind === "differs" ? { kind: "differs", differences: failure.differences } : { kind: "uncertain", failure };
