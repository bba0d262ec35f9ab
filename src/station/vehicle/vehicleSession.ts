import type { Time } from "../../core/clock.js";
import type { Result } from "../../core/result.js";
import type { ToUi } from "../../contract/messages.js";
import type { ServiceRequest } from "../../contract/serviceMessages.js";
import { vehicleEventsFrom } from "../../mavlink/decode.js";
import type { MavlinkFrame, OutgoingMessage } from "../../mavlink/frame.js";
import { OWN_ADDRESS } from "../../mavlink/outgoing.js";
import type { Plan } from "../../plan/plan.js";
import type {
  CommandFailure,
  CommandOrder,
  CommandReason,
  CommandStatus,
  VehicleCommand,
} from "../../vehicle/commands.js";
import type { VehicleEvent, VehicleEventBody } from "../../vehicle/events.js";
import { newTexts } from "../../vehicle/foldText.js";
import { leadsToMission } from "../../vehicle/selectors/mission.js";
import { vehicleFreshness } from "../../vehicle/selectors/freshness.js";
import { emptyVehicle, reduceVehicle } from "../../vehicle/reduceVehicle.js";
import type { AircraftPlan, TransferFailure, TransferStatus } from "../../vehicle/transfers.js";
import type { VehicleState } from "../../vehicle/vehicleState.js";
import { CommandAvailability } from "./commands/commandAvailability.js";
import { createBootWatch } from "./bootWatch.js";
import { CommandService } from "./commands/commandService.js";
import type { LateEffect } from "./commands/lateEffects.js";
import { FenceService } from "./plans/fenceService.js";
import { MissionService, type PlanNotice, type PlanUpload } from "./plans/missionService.js";
import { createOwnScheduler, type OwnScheduler } from "./ownScheduler.js";
import { createVehicleServices, type VehicleServices } from "./services.js";
import { createStreamRequests } from "./streamRequests.js";
import { createTransferLock } from "./transferLock.js";
import type { ServiceAnswer, VehicleEnvironment, VehicleLink, VehicleOutputs } from "./vehicleService.js";

/** Slightly longer than the interval between two heartbeats. */
const ASKED_WITHIN_MS = 1200;
/** Interval of a vehicle's heartbeats. */
const HEARTBEAT_MS = 1000;

/** What a vehicle session reports to the station. */
export type VehicleUpdates = {
  readonly onState: (state: VehicleState, before: VehicleState) => void;
  readonly onEvent: (event: VehicleEvent) => void;
  readonly onPresence: (state: VehicleState, isLost: boolean) => void;
  /**
   * The autopilot restarted, or a forged frame claims so. `wasArmed`: it was armed, or disarmed less than a heartbeat
   * before.
   */
  readonly onRestart: (state: VehicleState, wasArmed: boolean) => void;
  readonly onCommand: (order: CommandOrder, status: CommandStatus) => void;
  readonly onLateEffect: (state: VehicleState, late: LateEffect) => void;
  readonly onTransfer: (status: TransferStatus) => void;
  readonly onAircraftPlan: (plan: AircraftPlan) => void;
  readonly onPlanNotice: (notice: PlanNotice) => void;
};

export type VehicleSession = {
  readonly state: () => VehicleState;
  readonly isLost: () => boolean;
  readonly aircraftPlan: () => AircraftPlan;
  /** The plan that `aircraftPlan` reports as "verified". */
  readonly verifiedPlan: () => Plan | undefined;
  readonly onFrame: (frame: MavlinkFrame) => void;
  /** A frame received from another station: it may change what this vehicle holds. */
  readonly onOthersFrame: (frame: MavlinkFrame) => void;
  /** Called twice a second: presence and stream requests. */
  readonly tick: () => void;
  /** Resolves when the command has ended. One at a time; but return, land and pause take over from another command. */
  readonly command: (order: CommandOrder) => Promise<Result<void, CommandFailure>>;
  /** Resolves when the plan is verified on the aircraft, or with the failure. */
  readonly upload: (upload: PlanUpload) => Promise<Result<void, TransferFailure>>;
  /** Resolves with a `.plan` text of mission, fence and rally points as the aircraft holds them. */
  readonly downloadPlan: () => Promise<Result<string, TransferFailure>>;
  readonly cancelTransfer: () => void;
  /** Requests about parameters, logs, payload, checklist. */
  readonly answer: (request: ServiceRequest) => Promise<ServiceAnswer>;
  /** The messages about this vehicle that a screen needs when it joins late. */
  readonly snapshot: () => readonly ToUi[];
  readonly dispose: () => void;
};

/** The autopilot's address, and the link that the vehicle was found on. */
type VehicleAddress = { readonly linkName: string; readonly systemId: number; readonly componentId: number };

/** The active path to the vehicle. */
type ActivePath = {
  readonly send: (message: OutgoingMessage) => void;
  readonly roundTripMs: () => number | undefined;
  /** The fraction of the usual message rates that the link can carry, at most 1 (`rateScaleFor`). */
  readonly rateScale?: () => number;
};

export type VehicleSessionOptions = {
  readonly address: VehicleAddress;
  readonly time: Time;
  readonly path: ActivePath;
  readonly environment: VehicleEnvironment;
  readonly outputs: VehicleOutputs;
  readonly updates: VehicleUpdates;
};

export class MavlinkVehicleSession implements VehicleSession {
  readonly #options: VehicleSessionOptions;
  readonly #link: VehicleLink;
  readonly #streams: ReturnType<typeof createStreamRequests>;
  readonly #commands: CommandService;
  readonly #plans: MissionService;
  readonly #fence: FenceService;
  readonly #services: VehicleServices;
  readonly #abilities: CommandAvailability;
  readonly #transferLock = createTransferLock();
  readonly #rebootedAt = createBootWatch();
  /** Since when its heartbeats report disarmed; undefined while they report armed, or before the first one. */
  #disarmedSinceMonoMs: number | undefined;
  #wasEverArmed = false;
  readonly #scheduler: OwnScheduler;
  #state: VehicleState;
  #isLost = false;

  constructor(options: VehicleSessionOptions) {
    this.#options = options;
    const { address, path, updates, outputs } = options;
    const { clock } = options.time;
    this.#scheduler = createOwnScheduler(options.time.scheduler);
    const autopilot = { systemId: address.systemId, componentId: address.componentId };
    this.#link = { vehicle: autopilot, own: OWN_ADDRESS, send: path.send, roundTripMs: path.roundTripMs };
    this.#streams = createStreamRequests(clock, autopilot, path.rateScale);
    this.#state = emptyVehicle(address);
    const vehicle = { state: this.state, isLost: this.isLost };
    const shared = { time: { clock, scheduler: this.#scheduler }, link: this.#link, vehicle };
    this.#plans = new MissionService({
      ...shared,
      transferLock: this.#transferLock,
      terrain: options.environment.terrain,
      updates: {
        ...{ onTransfer: updates.onTransfer, onPlanNotice: updates.onPlanNotice, record: outputs.record },
        onAircraftPlan: (plan) => {
          updates.onAircraftPlan(plan);
          this.#abilities.refresh();
        },
        onFenceItems: () => this.#fence.refreshSoon(),
      },
    });
    this.#fence = new FenceService({
      ...{ clock, vehicle, onboard: this.#plans },
      readParam: (name) => this.#services.paramReads.read(name),
      onFence: (fence) => outputs.publish({ kind: "aircraft-fence", vehicleId: this.#state.id, fence }),
    });
    this.#commands = new CommandService({
      ...shared,
      conditions: {
        ...{ denialReason: this.#denialReason, plan: this.#plans },
        fence: () => this.#fence.fence(),
      },
      updates: {
        onCommand: updates.onCommand,
        onLateEffect: (late) => updates.onLateEffect(this.#state, late),
        onGuidedTarget: (target) => outputs.publish({ kind: "guided-target", vehicleId: this.#state.id, target }),
      },
    });
    const { aircraftPlan } = this;
    this.#services = createVehicleServices({
      ...{ ...shared, transferLock: this.#transferLock, outputs, environment: options.environment },
      vehicle: { ...vehicle, aircraftPlan, apply: this.#apply, runSteps: this.#commands.runSteps },
    });
    this.#abilities = new CommandAvailability({
      vehicle: this.state,
      denialReason: this.#denialReason,
      publish: outputs.publish,
    });
  }

  readonly state = (): VehicleState => this.#state;
  readonly isLost = (): boolean => this.#isLost;
  readonly aircraftPlan = (): AircraftPlan => this.#plans.aircraftPlan();
  readonly command = (order: CommandOrder): Promise<Result<void, CommandFailure>> => this.#commands.command(order);
  readonly verifiedPlan = (): Plan | undefined => this.#plans.verifiedPlan();
  readonly upload = (upload: PlanUpload): Promise<Result<void, TransferFailure>> => this.#plans.upload(upload);
  readonly downloadPlan = (): Promise<Result<string, TransferFailure>> => this.#plans.download();
  readonly cancelTransfer = (): void => this.#plans.cancel();
  readonly answer = (request: ServiceRequest): Promise<ServiceAnswer> => this.#services.answer(request);

  readonly snapshot = (): readonly ToUi[] => [
    { kind: "aircraft-plan", vehicleId: this.#state.id, plan: this.aircraftPlan() },
    { kind: "aircraft-fence", vehicleId: this.#state.id, fence: this.#fence.fence() },
    { kind: "guided-target", vehicleId: this.#state.id, target: this.#commands.guidedTarget() },
    ...this.#abilities.snapshot(),
    ...this.#services.snapshot(),
  ];

  readonly dispose = (): void => {
    // First: a pending arm command is undone while the link is still open.
    this.#commands.dispose();
    this.#plans.dispose();
    this.#services.dispose();
    this.#scheduler.close();
  };

  readonly onFrame = (frame: MavlinkFrame): void => {
    const { updates } = this.#options;
    const { clock } = this.#options.time;
    const before = this.#state;
    const receivedAt = { receivedAtMonoMs: clock.monoMs(), unixTimeUs: clock.unixUs() };
    for (const received of vehicleEventsFrom(frame, receivedAt)) {
      const event = this.#services.described(received);
      const { texts } = this.#state;
      this.#state = reduceVehicle(this.#state, event);
      for (const text of newTexts(texts, this.#state.texts)) {
        this.#commands.onText(text);
        this.#plans.onText(text);
      }
      updates.onEvent(event);
    }
    this.#noteArming(before);
    if (frame.componentId === this.#link.vehicle.componentId) {
      this.#streams.onFrame(frame);
      const bootedAtMonoMs = this.#rebootedAt(frame, receivedAt.receivedAtMonoMs);
      if (bootedAtMonoMs !== undefined) this.#onRestart(bootedAtMonoMs);
      // Any frame of the autopilot is a sign of life, even one that the state does not use.
      const isNoted = this.#state.lastReceivedMonoMs === receivedAt.receivedAtMonoMs;
      if (!isNoted) this.#state = { ...this.#state, lastReceivedMonoMs: receivedAt.receivedAtMonoMs };
    }
    if (this.#isLost && this.#freshness() === "live") this.#setLost(false);
    this.#commands.onFrame(frame);
    this.#plans.onFrame(frame);
    this.#fence.onFrame(frame);
    this.#services.onFrame(frame);
    this.#abilities.onState(this.#state, before);
    updates.onState(this.#state, before);
  };

  /**
   * A restart can be forged, and an autopilot that did restart has forgotten earlier commands: running commands end,
   * the plan must be read again, and the station takes no further action by itself.
   */
  #onRestart(bootedAtMonoMs: number): void {
    const disarmedSince = this.#disarmedSinceMonoMs ?? Number.POSITIVE_INFINITY;
    const wasArmed = this.#wasEverArmed && disarmedSince >= bootedAtMonoMs - HEARTBEAT_MS;
    this.#commands.onLost();
    this.#plans.onReboot();
    this.#options.updates.onRestart(this.#state, wasArmed);
  }

  #noteArming(before: VehicleState): void {
    const { heartbeat } = this.#state;
    if (heartbeat === undefined || heartbeat === before.heartbeat) return;
    if (heartbeat.value.isArmed) [this.#wasEverArmed, this.#disarmedSinceMonoMs] = [true, undefined];
    else this.#disarmedSinceMonoMs ??= heartbeat.receivedAtMonoMs;
  }

  readonly onOthersFrame = (frame: MavlinkFrame): void => this.#plans.onOthersFrame(frame);

  readonly tick = (): void => {
    if (!this.#isLost && this.#freshness() === "lost") this.#setLost(true);
    this.#services.tick();
    this.#plans.tick();
    this.#fence.tick();
    this.#abilities.refresh();
    // Requests are only sent to a vehicle received just now: a silent one, or one whose address was forged, is not
    // flooded.
    const silentMs = this.#options.time.clock.monoMs() - this.#state.lastReceivedMonoMs;
    if (this.#isLost || silentMs > ASKED_WITHIN_MS) return;
    for (const message of this.#streams.tick(this.#state)) this.#link.send(message);
  };

  readonly #denialReason = (command: VehicleCommand): CommandReason | undefined => {
    // "to-be-read-again" is allowed too: the plan is read and compared before it flies (`MissionService.confirm`).
    const { kind } = this.aircraftPlan();
    const isOurs = kind === "verified" || kind === "to-be-read-again";
    if (!isOurs && leadsToMission(command, this.#state)) {
      return kind === "refused-by-aircraft" ? "plan-refused" : "not-verified";
    }
    return this.#services.denialReason(command);
  };

  /** For changes that do not come from the vehicle: its time of last reception stays. */
  readonly #apply = (body: VehicleEventBody): void => {
    const before = this.#state;
    const { systemId, componentId, lastReceivedMonoMs: receivedAtMonoMs } = before;
    const unixTimeUs = this.#options.time.clock.unixUs();
    this.#state = reduceVehicle(before, { systemId, componentId, receivedAtMonoMs, unixTimeUs, ...body });
    this.#options.updates.onState(this.#state, before);
  };

  #freshness(): ReturnType<typeof vehicleFreshness> {
    return vehicleFreshness(this.#state, this.#options.time.clock.monoMs());
  }

  #setLost(isLost: boolean): void {
    this.#isLost = isLost;
    if (isLost) {
      this.#commands.onLost();
    } else {
      this.#streams.reset();
    }
    this.#plans.onPresence(isLost);
    this.#services.onPresence(isLost);
    this.#options.updates.onPresence(this.#state, isLost);
  }
}
