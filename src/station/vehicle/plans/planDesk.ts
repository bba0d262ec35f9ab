import type { Clock, Scheduler } from "../../../core/clock.js";
import { err, ok, type Result } from "../../../core/result.js";
import type { Notice } from "../../../contract/messages.js";
import type { Dialect } from "../../../mavlink/dialects/dialect.js";
import { dialectOf } from "../../../mavlink/dialects/dialectOf.js";
import type { MavlinkFrame, OutgoingMessage } from "../../../mavlink/frame.js";
import {
  transferStatusOf,
  type TransferJobState,
  type TransferStage,
} from "../../../mavlink/protocols/mission/missionJob.js";
import { missionEventFrom, type Conversation } from "../../../mavlink/protocols/mission/missionMessages.js";
import type { Plan } from "../../../plan/plan.js";
import type { AircraftPlan, PlanPart, TransferFailure, TransferStatus } from "../../../vehicle/transfers.js";
import { vehicleNameOf } from "../../link/vehicleName.js";
import type { VehicleState } from "../../../vehicle/vehicleState.js";
import { planObjections, unsendableParts } from "../../planObjections.js";
import { aircraftPlanText } from "./aircraftPlanText.js";
import { runMissionTransfer, type MissionTransfer } from "./missionTransfer.js";
import { PlanBook } from "./planBook.js";
import { uploadStagesOf, type UploadStage } from "./planStages.js";
import { PlanWatch } from "./planWatch.js";
import type { TransferPlace } from "../transferPlace.js";

/** After this long with nothing else to do the aircraft is asked what fence it holds. */
const FIRST_LOOK_AFTER_MS = 6000;
const LOOK_AGAIN_AFTER_MS = 15_000;
const LOOKS_MAX = 5;

/** The loudness and words of a notice about this vehicle's plan. */
export type PlanNotice = Pick<Notice, "severity" | "key" | "facts">;

type PlanDeskOptions = {
  readonly conversation: Conversation;
  readonly clock: Clock;
  readonly scheduler: Scheduler;
  readonly send: (message: OutgoingMessage) => void;
  readonly vehicle: () => VehicleState;
  readonly isLost: () => boolean;
  readonly roundTripMs: () => number | undefined;
  readonly transferPlace: TransferPlace;
  readonly onTransfer: (status: TransferStatus) => void;
  readonly onAircraftPlan: (plan: AircraftPlan) => void;
  /** What it holds of a fence changed, or became known. */
  readonly onFenceItems: () => void;
  readonly onNotice: (notice: PlanNotice) => void;
  readonly record: (kind: string, facts: Readonly<Record<string, unknown>>) => void;
};

export type PlanUpload = {
  readonly plan: Plan;
  readonly planHash: string;
  /** A person's words; sends a plan that has objections. */
  readonly overrideReason: string | undefined;
};

type Job = { readonly kind: "upload" | "download" | "look"; readonly transfer: MissionTransfer | undefined };
type Ended = Exclude<TransferJobState, { phase: "active" }>;
type Looking = { readonly parts: readonly PlanPart[]; readonly looks: number; readonly dueMonoMs: number };

/** What one aircraft holds, and the transfers that change it: one at a time. */
export class PlanDesk {
  readonly #options: PlanDeskOptions;
  readonly #book: PlanBook;
  readonly #watch: PlanWatch;
  #job: Job | undefined;
  #looking: Looking | undefined;

  constructor(options: PlanDeskOptions) {
    this.#options = options;
    this.#watch = new PlanWatch(options.conversation);
    this.#book = new PlanBook((part, held) => {
      if (part === "mission") options.onAircraftPlan(held);
      if (part === "fence") options.onFenceItems();
    });
    this.#looking = { parts: ["fence"], looks: 0, dueMonoMs: options.clock.monoMs() + FIRST_LOOK_AFTER_MS };
  }

  readonly aircraftPlan = (): AircraftPlan => this.#book.held("mission");
  readonly fenceItems = (): AircraftPlan => this.#book.held("fence");
  /** The plan that is verified on the aircraft, whole. */
  readonly verifiedPlan = (): Plan | undefined => this.#book.verifiedPlan();

  readonly onFrame = (frame: MavlinkFrame): void => {
    const heard = missionEventFrom(frame, this.#options.conversation);
    if (heard) this.#job?.transfer?.onEvent({ kind: "heard", ...heard });
    if (this.#job && this.#job.kind !== "look") return;
    for (const part of this.#watch.onFrame(frame, this.#options.clock.monoMs())) this.#onChangedByOthers(part);
  };

  readonly onPresence = (isLost: boolean): void => {
    if (this.#job?.kind === "look") this.#job.transfer?.onEvent({ kind: "cancel" });
    else this.#job?.transfer?.onEvent({ kind: isLost ? "vehicle-lost" : "vehicle-back" });
    if (!isLost && this.#looking) this.#look(this.#looking.parts);
  };

  readonly cancel = (): void => {
    if (this.#job?.kind !== "look") this.#job?.transfer?.onEvent({ kind: "cancel" });
  };

  /** Twice a second: looks at what the aircraft holds where that is not known and nothing else goes on. */
  readonly tick = (): void => {
    const { clock, isLost, vehicle, transferPlace } = this.#options;
    const looking = this.#looking;
    if (!looking || this.#job || clock.monoMs() < looking.dueMonoMs) return;
    if (isLost() || vehicle().isHighLatency || !dialectOf(vehicle()) || transferPlace.isTaken()) return;
    const [part] = looking.parts;
    const release = this.#options.transferPlace.claim("plan", () => {
      this.#job?.transfer?.onEvent({ kind: "cancel" });
    });
    if (!part || !release) return;
    const looks = looking.looks + 1;
    this.#looking =
      looks >= LOOKS_MAX ? undefined : { ...looking, looks, dueMonoMs: clock.monoMs() + LOOK_AGAIN_AFTER_MS };
    this.#run({
      kind: "look",
      stages: [{ kind: "download", part }],
      release,
      onEnd: (ended) => this.#onLooked(part, ended),
    });
  };

  /** Resolves when every list of the plan is verified on the aircraft, or why not. Nothing is touched by a refusal. */
  readonly upload = (upload: PlanUpload): Promise<Result<void, TransferFailure>> => {
    const ready = this.#readyFor(upload);
    if (!ready.ok) return this.#refuse(ready.error);
    const { stages, release } = ready.value;
    this.#looking = undefined;
    this.#book.begin(upload, stages);
    return new Promise((resolve) => {
      const onEnd = (ended: Ended): void => {
        const failure = ended.phase === "failed" ? ended.failure : undefined;
        this.#watch.startOver(this.#options.clock.monoMs(), this.#options.roundTripMs());
        if (ended.phase === "failed") {
          this.#book.failed(ended, this.#options.clock.unixUs());
          if (ended.failure.kind !== "not-possible") this.#look([ended.part]);
        } else {
          this.#book.verified(this.#options.clock.unixUs());
        }
        this.#options.onTransfer(uploadStatus(ended, stages));
        resolve(failure ? err(failure) : ok(undefined));
      };
      this.#run({ kind: "upload", stages, release, onEnd });
    });
  };

  /** Resolves with a `.plan` text of what the aircraft holds. No plan of this station is touched. */
  readonly download = (): Promise<Result<string, TransferFailure>> => {
    const able = this.#able();
    if (!able.ok) return this.#refuse(able.error);
    const release = this.#options.transferPlace.claim("plan");
    if (!release) return this.#refuse({ kind: "busy" });
    const parts: readonly PlanPart[] = ["mission", "fence", "rally"];
    const stages = parts.map((part) => ({ kind: "download", part }) as const);
    return new Promise((resolve) => {
      const onEnd = (ended: Ended): void => {
        this.#note(ended);
        this.#options.onTransfer(transferStatusOf(ended));
        if (ended.phase === "failed") resolve(err(ended.failure));
        else resolve(ok(aircraftPlanText(ended.held, this.#options.vehicle(), able.value)));
      };
      this.#run({ kind: "download", stages, release, onEnd });
    });
  };

  #able(): Result<Dialect, TransferFailure> {
    const { isLost, vehicle } = this.#options;
    if (isLost()) return err({ kind: "vehicle-lost" });
    const dialect = dialectOf(vehicle());
    if (!dialect) return err({ kind: "not-possible", because: "watched-only" });
    return vehicle().isHighLatency ? err({ kind: "not-possible", because: "high-latency-link" }) : ok(dialect);
  }

  #readyFor({ plan, overrideReason }: PlanUpload) {
    const able = this.#able();
    if (!able.ok) return able;
    const vehicle = this.#options.vehicle();
    // First what no reason can change: a part that would not be flown, and what the autopilot does not take.
    const parts = unsendableParts(plan);
    if (parts.length > 0) return err({ kind: "not-whole", parts } as const);
    const stages = uploadStagesOf(plan, vehicle, able.value);
    if (!stages.ok) return stages;
    const objections = planObjections(plan, vehicle);
    const reason = overrideReason?.trim() ?? "";
    if (objections.length > 0 && reason === "") return err({ kind: "needs-override", objections } as const);
    const release = this.#options.transferPlace.claim("plan");
    if (!release) return err({ kind: "busy" } as const);
    if (objections.length > 0) {
      this.#options.record("plan-override", { plan: plan.name, objections, reason });
      const facts = { vehicle: vehicleNameOf(vehicle), plan: plan.name, reason };
      this.#options.onNotice({ severity: "caution", key: "plan-override", facts });
    }
    return ok({ stages: stages.value, release });
  }

  #refuse(failure: TransferFailure): Promise<{ readonly ok: false; readonly error: TransferFailure }> {
    this.#options.onTransfer({ phase: "failed", failure });
    return Promise.resolve(err(failure));
  }

  #run({ kind, stages, release, onEnd }: RunOptions): void {
    const { conversation, scheduler, send, roundTripMs } = this.#options;
    const job: { kind: Job["kind"]; transfer: MissionTransfer | undefined } = { kind, transfer: undefined };
    const onState = (state: TransferJobState): void => {
      if (state.phase === "active") {
        this.#onProgress(kind, state);
        return;
      }
      this.#job = undefined;
      release();
      onEnd(state);
    };
    this.#job = job;
    const vehicle = conversation.vehicle;
    job.transfer = runMissionTransfer({ stages, vehicle, scheduler, send, roundTripMs, onState });
  }

  #onProgress(kind: Job["kind"], state: TransferJobState): void {
    if (kind === "look") return;
    const status = transferStatusOf(state);
    // From the first word on, whatever was known of a list is no longer on board.
    if (kind === "upload" && "part" in status) this.#book.touched(status.part);
    this.#options.onTransfer(status);
  }

  /** After a failure: what does it hold now? */
  #look(parts: readonly PlanPart[]): void {
    this.#looking = { parts, looks: 0, dueMonoMs: this.#options.clock.monoMs() };
  }

  #onLooked(part: PlanPart, ended: Ended): void {
    if (ended.phase === "failed") return; // the next look is due
    const others = this.#looking?.parts.filter((other) => other !== part) ?? [];
    if (others.length > 0) this.#look(others);
    else this.#looking = undefined;
    this.#note(ended);
  }

  #note(ended: Ended): void {
    const { clock, roundTripMs } = this.#options;
    for (const part of this.#book.read(ended.held, clock.unixUs())) this.#sayChanged(part);
    this.#watch.startOver(clock.monoMs(), roundTripMs());
  }

  #onChangedByOthers(part: PlanPart): void {
    const { clock, roundTripMs } = this.#options;
    const wasKnown = this.#book.forget(part);
    this.#watch.startOver(clock.monoMs(), roundTripMs());
    if (part === "fence") this.#look(["fence"]);
    if (wasKnown) this.#sayChanged(part);
  }

  #sayChanged(part: PlanPart): void {
    const facts = { vehicle: vehicleNameOf(this.#options.vehicle()), part };
    this.#options.onNotice({ severity: "caution", key: "aircraft-plan-changed", facts });
    this.#options.record("aircraft-plan-changed", { part });
  }
}

type RunOptions = {
  readonly kind: Job["kind"];
  readonly stages: readonly TransferStage[];
  readonly release: () => void;
  readonly onEnd: (ended: Ended) => void;
};

/** A mission is what a pilot counts; fence and rally points where there is none. */
function uploadStatus(ended: Ended, stages: readonly UploadStage[]): TransferStatus {
  if (ended.phase === "failed") return transferStatusOf(ended);
  const parts = stages.map(({ part }) => part);
  const counted = stages.find(({ part }) => part === "mission") ?? stages[0];
  return { phase: "verified", countOfItems: counted?.list.items.length ?? 0, parts };
}
