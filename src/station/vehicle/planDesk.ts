import type { Clock, Scheduler } from "../../core/clock.js";
import { err, ok, type Result } from "../../core/result.js";
import { dialectOf } from "../../mavlink/dialects/dialectOf.js";
import type { MavlinkFrame, OutgoingMessage } from "../../mavlink/frame.js";
import { missionEventFrom, type Conversation } from "../../mavlink/protocols/missionMessages.js";
import type { Plan } from "../../plan/plan.js";
import type { AircraftPlan, TransferFailure, TransferStatus } from "../../vehicle/transfers.js";
import type { VehicleState } from "../../vehicle/vehicleState.js";
import { runMissionTransfer, type MissionTransfer } from "./missionTransfer.js";

export type PlanDeskOptions = {
  readonly conversation: Conversation;
  readonly clock: Clock;
  readonly scheduler: Scheduler;
  readonly send: (message: OutgoingMessage) => void;
  readonly vehicle: () => VehicleState;
  readonly isLost: () => boolean;
  readonly roundTripMs: () => number | undefined;
  readonly claimTransfer: () => (() => void) | undefined;
  readonly onTransfer: (status: TransferStatus) => void;
  readonly onAircraftPlan: (plan: AircraftPlan) => void;
};

/** What one aircraft holds, and the transfers that change it. */
export class PlanDesk {
  readonly #options: PlanDeskOptions;
  #plan: AircraftPlan = { kind: "unknown" };
  #transfer: MissionTransfer | undefined;

  constructor(options: PlanDeskOptions) {
    this.#options = options;
  }

  readonly aircraftPlan = (): AircraftPlan => this.#plan;

  readonly onFrame = (frame: MavlinkFrame): void => {
    const event = missionEventFrom(frame, this.#options.conversation);
    if (event) this.#transfer?.onEvent(event);
  };

  readonly onLost = (): void => this.#transfer?.onEvent({ kind: "vehicle-lost" });

  readonly cancel = (): void => this.#transfer?.onEvent({ kind: "cancel" });

  /** Resolves when the plan is verified on the aircraft, or why not. */
  readonly upload = (plan: Plan, planHash: string): Promise<Result<void, TransferFailure>> => {
    const { clock, scheduler, send, vehicle, isLost, conversation } = this.#options;
    const refuse = (failure: TransferFailure): Promise<Result<void, TransferFailure>> => {
      this.#options.onTransfer({ phase: "failed", failure });
      return Promise.resolve(err(failure));
    };
    if (isLost()) return refuse({ kind: "vehicle-lost" });
    const dialect = dialectOf(vehicle());
    if (!dialect) return refuse({ kind: "not-possible", because: "watched-only" });
    if (plan.isTraining && !vehicle().isSimulated) {
      return refuse({ kind: "needs-override", objections: [{ kind: "training-on-real" }] });
    }
    const items = dialect.missionToWire(plan, vehicle());
    if (!items.ok) return refuse(items.error);
    const release = this.#options.claimTransfer();
    if (!release) return refuse({ kind: "busy" });
    // From the first word on, whatever was verified before is no longer on board.
    this.#setPlan({ kind: "unknown" });
    return new Promise((resolve) => {
      const onStatus = (status: TransferStatus): void => {
        if (status.phase === "verified" || status.phase === "failed") {
          this.#transfer = undefined;
          release();
        }
        if (status.phase === "verified") {
          const unixTimeUs = clock.unixUs();
          this.#setPlan({ kind: "verified", countOfItems: status.countOfItems, planHash, unixTimeUs });
          resolve(ok(undefined));
        }
        if (status.phase === "failed") {
          this.#setPlan(planAfter(status.failure));
          resolve(err(status.failure));
        }
        this.#options.onTransfer(status);
      };
      const vehicleAddress = conversation.vehicle;
      this.#transfer = runMissionTransfer({ items: items.value, vehicle: vehicleAddress, scheduler, send, onStatus });
    });
  };

  #setPlan(plan: AircraftPlan): void {
    this.#plan = plan;
    this.#options.onAircraftPlan(plan);
  }
}

const planAfter = (failure: TransferFailure): AircraftPlan =>
  failure.kind === "differs" ? { kind: "differs", differences: failure.differences } : { kind: "uncertain", failure };
