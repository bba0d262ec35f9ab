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
import {
  missionEventFrom,
  partsSentByOthers,
  type MavPeer,
} from "../../../mavlink/protocols/mission/missionMessages.js";
import type { Plan } from "../../../plan/plan.js";
import type { CommandReason } from "../../../vehicle/commands.js";
import { isMissionRejection, missionRefusalsSince } from "../../../vehicle/selectors/missionRefusals.js";
import type {
  AircraftPlan,
  FenceAreas,
  PlanDoubt,
  PlanPart,
  TransferFailure,
  TransferStatus,
} from "../../../vehicle/transfers.js";
import { vehicleNameOf } from "../../mavlinkNetwork/vehicleName.js";
import type { VehicleState, VehicleText } from "../../../vehicle/vehicleState.js";
import { blockingFindings, unsendableParts } from "../../blockingFindings.js";
import { aircraftPlanText } from "./aircraftPlanText.js";
import { runMissionTransfer, type MissionTransfer } from "./missionTransfer.js";
import { OnboardPlanState } from "./onboardPlanState.js";
import { uploadStagesOf } from "./planStages.js";
import { countOfPlanItems, type Ended, failedStatus, totalOf, uploadStatus } from "./uploadResult.js";
import { type DoubtedPart, PlanWatch } from "./planWatch.js";
import type { TransferLock } from "../transferLock.js";

/** After this long with nothing else to do the aircraft is asked what fence it holds. */
const FIRST_LOOK_AFTER_MS = 6000;
const LOOK_AGAIN_AFTER_MS = 15_000;
const LOOKS_MAX = 5;
/** Another station that has begun a transfer is done with it by then; every further sign counts anew. */
const OTHERS_DONE_MS = 3000;
/** PX4 checks a mission when it has taken the last item, and says what it finds within moments. */
const VERDICT_WAIT_MS = 1000;

/** The loudness and words of a notice about this vehicle's plan. */
export type PlanNotice = Pick<Notice, "severity" | "key" | "facts">;

type MissionServiceOptions = {
  readonly peer: MavPeer;
  readonly clock: Clock;
  readonly scheduler: Scheduler;
  readonly send: (message: OutgoingMessage) => void;
  readonly vehicle: () => VehicleState;
  readonly isLost: () => boolean;
  readonly roundTripMs: () => number | undefined;
  readonly transferPlace: TransferLock;
  readonly onTransfer: (status: TransferStatus) => void;
  readonly onAircraftPlan: (plan: AircraftPlan) => void;
  /** What it holds of a fence changed, or became known. */
  readonly onFenceItems: () => void;
  readonly onNotice: (notice: PlanNotice) => void;
  readonly record: (kind: string, facts: Readonly<Record<string, unknown>>) => void;
};

/** Why a plan on board is not flown. */
export type PlanRefusal = Extract<CommandReason, "not-verified" | "plan-not-read" | "plan-changed" | "plan-refused">;

export type PlanUpload = {
  readonly plan: Plan;
  readonly planHash: string;
  /** A person's words; sends a plan that has objections. */
  readonly overrideReason: string | undefined;
};

/** A "look" is the desk's own and gives way; a "confirm" is one that a start waits for. */
type JobKind = "upload" | "download" | "look" | "confirm";
type Job = { readonly kind: JobKind; readonly transfer: MissionTransfer | undefined };
type Looking = { readonly parts: readonly PlanPart[]; readonly looks: number; readonly dueMonoMs: number };

/** What one aircraft holds, and the transfers that change it: one at a time. */
export class MissionService {
  readonly #options: MissionServiceOptions;
  readonly #state: OnboardPlanState;
  readonly #watch: PlanWatch;
  #job: Job | undefined;
  #looking: Looking | undefined;
  /** When the mission of the upload under way was last begun from its first item. */
  #missionBegunAtMonoMs = 0;
  /** Signs of others' doing that were heard while a transfer of ours went on. */
  readonly #doubtsOfJob = new Map<PlanPart, PlanDoubt>();

  constructor(options: MissionServiceOptions) {
    this.#options = options;
    this.#watch = new PlanWatch(options.peer);
    this.#state = new OnboardPlanState((part, held) => {
      if (part === "mission") options.onAircraftPlan(held);
      if (part === "fence") options.onFenceItems();
    }, this.#isHomeFirst);
    this.#looking = { parts: ["fence"], looks: 0, dueMonoMs: options.clock.monoMs() + FIRST_LOOK_AFTER_MS };
  }

  readonly aircraftPlan = (): AircraftPlan => this.#state.held("mission");
  readonly fenceItems = (): AircraftPlan => this.#state.held("fence");
  readonly fenceAreas = (): FenceAreas | undefined => this.#state.fenceAreas();
  /** The plan that is verified on the aircraft, whole. */
  readonly verifiedPlan = (): Plan | undefined => this.#state.verifiedPlan();

  readonly onFrame = (frame: MavlinkFrame): void => {
    const received = missionEventFrom(frame, this.#options.peer);
    if (received) this.#job?.transfer?.onEvent({ kind: "heard", ...received });
    const doubts = this.#watch.onFrame(frame, this.#options.clock.monoMs());
    // Counts and ids change by our own sending; that another station is answered meanwhile is never our doing.
    const isOurDoing = ({ because }: DoubtedPart): boolean =>
      this.#job?.kind === "upload" && because !== "other-station";
    for (const doubt of doubts) if (!isOurDoing(doubt)) this.#onDoubt(doubt.part, doubt.because);
  };

  /** A frame of another station, where we overhear it: it may be changing what is on board. */
  readonly onOthersFrame = (frame: MavlinkFrame): void => {
    for (const part of partsSentByOthers(frame, this.#options.peer)) this.#onDoubt(part, "other-station");
  };

  /** The autopilot restarted: what it holds must be read again. */
  readonly onReboot = (): void => this.#doubtAll("reboot");

  /** Something the autopilot said; a rejection counts whenever it comes. */
  readonly onText = (text: VehicleText): void => {
    const doubts = text.componentId === undefined ? this.#watch.onText(text.text, this.#options.clock.monoMs()) : [];
    for (const doubt of doubts) this.#onDoubt(doubt.part, doubt.because);
    if (isMissionRejection(text) && this.#state.partsOfPlan().length > 0) this.#state.refusedByAircraft([text.text]);
  };

  readonly onPresence = (isLost: boolean): void => {
    const isOwnLook = this.#job?.kind === "look" || this.#job?.kind === "confirm";
    if (isOwnLook) this.#job?.transfer?.onEvent({ kind: "cancel" });
    else this.#job?.transfer?.onEvent({ kind: isLost ? "vehicle-lost" : "vehicle-back" });
    if (isLost) this.#doubtAll("silence");
    else if (this.#looking) this.#look(this.#looking.parts);
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
    const { stages, release, countOfBlockingFindings } = ready.value;
    this.#looking = undefined;
    this.#doubtsOfJob.clear();
    this.#state.begin({ ...upload, countOfBlockingFindings }, stages);
    this.#missionBegunAtMonoMs = this.#options.clock.monoMs();
    return new Promise((resolve) => {
      const onEnd = (ended: Ended): void => {
        this.#watch.end(this.#options.clock.monoMs(), this.#options.roundTripMs(), totalOf(ended, stages));
        const result = this.#afterUpload(ended);
        this.#options.onTransfer(result.ok ? uploadStatus(ended, stages) : failedStatus(ended, result.error));
        resolve(result);
      };
      this.#run({ kind: "upload", stages, release, onEnd, lingersForMs: this.#verdictWaitMs() });
    });
  };

  /**
   * Reads the plan on board again and compares it: asked before the aircraft is let fly it, because a station that we do not
   * hear may have changed it. Told undefined when it is the plan that was verified.
   */
  readonly confirm = (onConfirmed: (refusal: PlanRefusal | undefined) => void): void => {
    const refusal = this.#whyNotConfirm();
    // Parameters and logs may go on beside it: a start does not wait for them.
    const release = this.#options.transferPlace.claim("plan") ?? (() => undefined);
    if (refusal !== undefined || this.#job) {
      release();
      onConfirmed(refusal ?? "plan-not-read");
      return;
    }
    const stages = this.#state.partsOfPlan().map((part) => ({ kind: "download", part }) as const);
    this.#doubtsOfJob.clear();
    const onEnd = (ended: Ended): void => {
      if (ended.phase === "failed") this.#doubtAll("not-read");
      else this.#note(ended);
      onConfirmed(this.#refusalNow());
    };
    this.#run({ kind: "confirm", stages, release, onEnd });
  };

  #whyNotConfirm(): PlanRefusal | undefined {
    const { kind } = this.aircraftPlan();
    if (kind === "refused-by-aircraft") return "plan-refused";
    if (kind !== "verified" && kind !== "to-be-read-again") return "not-verified";
    return this.#able().ok ? undefined : "plan-not-read";
  }

  #refusalNow(): PlanRefusal | undefined {
    const { kind } = this.aircraftPlan();
    if (kind === "verified") return undefined;
    if (kind === "refused-by-aircraft") return "plan-refused";
    return kind === "to-be-read-again" ? "plan-not-read" : "plan-changed";
  }

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

  /** A command that outranks the start has come. */
  readonly cancelConfirm = (): void => {
    if (this.#job?.kind === "confirm") this.#job.transfer?.onEvent({ kind: "cancel" });
  };

  #afterUpload(ended: Ended): Result<void, TransferFailure> {
    const { clock, vehicle } = this.#options;
    if (ended.phase === "failed") {
      this.#state.failed(ended, clock.unixUs());
      if (ended.failure.kind !== "not-possible") this.#look([ended.part]);
      return err(ended.failure);
    }
    this.#state.verified(clock.unixUs());
    // Texts about an earlier attempt that broke off do not concern the mission now on board.
    const isChecked = dialectOf(vehicle())?.checksMissionAfterUpload === true;
    const reasons = isChecked ? missionRefusalsSince(vehicle(), this.#missionBegunAtMonoMs) : [];
    if (reasons.length > 0) this.#state.refusedByAircraft(reasons);
    this.#raiseDoubtsOfJob();
    return reasons.length > 0 ? err({ kind: "refused-by-aircraft", reasons }) : ok(undefined);
  }

  #verdictWaitMs(): number {
    const { vehicle, roundTripMs } = this.#options;
    const isChecked = dialectOf(vehicle())?.checksMissionAfterUpload === true;
    return isChecked ? VERDICT_WAIT_MS + 2 * (roundTripMs() ?? 0) : 0;
  }

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
    const findings = blockingFindings(plan, vehicle);
    const reason = overrideReason?.trim() ?? "";
    if (findings.length > 0 && reason === "")
      return err({ kind: "needs-override", blockingFindings: findings } as const);
    const release = this.#options.transferPlace.claim("plan");
    if (!release) return err({ kind: "busy" } as const);
    if (findings.length > 0) {
      this.#options.record("plan-override", { plan: plan.name, objections: findings, reason });
      const facts = { vehicle: vehicleNameOf(vehicle), plan: plan.name, reason };
      this.#options.onNotice({ severity: "caution", key: "plan-override", facts });
    }
    return ok({ stages: stages.value, release, countOfBlockingFindings: findings.length });
  }

  #refuse(failure: TransferFailure): Promise<{ readonly ok: false; readonly error: TransferFailure }> {
    this.#options.onTransfer({ phase: "failed", failure });
    return Promise.resolve(err(failure));
  }

  #run({ kind, stages, release, onEnd, lingersForMs = 0 }: RunOptions): void {
    const { peer, scheduler, send, roundTripMs } = this.#options;
    const job: { kind: Job["kind"]; transfer: MissionTransfer | undefined } = { kind, transfer: undefined };
    const onState = (state: TransferJobState): void => {
      if (state.phase === "active") {
        this.#onProgress(kind, state);
        return;
      }
      const end = (): void => {
        this.#job = undefined;
        release();
        onEnd(state);
      };
      if (state.phase === "failed" || lingersForMs === 0) end();
      else scheduler.after(lingersForMs, end);
    };
    this.#job = job;
    const partsOf = (wanted: TransferStage["kind"]) =>
      stages.flatMap((stage) => (stage.kind === wanted ? [stage.part] : []));
    this.#watch.begin({ sends: partsOf("upload"), reads: partsOf("download") });
    const vehicle = peer.vehicle;
    job.transfer = runMissionTransfer({ stages, vehicle, scheduler, send, roundTripMs, onState });
  }

  #onProgress(kind: JobKind, state: TransferJobState): void {
    if (kind === "look" || kind === "confirm") return;
    const status = transferStatusOf(state);
    // From the first word on, whatever was known of a list is no longer on board.
    if (kind === "upload" && "part" in status) {
      this.#state.touched(status.part);
      const isBegun = status.phase === "uploading" && status.part === "mission" && status.countOfDone === 0;
      if (isBegun) this.#missionBegunAtMonoMs = this.#options.clock.monoMs();
    }
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
    for (const part of this.#state.read(ended.held, clock.unixUs())) this.#publishChanged(part);
    this.#watch.end(clock.monoMs(), roundTripMs(), this.#countOfRead(ended));
    this.#raiseDoubtsOfJob();
  }

  readonly #isHomeFirst = (): boolean => dialectOf(this.#options.vehicle())?.firstItemIsHome === true;

  /** Of the mission as it was read; undefined when it was not. */
  #countOfRead({ held: { mission } }: Ended): number | undefined {
    const firstItemIsHome = this.#isHomeFirst();
    return mission && countOfPlanItems({ part: "mission", items: mission, firstItemIsHome });
  }

  /** What was verified may be another by now: it is looked at as soon as whoever changes it may be done. */
  #onDoubt(part: PlanPart, because: PlanDoubt): void {
    if (this.#job) {
      this.#doubtsOfJob.set(part, because);
      return;
    }
    const known = this.#state.doubt(part, because);
    if (because !== "other-station") this.#watch.accept();
    if (known !== "unknown" || part === "fence") {
      const parts = [...new Set([...(this.#looking?.parts ?? []), part])];
      this.#looking = { parts, looks: 0, dueMonoMs: this.#options.clock.monoMs() + OTHERS_DONE_MS };
    }
    if (known === "verified") this.#publishDoubt(part, because);
  }

  #doubtAll(because: PlanDoubt): void {
    const parts = this.#state.partsOfPlan();
    for (const part of parts) this.#state.doubt(part, because);
    if (parts.length > 0) this.#look([...new Set([...(this.#looking?.parts ?? []), ...parts])]);
  }

  /** What was heard during the transfer is weighed now: the read-back may be older than it. */
  #raiseDoubtsOfJob(): void {
    for (const { part, because } of this.#watch.changedSinceCount()) this.#doubtsOfJob.set(part, because);
    const doubts = [...this.#doubtsOfJob];
    this.#doubtsOfJob.clear();
    for (const [part, because] of doubts) this.#onDoubt(part, because);
  }

  #publishDoubt(part: PlanPart, because: PlanDoubt): void {
    const facts = { vehicle: vehicleNameOf(this.#options.vehicle()), part, because };
    this.#options.onNotice({ severity: "caution", key: "aircraft-plan-doubted", facts });
    this.#options.record("aircraft-plan-doubted", { part, because });
  }

  #publishChanged(part: PlanPart): void {
    const facts = { vehicle: vehicleNameOf(this.#options.vehicle()), part };
    this.#options.onNotice({ severity: "danger", key: "aircraft-plan-changed", facts });
    this.#options.record("aircraft-plan-changed", { part });
  }
}

type RunOptions = {
  readonly kind: JobKind;
  readonly stages: readonly TransferStage[];
  readonly release: () => void;
  readonly onEnd: (ended: Ended) => void;
  /** After a success the autopilot's own check is waited for: its word belongs to the verdict. */
  readonly lingersForMs?: number;
};
